"""A demo community on a running local platform: people, rooms, graphs and what they said.

    python -m demo.seed --url http://localhost:8787          Aurora, with a believable conversation
    python -m demo.seed --url http://localhost:8787 --bare   one empty community

Of an empty community, the first person in is the owner. Everything goes through the platform's
own doors, and what is there already stays as it is.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parent
MINUTE_MS = 60_000
BARE: dict[str, Any] = {
    "community": {"id": "home", "slug": "home", "name": "Home", "description": ""},
    "domains": ["localhost", "127.0.0.1"],
    "rooms": [
        {
            "id": "home-commons",
            "name": "Commons",
            "description": "Whatever concerns all of us",
            "settings": {"default": True},
        }
    ],
}


def seed(url: str, bare: bool) -> str:
    """The name of the community that is there afterwards."""
    foundation = BARE if bare else read(HERE / "aurora.json")
    with httpx.Client(base_url=url, timeout=60) as platform:
        community = done(platform.post("/api/local/foundations", json=foundation)).json()
        if community["name"] != foundation["community"]["name"]:
            raise SystemExit(
                f"{community['name']} lives at {foundation['domains'][0]} already:"
                " `npm start -- --fresh` begins anew."
            )
        if not bare:
            converse(platform, foundation)
            share_graphs(platform)
    return str(community["name"])


def converse(platform: httpx.Client, foundation: dict[str, Any]) -> None:
    """What was said in each room, at the times that the files name in minutes before now."""
    names = {person["id"]: person["name"] for person in foundation["people"]}
    now = int(time.time() * 1000)
    for room in foundation["rooms"]:
        said = read(HERE / "conversations" / f"{room['id']}.json")
        messages = [
            {
                "author": {"id": author, "name": names[author]},
                "ref": f"demo-{number}",
                "content": content,
                "created_at": now - minutes_ago * MINUTE_MS,
            }
            for number, (minutes_ago, author, content) in enumerate(said)
        ]
        facts = {key: room[key] for key in ("id", "name", "description", "settings")}
        facts["community_id"] = foundation["community"]["id"]
        body = {"room": facts, "messages": messages}
        done(platform.post(f"/api/local/rooms/{room['id']}/messages", json=body))


def share_graphs(platform: httpx.Client) -> None:
    """Ada saves the demo's graphs and shares one; a graph at a later version stays as it is."""
    signed_in = done(platform.post("/api/local/sign-in", json={"person_id": "ada"}))
    cookie = {"cookie": signed_in.headers["set-cookie"].split(";")[0]}
    for path in sorted((HERE / "graphs").glob("*.json")):
        answer = platform.put(f"/api/graphs/{path.stem}", json=read(path), headers=cookie)
        if answer.status_code != httpx.codes.CONFLICT:
            done(answer)
    for room_id, shared in read(HERE / "shared_graphs.json").items():
        done(platform.post(f"/api/rooms/{room_id}/graphs", json=shared, headers=cookie))


def done(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise SystemExit(f"{answer.request.method} {answer.request.url}: {answer.text[:300]}")
    return answer


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Fill a running local platform.")
    parser.add_argument("--url", required=True)
    parser.add_argument("--bare", action="store_true", help="one empty community and nothing else")
    asked = parser.parse_args()
    print(f"{seed(asked.url, asked.bare)} is there.")
