"""The hosts of communities as custom domains."""

import pytest

from wrangler.hosts import QUESTION, known, reachable, with_hosts
from wrangler.local import read

OWN = {"pattern": "chat.vegvisr.org", "custom_domain": True}


def test_every_host_of_a_community_is_a_custom_domain_beside_the_platforms_own() -> None:
    hosts = ["chat.harbour.vegvisr.org", "chat.vegvisr.org", "talk.example.org"]
    routes = with_hosts(read("chat-worker"), hosts)["routes"]
    assert routes == [
        OWN,
        {"pattern": "chat.harbour.vegvisr.org", "custom_domain": True},
        {"pattern": "talk.example.org", "custom_domain": True},
    ]


def test_without_communities_only_the_platform_is_there() -> None:
    assert with_hosts(read("chat-worker"), [])["routes"] == [OWN]


@pytest.mark.parametrize(
    "host",
    ["localhost", "chat.aurora.localhost", "*.vegvisr.org", "a b.no", "-a.no", 'x".no', "å.no"],
)
def test_a_name_that_leads_nowhere_is_left_out(host: str) -> None:
    assert reachable([host, "chat.aurora.no"]) == ["chat.aurora.no"]


def test_d1_is_asked_which_hosts_there_are() -> None:
    asked: list[list[str]] = []

    def execute(arguments: list[str]) -> list[dict[str, object]]:
        asked.append(arguments)
        return [{"results": [{"domain": "chat.aurora.no"}], "success": True}]

    assert known(execute) == ["chat.aurora.no"]
    assert asked == [["--command", QUESTION]]
