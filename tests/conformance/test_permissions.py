"""Chapter "Who may do what": each cell of the table that a route or a socket can ask about."""

import uuid
from collections.abc import Awaitable, Callable

import pytest

from tests.conformance import document
from tests.conformance.asking import NOBODY
from tests.conformance.client import Client, TurnedAway
from tests.conformance.founding import Community, found
from tests.conformance.witness import covers

TABLE = document.permissions()
MAY = "yes"
NO_ROOM = "no-such-room"
PEOPLE: dict[str, str | None] = {"ada": "owner", "ben": "member", "mod": "moderator"}
PEOPLE |= {"adm": "admin", "cleo": "member", "gus": "guest", "bot": "bot", "pia": "guest"}
IN_COMMUNITY = {
    "owner": "ada",
    "admin": "adm",
    "moderator": "mod",
    "member": "cleo",
    "guest": "gus",
    "bot": "bot",
}
IN_FRONT_OF_ROOM = {
    "member of the room": [("ben", "quay"), ("ben", "cabin"), ("pia", "cabin")],
    "admin of the community, in the room": [("ada", "quay")],
    "visitor": [("cleo", "quay")],
    "admin of the community, visiting": [("adm", "quay")],
    "guest outside": [("gus", "quay"), ("bot", "quay")],
    "outside a private room": [("cleo", "cabin"), ("ada", "cabin"), ("adm", "cabin")],
}
OF_A_ROOM = ("read_room", "join_room", "leave_room", "post_message", "share_graph", "catch_up")
OF_A_ROOM += ("review_messages", "add_to_room", "remove_from_room", "change_room_roles")
OF_A_COMMUNITY = ("see_community", "create_room", "read_graph", "save_graph")
OF_A_COMMUNITY += ("list_members", "change_roles", "remove_member", "ban_member")
OF_A_COMMUNITY += ("transfer_ownership",)


async def code(client: Client, method: str, path: str, body: object = None) -> str:
    answer = await client.asks(method, path, body)
    if answer.is_success or answer.json()["code"] == "member_not_found":  # it was looked for
        return MAY
    return str(answer.json()["code"])


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
        "review_messages": lambda: code(client, "GET", f"/api/reviews?room={room_id}"),
        "read_graph": lambda: code(client, "GET", "/api/graphs"),
        "save_graph": lambda: code(
            client, "PUT", f"/api/graphs/{uuid.uuid4()}", card | {"nodes": [], "edges": []}
        ),
    }
    ways |= ways_to_members(client, room)
    return await ways[verb]()


def ways_to_members(client: Client, room: str) -> dict[str, Callable[[], Awaitable[str]]]:
    """The verbs over people, asked of nobody, so that nothing changes."""
    nobody, role = f"/api/members/{NOBODY}", {"role": "member"}
    inside = f"{room}/members/{NOBODY}"
    added = {"person_id": NOBODY}
    return {
        "list_members": lambda: code(client, "GET", "/api/members"),
        "change_roles": lambda: code(client, "PATCH", nobody, role),
        "remove_member": lambda: code(client, "DELETE", nobody),
        "ban_member": lambda: code(client, "POST", f"{nobody}/ban", {}),
        "transfer_ownership": lambda: code(client, "POST", f"{nobody}/make-owner"),
        "add_to_room": lambda: code(client, "POST", f"{room}/members", added),
        "remove_from_room": lambda: code(client, "DELETE", inside),
        "change_room_roles": lambda: code(client, "PATCH", inside, role),
    }


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
    return place, graph_id


@pytest.mark.parametrize("role", IN_COMMUNITY)
@covers("verb see_community", "verb create_room", "verb read_graph", "verb save_graph")
@covers("verb list_members", "verb change_roles", "verb remove_member", "verb ban_member")
@covers("verb transfer_ownership")
async def test_what_a_role_may_in_the_community(square: Community, role: str) -> None:
    place, graph_id = await place_and_graph(square)
    client = await place.client(IN_COMMUNITY[role])
    heard = {verb: await asks(verb, client, NO_ROOM, graph_id) for verb in OF_A_COMMUNITY}
    assert heard == {verb: TABLE[verb, role] for verb in OF_A_COMMUNITY}


@pytest.mark.parametrize("situation", IN_FRONT_OF_ROOM)
@covers("verb read_room", "verb join_room", "verb leave_room", "verb post_message")
@covers("verb share_graph", "verb catch_up", "verb review_messages")
@covers("verb add_to_room", "verb remove_from_room", "verb change_room_roles")
async def test_who_may_do_what_in_front_of_a_room(square: Community, situation: str) -> None:
    """What changes the standing comes last: who is in asks to leave, who is not asks to join."""
    place, graph_id = await place_and_graph(square)
    outside = "in the room" not in situation and situation != "member of the room"
    last = ("leave_room", "join_room") if outside else ("join_room", "leave_room")
    order = sorted(OF_A_ROOM, key=lambda verb: (verb in last, verb == last[-1]))
    for name, room in IN_FRONT_OF_ROOM[situation]:
        client = await place.client(name)
        heard = {v: await asks(v, client, place.rooms[room], graph_id) for v in order}
        assert heard == {verb: TABLE[verb, situation] for verb in order}, name


@pytest.mark.parametrize("name", IN_COMMUNITY.values())
async def test_a_room_that_is_not_there_is_not_found(square: Community, name: str) -> None:
    place, graph_id = await place_and_graph(square)
    client = await place.client(name)
    heard = {verb: await asks(verb, client, NO_ROOM, graph_id) for verb in OF_A_ROOM}
    assert set(heard.values()) == {"room_not_found"}


@pytest.mark.parametrize(
    ("situation", "name", "room"),
    [
        ("member of the room", "ben", "quay"),
        ("member of the room", "ben", "cabin"),
        ("member of the room", "pia", "cabin"),
        ("admin of the community, in the room", "ada", "quay"),
        ("visitor", "cleo", "quay"),
    ],
)
async def test_welcome_lists_the_verbs_of_the_table(
    square: Community, situation: str, name: str, room: str
) -> None:
    place, _ = await place_and_graph(square)
    client = await place.client(name)
    socket = await client.opens(place.rooms[room])
    told = socket.welcome["you"]["may"]
    of_rooms = [row[0].strip("`") for row in document.section(document.OF_ROOM).rows()]
    assert told == [verb for verb in of_rooms if TABLE[verb, situation] == MAY]
