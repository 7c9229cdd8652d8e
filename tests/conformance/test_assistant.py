"""Chapter "The assistant": catching up and moderation."""

import pytest

from tests.conformance.answers import refused
from tests.conformance.founding import Community
from tests.conformance.past import fill
from tests.conformance.witness import covers


@covers("route POST /api/rooms/{room_id}/catch-up")
async def test_each_sentence_names_its_messages(town: Community) -> None:
    ada, ben, quay = await town.client("ada"), await town.client("ben"), town.rooms["quay"]
    line, other = await ada.opens(quay), await ben.opens(quay)
    said = []
    for index in range(6):
        said.append(await line.says(f"The seedlings of bed {index} are in. Who waters them?"))
        said.append(await other.says(f"I water bed {index} on Monday, and decide on compost."))
    summary = await ada.posts(f"/api/rooms/{quay}/catch-up", {"after": 2})
    assert (summary["message_count"], summary["from_seq"], summary["to_seq"]) == (10, 3, 12)
    assert summary["provider"] == "builtin" and 1 <= len(summary["sentences"]) <= 6
    ids = {event["seq"]: event["message"]["id"] for event in said}
    for sentence in summary["sentences"]:
        assert sentence["text"] and sentence["seqs"]
        assert sentence["message_ids"] == [ids[seq] for seq in sentence["seqs"]]
        assert min(sentence["seqs"]) > 2


async def test_nothing_to_catch_up_with(town: Community) -> None:
    ada = await town.client("ada")
    for body in ({}, {"after": None}, {"after": 0}):
        summary = await ada.posts(f"/api/rooms/{town.rooms['quay']}/catch-up", body)
        counts = [summary[name] for name in ("message_count", "from_seq", "to_seq")]
        assert summary["sentences"] == [] and counts == [0, 0, 0]


@pytest.mark.parametrize("after", [-1, "1", 1.5, True, []])
async def test_after_is_a_seq_from_0(square: Community, after: object) -> None:
    ada, path = await square.client("ada"), f"/api/rooms/{square.rooms['quay']}/catch-up"
    answer = await ada.asks("POST", path, {"after": after})
    assert refused(answer, "bad_fields")["fields"] == ["after"]


@covers("limit POST /api/rooms/{room_id}/catch-up 300")
async def test_it_reads_at_most_the_latest_300_entries(town: Community) -> None:
    ada = await town.client("ada")
    await fill(ada, town, "quay", 302)
    summary = await ada.posts(f"/api/rooms/{town.rooms['quay']}/catch-up", {"after": 0})
    assert (summary["message_count"], summary["from_seq"], summary["to_seq"]) == (300, 3, 302)
    summary = await ada.posts(f"/api/rooms/{town.rooms['quay']}/catch-up", {"after": 2})
    assert (summary["message_count"], summary["from_seq"]) == (300, 3)


@covers("route POST /api/assistant/moderate")
async def test_moderation_says_what_it_finds(square: Community) -> None:
    ada = await square.client("ada")
    calm = await ada.posts("/api/assistant/moderate", {"text": "The seedlings are in."})
    assert (calm["verdict"], calm["findings"]) == ("allow", [])
    text = "Call me at +47 400 00 000"
    found = await ada.posts("/api/assistant/moderate", {"text": text})
    assert found["verdict"] == "review" and found["provider"] == "builtin"
    assert found["findings"] == [{"category": "personal_data", "excerpt": "+47 400 00 000"}]


@covers("verb use_assistant", "answer POST /api/assistant/moderate refuses not_allowed")
async def test_where_it_is_switched_off_it_looks_at_nothing(town: Community) -> None:
    ada, text = await town.client("ada"), {"text": "The seedlings are in."}
    for on in (True, False, True):
        features = {"features": {"graphs": True, "assistant": on}}
        assert (await ada.asks("PATCH", "/api/community", features)).is_success
        answer = await ada.asks("POST", "/api/assistant/moderate", text)
        assert answer.is_success if on else refused(answer, "not_allowed")
    for name in ("ada", "ben", "gus"):
        answer = await (await town.client(name)).asks("POST", "/api/assistant/moderate", text)
        assert answer.is_success


@covers("limit TextToModerate.text 8000")
async def test_a_text_to_moderate_has_its_length(square: Community) -> None:
    ada = await square.client("ada")
    await ada.posts("/api/assistant/moderate", {"text": "é" * 8000})
    await ada.posts("/api/assistant/moderate", {"text": "x"})
    for text in ("", "x" * 8001):
        answer = await ada.asks("POST", "/api/assistant/moderate", {"text": text})
        assert refused(answer, "bad_fields")["fields"] == ["text"]


@pytest.mark.parametrize("name", ["cleo", "ada"])
async def test_a_visitor_may_catch_up_too(town: Community, name: str) -> None:
    who = await town.client(name)
    await who.posts(f"/api/rooms/{town.rooms['quay']}/catch-up", {})
