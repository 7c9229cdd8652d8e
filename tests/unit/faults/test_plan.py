"""A seed is a plan: the same one again, and everything in it that may break."""

from tests.faults.plan import CALM, FAULTS, HARD, NETWORK, PEOPLE, Plan, plan

ACTS = 200


def hard(found: Plan) -> list[str]:
    return [one.kind for group in found.hard for one in group]


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    assert plan(7, acts=ACTS) == plan(7, acts=ACTS)
    assert plan(7, acts=ACTS) != plan(8, acts=ACTS)


def test_every_fault_is_in_every_plan() -> None:
    for seed in range(20):
        found = plan(seed, kills=2, acts=ACTS)
        assert sorted(hard(found)) == sorted([*HARD, *CALM, "kill"])
        assert {one.kind for one in found.soft[: len(NETWORK)]} == set(NETWORK)
        assert all({"double", "post"} <= {act.op for act in acts} for acts in found.people)


def test_what_must_not_meet_never_does() -> None:
    """A platform that starts asks D1, KV and R2: nothing of those refuses meanwhile."""
    for seed in range(20):
        groups = [{one.kind for one in group} for group in plan(seed, acts=1).hard]
        assert all(len(group) == 1 or group == set(CALM) for group in groups)


def test_only_what_is_wanted_breaks() -> None:
    found = plan(1, kinds=["kill", "cut"], kills=3, acts=ACTS)
    assert hard(found) == ["kill"] * 3
    assert {one.kind for one in found.soft} == {"cut"}
    assert not any(act.op == "double" for acts in found.people for act in acts)
    assert plan(1, kinds=["kill"], acts=1).soft == ()
    assert len(found.people) == PEOPLE


def test_nothing_is_forgotten() -> None:
    assert set(FAULTS) == {"doubled", *NETWORK, *CALM, *HARD}
