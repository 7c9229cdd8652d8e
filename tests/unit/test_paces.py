"""How fast each person goes in a room, over all of their sockets."""

import pytest

from domain.pace import FLOOD_AFTER, Flooded, Paces
from schema.refusals import Refused
from schema.rpc import Admission, RoomFacts
from schema.wire import Person

BURST = 3
SETTINGS = {"pace": {"burst": BURST, "per_second": 1.0}}
ROOM = RoomFacts(id="r", name="R", description="", community_id="c", settings=SETTINGS)


def somebody(person_id: str) -> Admission:
    person = Person(id=person_id, name=person_id)
    return Admission(person=person, community_role="member", room_role="member", may=[], room=ROOM)


def goes(paces: Paces, admission: Admission, times: int, now: int = 0) -> list[str]:
    """What became of each try."""
    ends: list[str] = []
    for _ in range(times):
        try:
            paces.spend(admission, 1.0, now)
        except Flooded:
            ends.append("flooded")
        except Refused as no:
            ends.append(no.code)
        else:
            ends.append("passed")
    return ends


def test_a_person_has_one_bucket_however_often_they_are_admitted() -> None:
    paces = Paces()
    assert goes(paces, somebody("ada"), 2) == ["passed"] * 2
    assert goes(paces, somebody("ada"), 2) == ["passed", "too_fast"]


def test_the_pace_of_one_is_not_the_pace_of_another() -> None:
    paces = Paces()
    goes(paces, somebody("ada"), BURST + 1)
    assert goes(paces, somebody("ben"), 1) == ["passed"]


def test_a_refusal_says_when_to_try_again_and_that_is_true() -> None:
    paces, ada = Paces(), somebody("ada")
    goes(paces, ada, BURST)
    with pytest.raises(Refused) as no:
        paces.spend(ada, 1.0, 0)
    assert no.value.retry_after_ms is not None
    paces.spend(ada, 1.0, no.value.retry_after_ms)


def test_a_flood_ends_in_flooded_once_and_is_then_not_held_against_them() -> None:
    paces, ada = Paces(), somebody("ada")
    ends = goes(paces, ada, BURST + FLOOD_AFTER + 1)
    assert ends.index("flooded") == BURST + FLOOD_AFTER - 1
    assert ends.count("flooded") == 1
    assert goes(paces, ada, 1, now=5_000) == ["passed"]


def test_people_long_gone_are_forgotten() -> None:
    paces = Paces()
    for number in range(Paces.MOST):
        goes(paces, somebody(f"p{number}"), 1)
    goes(paces, somebody("late"), 1, now=Paces.FORGOTTEN_AFTER_MS)
    assert list(paces._buckets) == ["late"]
