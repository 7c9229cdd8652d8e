"""Who is hidden from whom in this room, kept in its SQLite: a socket's attachment is too small."""

import json
from dataclasses import replace

from domain.hiding import Curtain
from durable_objects.room_log import Page, Sql


class RoomHiding:
    """Written only when it changes, and so never for nearly everybody."""

    def __init__(self, sql: Sql):
        self._sql = sql
        rows = sql.rows("SELECT person_id, hidden FROM hiding")
        self._hidden: dict[str, list[str]] = {
            row["person_id"]: json.loads(row["hidden"]) for row in rows
        }

    def of(self, person_id: str) -> list[str]:
        return self._hidden.get(person_id, [])

    def keep(self, person_id: str, hidden: list[str]) -> None:
        if hidden == self.of(person_id):
            return
        self._hidden[person_id] = hidden
        self._sql.run(
            "INSERT INTO hiding (person_id, hidden) VALUES (?, ?)"
            " ON CONFLICT (person_id) DO UPDATE SET hidden = excluded.hidden",
            *(person_id, json.dumps(hidden)),
        )


def seen(page: Page, curtain: Curtain | None) -> Page:
    """A page as somebody reads it."""
    return replace(page, events=curtain.log(page.events)) if curtain else page
