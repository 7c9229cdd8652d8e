"""Sessions: how long each lasts, and which of them end."""

import pytest

from domain.sessions import (
    ROLLED_EVERY_MS,
    SESSION_MOST_MS,
    SESSION_MS,
    begin,
    browser_words,
    over,
    rolled,
)
from records import people, sessions
from tests.unit.sqlite_db import SqliteDb


async def test_a_session_lasts_until_it_expires_or_ends() -> None:
    db = SqliteDb()
    await people.add(db, "kari", "kari@aurora.example", "Kari", 0)
    await sessions.add(db, begin("s", "hash", "kari", "h", "", "", 0))
    last = SESSION_MS - 1
    assert (await sessions.person(db, "hash", "h", last) or {}).get("id") == "kari"
    assert await sessions.person(db, "hash", "h", SESSION_MS) is None
    assert await sessions.person(db, "hash", "elsewhere", 1) is None
    assert await sessions.end(db, "hash")
    assert await sessions.person(db, "hash", "h", 1) is None
    assert not await sessions.end(db, "hash")


def test_a_use_counts_once_an_hour_and_never_beyond_the_end() -> None:
    assert rolled(0, SESSION_MOST_MS, ROLLED_EVERY_MS - 1) is None
    assert rolled(0, SESSION_MOST_MS, ROLLED_EVERY_MS) == ROLLED_EVERY_MS + SESSION_MS
    late = SESSION_MOST_MS - 5
    assert rolled(0, SESSION_MOST_MS, late) == SESSION_MOST_MS


@pytest.mark.parametrize(
    ("first_ends", "expires", "ends"),
    [
        (None, 9 + SESSION_MS, 9 + SESSION_MOST_MS),
        (SESSION_MOST_MS, 9 + SESSION_MS, SESSION_MOST_MS),
        (100, 100, 100),
        (10 * SESSION_MOST_MS, 9 + SESSION_MS, 9 + SESSION_MOST_MS),
    ],
    ids=["a first one", "one from a session", "one from a session near its end", "never longer"],
)
def test_a_session_handed_over_ends_with_the_first_at_the_latest(
    first_ends: int | None, expires: int, ends: int
) -> None:
    session = begin("s", "hash", "kari", "h", "", "", 9, first_ends)
    assert (session.expires_at, session.ends_at) == (expires, ends)


@pytest.mark.parametrize(
    ("until", "now", "is_over"), [(None, 9, False), (10, 9, False), (10, 10, True), (10, 11, True)]
)
def test_what_opened_a_socket_is_over_from_its_moment_on(
    until: int | None, now: int, is_over: bool
) -> None:
    assert over(until, now) is is_over


async def test_of_all_sessions_of_somebody_one_stays_and_other_people_keep_theirs() -> None:
    db = SqliteDb()
    for name in ("kari", "ola"):
        await people.add(db, name, f"{name}@aurora.example", name, 0)
        for number in range(3):
            await sessions.add(
                db, begin(f"{name}{number}", f"h{name}{number}", name, "h", "", "", 0)
            )
    assert await sessions.end_one(db, "kari", "ola0") is None
    assert len(await sessions.end_others(db, "kari", "hkari1")) == 2
    assert [row["id"] for row in await sessions.of_person(db, "kari", 1)] == ["kari1"]
    assert len(await sessions.of_person(db, "ola", 1)) == 3
    assert await sessions.of_person(db, "ola", SESSION_MS) == []


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        ("… (Windows NT 10.0) … Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "… (iPhone; CPU iPhone OS 18) … Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("… (Linux; Android 15) … Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert browser_words(agent) == words
