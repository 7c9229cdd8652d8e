"""Sign-in links, and the cookies of a browser."""

from dataclasses import replace

import pytest

from domain.signing_in import (
    LINK_MS,
    LINKS_AN_HOUR,
    LINKS_AT_ONCE,
    LINKS_FROM_ALL,
    Link,
    address,
    letter,
    name_from,
    page,
    sender,
    use,
)
from edge.session import (
    BROWSER,
    COOKIE,
    browser_cookie,
    browser_in,
    cookie,
    hashed,
    host_of,
    same_origin,
    token_in,
)
from records import communities, people, sign_in_links
from schema.refusals import Refused
from tests.unit.sqlite_db import SqliteDb

HOST = "chat.aurora.localhost"
FRESH = Link("kari@aurora.example", HOST, "mine", LINK_MS, None)


def test_a_fresh_link_proves_its_address() -> None:
    assert use(FRESH, HOST, "mine", LINK_MS - 1) == "kari@aurora.example"


@pytest.mark.parametrize(
    ("link", "host", "browser", "now"),
    [
        (None, HOST, "mine", 0),
        (FRESH, HOST, "mine", LINK_MS),
        (FRESH, "chat.other.localhost", "mine", 0),
        (FRESH, HOST, "another", 0),
        (FRESH, HOST, None, 0),
        (replace(FRESH, browser=""), HOST, None, 0),
        (replace(FRESH, used_at=5), HOST, "mine", 10),
    ],
    ids=["forged", "expired", "foreign", "browser", "no browser", "older", "used"],
)
def test_any_other_link_is_refused(
    link: Link | None, host: str, browser: str | None, now: int
) -> None:
    with pytest.raises(Refused, match="link_not_valid"):
        use(link, host, browser, now)


async def test_of_two_who_use_a_link_at_once_one_wins() -> None:
    db = SqliteDb()
    assert await adds(db, "hash", FRESH, 0)
    assert await sign_in_links.use(db, "hash", 1)
    assert not await sign_in_links.use(db, "hash", 2)
    stored = await sign_in_links.by_hash(db, "hash")
    assert stored is not None and stored.used_at == 1


async def adds(db: SqliteDb, name: str, link: Link, now: int, sender: str = "a") -> bool:
    return await sign_in_links.add(db, name, link, "aurora", sender, now)


async def test_an_address_has_five_open_links_whatever_its_case() -> None:
    db = SqliteDb()
    for number in range(LINKS_AT_ONCE):
        assert await adds(db, f"link-{number}", FRESH, 0)
    shouted = replace(FRESH, email="KARI@aurora.example")
    assert not await adds(db, "too-many", shouted, 0)
    assert await sign_in_links.by_hash(db, "too-many") is None
    assert await sign_in_links.use(db, "link-0", 1)
    assert await adds(db, "after-one-was-used", shouted, 1)
    assert await adds(db, "after-all-expired", shouted, LINK_MS)


async def test_who_asks_for_links_of_somebody_does_not_lock_them_out() -> None:
    db = SqliteDb()
    for number in range(LINKS_FROM_ALL):
        assert await adds(db, f"link-{number}", FRESH, 0, sender=f"from-{number // 5}")
        assert number != LINKS_AT_ONCE or not await adds(db, "more", FRESH, 0, sender="from-0")
    assert not await adds(db, "too-many-in-all", FRESH, 0, sender="from-home")
    assert await sign_in_links.use(db, "link-0", 1)
    assert await adds(db, "from-home", FRESH, 1, sender="from-home")


async def test_one_sender_asks_for_sixty_links_an_hour_in_a_community() -> None:
    db = SqliteDb()

    def link(number: int) -> Link:
        return replace(FRESH, email=f"kari-{number}@aurora.example")

    for number in range(LINKS_AN_HOUR):
        assert await adds(db, f"link-{number}", link(number), 1)
    assert not await adds(db, "too-many", link(60), 3_600_000)
    assert await adds(db, "of-somebody-else", link(61), 3_600_000, sender="b")
    assert await sign_in_links.add(db, "elsewhere", link(62), "borealis", "a", 3_600_000)
    assert await adds(db, "an-hour-later", link(63), 3_600_001)
    assert len(await db.rows("SELECT * FROM sign_in_links")) == 3


@pytest.mark.parametrize(
    ("network_address", "known"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_sender_is_a_network_address_or_its_network(
    network_address: str | None, known: str
) -> None:
    headers = {} if network_address is None else {"cf-connecting-ip": network_address}
    assert sender(headers) == known


async def test_the_same_address_is_one_person_whatever_its_case() -> None:
    db = SqliteDb()
    await people.add(db, "kari", "kari@aurora.example", "Kari", 0)
    await people.add(db, "kari2", "KARI@aurora.example", "Kari again", 0)
    found = await people.by_email(db, "Kari@Aurora.example")
    assert found is not None and found["id"] == "kari"


async def test_the_first_person_owns_a_new_community_and_the_second_does_not() -> None:
    db = SqliteDb()
    await db.run("INSERT INTO communities (id, slug, name, created_at) VALUES ('c', 'c', 'C', 0)")
    for person in ("one", "two"):
        await people.add(db, person, f"{person}@c.example", person, 0)
        assert await communities.welcome(db, "c", person, 0)
    assert await communities.role(db, "c", "one") == "owner"
    assert await communities.role(db, "c", "two") == "member"
    assert not await communities.welcome(db, "c", "one", 1)
    assert await communities.role(db, "c", "one") == "owner"


def test_a_link_names_a_port_on_a_developers_machine_only() -> None:
    asked = f"http://{HOST}:8787/api/sign-in?x=1"
    assert page(asked, HOST, "local") == f"http://{HOST}:8787/sign-in"
    assert page(asked, HOST, "production") == f"https://{HOST}/sign-in"


def test_the_letter_holds_the_link_and_the_link_the_token() -> None:
    link = address("https://chat.example/sign-in", "to ken", "/rooms/garden?m=3")
    assert link == "https://chat.example/sign-in#token=to+ken&next=%2Frooms%2Fgarden%3Fm%3D3"
    subject, text = letter("Aurora", link)
    assert "Aurora" in subject and link in text


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("kari.nordmann@x.no", "Kari Nordmann"),
        ("edda_jons-dottir@x.is", "Edda Jons Dottir"),
        ("...@x.no", "Somebody new"),
        ("\u200b@x.no", "Somebody new"),
        ("a" * 90 + "@x.no", "A" + "a" * 79),
    ],
)
def test_a_name_to_begin_with(email: str, name: str) -> None:
    assert name_from(email) == name


def test_the_cookie_is_bound_to_the_host_and_comes_back() -> None:
    header = cookie("secret")
    assert header.startswith(f"{COOKIE}=secret; Path=/;")
    assert all(part in header for part in ("HttpOnly", "Secure", "SameSite=Lax"))
    assert "Domain" not in header
    assert token_in(f"a=b; {COOKIE}=secret") == "secret"
    assert "Max-Age=0" in cookie("")


def test_what_a_browser_keeps_for_its_link_is_a_secret_of_ours_or_nothing() -> None:
    secret = "s" * 43
    assert browser_in(browser_cookie(secret).split(";")[0]) == secret
    assert browser_in(f"{BROWSER}=chosen-by-somebody") is None
    assert browser_in(f"{COOKIE}={secret}") is None


@pytest.mark.parametrize("header", [None, "", "a=b", "\x00", f"{COOKIE}"])
def test_a_cookie_header_without_a_session_is_nobody(header: str | None) -> None:
    assert token_in(header) is None


def test_only_the_hash_is_stored() -> None:
    assert len(hashed("secret")) == 64 and "secret" not in hashed("secret")


def test_the_origin_must_be_this_very_one() -> None:
    here = "http://chat.aurora.localhost:8787/api/sign-in"
    assert same_origin("http://chat.aurora.localhost:8787", here)
    assert same_origin(None, here)
    for other in ("http://chat.aurora.localhost:9", "http://evil.example", "http://[", "null", ""):
        assert not same_origin(other, here)


def test_the_host_has_no_port_and_no_capitals() -> None:
    assert host_of("http://Chat.Aurora.localhost:8787/x") == "chat.aurora.localhost"
