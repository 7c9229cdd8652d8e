"""How a community is set: its name, who may come in, what it uses, where somebody new begins."""

import json
from typing import Any

from fastapi import Request, Response

from access import community_config, whereabouts
from access.asker import Asker, Someone
from community import acts
from domain import naming
from edge.http import EVERYBODY, RIGHTS_CHANGED
from edge.routing import routes
from records import community_settings
from schema.community import ChangeCommunity, CommunitySettings, Features
from schema.refusals import Refused

router = routes("/api/community")
IN_CONFIG = {
    "languages": "languages",
    "join_rule": "join_rule",
    "questions": "join_questions",
    "features": "features",
    "guidelines_required": "guidelines_required",
}
"""What a change names, and where `communities.config` keeps it: the door reads the same keys."""


@router.get("/settings")
async def settings(asker: Someone) -> CommunitySettings:
    """Asks for `edit_community`."""
    await asker.may("edit_community")
    return await _settings(asker)


@router.patch("")
async def change(
    body: ChangeCommunity, request: Request, response: Response, asker: Someone
) -> CommunitySettings:
    """Asks for `edit_community` and, where features are named, `edit_features`.

    Refuses: bad_fields.
    """
    await asker.may("edit_community")
    if body.features is not None:
        await asker.may("edit_features")
    changed = body.model_dump(exclude_none=True)
    if changed:
        await _check(asker, body)
        await _store(asker, request, changed)
    if body.features is not None or body.guidelines_required is not None:
        response.headers[RIGHTS_CHANGED] = EVERYBODY
    return await _settings(asker)


async def _check(asker: Asker, body: ChangeCommunity) -> None:
    if body.name is not None and not naming.key(body.name):
        raise Refused("bad_fields", "A name needs a letter, a digit or a sign.")
    if body.default_rooms:
        there = await community_settings.public_rooms(asker.db, asker.community.community_id)
        if not set(body.default_rooms) <= there:
            raise Refused("bad_fields", "People begin in public rooms of this community.")


async def _store(asker: Asker, request: Request, changed: dict[str, Any]) -> None:
    here = asker.community.community_id
    shown = [naming.shown(changed[k]) if k in changed else None for k in ("name", "description")]
    rooms = changed.get("default_rooms")
    config = {key: changed[name] for name, key in IN_CONFIG.items() if name in changed}
    await asker.db.batch(
        community_settings.named(here, *shown),
        community_settings.decided(here, config),
        *([] if rooms is None else [community_settings.welcomed_in(here, rooms)]),
        acts.kept(asker, request, "edit_community", **changed),
    )
    await republish(asker)


async def republish(asker: Asker) -> None:
    """The copies of the config follow what is in D1 now."""
    row = await community_settings.of(asker.db, asker.community.community_id)
    await community_config.publish(asker.env.KV, asker.db, row)
    whereabouts.forget()


async def _settings(asker: Asker) -> CommunitySettings:
    here = asker.community.community_id
    row = await community_settings.of(asker.db, here)
    config = json.loads(row["config"])
    return CommunitySettings(
        name=row["name"],
        description=row["description"],
        languages=config.get("languages", []),
        join_rule=config.get("join_rule", "open"),
        questions=config.get("join_questions", []),
        features=Features(**config.get("features", {})),
        default_rooms=await community_settings.default_rooms(asker.db, here),
        guidelines_required=config.get("guidelines_required", False),
    )
