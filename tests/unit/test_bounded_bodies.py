"""JSON bodies are parsed with a bound on their depth, and on their size."""

import httpx
import pytest
from fastapi import FastAPI

from edge.routing import routes
from schema.http import NewRoom


@pytest.fixture
def client() -> httpx.AsyncClient:
    app, router = FastAPI(max_body_size=1_000_000), routes("/rooms")

    @router.post("")
    async def make(body: NewRoom) -> str:
        return body.name

    app.include_router(router)
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://x")


async def post(client: httpx.AsyncClient, body: str) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return await client.post("/rooms", content=body, headers=headers)


async def test_a_body_is_read(client: httpx.AsyncClient) -> None:
    assert (await post(client, '{"name":"Garden"}')).json() == "Garden"


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"a":' * 40_000, "[" * 9_000 + "]" * 9_000, ""])
async def test_a_bomb_of_brackets_is_invalid_json(client: httpx.AsyncClient, bomb: str) -> None:
    answer = await post(client, bomb)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] in ("json_invalid", "missing")
