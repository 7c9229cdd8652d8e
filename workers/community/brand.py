"""How a community looks: one colour, a title, two pictures, and CSS within bounds."""

import base64
import binascii
import hashlib
import json

from fastapi import Request

from access.asker import Asker, Here, Place, Someone
from community import acts
from community.settings import republish
from domain import custom_css, look, naming, pictures, shell
from edge import files
from edge.routing import routes
from records import community_settings
from schema.community import Brand, ChangeBrand, Picture, Tints, Worn
from schema.refusals import Refused

router = routes("/api/community/brand")


@router.get("")
async def brand(here: Here) -> Brand:
    return card(await _stored(here))


@router.patch("")
async def change(body: ChangeBrand, request: Request, asker: Someone) -> Brand:
    """Asks for `edit_branding`."""
    await asker.may("edit_branding")
    changed, dropped = decided(body)
    if changed:
        await _store(asker, request, changed)
    return card(await _stored(asker), dropped)


@router.post("/preview")
async def preview(body: ChangeBrand, asker: Someone) -> Brand:
    """What a change would look like; nothing is stored. Asks for `see_community`."""
    await asker.may("see_community")
    changed, dropped = decided(body)
    return card(await _stored(asker) | changed, dropped)


@router.put("/pictures")
async def picture(body: Picture, request: Request, asker: Someone) -> Brand:
    """Asks for `edit_branding`. Refuses: bad_fields."""
    await asker.may("edit_branding")
    name = "" if body.data is None else await _kept(asker, body.data)
    await _store(asker, request, {body.part: name})
    return card(await _stored(asker))


def decided(body: ChangeBrand) -> tuple[dict[str, str], list[str]]:
    """What is to be stored, and what of the CSS is not."""
    changed = body.model_dump(exclude_none=True)
    if body.title is not None:
        changed["title"] = naming.shown(body.title)
    css = custom_css.reduced(body.css or "")
    if body.css is not None:
        changed["css"] = css.css
    return changed, css.dropped


def worn(accent: str) -> Worn:
    if not accent:
        return Worn(light=None, dark=None)
    found = look.look(accent)
    return Worn(light=Tints(**vars(found.light)), dark=Tints(**vars(found.dark)))


def card(stored: dict[str, str], dropped: list[str] | None = None) -> Brand:
    accent = stored.get("accent", "")
    seen = worn(accent)
    return Brand(
        title=stored.get("title", ""),
        accent=accent,
        css=stored.get("css", ""),
        logo=shell.picture(stored.get("logo", "")),
        icon=shell.picture(stored.get("icon", "")),
        light=seen.light,
        dark=seen.dark,
        dropped=dropped or [],
    )


async def _stored(place: Place) -> dict[str, str]:
    row = await community_settings.of(place.db, place.community.community_id)
    found: dict[str, str] = json.loads(row["config"]).get("brand", {})
    return found


async def _store(asker: Asker, request: Request, changed: dict[str, str]) -> None:
    patch = {"brand": {name: value or None for name, value in changed.items()}}
    await asker.db.batch(
        community_settings.decided(asker.community.community_id, patch),
        acts.kept(asker, request, "edit_branding", **changed),
    )
    await republish(asker)


async def _kept(asker: Asker, data: str) -> str:
    """Store a picture under the name of its content; that name. Refuses: bad_fields."""
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("bad_fields", "A picture comes as base64.") from None
    found = pictures.of_brand(content)
    name = f"{hashlib.sha256(found.content).hexdigest()}.{found.kind}"
    await files.put(
        asker.env.MEDIA, f"branding/{asker.community.community_id}/{name}", found.content
    )
    return name
