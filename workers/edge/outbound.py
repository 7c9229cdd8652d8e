"""HTTP to the outside: httpx over the platform's fetch, to one origin, within bounds.

A redirect is never followed by the platform. A client that follows redirects itself stays at its
origin: this transport speaks to no other.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

SECONDS = 10.0
ANSWER_BYTES = 4_000_000
OURS = frozenset({"host", "connection", "accept-encoding", "content-length", "transfer-encoding"})
"""Request headers that the platform writes by itself."""
UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Answer headers that stopped being true when the platform unpacked the body."""


class OtherOrigin(httpx.RequestError):
    """The request left the origin that this client is for."""


class AnswerTooLarge(httpx.RequestError):
    """The answer is larger than this client takes."""


@dataclass(frozen=True)
class Answer:
    """What the platform's fetch gave. `close` ends it, whether or not all chunks were read."""

    status: int
    headers: list[tuple[str, str]]
    chunks: AsyncIterator[bytes]
    close: Callable[[], None]


Fetch = Callable[[httpx.Request], Awaitable[Answer]]


def client(
    origin: str,
    seconds: float = SECONDS,
    answer_bytes: int = ANSWER_BYTES,
    fetch: Fetch | None = None,
) -> httpx.AsyncClient:
    """A client for one origin. `seconds` is the time for a whole answer, to its last byte."""
    transport = Outbound(origin, answer_bytes, fetch or platform_fetch)
    return httpx.AsyncClient(base_url=origin, timeout=seconds, transport=transport, trust_env=False)


class Outbound(httpx.AsyncBaseTransport):
    """The transport. Raises httpx.RequestError in one of its kinds for all that goes wrong."""

    def __init__(self, origin: str, answer_bytes: int, fetch: Fetch):
        self._origin = _origin(httpx.URL(origin))
        self._answer_bytes = answer_bytes
        self._fetch = fetch

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if _origin(request.url) != self._origin:
            raise OtherOrigin(f"{request.url.host} is not {self._origin[1]}", request=request)
        await request.aread()
        deadline = _deadline(request)
        async with _in_time(deadline, request):
            answer = await self._fetch(request)
        body = Body(answer, request, deadline, self._answer_bytes)
        headers = [(name, value) for name, value in answer.headers if name.lower() not in UNPACKED]
        return httpx.Response(answer.status, headers=headers, stream=body)


class Body(httpx.AsyncByteStream):
    """The bytes of an answer, counted and timed while they arrive."""

    def __init__(self, answer: Answer, request: httpx.Request, deadline: float | None, most: int):
        self._answer = answer
        self._request = request
        self._deadline = deadline
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        while True:
            async with _in_time(self._deadline, self._request):
                chunk = await anext(self._answer.chunks, None)
            if chunk is None:
                return
            size += len(chunk)
            if size > self._most:
                raise AnswerTooLarge(f"more than {self._most:,} bytes", request=self._request)
            yield chunk

    async def aclose(self) -> None:
        self._answer.close()


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _deadline(request: httpx.Request) -> float | None:
    seconds = request.extensions.get("timeout", {}).get("read")
    return None if seconds is None else asyncio.get_running_loop().time() + seconds


@asynccontextmanager
async def _in_time(deadline: float | None, request: httpx.Request) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout_at(deadline):
            yield
    except TimeoutError:
        raise httpx.ReadTimeout("no answer in time", request=request) from None


async def platform_fetch(request: httpx.Request) -> Answer:
    """One exchange over the runtime's own fetch."""
    import js
    from pyodide.ffi import JsException, to_js

    ending = js.AbortController.new()
    sent = {name: value for name, value in request.headers.items() if name.lower() not in OURS}
    options: Any = {"method": request.method, "headers": sent, "redirect": "manual"}
    if request.content:
        options["body"] = request.content
    options = to_js(options, dict_converter=js.Object.fromEntries)
    options.signal = ending.signal
    try:
        response = await js.fetch(str(request.url), options)
    except JsException as problem:
        raise httpx.ConnectError(str(problem), request=request) from None
    except BaseException:
        ending.abort()
        raise
    headers = [(str(pair[0]), str(pair[1])) for pair in response.headers]
    return Answer(response.status, headers, _chunks(response, request), ending.abort)


async def _chunks(response: Any, request: httpx.Request) -> AsyncIterator[bytes]:
    from pyodide.ffi import JsException

    if not hasattr(response.body, "getReader"):
        return
    reader = response.body.getReader()
    while True:
        try:
            part = await reader.read()
        except JsException as problem:
            raise httpx.ReadError(str(problem), request=request) from None
        if part.done:
            return
        yield part.value.to_bytes()
