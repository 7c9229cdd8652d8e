"""Two people talk, and more: delivery, acknowledgement, one order for all, nothing twice."""

import asyncio
import json

import pytest

from schema import wire
from tests.cast import World
from tests.person import Person
from tests.sight import sees, sees_ref, sees_refusal, sees_seq


async def test_two_people_talk(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    posted = await ada.posts("The boiler is three months late.")
    heard = await ben.until(sees("The boiler is three months late."))
    assert heard == posted
    assert (heard.seq, heard.message.room_id) == (1, world.commons)
    assert heard.message.author == wire.Person(id=ada.id, name="Ada Solberg")
    answer = await ben.posts("And what does that cost us?")
    assert await ada.until(sees("And what does that cost us?")) == answer
    assert answer.seq == 2


async def test_the_acknowledgement_bears_the_clients_own_reference(world: World) -> None:
    await world.ada.opens(world.commons)
    posted = await world.ada.posts("Sowing on Saturday.", ref="my-own_ref-1")
    assert posted.ref == "my-own_ref-1"


async def test_text_arrives_as_it_was_written(world: World) -> None:
    edda, ben = world.edda, world.ben
    await edda.opens(world.commons)
    await ben.opens(world.commons)
    text = 'Þetta er "æðislegt" 👩‍👩‍👧 <b>ekki</b> \\ {}\n\n\tlína 2 \u2028 שלום'
    await edda.posts(text)
    heard = await ben.until(sees(text))
    assert heard.message.author.name == "Edda Jónsdóttir"


async def test_a_message_may_be_as_long_as_the_room_says_and_no_longer(world: World) -> None:
    await world.ada.opens(world.commons)
    [welcome] = world.ada.all(wire.Welcome)
    most = welcome.limits.content_length
    posted = await world.ada.posts("é" * most)
    assert posted.message.content == "é" * most
    await world.ada.says(type="send_message", ref="longer", content="é" * (most + 1))
    await world.ada.until(sees_refusal("too_long", "longer"))
    assert (await world.ada.posts("Short.")).seq == 2


async def test_everybody_sees_one_and_the_same_order(world: World) -> None:
    people = [world.ada, world.ben, world.cleo, world.edda, world.window(world.ada)]
    await asyncio.gather(*[person.opens(world.commons) for person in people])

    async def posts_twenty(number: int, person: Person) -> None:
        for count in range(20):
            await person.posts(f"{count} of {number}", ref=f"w{number}-{count}")

    await asyncio.gather(*[posts_twenty(*each) for each in enumerate(people)])
    for person in people:
        await person.until(sees_seq(100))
        assert [event.seq for event in person.log()] == list(range(1, 101))
        assert person.log() == people[0].log()
    said = [event.ref for event in people[0].all(wire.MessagePosted)]
    for number in range(5):
        own = [ref for ref in said if ref.startswith(f"w{number}-")]
        assert own == [f"w{number}-{count}" for count in range(20)]


async def test_many_messages_at_once_keep_the_order_in_which_they_were_sent(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    for number in range(100):
        await ada.says(type="send_message", ref=f"r{number}", content=str(number))
    await ben.until(sees_seq(100))
    assert [event.message.content for event in ben.all(wire.MessagePosted)] == [
        str(number) for number in range(100)
    ]


# The same reference again


async def test_the_same_reference_again_is_the_same_message(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    first = await ada.posts("Once.", ref="once")
    ada.forgets()
    assert await ada.posts("Twice?", ref="once") == first
    await ada.posts("Next.")
    await ben.until(sees("Next."))
    assert [event.message.content for event in ben.all(wire.MessagePosted)] == ["Once.", "Next."]


async def test_a_reference_holds_across_a_lost_connection(world: World) -> None:
    ada = world.ada
    await ada.opens(world.commons)
    first = await ada.posts("Did this arrive?", ref="unsure")
    await ada.comes_back()
    assert ada.log() == []
    assert await ada.posts("Did this arrive?", ref="unsure") == first
    assert [event.seq for event in (await ada.reads(world.commons)).events] == [1]


async def test_two_windows_that_send_one_reference_post_one_message(world: World) -> None:
    ada, also_ada, ben = world.ada, world.window(world.ada), world.ben
    await asyncio.gather(*[person.opens(world.commons) for person in (ada, also_ada, ben)])
    refs = [f"both-{number}" for number in range(10)]
    for ref in refs:
        command = json.dumps({"type": "send_message", "ref": ref, "content": ref})
        await asyncio.gather(ada.says_frame(command), also_ada.says_frame(command))
    await asyncio.gather(*[w.until(sees_ref(refs[-1], ada)) for w in (ada, also_ada, ben)])
    await ben.posts("Enough.")
    await ben.until(sees("Enough."))
    assert [event.ref for event in ben.all(wire.MessagePosted)][:-1] == refs


async def test_somebody_elses_same_reference_is_another_message(world: World) -> None:
    ada, ben = world.ada, world.ben
    await ada.opens(world.commons)
    await ben.opens(world.commons)
    hers = await ada.posts("Mine.", ref="r1")
    his = await ben.posts("Mine too.", ref="r1")
    assert (hers.seq, his.seq) == (1, 2)
    assert hers.message.id != his.message.id


@pytest.mark.parametrize("room", ["commons", "board"])
async def test_a_room_hears_nothing_of_another(world: World, room: str) -> None:
    other = {"commons": world.board, "board": world.commons}[room]
    await world.ada.opens(getattr(world, room))
    await world.ben.opens(other)
    await world.ada.posts("Only here.")
    await world.ben.posts("Only there.")
    assert [event.message.content for event in world.ben.all(wire.MessagePosted)] == ["Only there."]
