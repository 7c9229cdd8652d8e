"""The one seam for e-mail: the platform's binding, or the mailbox page of a local system."""

from typing import Any

import js

from edge.clock import new_id, now_ms
from edge.d1 import D1, raw
from records import local_mailbox


async def send(env: Any, to: str, subject: str, text: str, link: str) -> None:
    """`text` holds the link already; the mailbox page shows it as a button as well."""
    if env.STAGE == "local":
        await local_mailbox.add(D1(env.DB), new_id(), to, subject, text, link, now_ms())
        return
    mail = {"to": to, "from": env.MAIL_FROM, "subject": subject, "text": text}
    await raw(env.MAIL).send(js.Object.fromEntries(list(mail.items())))
