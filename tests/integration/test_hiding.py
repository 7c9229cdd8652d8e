"""A block hides two people from each other in every room; nobody is told of who is invisible.

Edda and Finn are the two; Ada, to whom everybody is visible, shows that there was something to see.
"""

import pytest

from schema import wire
from schema.http import LogPage
from tests.cast import World
from tests.integration.test_catching_up import catch_up
from tests.person import Person
from tests.sight import (
    Expected,
    sees,
    sees_arrival,
    sees_departure,
    sees_page,
    sees_ref,
    sees_typing,
)

SOON_S = 1.0
Entry = tuple[int, str]


async def blocks(one: Person, other: Person, wanted: bool = True) -> None:
    answer = await one.asks("PUT" if wanted else "DELETE", f"/api/me/blocks/{other.id}")
    assert answer.status_code == 204, answer.text


async def is_invisible(person: Person, wanted: bool = True) -> None:
    answer = await person.asks("PATCH", "/api/me/safety", json={"invisible": wanted})
    assert answer.status_code == 200 and answer.json()["invisible"] is wanted, answer.text


def sees_withheld(seq: int) -> Expected[wire.MessageWithheld]:
    return Expected(f"{seq} withheld", wire.MessageWithheld, lambda e: e.seq == seq)


def sees_welcome() -> Expected[wire.Welcome]:
    return Expected("a welcome", wire.Welcome, lambda e: True)


def entries(events: list[wire.LoggedEvent]) -> list[Entry]:
    """The messages of a log: their places, with their words where there are any."""
    said = (wire.MessagePosted, wire.MessageWithheld)
    return [
        (one.seq, one.message.content if isinstance(one, wire.MessagePosted) else "")
        for one in events
        if isinstance(one, said)
    ]


def present(person: Person) -> set[str]:
    return {one.id for one in person.all(wire.Welcome)[-1].present}


@pytest.fixture
async def room(world: World) -> World:
    """Ada, Edda and Finn sit in the commons. Finn has joined it: that is its first entry."""
    joined = await world.finn.asks("POST", f"/api/rooms/{world.commons}/join")
    assert joined.status_code == 200, joined.text
    for person in (world.ada, world.edda, world.finn):
        await person.opens(world.commons)
    await world.edda.until(sees_arrival(world.finn))
    return world


async def test_neither_hears_the_other_from_the_moment_of_a_block(room: World) -> None:
    ada, edda, finn = room.ada, room.edda, room.finn
    await finn.posts("You again.")
    await edda.until(sees("You again."))
    await blocks(edda, finn)
    for person, other in ((edda, finn), (finn, edda)):
        person.forgets()
        posted = await other.posts(f"{other.name} speaks.")
        await person.until(sees_withheld(posted.seq), within=SOON_S)
        await ada.until(sees(f"{other.name} speaks."))
        await other.types()
        await ada.until(sees_typing(other))
        after = await ada.posts("Dinner is ready.", ref=f"after-{len(other.name)}")
        await person.until(sees_ref(after.ref, ada))
        assert other.id not in str(person.all(wire.TypingChanged) + person.all(wire.MessagePosted))
    again = Person.at_another_window(edda)
    await again.opens(room.commons)
    assert finn.id not in present(again) and {ada.id, edda.id} <= present(again)
    await again.closes()


async def test_who_is_hidden_comes_and_goes_unseen(room: World) -> None:
    ada, edda, finn = room.ada, room.edda, room.finn
    await blocks(finn, edda)
    for person in (ada, edda):
        person.forgets()
    await finn.closes()
    await ada.until(sees_departure(finn))
    await finn.opens(room.commons)
    await ada.until(sees_arrival(finn))
    await ada.posts("Did you see anybody?")
    await edda.until(sees("Did you see anybody?"))
    assert edda.all(wire.PresenceChanged) == []


async def test_open_windows_are_greeted_anew(room: World) -> None:
    """Both ways, and so that what was shown before is let go."""
    ada, edda, finn = room.ada, room.edda, room.finn
    spoken = await finn.posts("You again.")
    also_edda = room.window(edda)
    await also_edda.opens(room.commons)
    for window in (edda, also_edda, finn, ada):
        window.forgets()
    await blocks(edda, finn)
    for window, other in ((edda, finn), (also_edda, finn), (finn, edda)):
        welcome = await window.until(sees_welcome(), within=SOON_S)
        page = await window.until(sees_page(None), within=SOON_S)
        kinds = [type(event) for event in window.seen]
        at = kinds.index(wire.Welcome)
        assert kinds[at : at + 3] == [wire.Welcome, wire.TooFarBehind, wire.HistoryLoaded]
        assert not welcome.resumed and other.id not in present(window)
        assert page.events[-1].seq == spoken.seq == welcome.head_seq
    assert ada.all(wire.Welcome) == [], "nobody else is told"
    assert entries(edda.log()) == [(spoken.seq, "")]
    assert entries(finn.log()) == [(spoken.seq, "You again.")]
    edda.forgets()
    await blocks(edda, finn, wanted=False)
    await edda.until(sees_page(None), within=SOON_S)
    assert entries(edda.log()) == [(spoken.seq, "You again.")] and finn.id in present(edda)


async def test_the_order_has_no_gap_however_it_is_read(room: World) -> None:
    edda, finn = room.edda, room.finn
    for author, content in ((finn, "one"), (edda, "two"), (finn, "three"), (room.ada, "four")):
        await author.posts(content)
    whole = entries((await room.ada.reads(room.commons)).events)
    hers = [(seq, "" if words in ("one", "three") else words) for seq, words in whole]
    await blocks(edda, finn)
    over_http: LogPage = await edda.reads(room.commons)
    assert entries(over_http.events) == hers and over_http.head_seq == whole[-1][0]
    page = await edda.loads(limit=3)
    assert entries(page.events) == hers[-3:]
    await edda.comes_back(after=whole[0][0] - 1)
    assert edda.all(wire.Welcome)[-1].resumed
    assert entries(edda.log()) == hers
    assert entries((await room.ada.reads(room.commons)).events) == whole


async def test_a_summary_rests_on_what_one_may_read(room: World) -> None:
    finn, edda = room.finn, room.edda
    await finn.posts("The heaters cost 9,000 euros a week to rent, says the supplier.")
    await room.ada.posts("We decided to plant the tomatoes on the 20th of March instead.")
    assert "heaters" in (await catch_up(edda, room.commons)).model_dump_json()
    await blocks(edda, finn)
    summary = await catch_up(edda, room.commons)
    assert summary.message_count == 1 and "heaters" not in summary.model_dump_json()


async def test_who_moderates_reads_all_and_sees_nobody_who_is_hidden(room: World) -> None:
    cleo, finn = room.cleo, room.finn
    await cleo.opens(room.commons)
    await blocks(cleo, finn)
    posted = await finn.posts("A word for the moderators.")
    await cleo.until(sees("A word for the moderators."))
    spoken = await cleo.posts("I see you.")
    await finn.until(sees_withheld(spoken.seq))
    assert finn.id not in present(cleo)
    cleo.forgets()
    answer = await room.ada.asks("PATCH", f"/api/members/{cleo.id}", json={"role": "member"})
    assert answer.status_code == 200
    await cleo.until(sees_page(None), within=SOON_S)
    assert (posted.seq, "") in entries(cleo.log()), "what one may no longer read is let go"


async def test_five_hundred_are_hidden_from_one_person(room: World) -> None:
    """More than a header or an attachment would bear if they were kept there."""
    edda, finn = room.edda, room.finn
    many = [f"{room.here.community_id}-{number:04d}-{'x' * 30}" for number in range(600)]
    for person_id in many:
        room.platform.change(
            "INSERT INTO people (id, email, name, name_key, created_at) VALUES (?, ?, 'X', ?, 1)",
            *(person_id, f"{person_id}@x.example", person_id),
        )
        room.platform.change("INSERT INTO blocks VALUES (?, ?, 1)", person_id, edda.id)
    await blocks(edda, finn)
    await edda.comes_back()
    posted = await finn.posts("And now?")
    await edda.until(sees_withheld(posted.seq))


async def test_nobody_is_told_of_who_is_invisible(room: World) -> None:
    ada, finn, also_finn = room.ada, room.finn, room.window(room.finn)
    await also_finn.opens(room.commons)
    ada.forgets()
    await is_invisible(finn)
    await ada.until(sees_departure(finn), within=SOON_S)
    for window in (finn, also_finn):
        assert finn.id in present(window), "one is there for oneself"
    ada.forgets()
    await finn.types()
    await finn.closes()
    await finn.opens(room.commons)
    await finn.posts("Boo.")
    await ada.until(sees("Boo."))
    assert not ada.all(wire.TypingChanged) and not ada.all(wire.PresenceChanged)
    other = room.window(room.edda)
    await other.opens(room.commons)
    assert finn.id not in present(other) and ada.id in present(other)
    await is_invisible(finn, wanted=False)
    await ada.until(sees_arrival(finn), within=SOON_S)
    await finn.closes()
    await also_finn.closes()
    await ada.until(sees_departure(finn))
