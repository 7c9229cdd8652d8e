"""The directory of communities, and how somebody begins one of their own."""

from typing import Annotated, Any

from fastapi import Query, Request

from access import community_config
from access.asker import Anybody, Asker
from access.ground import Traveller
from community import acts
from community.brand import worn
from community.founding import found
from domain import addresses, naming
from edge.clock import new_id
from edge.d1 import D1
from edge.http import env_of
from edge.routing import routes
from edge.session import host_of
from records import communities, community_settings, directory
from schema.community import Begun, Colour, Directory, DirectoryEntry, Wish, Worn
from schema.foundation import FirstPerson, FirstRoom, Foundation, NewCommunity
from schema.refusals import Refused
from schema.rpc import CommunityConfig

router = routes("/api/communities")
PAGE = 30


@router.get("")
async def listed(
    request: Request,
    q: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=64)] = "",
) -> Directory:
    """Those that are not for the invited alone, by their name in addresses."""
    rows = await directory.page(D1(env_of(request).DB), q.strip(), after, PAGE + 1)
    return page(request, rows)


@router.get("/mine")
async def mine(
    request: Request, who: Anybody, after: Annotated[str, Query(max_length=64)] = ""
) -> Directory:
    """Those that somebody is in, by invitation too."""
    return page(request, await directory.of_person(who.db, who.person["id"], after, PAGE + 1))


def page(request: Request, rows: list[dict[str, Any]]) -> Directory:
    """Of the rows, one more than a page shows if there is more."""
    env, url = env_of(request), str(request.url)
    entries = [
        DirectoryEntry(
            slug=row["slug"],
            name=row["name"],
            description=row["description"],
            join_rule=row["join_rule"],
            address=addresses.address(url, row["domain"] or ""),
        )
        for row in rows[:PAGE]
    ]
    more = entries[-1].slug if len(rows) > PAGE else None
    return Directory(home=host_of(url) == env.PLATFORM_HOST, communities=entries, next=more)


@router.post("", status_code=201)
async def begin(body: Wish, request: Request, who: Anybody) -> Begun:
    """Whoever is signed in may, at the platform's own host too.

    Refuses: name_taken, not_allowed, bad_fields.
    """
    addresses.check_slug(body.slug)
    addresses.check_owned(await directory.owned(who.db, who.person["id"]))
    host = addresses.domain(who.env.PLATFORM_HOST, body.slug)
    keys = [naming.key(name) for name in body.rooms]
    if len(set(keys)) < len(keys):
        raise Refused("bad_fields", "Two of the rooms have the same name.")
    if await communities.by_domain(who.db, host) is not None:
        raise Refused("name_taken")
    there = await first_with(who, founded(body, who, host))
    owner = Asker(who.env, who.db, there, host, who.person, who.session)
    await dress(owner, request, body)
    address = addresses.address(str(request.url), host)
    return Begun(id=there.community_id, slug=body.slug, address=address)


@router.post("/look")
async def considered(body: Colour, who: Anybody) -> Worn:
    """What a colour would look like, for who begins a community; nothing is stored."""
    return worn(body.accent)


async def first_with(who: Traveller, wanted: Foundation) -> CommunityConfig:
    """Of several in one moment. Refuses: name_taken, not_allowed."""
    try:
        there = await found(who.env, wanted, addresses.COMMUNITIES_OWNED)
        if there.community_id == wanted.community.id:
            return there
    except Refused:
        addresses.check_owned(await directory.owned(who.db, who.person["id"]))
        raise
    raise Refused("name_taken")


def founded(body: Wish, owner: Traveller, host: str) -> Foundation:
    who = owner.person
    return Foundation(
        community=NewCommunity(
            id=new_id(), slug=body.slug, name=body.name, description=body.description
        ),
        domains=[host],
        people=[FirstPerson(id=who["id"], email=who["email"], name=who["name"], role="owner")],
        rooms=[
            FirstRoom(id=new_id(), name=name, settings={"default": True}, members=[who["id"]])
            for name in body.rooms
        ],
    )


async def dress(owner: Asker, request: Request, body: Wish) -> None:
    """Its look and join rule, and the first line of its audit log."""
    here = owner.community.community_id
    brand = {"brand": {"accent": body.accent}} if body.accent else {}
    await owner.db.batch(
        community_settings.decided(here, {"join_rule": body.join_rule, **brand}),
        acts.kept(owner, request, "begin_community", slug=body.slug),
    )
    row = await community_settings.of(owner.db, here)
    await community_config.publish(owner.env.KV, owner.db, row)
