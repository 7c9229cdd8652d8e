"""Chapter "A session": by link, with one click, the cookie, and its end."""

import time
from urllib.parse import parse_qs, urlsplit

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

DEFAULT = [{"name": "hall", "settings": {"visibility": "public", "default": True}}]


@covers("route POST /api/sign-in", "route POST /api/sign-in/complete", "route GET /api/me")
@covers("route GET /api/local/mailbox", "number LINK_MS", "number SESSION_MS")
async def test_a_link_signs_in(town: Community) -> None:
    kari = town.front.stranger()
    told = await kari.posts("/api/sign-in", {"email": town.email("kari"), "next": "/rooms/a?b=c"})
    seconds = document.number("LINK_MS") // 1000
    assert told == {"email": town.email("kari"), "expires_in_s": seconds}
    [mail] = await kari.mails(town.email("kari"))
    assert abs(mail["sent_at"] - time.time() * 1000) < 60_000 and mail["link"] in mail["text"]
    parts = urlsplit(mail["link"])
    fragment = parse_qs(parts.fragment)
    assert (parts.scheme, parts.netloc, parts.path) == ("http", kari.host, "/sign-in")
    assert fragment.keys() == {"token", "next"} and fragment["next"] == ["/rooms/a?b=c"]
    done = await kari.asks("POST", "/api/sign-in/complete", {"token": fragment["token"][0]})
    kari.keeps(done)
    assert kari.me["email"] == town.email("kari") and kari.me["role"] == "member"
    assert await kari.gets("/api/me") == kari.me


@covers("refusal link_not_valid", "answer POST /api/sign-in/complete refuses link_not_valid")
async def test_a_link_works_once(town: Community) -> None:
    kari = town.front.stranger()
    await kari.posts("/api/sign-in", {"email": town.email("kari")})
    token = {"token": await kari.token(town.email("kari"))}
    assert (await kari.asks("POST", "/api/sign-in/complete", token)).status_code == 200
    again = await kari.asks("POST", "/api/sign-in/complete", token)
    refused(again, "link_not_valid")
    assert "set-cookie" not in again.headers


async def test_a_link_works_at_its_own_host_only(town: Community) -> None:
    other = await found(town.front.http)
    await town.front.posts("/api/sign-in", {"email": town.email("kari")})
    token = {"token": await town.front.token(town.email("kari"))}
    other.front.browser = town.front.browser
    refused(await other.front.asks("POST", "/api/sign-in/complete", token), "link_not_valid")
    done = await town.front.asks("POST", "/api/sign-in/complete", token)
    assert done.status_code == 200, "the wrong host used it up"


async def test_a_link_works_in_its_own_browser_only(town: Community) -> None:
    kari, thief = town.front.stranger(), town.front.stranger()
    await kari.posts("/api/sign-in", {"email": town.email("kari")})
    token = {"token": await kari.token(town.email("kari"))}
    refused(await thief.asks("POST", "/api/sign-in/complete", token), "link_not_valid")
    await thief.posts("/api/sign-in", {"email": town.email("thief")})
    refused(await thief.asks("POST", "/api/sign-in/complete", token), "link_not_valid")
    done = await kari.asks("POST", "/api/sign-in/complete", token)
    assert done.status_code == 200, "another browser used it up"


async def test_a_token_that_never_was_signs_nobody_in(town: Community) -> None:
    nothing = {"token": document.example("UseLink")["token"]}
    refused(await town.front.asks("POST", "/api/sign-in/complete", nothing), "link_not_valid")


@covers("number LINKS_AT_ONCE")
async def test_six_links_at_once_are_one_too_many(town: Community) -> None:
    email, most = town.email("kari"), document.number("LINKS_AT_ONCE")
    for _ in range(most + 1):
        await town.front.posts("/api/sign-in", {"email": email})
    assert len(await town.front.mails(email)) == most
    token = {"token": await town.front.token(email)}
    assert (await town.front.asks("POST", "/api/sign-in/complete", token)).status_code == 200
    await town.front.posts("/api/sign-in", {"email": email})
    assert len(await town.front.mails(email)) == most + 1, "a used link is not an open one"


@covers("number LINKS_AN_HOUR", "limit GET /api/local/mailbox 50")
async def test_beyond_sixty_links_in_an_hour_no_mail_is_sent(town: Community) -> None:
    most = document.number("LINKS_AN_HOUR")
    for index in range(most):
        await town.front.posts("/api/sign-in", {"email": town.email(f"a{index}")})
    assert len(await town.front.mails(town.email(f"a{most - 1}"))) == 1
    await town.front.posts("/api/sign-in", {"email": town.email("late")})
    assert await town.front.mails(town.email("late")) == []
    mailbox = (await town.front.gets("/api/local/mailbox"))["mails"]
    assert len(mailbox) == 50
    assert [mail["to"] for mail in mailbox[:2]] == [
        town.email(f"a{most - 1}"),
        town.email(f"a{most - 2}"),
    ]


async def test_somebody_new_is_in_the_default_rooms_which_are_told(square: Community) -> None:
    place = await found(square.front.http, {"ada": "owner"}, DEFAULT)
    ada = await place.client("ada")
    await ada.posts(f"/api/rooms/{place.rooms['hall']}/join")
    socket = await ada.opens(place.rooms["hall"])
    kari = await place.front.stranger().signs_in(place.email("kari"))
    heard = await socket.until("member_joined", person=kari.person)
    assert abs(heard["at"] - time.time() * 1000) < 60_000
    [room] = (await kari.gets("/api/rooms"))["rooms"]
    assert (room["id"], room["role"]) == (place.rooms["hall"], "member")


async def test_who_left_a_default_room_stays_out_of_it(square: Community) -> None:
    place = await found(square.front.http, {"ada": "owner"}, DEFAULT)
    kari = await place.front.stranger().signs_in(place.email("kari"))
    await kari.posts(f"/api/rooms/{place.rooms['hall']}/leave")
    again = await place.front.stranger().signs_in(place.email("kari"))
    assert again.id == kari.id
    [room] = (await again.gets("/api/rooms"))["rooms"]
    assert room["role"] is None


async def test_a_name_that_somebody_has_gets_a_number(town: Community) -> None:
    first = await town.front.stranger().signs_in(f"kari.{town.mark}@one.example")
    second = await town.front.stranger().signs_in(f"kari.{town.mark}@two.example")
    name = first.person["name"]
    assert name.lower().startswith("kari")
    assert second.person["name"].startswith(name) and second.person["name"][-1].isdigit()


@covers("route POST /api/local/sign-in", "route GET /api/session")
async def test_one_click_signs_in(town: Community) -> None:
    ben = await town.client("ben")
    assert ben.id == town.people["ben"] and ben.me["role"] == "member"
    session = await ben.gets("/api/session")
    assert (session["community"], session["me"]) == (ben.me["community"], ben.me)


@covers("answer POST /api/local/sign-in refuses not_found")
async def test_nobody_is_somebody_who_does_not_exist(town: Community) -> None:
    answer = await town.front.asks("POST", "/api/local/sign-in", {"person_id": f"no-{town.mark}"})
    refused(answer, "not_found")
    assert "set-cookie" not in answer.headers


async def test_a_click_makes_a_member(square: Community) -> None:
    place = await found(square.front.http, {"ada": "owner", "dov": None}, [])
    dov = await place.client("dov")
    assert dov.me["role"] == "member"


@covers("refusal not_signed_in")
async def test_without_a_session_there_is_no_me(town: Community) -> None:
    refused(await town.front.asks("GET", "/api/me"), "not_signed_in")
    assert (await town.front.gets("/api/session"))["me"] is None
    forged = Client(town.front.http, town.front.domain, "a" * 43)
    refused(await forged.asks("GET", "/api/me"), "not_signed_in")
    ada = await (await found(town.front.http)).client("ada")
    elsewhere = Client(town.front.http, town.front.domain, ada.cookie, ada.me)
    refused(await elsewhere.asks("GET", "/api/me"), "not_signed_in")
    assert (await elsewhere.gets("/api/session"))["me"] is None


@covers("answer POST /api/sign-in/vegvisr refuses not_found")
@covers("answer POST /api/sign-in/vegvisr/link refuses not_found")
async def test_where_vegvisr_is_not_connected_nothing_is_there(town: Community) -> None:
    for secret, code in (("s" * 2048, "not_found"), ("s" * 2049, "bad_fields")):
        body = {"kind": "token", "secret": secret}
        refused(await town.front.asks("POST", "/api/sign-in/vegvisr", body), code)
    email = {"email": town.email("kari")}
    refused(await town.front.asks("POST", "/api/sign-in/vegvisr/link", email), "not_found")
    assert (await town.front.gets("/api/session"))["platform"]["vegvisr"] is False


@covers("route POST /api/sign-out")
@covers("close 4001")
async def test_signing_out_ends_the_session_and_its_sockets_alone(town: Community) -> None:
    ada = await town.front.stranger().clicks(town.people["ada"])
    other = await (await town.client("ada")).opens(town.rooms["quay"])
    socket = await ada.opens(town.rooms["quay"])
    out = await ada.asks("POST", "/api/sign-out")
    assert out.headers["set-cookie"].startswith("__Host-session=;"), out.headers["set-cookie"]
    refused(await ada.asks("GET", "/api/me"), "not_signed_in")
    assert await socket.closed() == (4001, "signed_out")
    assert (await other.says("Still here."))["seq"] == 1


async def test_signing_out_without_a_session_empties_the_cookie_too(town: Community) -> None:
    out = await town.front.asks("POST", "/api/sign-out")
    assert out.headers["set-cookie"].startswith("__Host-session=;")
