"""D1 `local_mailbox`: the mail of a developer's machine."""

from typing import Any

from records.db import Db
from schema.ids import Millis


async def add(
    db: Db, mail_id: str, to: str, subject: str, text: str, link: str, now: Millis
) -> None:
    await db.run(
        'INSERT INTO local_mailbox (id, "to", subject, text, link, sent_at)'
        " VALUES (?, ?, ?, ?, ?, ?)",
        *(mail_id, to, subject, text, link, now),
    )


async def newest(db: Db, limit: int) -> list[dict[str, Any]]:
    return await db.rows(
        "SELECT * FROM local_mailbox ORDER BY sent_at DESC, id DESC LIMIT ?", limit
    )
