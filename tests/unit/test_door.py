"""What is counted at the door."""

import pytest

from domain.door import counted_as, counts_for_person, limit_of, person_counted_as


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("GET", "/api/invitations/some-code/preview", "GUESSES"),
        ("POST", "/api/invitations/some-code/accept", "GUESSES"),
        ("GET", "/api/invitations/some-code/prev%69ew", "GUESSES"),
        ("POST", "/api/invitations", "WRITES"),
        ("DELETE", "/api/invitations/some-id", "WRITES"),
        ("POST", "/api/sign-in/complete", "WRITES"),
        ("GET", "/api/invitations", None),
        ("GET", "/api/rooms/garden/socket", None),
        ("POST", "/api/local/sign-in", None),
        ("GET", "/", None),
    ],
)
def test_what_a_request_counts_for(method: str, path: str, limit: str | None) -> None:
    assert limit_of(method, path) == limit


def test_an_address_is_counted_in_each_community_by_itself() -> None:
    asked = [("chat.a.org", "10.0.0.1"), ("chat.b.org", "10.0.0.1"), ("chat.a.org", "10.0.0.2")]
    assert len({counted_as("GUESSES", *one) for one in asked}) == 3


def test_a_person_is_counted_in_each_community_by_themselves_and_reads_freely() -> None:
    asked = [("aurora", "ada"), ("borealis", "ada"), ("aurora", "ben")]
    assert len({person_counted_as(*one) for one in asked}) == 3
    counted = [method for method in ("GET", "HEAD", "POST", "PATCH") if counts_for_person(method)]
    assert counted == ["POST", "PATCH"]
