"""The routes of a developer's machine do not exist anywhere else."""

import pytest

from domain.local_routes import absent

PATHS = ["/api/local", "/api/local/mailbox", "/api/local/", "/api/%6cocal/people", "/api/local/x/y"]


@pytest.mark.parametrize("path", PATHS)
def test_in_production_nothing_is_there_whoever_asks(path: str) -> None:
    for host in ("chat.vegvisr.org", "localhost", "chat.aurora.localhost", "127.0.0.1", "::1"):
        assert absent(path, host, "production")
        assert absent(path, host, "")
        assert not absent(path, host, "local") or host == "chat.vegvisr.org"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost", ""],
)
def test_a_name_that_was_bound_to_this_machine_does_not_open_them(host: str) -> None:
    assert absent("/api/local/mailbox", host, "local")
    assert not absent("/api/local/mailbox", "localhost", "local")


@pytest.mark.parametrize("path", ["/", "/api/rooms", "/api/localities", "/local", "/healthz"])
def test_every_other_address_is_there(path: str) -> None:
    assert not absent(path, "chat.vegvisr.org", "production")
