"""How people of this community show themselves: words, a handle, a picture."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from access.asker import Anybody, Asker, Someone, inside
from access.ground import Traveller
from chat import readmitting
from domain import avatars
from domain import profiles as rules
from edge import files
from edge.clock import new_id, now_ms
from edge.routing import routes
from records import profiles
from schema.ids import ID_PATTERN
from schema.profiles import FACES, Face, FaceList, Profile, ProfileChange
from schema.refusals import Refused
from schema.rows import ProfileRow

router = routes("/api")
PersonId = Annotated[str, Path(pattern=ID_PATTERN)]
Ids = Annotated[list[str], Query(alias="id", max_length=FACES, default_factory=list)]


@router.get("/me/profile")
async def my_profile(who: Anybody) -> Profile:
    """Asks for `see_community`."""
    await check(who)
    return shown(await own(who))


@router.patch("/me/profile")
async def change_profile(body: ProfileChange, who: Anybody) -> Profile:
    """Asks for `see_community`. Refuses: bad_fields, name_taken."""
    await check(who)
    columns = rules.columns(body)
    if body.name is not None:
        await rename(who, rules.name(body.name))
    if columns and not await profiles.change(who.db, who.person["id"], columns):
        raise rules.handle_taken()
    return shown(await own(who))


async def check(who: Traveller) -> None:
    """Who one is can be said at the platform's own host too, where nobody is a member."""
    if who.community is not None:
        await inside(who).may("see_community")


async def rename(who: Traveller, name: str) -> None:
    """The rooms where they sit hear of it."""
    if name == who.person["name"]:
        return
    if not await profiles.rename(who.db, who.community_id, who.person["id"], name):
        raise Refused("name_taken", "Somebody in a community of yours has that name.")
    await readmitting.everywhere(who, who.person["id"])


@router.get("/people/{person_id}")
async def somebody(person_id: PersonId, asker: Someone) -> Profile:
    """Asks for `see_community`. Refuses: not_found, for everybody outside of this community."""
    await asker.may("see_community")
    return shown(await found(asker, person_id))


@router.get("/faces")
async def faces(ids: Ids, asker: Someone) -> FaceList:
    """Asks for `see_community`. Whoever is not of this community is left out."""
    await asker.may("see_community")
    here, own = asker.community.community_id, asker.person["id"]
    rows = await profiles.of_members(asker.db, here, own, ids)
    return FaceList(faces=[Face(id=row["id"], avatar=address(row)) for row in rows])


@router.put("/me/avatar")
async def show_picture(request: Request, who: Anybody) -> Profile:
    """Asks for `see_community`. Refuses: not_a_picture, body_too_large."""
    await check(who)
    picture = avatars.picture(await request.body())
    name = f"{new_id()}.{picture.kind}"
    await files.put(who.env.MEDIA, key(who.person["id"], name), picture.content)
    await replace_picture(who, name)
    return shown(await own(who))


@router.delete("/me/avatar", status_code=204)
async def take_picture_away(who: Anybody) -> Response:
    """Asks for `see_community`."""
    await check(who)
    await replace_picture(who, None)
    return Response(status_code=204)


async def replace_picture(who: Traveller, name: str | None) -> None:
    """The file of before goes last: until then the profile leads to it."""
    person_id, before = who.person["id"], await own(who)
    await profiles.change(who.db, person_id, {"avatar": name})
    if before["avatar"]:
        await files.remove(who.env.MEDIA, key(person_id, before["avatar"]))


async def own(who: Traveller) -> ProfileRow:
    row = await profiles.own(who.db, who.person["id"])
    assert row is not None, "whoever is signed in is somebody"
    return row


def shown(row: ProfileRow) -> Profile:
    """Of who is hidden from whom asks, the name alone. Others see it with its number here."""
    if row["hidden"]:
        return rules.name_alone(row["id"], row["shown_name"])
    status = (row["status_emoji"] or "", row["status_text"] or "", row["status_until"])
    return Profile(
        id=row["id"],
        name=row["shown_name"],
        handle=row["handle"] or "",
        bio=row["bio"] or "",
        time_zone=row["time_zone"] or "",
        languages=rules.languages(row["languages"]),
        status=rules.status(*status, now_ms()),
        avatar=address(row),
    )


async def found(asker: Asker, person_id: str) -> ProfileRow:
    here, own = asker.community.community_id, asker.person["id"]
    row = await profiles.of_member(asker.db, here, own, person_id)
    if row is None:
        raise Refused("not_found", "There is nobody like that in this community.")
    return row


def key(person_id: str, name: str) -> str:
    return f"avatars/{person_id}/{name}"


def address(row: ProfileRow) -> str | None:
    seen = row["avatar"] and not row["hidden"]
    return f"/{key(row['id'], row['avatar'] or '')}" if seen else None
