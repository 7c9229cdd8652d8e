"""HTTP for all four workers: FastAPI on the platform's requests, one shape for every error."""

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any

import js
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pyodide.ffi import JsException
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from workers import Response, asgi  # type: ignore[attr-defined]

from edge.clock import new_id
from edge.d1 import raw
from edge.routing import BoundedRoute
from schema.http import BODY_BYTES, Problem
from schema.refusals import MEANINGS, Code, Refused

log = logging.getLogger("http")

CODE_OF_STATUS: dict[int, Code] = {
    400: "not_json",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
}
RIGHTS_CHANGED = "x-rights-changed"
"""One worker to the front door: whose rights changed, for it to tell the open rooms."""
EVERYBODY = "everybody"
PROBLEM = "application/problem+json"
DRAIN_S = 5.0
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


async def serve(app: FastAPI, request: Any, env: Any) -> Any:
    """Answer one request. A body that says it is too large is refused before it is read."""
    length = request.js_object.headers.get("content-length")
    if isinstance(length, str) and length.isdigit() and int(length) > BODY_BYTES:
        return await refuse(request, Refused("body_too_large"), new_id())
    return await asgi.fetch(app, request.js_object, env)


def of_person(person_id: str) -> str:
    """That one person's rights changed. No id holds a space."""
    return f"person {person_id}"


def method_of(request: Any) -> str:
    """The method as it came; the SDK knows the usual ones alone and breaks on another."""
    return str(request.js_object.method)


async def hand_on(request: Any, worker: Any) -> Any:
    """Another worker's answer to this very request: its host, headers and body go along."""
    return await raw(worker).fetch(request.js_object)


async def refuse(request: Any, no: Refused, request_id: str, allow: str | None = None) -> Any:
    """A refusal outside of FastAPI."""
    await drain(request.js_object)
    answer = problem(no, request_id, allow=allow)
    return Response(bytes(answer.body), status=no.status, headers=dict(answer.headers))


def answer(content: bytes, status: int, headers: dict[str, str]) -> Any:
    """An answer outside of FastAPI."""
    return Response(content, status=status, headers=headers)


async def drain(request: Any) -> None:
    """Let the rest of a body run out, for as long as is fair: a client that still sends sees a
    broken connection instead of the answer."""
    if request.body and not request.bodyUsed:
        with suppress(JsException, TimeoutError):
            await asyncio.wait_for(request.body.pipeTo(js.WritableStream.new()), DRAIN_S)


def problem(
    no: Refused, request_id: str, fields: list[str] | None = None, allow: str | None = None
) -> JSONResponse:
    """A refusal as RFC 9457 problem details. `allow`: the methods that the address does take."""
    body = Problem(
        type=f"/docs/errors#{no.code}",
        title=MEANINGS[no.code].sentence,
        status=no.status,
        code=no.code,
        detail=no.detail,
        request_id=request_id,
        fields=fields or [],
    )
    headers = {"x-request-id": request_id, "cache-control": "no-store"}
    if no.retry_after_ms is not None:
        headers["retry-after"] = str(-(-no.retry_after_ms // 1000))
    if allow:
        headers["allow"] = allow
    return JSONResponse(body.model_dump(), no.status, headers, media_type=PROBLEM)


def new_app(title: str) -> FastAPI:
    """A FastAPI application with our errors, request ids and no outside documentation host."""
    app = FastAPI(
        title=title,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # a redirect would lead wherever the Host header says
        max_body_size=BODY_BYTES,
    )
    app.router.route_class = BoundedRoute

    app.add_middleware(RequestName)

    @app.exception_handler(Refused)
    async def refused(request: Request, no: Refused) -> JSONResponse:
        return problem(no, request.state.id)

    @app.exception_handler(RequestValidationError)
    async def bad_fields(request: Request, invalid: RequestValidationError) -> JSONResponse:
        errors = invalid.errors()
        if any(error["type"] == "json_invalid" for error in errors):
            return problem(Refused("not_json"), request.state.id)
        fields = [".".join(str(part) for part in error["loc"][1:]) for error in errors]
        return problem(Refused("bad_fields"), request.state.id, fields)

    @app.exception_handler(HTTPException)
    async def http_problem(request: Request, error: HTTPException) -> JSONResponse:
        code = CODE_OF_STATUS.get(error.status_code, "broken")
        allow = allowed(request) if code == "method_not_allowed" else None
        return problem(Refused(code), request.state.id, allow=allow)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        log.error("request %s: %s", request.state.id, request.url.path, exc_info=error)
        return problem(Refused("broken"), request.state.id)

    return app


def described(app: FastAPI) -> str:
    """What this worker says of its API, as OpenAPI in JSON text."""
    return json.dumps(app.openapi(), ensure_ascii=False)


def allowed(request: Request) -> str:
    """The methods of all routes at this address, where the first one would name its own alone."""
    scopes = {method: {**request.scope, "method": method} for method in METHODS}
    routes = request.app.router.routes
    return ", ".join(
        method
        for method, scope in scopes.items()
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    )


class RequestName:
    """Gives each request an id, in its state and in the answer; answers are never cached."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        request_id = headers.get(b"cf-ray", b"").decode("latin-1") or new_id()
        scope.setdefault("state", {})["id"] = request_id

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = MutableHeaders(scope=message)
                named.setdefault("x-request-id", request_id)
                named.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_named)


def env_of(request: Request) -> Any:
    """The bindings of the worker that serves this request."""
    return request.scope["env"]
