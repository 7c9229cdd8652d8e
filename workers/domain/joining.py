"""How somebody comes in: a community is open, or asks first, or invites."""

from dataclasses import dataclass
from typing import Any, get_args

from schema.ids import Millis
from schema.joining import JoinRule
from schema.refusals import Refused

AGAIN_MS = 7 * 86_400_000
MOST_QUESTIONS = 10


@dataclass(frozen=True)
class Door:
    """What a community asks of those who want to come in."""

    rule: JoinRule
    questions: list[str]


@dataclass(frozen=True)
class Asked:
    """Somebody's request as it stands: waiting, approved or declined."""

    state: str
    decided_at: Millis | None


def door(config: dict[str, Any]) -> Door:
    """What the community's config says. A rule that nobody knows keeps the door shut."""
    rule, questions = config.get("join_rule", "open"), config.get("join_questions", [])
    known: JoinRule = rule if rule in get_args(JoinRule) else "invitation"
    listed = questions if isinstance(questions, list) else []
    return Door(known, [one for one in listed if isinstance(one, str) and one][:MOST_QUESTIONS])


def answered(
    to: Door, answers: list[str], before: Asked | None, now: Millis
) -> list[dict[str, str]]:
    """The answers with their questions, if somebody may ask now.

    Refuses: not_allowed, too_fast, bad_fields.
    """
    if to.rule == "invitation":
        raise Refused("not_allowed", "This community is by invitation alone.")
    if to.rule == "open":
        return []
    again = (before.decided_at or 0) + AGAIN_MS if before and before.state == "declined" else 0
    if again > now:
        raise Refused("too_fast", "Your request was declined. Ask again later.", again - now)
    if len(answers) != len(to.questions) or not all(answers):
        raise Refused("bad_fields", "Answer each question.")
    pairs = zip(to.questions, answers, strict=True)
    return [{"question": question, "answer": answer} for question, answer in pairs]


def letter(community: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail to somebody who was let in."""
    return f"Welcome to {community}", f"You are in. Open {community}:\n\n{link}"
