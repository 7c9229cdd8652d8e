"""How people of this community show themselves: words, a handle, a picture."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from access.asker import Asker, Someone
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
async def my_profile(asker: Someone) -> Profile:
    """Asks for `see_community`."""
    await asker.may("see_community")
    return await profile_of(asker, asker.person["id"])


@router.patch("/me/profile")
async def change_profile(body: ProfileChange, asker: Someone) -> Profile:
    """Asks for `see_community`. Refuses: bad_fields, name_taken."""
    await asker.may("see_community")
    person_id, columns = asker.person["id"], rules.columns(body)
    if body.name is not None:
        await rename(asker, rules.name(body.name))
    if columns and not await profiles.change(asker.db, person_id, columns):
        raise rules.handle_taken()
    return await profile_of(asker, person_id)


async def rename(asker: Asker, name: str) -> None:
    """The rooms where they sit hear of it."""
    if name == asker.person["name"]:
        return
    where = (asker.db, asker.community.community_id, asker.person["id"])
    if not await profiles.rename(*where, name):
        raise Refused("name_taken", "Somebody here has that name.")
    await readmitting.person(asker, asker.person["id"])


@router.get("/people/{person_id}")
async def somebody(person_id: PersonId, asker: Someone) -> Profile:
    """Asks for `see_community`. Refuses: not_found, for everybody outside of this community."""
    await asker.may("see_community")
    return await profile_of(asker, person_id)


@router.get("/faces")
async def faces(ids: Ids, asker: Someone) -> FaceList:
    """Asks for `see_community`. Whoever is not of this community is left out."""
    await asker.may("see_community")
    here, own = asker.community.community_id, asker.person["id"]
    rows = await profiles.of_members(asker.db, here, own, ids)
    return FaceList(faces=[Face(id=row["id"], avatar=address(row)) for row in rows])


@router.put("/me/avatar")
async def show_picture(request: Request, asker: Someone) -> Profile:
    """Asks for `see_community`. Refuses: not_a_picture, body_too_large."""
    await asker.may("see_community")
    picture = avatars.picture(await request.body())
    person_id = asker.person["id"]
    name = f"{new_id()}.{picture.kind}"
    await files.put(asker.env.MEDIA, key(person_id, name), picture.content)
    await replace_picture(asker, name)
    return await profile_of(asker, person_id)


@router.delete("/me/avatar", status_code=204)
async def take_picture_away(asker: Someone) -> Response:
    """Asks for `see_community`."""
    await asker.may("see_community")
    await replace_picture(asker, None)
    return Response(status_code=204)


async def replace_picture(asker: Asker, name: str | None) -> None:
    """The file of before goes last: until then the profile leads to it."""
    person_id = asker.person["id"]
    before = await found(asker, person_id)
    await profiles.change(asker.db, person_id, {"avatar": name})
    if before["avatar"]:
        await files.remove(asker.env.MEDIA, key(person_id, before["avatar"]))


async def profile_of(asker: Asker, person_id: str) -> Profile:
    """Of who is hidden from them, the name alone. Others see it with its number here."""
    row = await found(asker, person_id)
    if row["hidden"]:
        return rules.name_alone(row["id"], row["shown_name"])
    status = (row["status_emoji"] or "", row["status_text"] or "", row["status_until"])
    return Profile(
        id=row["id"],
        name=row["name" if person_id == asker.person["id"] else "shown_name"],
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
