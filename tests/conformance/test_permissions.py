"""Chapter "Who may do what": each cell of the table that a route or a socket can ask about."""

import uuid
from collections.abc import Awaitable, Callable

import pytest

from tests.conformance import document
from tests.conformance.client import Client, TurnedAway
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

TABLE = document.permissions()
MAY = "yes"
NO_ROOM = "no-such-room"
PEOPLE: dict[str, str | None] = {"ada": "owner", "ben": "member", "mod": "moderator"}
PEOPLE |= {"adm": "admin", "cleo": "member", "gus": "guest", "bot": "bot", "pia": "guest"}
SITUATIONS = {
    "member of the community": [("cleo", ""), ("mod", ""), ("adm", ""), ("ada", "")],
    "guest, bot": [("gus", ""), ("bot", "")],
    "member of the room": [("ben", "quay"), ("ben", "cabin"), ("pia", "cabin")],
    "visitor of a public room": [("cleo", "quay"), ("mod", "quay")],
    "guest in front of a public room": [("gus", "quay"), ("bot", "quay")],
    "in front of a private room": [("cleo", "cabin"), ("ada", "cabin"), ("adm", "cabin")],
    "from elsewhere": [("else", "")],
    "from elsewhere, in front of a room": [("else", "quay"), ("else", "cabin")],
}
OF_A_ROOM = ("read_room", "join_room", "leave_room", "post_message", "share_graph", "catch_up")
OF_A_COMMUNITY = ("see_community", "create_room", "read_graph", "save_graph")


async def code(client: Client, method: str, path: str, body: object = None) -> str:
    answer = await client.asks(method, path, body)
    return MAY if answer.is_success else str(answer.json()["code"])


async def posts(client: Client, room_id: str) -> str:
    """What somebody hears who posts a message: at the door, or in the room."""
    try:
        socket = await client.opens(room_id)
    except TurnedAway as refusal:
        return str(refusal.code)
    await socket.sends("send_message", ref=str(uuid.uuid4()), content="Hello.")
    while (event := await socket.next())["type"] not in ("message_posted", "refused"):
        pass
    return str(event.get("code", MAY))


async def asks(verb: str, client: Client, room_id: str, graph_id: str) -> str:
    """`yes`, or the code with which this verb is refused."""
    room, card = f"/api/rooms/{room_id}", {"metadata": {"title": "T", "version": 0}}
    share = {"ref": str(uuid.uuid4()), "graph_id": graph_id}
    ways: dict[str, Callable[[], Awaitable[str]]] = {
        "see_community": lambda: code(client, "POST", "/api/assistant/moderate", {"text": "Hi"}),
        "create_room": lambda: code(client, "POST", "/api/rooms", {"name": str(uuid.uuid4())}),
        "read_room": lambda: code(client, "GET", f"{room}/messages"),
        "join_room": lambda: code(client, "POST", f"{room}/join"),
        "leave_room": lambda: code(client, "POST", f"{room}/leave"),
        "post_message": lambda: posts(client, room_id),
        "share_graph": lambda: code(client, "POST", f"{room}/graphs", share),
        "catch_up": lambda: code(client, "POST", f"{room}/catch-up", {}),
        "read_graph": lambda: code(client, "GET", "/api/graphs"),
        "save_graph": lambda: code(
            client, "PUT", f"/api/graphs/{uuid.uuid4()}", card | {"nodes": [], "edges": []}
        ),
    }
    return await ways[verb]()


async def place_and_graph(square: Community) -> tuple[Community, str]:
    """A place with somebody of every role, and a graph in it."""
    members = {"quay": ["ada", "ben"], "cabin": ["ben", "pia"]}
    rooms = [
        {
            "name": name,
            "settings": {"visibility": "public" if name == "quay" else "private"},
            "members": who,
        }
        for name, who in members.items()
    ]
    place, graph_id = await found(square.front.http, PEOPLE, rooms), str(uuid.uuid4())
    ada = await place.client("ada")
    body = {"metadata": {"title": "T", "version": 0}, "nodes": [], "edges": []}
    assert await code(ada, "PUT", f"/api/graphs/{graph_id}", body) == MAY
    stranger = await square.client("ben")
    place.clients["else"] = Client(square.front.http, place.front.domain, stranger.cookie)
    place.clients["else"].me = stranger.me
    return place, graph_id


def expected(verb: str, situation: str, name: str) -> str | None:
    """The cell; None where no route puts that question."""
    if situation == "from elsewhere" and verb in OF_A_ROOM:
        return None  # a route about a room always stands in front of one, there or not
    if situation == "from elsewhere, in front of a room" and verb in OF_A_COMMUNITY:
        return None  # a route about the community is never in front of a room
    # What is asked of the community asks for the role there, in a room too.
    if PEOPLE.get(name) in ("guest", "bot") and situation == "member of the room":
        return TABLE[verb, "guest, bot"] if verb in OF_A_COMMUNITY else TABLE[verb, situation]
    return TABLE[verb, situation]


@pytest.mark.parametrize("situation", SITUATIONS)
@covers("verb see_community", "verb create_room", "verb read_room", "verb join_room")
@covers("verb leave_room", "verb post_message", "verb share_graph", "verb catch_up")
@covers("verb read_graph", "verb save_graph")
async def test_who_may_do_what(square: Community, situation: str) -> None:
    place, graph_id = await place_and_graph(square)
    last = ("join_room", "leave_room") if situation == "member of the room" else ("leave_room",)
    order = sorted(OF_A_COMMUNITY + OF_A_ROOM, key=lambda verb: (verb in last, verb == last[-1]))
    order.sort(key=lambda verb: verb == "join_room" and situation != "member of the room")
    found_wrong = []
    for name, room in SITUATIONS[situation]:
        client = await place.client(name)
        for verb in order:
            heard = await asks(verb, client, place.rooms.get(room, NO_ROOM), graph_id)
            said = expected(verb, situation, name)
            if said is not None and heard != said:
                found_wrong.append(f"{name} {verb} {room}: {heard}, the table says {said}")
    assert not found_wrong, "\n".join(found_wrong)


@pytest.mark.parametrize(
    ("situation", "name", "room"),
    [
        ("member of the room", "ben", "quay"),
        ("member of the room", "ben", "cabin"),
        ("member of the room", "pia", "cabin"),
        ("visitor of a public room", "cleo", "quay"),
    ],
)
async def test_welcome_lists_the_verbs_of_the_table(
    square: Community, situation: str, name: str, room: str
) -> None:
    place, _ = await place_and_graph(square)
    socket = await (await place.client(name)).opens(place.rooms[room])
    told = set(socket.welcome["you"]["may"])
    said = {verb for verb, _ in TABLE if expected(verb, situation, name) == MAY}
    assert told == said


def test_every_column_has_its_people() -> None:
    assert {where for _, where in TABLE} == SITUATIONS.keys()
    assert {verb for verb, _ in TABLE} == {*OF_A_ROOM, *OF_A_COMMUNITY}
