"""Chapter "Going on to another host", and the platform's own."""

from urllib.parse import parse_qs, urlsplit

from tests.conformance import document
from tests.conformance.answers import refused
from tests.conformance.client import Client
from tests.conformance.founding import Community, found, new_mark
from tests.conformance.witness import covers

START, LOOK, USE = "/api/hand-overs", "/api/hand-overs/look", "/api/hand-overs/use"
TICKET = "ticket_not_valid"


async def ticket_to(who: Client, host: str, next_path: str = "/") -> dict[str, str]:
    """What uses a ticket of theirs to that host."""
    told = await who.posts(START, {"host": host, "next": next_path})
    assert told["expires_in_s"] * 1000 == document.number("HAND_OVER_MS")
    address = urlsplit(told["address"])
    assert (address.hostname, address.path, address.query) == (host, "/hand-over", "")
    brought = parse_qs(address.fragment)
    assert brought["next"] == [next_path]
    return {"ticket": brought["ticket"][0]}


@covers("route POST /api/hand-overs", "route POST /api/hand-overs/look", "number HAND_OVER_MS")
@covers(
    "route POST /api/hand-overs/use", "answer POST /api/hand-overs/look refuses ticket_not_valid"
)
@covers("answer POST /api/hand-overs/use refuses ticket_not_valid")
async def test_one_goes_on_to_another_host_once(town: Community) -> None:
    other, ben = await found(town.front.http), await town.client("ben")
    ticket = await ticket_to(ben, other.front.domain, "/rooms/a?b=c")
    seen = await other.front.posts(LOOK, ticket)
    assert seen == {"person": ben.person, "email": ben.me["email"], "origin": ben.domain}
    refused(await town.front.asks("POST", USE, ticket), TICKET)
    there = other.front.stranger().keeps(await other.front.asks("POST", USE, ticket))
    assert (there.id, there.me["role"]) == (ben.id, "member")
    for path in (LOOK, USE):
        refused(await other.front.asks("POST", path, ticket), TICKET)
    await there.posts("/api/sign-out")
    assert (await ben.gets("/api/me"))["person"] == ben.person


@covers("answer POST /api/hand-overs refuses community_not_found")
async def test_no_ticket_leads_to_a_host_of_others(town: Community) -> None:
    ben = await town.client("ben")
    for host in ("evil.example", f"no.{town.front.domain}"):
        refused(await ben.asks("POST", START, {"host": host}), "community_not_found")
    refused(await ben.asks("POST", START, {"host": "a b"}), "bad_fields")


@covers("answer POST /api/hand-overs/use refuses banned")
async def test_who_is_banned_there_is_kept_out(town: Community) -> None:
    other, ben = await found(town.front.http), await town.client("ben")
    await other.front.posts(USE, await ticket_to(ben, other.front.domain))
    ada = await other.client("ada")
    await ada.posts(f"/api/members/{ben.id}/ban", {"reason": "", "until": None})
    ticket = await ticket_to(ben, other.front.domain)
    refused(await other.front.asks("POST", USE, ticket), "banned")


@covers("limit HandOverTicket.ticket 100", "limit UseHandOver.ticket 100")
@covers("limit AskForHandOver.host 253")
async def test_how_long_each_may_be(town: Community) -> None:
    ben = await town.client("ben")
    for path in (LOOK, USE):
        refused(await ben.asks("POST", path, {"ticket": "t" * 100}), TICKET)
        refused(await ben.asks("POST", path, {"ticket": "t" * 101}), "bad_fields")
    long = ".".join(["a" * 50] * 5)[:253]
    refused(await ben.asks("POST", START, {"host": long.ljust(253, "b")}), "community_not_found")
    refused(await ben.asks("POST", START, {"host": long.ljust(254, "b")}), "bad_fields")
    here = {"host": ben.domain, "next": "/".ljust(300, "p")}
    await ben.posts(START, here)
    refused(await ben.asks("POST", START, here | {"next": here["next"] + "p"}), "bad_fields")


async def test_people_sign_in_at_the_platforms_own_host_and_begin_a_community(
    town: Community,
) -> None:
    home = Client(town.front.http, "chat.localhost")
    kari = await home.stranger().signs_in(town.email("kari"))
    assert (kari.me["role"], kari.me["may"], kari.me["community"]) == ("", [], None)
    session = await kari.gets("/api/session")
    assert (session["community"], session["me"]) == (None, kari.me)
    assert session["platform"]["address"] == f"http://{home.host}/"
    refused(await kari.asks("GET", "/api/rooms"), "community_not_found")
    slug = f"w-{new_mark()}"
    await kari.posts("/api/communities", {"slug": slug, "name": "Harbour", "rooms": ["Quay"]})
    harbour = Client(town.front.http, f"chat.{slug}.localhost")
    ticket = await ticket_to(kari, harbour.domain, "/welcome")
    assert harbour.keeps(await harbour.asks("POST", USE, ticket)).me["role"] == "owner"
