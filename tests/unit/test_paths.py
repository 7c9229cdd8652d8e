"""The path to open after signing in stays on this host."""

import string
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from schema.http import AskForLink

HERE = "https://chat.example/sign-in"
AWAY = [
    "",
    "//evil.com",
    "/\\evil.com",
    "/\t/evil.com",
    "/\n/evil.com",
    "/./\\evil.com",
    "/..//evil.com",
]
AWAY += [
    "/.//evil.com",
    "/%2e%2E//evil.com",
    "/a/../b",
    "/a/%2e./b",
    "/a/..",
    "/.",
    "/a b",
    "/\x00",
]
AWAY += [
    "https://evil.com",
    "evil.com",
    "@evil.com",
    "javascript:alert(1)",
    "/?\\",
    "/\u2028",
    "/\x85/",
]
OURS = [
    "/",
    "/rooms/garden",
    "/rooms/garden?m=3",
    "/rooms/g#end",
    "/a?next=//b/../c",
    "/.well",
    "/a.b/..c",
]


def accepts(path: str) -> bool:
    try:
        return AskForLink(email="kari@aurora.example", next=path).next == path
    except ValidationError:
        return False


@pytest.mark.parametrize("path", AWAY)
def test_a_path_that_may_lead_away_is_refused(path: str) -> None:
    assert not accepts(path)


@pytest.mark.parametrize("path", OURS)
def test_a_plain_path_is_taken_as_it_is(path: str) -> None:
    assert accepts(path)


def as_a_browser(path: str) -> str:
    """Browsers drop what cannot be seen, and take a backslash for a slash."""
    return "".join(sign for sign in path if sign not in "\t\r\n").replace("\\", "/").strip(" ")


@given(
    st.text(st.sampled_from("/\\.%2e?#@:a\t\n\r\x00 " + string.ascii_uppercase[:2]), max_size=12)
)
@example("/\t/evil.com")
def test_whatever_is_accepted_stays_here(path: str) -> None:
    if accepts(f"/{path}"):
        for read in (f"/{path}", as_a_browser(f"/{path}")):
            found = urlsplit(urljoin(HERE, read))
            assert (found.scheme, found.netloc) == ("https", "chat.example")
            assert not found.path.startswith("//")


@pytest.mark.parametrize(
    "email",
    ["a b@x.no", "a\u200b@x.no", "a\u202e@x.no", "a@x\u2066.no", "a@x.n\x00o", "a\x07@x.no", "a@x"],
)
def test_an_address_that_hides_something_is_none(email: str) -> None:
    with pytest.raises(ValidationError):
        AskForLink(email=email)


@pytest.mark.parametrize(
    "email", ["kari@aurora.example", "åse.øst+list@bø.no", " kari@aurora.example "]
)
def test_a_plain_address_is_one(email: str) -> None:
    assert AskForLink(email=email).email == email.strip()
