"""Each community's hosts as custom domains of chat-worker, rendered when it is deployed.

A route's pattern takes a wildcard only at its beginning, and a name of two levels needs a
certificate of its own: so every host is a custom domain, which brings both.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment

from wrangler.migrate import Execute

HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
ELSEWHERE = (".localhost", ".local", ".internal", ".test", ".example", ".invalid")
QUESTION = "SELECT domain FROM community_domains ORDER BY domain"
ROUTES = Environment(autoescape=False).from_string(
    "[{% for host in hosts %}"
    '{"pattern": {{ host | tojson }}, "custom_domain": true}{{ "," if not loop.last }}'
    "{% endfor %}]"
)


def known(execute: Execute) -> list[str]:
    """Return every host that D1 leads to a community."""
    answers = execute(["--command", QUESTION])
    return [str(row["domain"]) for answer in answers for row in answer.get("results", [])]


def reachable(hosts: Iterable[str]) -> list[str]:
    """Return the hosts that the internet can know, each once, in order."""
    fits = {host for host in hosts if len(host) <= 253 and HOST.fullmatch(host)}
    return sorted(host for host in fits if not host.endswith(ELSEWHERE))


def with_hosts(config: dict[str, Any], hosts: Iterable[str]) -> dict[str, Any]:
    """Return chat-worker's config with these hosts beside its own."""
    own = [str(route["pattern"]) for route in config["routes"]]
    more = [host for host in reachable(hosts) if host not in own]
    routes = json.loads(ROUTES.render(hosts=[*own, *more]))
    return {**config, "routes": routes}
