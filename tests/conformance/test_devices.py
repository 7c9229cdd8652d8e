"""Where somebody is signed in: the list, ending one, ending all others."""

import time

from tests.conformance.answers import refused
from tests.conformance.founding import Community
from tests.conformance.witness import covers

SESSIONS = "/api/me/sessions"


@covers("route GET /api/me/sessions", "route DELETE /api/me/sessions/{session_id}")
@covers("answer DELETE /api/me/sessions/{session_id} refuses not_found")
async def test_a_session_is_listed_and_ended(town: Community) -> None:
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    ada, phone = town.front.stranger(), town.front.stranger()
    body = {"person_id": town.people["ada"]}
    ada.keeps(await ada.asks("POST", "/api/local/sign-in", body, headers=agent))
    await phone.clicks(town.people["ada"])
    listed = (await ada.gets(SESSIONS))["devices"]
    [here] = [one for one in listed if one["current"]]
    [there] = [one for one in listed if not one["current"]]
    assert (here["browser"], here["host"]) == ("Firefox on Linux", town.front.domain)
    assert abs(here["created_at"] - time.time() * 1000) < 60_000
    ben = await town.client("ben")
    refused(await ben.asks("DELETE", f"{SESSIONS}/{there['id']}"), "not_found")
    socket = await phone.opens(town.rooms["quay"])
    ended = await ada.asks("DELETE", f"{SESSIONS}/{there['id']}")
    assert "set-cookie" not in ended.headers
    assert await socket.closed() == (4001, "signed_out")
    refused(await phone.asks("GET", "/api/me"), "not_signed_in")
    refused(await ada.asks("DELETE", f"{SESSIONS}/{there['id']}"), "not_found")
    out = await ada.asks("DELETE", f"{SESSIONS}/{here['id']}")
    assert out.headers["set-cookie"].startswith("__Host-session=;")
    refused(await ada.asks("GET", SESSIONS), "not_signed_in")


@covers("route DELETE /api/me/sessions")
async def test_all_sessions_but_the_one_that_asks_end(town: Community) -> None:
    ada = await town.client("ada")
    others = [await town.front.stranger().clicks(town.people["ada"]) for _ in range(2)]
    ben = await town.client("ben")
    await ada.asks("DELETE", SESSIONS)
    for other in others:
        refused(await other.asks("GET", "/api/me"), "not_signed_in")
    assert [one["current"] for one in (await ada.gets(SESSIONS))["devices"]] == [True]
    assert len((await ben.gets(SESSIONS))["devices"]) == 1
