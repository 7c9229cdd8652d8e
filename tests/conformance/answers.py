"""What is true of every HTTP answer, checked on each one that the client gets."""

from typing import Any

import httpx

from tests.conformance import document
from tests.conformance.shape import must_be
from tests.conformance.witness import met


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is one that the document allows to that request."""
    path = answer.request.url.path
    if path != "/healthz" and not path.startswith("/api/"):
        return answer
    assert answer.headers["x-request-id"], "an answer without x-request-id"
    caching = answer.headers.get("cache-control")  # test_http.py asks where it must stand
    assert caching in ("no-store", None), caching
    route = document.route(answer.request.method, path)
    if answer.status_code >= 400 and answer.status_code != 503:
        _is_problem(route, answer)
    else:
        assert route is not None, f"The document has no {answer.request.method} {path}"
        _is_success(route, answer)
    return answer


def _is_success(route: document.Route, answer: httpx.Response) -> None:
    health = (200, 503) if route.path == "/healthz" else ()
    assert answer.status_code in (route.status, *health), (route.name, answer.status_code)
    met(f"route {route.name}")
    if route.media:
        assert answer.headers["content-type"].split(";")[0] in route.media
        return
    if route.answers is None:
        described = route.path.endswith("/openapi.json")  # it describes itself
        assert described or answer.content == b"", answer.text
        return
    assert answer.headers["content-type"] == "application/json", answer.headers["content-type"]
    must_be(route.answers, answer.json())


def _is_problem(route: document.Route | None, answer: httpx.Response) -> None:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = must_be("Problem", answer.json())
    code = problem["code"]
    assert document.REFUSALS.get(code) == problem["status"] == answer.status_code, problem
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert problem["type"] and problem["title"] and problem["detail"], problem
    assert code == "bad_fields" or not problem.get("fields"), problem
    assert code != "broken", f"A fault of theirs at {answer.request.method} {answer.request.url}"
    assert ("allow" in answer.headers) == (code == "method_not_allowed")
    met(f"refusal {code}")
    if route is not None:
        met(f"answer {route.name} refuses {code}")


def refused(answer: httpx.Response, code: str) -> dict[str, Any]:
    """The problem of an answer that must be a refusal with that code."""
    problem: dict[str, Any] = answer.json()
    assert problem.get("code") == code, f"{answer.status_code} {answer.text:.300}, not {code}"
    return problem
