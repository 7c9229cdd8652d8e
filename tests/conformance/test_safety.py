"""Chapter "Your safety": blocks, mutes, and who may write or invite."""

from tests.conformance.answers import refused
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

PATH = "/api/me/safety"


@covers("route GET /api/me/safety", "route PUT /api/me/blocks/{person_id}")
@covers("route DELETE /api/me/blocks/{person_id}")
async def test_a_block_is_told_to_who_made_it_alone(town: Community) -> None:
    ben, cleo = await town.client("ben"), await town.client("cleo")
    before = await cleo.gets(PATH)
    for _ in range(2):
        assert (await ben.asks("PUT", f"/api/me/blocks/{cleo.id}")).status_code == 204
    assert (await ben.gets(PATH))["blocked"] == [cleo.person]
    assert await cleo.gets(PATH) == before
    await cleo.asks("DELETE", f"/api/me/blocks/{ben.id}")
    assert (await ben.gets(PATH))["blocked"] == [cleo.person], "it is not theirs to lift"
    await ben.asks("DELETE", f"/api/me/blocks/{cleo.id}")
    assert (await ben.gets(PATH))["blocked"] == []


@covers("answer PUT /api/me/blocks/{person_id} refuses not_found")
async def test_nobody_blocks_themselves_or_who_is_not_here(town: Community) -> None:
    ben, far = await town.client("ben"), await (await found(town.front.http)).client("ben")
    for person in (ben.id, far.id, "nobody-at-all"):
        refused(await ben.asks("PUT", f"/api/me/blocks/{person}"), "not_found")


@covers("route PATCH /api/me/safety", "limit ChangeSafety.muted_people 500")
@covers("limit ChangeSafety.muted_rooms 500")
async def test_what_is_left_out_of_a_change_stays(town: Community) -> None:
    ben, cleo = await town.client("ben"), await town.client("cleo")
    before = await cleo.gets(PATH)
    assert (before["may_write"], before["may_invite"]) == ("everybody", "everybody")
    many = [f"m{number}" for number in range(500)]
    words = ({"may_write": "nobody"}, {"invisible": True})
    for change in (*words, {"muted_people": many}, {"muted_rooms": many}):
        answer = await ben.asks("PATCH", PATH, change)
        assert change.items() <= answer.json().items()
    for name in ("muted_people", "muted_rooms"):
        problem = refused(await ben.asks("PATCH", PATH, {name: [*many, "one"]}), "bad_fields")
        assert problem["fields"] == [name]
    mine = await ben.gets(PATH)
    assert (mine["may_write"], mine["muted_people"]) == ("nobody", many)
    assert await cleo.gets(PATH) == before


async def test_who_may_not_invite_somebody_sends_no_mail_and_is_not_told(town: Community) -> None:
    ada, cleo = await town.client("ada"), await town.client("cleo")
    answers = []
    for wish, mails in (("everybody", 1), ("people_of_my_rooms", 1), ("everybody", 2)):
        await cleo.asks("PATCH", PATH, {"may_invite": wish})
        answers.append(await ada.posts("/api/invitations", {"email": town.email("cleo")}))
        assert len(await ada.mails(town.email("cleo"))) == mails
    assert len({tuple(sorted(answer)) for answer in answers}) == 1
    await cleo.asks("PUT", f"/api/me/blocks/{ada.id}")
    await ada.posts("/api/invitations", {"email": town.email("cleo")})
    assert len(await ada.mails(town.email("cleo"))) == 2


async def test_who_may_not_invite_somebody_does_not_bring_them_into_a_room(town: Community) -> None:
    ben, cleo, room = await town.client("ben"), await town.client("cleo"), town.rooms["cabin"]
    ada, path, body = await town.client("ada"), f"/api/rooms/{room}/members", {"person_id": cleo.id}
    refusals = []
    for change in ({"may_invite": "nobody"}, {"may_invite": "people_of_my_rooms"}):
        await cleo.asks("PATCH", PATH, change)
        refusals.append(refused(await ada.asks("POST", path, body), "not_allowed")["detail"])
    await cleo.asks("PATCH", PATH, {"may_invite": "everybody"})
    await cleo.asks("PUT", f"/api/me/blocks/{ada.id}")
    refusals.append(refused(await ada.asks("POST", path, body), "not_allowed")["detail"])
    assert len(set(refusals)) == 1, "nobody is told why"
    await cleo.asks("DELETE", f"/api/me/blocks/{ada.id}")
    assert (await ada.posts(path, body))["id"] == cleo.id
    await cleo.asks("PATCH", PATH, {"may_invite": "nobody"})
    assert (await ada.posts(path, body))["id"] == cleo.id, "who is in is in"
    await ben.asks("PATCH", PATH, {"may_invite": "people_of_my_rooms"})
    await ben.asks("POST", f"/api/rooms/{room}/leave")
    assert (await ada.posts(path, {"person_id": ben.id}))["id"] == ben.id, "the quay is shared"
