"""Catch me up: a summary whose every sentence rests on messages of that room."""

import pytest

from schema.http import CaughtUp
from schema.wire import MessagePosted
from tests.cast import World
from tests.person import Person
from tests.place import refused

SAID = [
    "The new boiler comes three weeks late, says the supplier.",
    "Then we need the two small heaters until the 14th of March.",
    "They cost 40 euros a week to rent, plus power.",
    "Thanks!",
    "Can somebody be at the greenhouse on Friday at 9 for the delivery of the heaters?",
    "I can, Friday at 9 is fine.",
    "ok",
    "We decided to plant the tomatoes on the 20th instead.",
    "Who writes to the members about the new date?",
    "I will write to everyone tonight.",
]


async def catch_up(person: Person, room: str, **body: int) -> CaughtUp:
    answer = await person.asks("POST", f"/api/rooms/{room}/catch-up", json=body)
    assert answer.status_code == 200, answer.text
    return CaughtUp.model_validate(answer.json())


async def test_every_sentence_cites_messages_of_that_room(world: World) -> None:
    await world.imports(world.board, world.ben, ["The board speaks of the loan of 9,000 euros."])
    await world.imports(world.commons, world.ada, SAID)
    page = await world.cleo.reads(world.commons)
    ids = {e.message.id: e.seq for e in page.events if isinstance(e, MessagePosted)}
    summary = await catch_up(world.cleo, world.commons)
    assert summary.provider == "builtin"
    assert (summary.message_count, summary.from_seq, summary.to_seq) == (10, 1, 10)
    assert 1 <= len(summary.sentences) < len(SAID)
    for sentence in summary.sentences:
        assert sentence.text and sentence.message_ids
        assert [ids[message_id] for message_id in sentence.message_ids] == sentence.seqs
    assert "loan" not in summary.model_dump_json()


async def test_it_begins_after_what_was_read(world: World) -> None:
    await world.imports(world.commons, world.ada, SAID)
    summary = await catch_up(world.cleo, world.commons, after=7)
    assert (summary.message_count, summary.from_seq, summary.to_seq) == (3, 8, 10)
    assert summary.sentences
    assert all(seq > 7 for sentence in summary.sentences for seq in sentence.seqs)


@pytest.mark.parametrize("after", [None, 5, 40])
async def test_of_very_many_it_takes_the_latest(world: World, after: int | None) -> None:
    said = [f"Bed number {number} needs water on Friday." for number in range(1, 311)]
    await world.imports(world.commons, world.ada, said)
    summary = await catch_up(world.cleo, world.commons, **({"after": after} if after else {}))
    first = max(11, (after or 0) + 1)
    assert (summary.from_seq, summary.to_seq) == (first, 310)
    assert summary.message_count == 310 - first + 1
    assert all(first <= seq <= 310 for one in summary.sentences for seq in one.seqs)


@pytest.mark.parametrize("after", [10, 99])
async def test_nothing_new_is_an_empty_summary(world: World, after: int) -> None:
    await world.imports(world.commons, world.ada, SAID)
    summary = await catch_up(world.cleo, world.commons, after=after)
    assert (summary.sentences, summary.message_count) == ([], 0)


async def test_the_same_messages_give_the_same_summary(world: World) -> None:
    await world.imports(world.commons, world.ada, SAID)
    assert await catch_up(world.ada, world.commons) == await catch_up(world.finn, world.commons)


async def test_a_visitor_of_another_community_is_not_caught_up(world: World) -> None:
    await world.imports(world.commons, world.ada, SAID)
    await world.dov.signs_in()
    here = world.dov.visiting(world.here)
    for dov, code in ((world.dov, "room_not_found"), (here, "not_signed_in")):
        answer = await dov.asks("POST", f"/api/rooms/{world.commons}/catch-up", json={})
        assert refused(answer).code == code
        assert "boiler" not in answer.text


@pytest.mark.parametrize("after", [-1, "one", 1.5, 2**53])
async def test_an_after_that_is_no_seq_is_refused(world: World, after: object) -> None:
    path = f"/api/rooms/{world.commons}/catch-up"
    answer = refused(await world.ada.asks("POST", path, json={"after": after}))
    assert (answer.code, answer.fields) == ("bad_fields", ["after"])


async def test_moderation_looks_through_a_disguise_and_lets_plain_words_pass(world: World) -> None:
    path = "/api/assistant/moderate"
    plain = await world.cleo.asks("POST", path, json={"text": "The tomatoes do well this year."})
    assert (plain.status_code, plain.json()["verdict"]) == (200, "allow")
    rude = await world.cleo.asks("POST", path, json={"text": "You are an 1d10t."})
    assert rude.json()["verdict"] in ("review", "refuse"), rude.text
    assert [finding["category"] for finding in rude.json()["findings"]] == ["insult"]
    await world.dov.signs_in()
    away = await world.dov.visiting(world.here).asks("POST", path, json={"text": "Hello."})
    assert refused(away).code == "not_signed_in"
