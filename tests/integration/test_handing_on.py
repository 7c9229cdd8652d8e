"""What the front door hands on to community-worker, and that it arrives as it was sent."""

import pytest

from schema.http import Community
from tests.cast import World
from tests.place import refused

HERE = "/api/community"


async def test_community_worker_answers_for_its_host(world: World) -> None:
    for place in (world.here, world.elsewhere):
        answer = await place.asks("GET", HERE)
        assert Community.model_validate_json(answer.content).id == place.community_id
        assert answer.headers["x-request-id"] and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [f"{HERE}/", f"{HERE}/nothing", "/api/communityx"])
async def test_a_path_that_nobody_has_is_not_found(world: World, path: str) -> None:
    assert refused(await world.here.asks("GET", path)).code == "not_found"


async def test_a_method_that_it_does_not_take_names_those_it_does(world: World) -> None:
    answer = await world.here.asks("DELETE", HERE)
    assert refused(answer).code == "method_not_allowed"
    assert "GET" in answer.headers["allow"]


async def test_a_host_without_a_community_is_refused_there_too(world: World) -> None:
    headers = {"host": f"chat.nobody.localhost:{world.platform.port}"}
    answer = await world.here.asks("GET", HERE, headers=headers)
    assert refused(answer).code == "community_not_found"
