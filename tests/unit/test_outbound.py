"""HTTP to the outside, from httpx down to the border of the platform's fetch."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from edge.outbound import Answer, AnswerTooLarge, OtherOrigin, client

HOME = "https://knowledge.example"


class Wire:
    """The platform's fetch: says what it was asked, answers what it was given."""

    def __init__(
        self,
        *chunks: bytes,
        status: int = 200,
        headers: list[tuple[str, str]] | None = None,
        before: Callable[[], Awaitable[object]] | None = None,
        between: Callable[[], Awaitable[object]] | None = None,
    ):
        self.asked: list[httpx.Request] = []
        self.closed = 0
        self._chunks, self._status, self._headers = chunks, status, headers or []
        self._before, self._between = before, between

    async def __call__(self, request: httpx.Request) -> Answer:
        self.asked.append(request)
        if self._before:
            await self._before()
        return Answer(self._status, self._headers, self._read(), self._close)

    async def _read(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk
            if self._between:
                await self._between()

    def _close(self) -> None:
        self.closed += 1


async def never() -> None:
    await asyncio.Event().wait()


async def test_an_answer_arrives_in_pieces_and_whole() -> None:
    wire = Wire(b'{"a":', b" 1}", headers=[("Content-Type", "application/json")])
    async with client(HOME, fetch=wire) as http:
        response = await http.post("/x", params={"q": "æ ø"}, json={"b": 2})
    assert response.json() == {"a": 1}
    assert str(wire.asked[0].url) == f"{HOME}/x?q=%C3%A6+%C3%B8"
    assert wire.asked[0].content == b'{"b":2}'
    assert wire.closed == 1


async def test_what_the_platform_unpacked_is_not_unpacked_again() -> None:
    wire = Wire(b"plain", headers=[("Content-Encoding", "gzip"), ("content-length", "25")])
    async with client(HOME, fetch=wire) as http:
        response = await http.get("/x")
    assert response.text == "plain"
    assert "content-encoding" not in response.headers


async def test_an_answer_at_the_bound_passes() -> None:
    async with client(HOME, answer_bytes=8, fetch=Wire(b"1234", b"5678")) as http:
        assert (await http.get("/x")).content == b"12345678"


async def test_an_answer_over_the_bound_is_dropped_at_once() -> None:
    wire = Wire(b"1234", b"56789")
    async with client(HOME, answer_bytes=8, fetch=wire) as http:
        with pytest.raises(AnswerTooLarge):
            await http.get("/x")
    assert wire.closed == 1


@pytest.mark.parametrize("wire", [Wire(before=never), Wire(b"a", between=never)])
async def test_silence_ends_in_a_timeout(wire: Wire) -> None:
    async with client(HOME, seconds=0.02, fetch=wire) as http:
        with pytest.raises(httpx.ReadTimeout):
            await http.get("/x")


async def test_dripping_does_not_win_time() -> None:
    async def a_turn() -> None:
        await asyncio.sleep(0)

    wire = Wire(*[b"."] * 1_000_000, between=a_turn)
    async with client(HOME, seconds=0.05, fetch=wire) as http:
        with pytest.raises(httpx.ReadTimeout):
            await http.get("/x")


async def test_another_origin_is_never_asked() -> None:
    wire = Wire(b"ok")
    async with client(HOME, fetch=wire) as http:
        assert (await http.get(f"{HOME}/x")).text == "ok"
        for url in ("https://elsewhere.example/x", "http://knowledge.example/x", f"{HOME}:8443/x"):
            with pytest.raises(OtherOrigin):
                await http.get(url)
    assert len(wire.asked) == 1


@pytest.mark.parametrize("follow", [True, False])
async def test_a_redirect_leads_nowhere_else(follow: bool) -> None:
    wire = Wire(status=302, headers=[("location", "https://elsewhere.example/x")])
    async with client(HOME, fetch=wire) as http:
        if follow:
            with pytest.raises(OtherOrigin):
                await http.get("/x", follow_redirects=True)
        else:
            assert (await http.get("/x")).status_code == 302
    assert [str(request.url) for request in wire.asked] == [f"{HOME}/x"]


async def test_a_broken_connection_is_an_error_of_httpx() -> None:
    async def lost() -> None:
        raise httpx.ConnectError("Network connection lost.")

    async with client(HOME, fetch=Wire(before=lost)) as http:
        with pytest.raises(httpx.RequestError):
            await http.get("/x")
