"""Four descriptions become one."""

from typing import Any

from domain.openapi import merged, told

PROBLEM = {"type": "object"}


def part(path: str, method: str = "get", **more: Any) -> dict[str, Any]:
    operation = {"responses": {"200": {"description": "Well"}, "422": {"description": "Bad"}}}
    schemas = {"HTTPValidationError": {}, path.strip("/").title(): {"title": path}}
    return {"paths": {path: {method: operation | more}}, "components": {"schemas": schemas}}


def test_every_path_and_schema_is_there_once() -> None:
    whole = merged([part("/rooms"), part("/graphs"), part("/rooms", "post")], "1.2.3", PROBLEM)
    assert whole["openapi"].startswith("3.1") and whole["info"]["version"] == "1.2.3"
    assert list(whole["paths"]) == ["/graphs", "/rooms"]
    assert set(whole["paths"]["/rooms"]) == {"get", "post"}
    assert set(whole["components"]["schemas"]) == {"Problem", "Rooms", "Graphs"}


def test_an_operation_says_what_it_asks_for_and_how_it_refuses() -> None:
    said = "Make a room. Asks for `create_room`. Refuses: name_taken, bad_fields."
    operation = told(part("/rooms", description=said)["paths"]["/rooms"]["get"])
    assert operation["x-permission"] == "create_room"
    assert operation["x-refusals"] == ["name_taken", "bad_fields"]
    assert set(operation["responses"]) == {"200", "default"}
    problem = operation["responses"]["default"]["content"]
    assert set(problem) == {"application/problem+json"}


def test_an_operation_that_asks_for_nothing_says_nothing_of_it() -> None:
    operation = told(part("/rooms")["paths"]["/rooms"]["get"])
    assert "x-permission" not in operation and "x-refusals" not in operation
