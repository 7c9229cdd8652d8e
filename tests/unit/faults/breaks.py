"""Histories that are false in one way each, and the rule that must say so."""

import copy
from collections.abc import Callable
from dataclasses import replace

from tests.faults.history import Heard
from tests.unit.faults.made import LOG, Made, joined, message, page, welcome


def lost(made: Made) -> None:
    del made.log[3]


def lost_as_nobody_saw_it(made: Made) -> None:
    made.asks("ben", "b2")
    made.gets("ben", "b2", seq=5)


def doubled_in_the_log(made: Made) -> None:
    made.log.append(message(5, "ada", "a2"))


def gap_in_the_log(made: Made) -> None:
    made.log.append(message(6, "ben", "b2"))
    made.asks("ben", "b2")


def two_acknowledgements(made: Made) -> None:
    made.gets("ada", "a2", seq=5)


def moved(made: Made) -> None:
    made.asks("ben", "b2")
    made.gets("ben", "b2", seq=6)
    made.log.append(message(5, "ben", "b2"))


def changed(made: Made) -> None:
    made.asks("ben", "b2")
    made.log.append(message(5, "ben", "b2"))
    made.log[4]["message"]["content"] = "other"
    made.gets("ben", "b2", seq=5)


def refused_yet_stored(made: Made) -> None:
    made.asks("ben", "b2")
    made.gets("ben", "b2", "refused")
    made.log.append(message(5, "ben", "b2"))


def invented(made: Made) -> None:
    made.log.append(message(5, "ben", "b9"))


def out_of_order(made: Made) -> None:
    made.log += [message(5, "ben", "b3"), message(6, "ben", "b2")]
    for ref, seq in (("b2", 6), ("b3", 5)):
        made.asks("ben", ref)
        made.gets("ben", ref, seq=seq)


def two_truths(made: Made) -> None:
    made.changes["stored"] = [{**event, "row": event["seq"]} for event in LOG[:3]]


def row_and_event_disagree(made: Made) -> None:
    made.changes["stored"] = [{**event, "row": event["seq"] + 1} for event in LOG]


def two_orders(made: Made) -> None:
    other = copy.deepcopy(LOG[3])
    other["message"]["content"] = "what only Ben was shown"
    made.entries = [
        replace(entry, event=other)
        if isinstance(entry, Heard) and entry.client == "ben" and entry.event == LOG[3]
        else entry
        for entry in made.entries
    ]


def two_orders_over_http(made: Made) -> None:
    made.reads("ben", {**LOG[0], "ref": "other"})


def lost_after_it_was_read(made: Made) -> None:
    made.reads("ben", message(5, "ben", "b2"))


def gap_on_a_socket(made: Made) -> None:
    made.opens("ben", 9, welcome(1), page(LOG[0]))
    made.hears("ben", 9, LOG[2])


def doubled_on_a_socket(made: Made) -> None:
    made.hears("ben", 2, LOG[3])


def another_ones_double(made: Made) -> None:
    made.asks("ada", "a2", attempt=2)
    made.hears("ben", 2, LOG[3])


def page_with_a_hole(made: Made) -> None:
    made.opens("ben", 9, welcome(4, resumed=True), page(LOG[1], LOG[3]), after=1)


def page_that_ends_early(made: Made) -> None:
    made.opens("ben", 9, welcome(4, resumed=True), page(LOG[1], LOG[2]), after=1)


def page_that_begins_late(made: Made) -> None:
    made.opens("ben", 9, welcome(4, resumed=True), page(LOG[2], LOG[3]), after=1)


def no_page_at_all(made: Made) -> None:
    made.opens("ben", 9, welcome(4), page())


def older_page_with_a_hole(made: Made) -> None:
    made.hears("ben", 2, page(LOG[0], LOG[2], ref="older"))


def not_resumed_and_not_told(made: Made) -> None:
    made.opens("ben", 9, welcome(4), page(*LOG), after=1)


def resumed_without_asking(made: Made) -> None:
    made.opens("ben", 9, welcome(4, resumed=True), page(*LOG))


def too_far_behind_for_no_reason(made: Made) -> None:
    far = {"type": "too_far_behind", "after": 1, "head_seq": 4}
    made.opens("ben", 9, welcome(4), far, page(*LOG), after=1)


def ahead_of_the_log(made: Made) -> None:
    far = {"type": "too_far_behind", "after": 7, "head_seq": 4}
    made.opens("ben", 9, welcome(4), far, page(*LOG), after=7)


def no_welcome(made: Made) -> None:
    made.opens("ben", 9, page(*LOG))


def two_welcomes(made: Made) -> None:
    made.hears("ben", 2, welcome(4))


def never_a_page(made: Made) -> None:
    made.opens("ben", 9, welcome(4), joined(5, "eve"), joined(6, "eve"))


def silent_socket(made: Made) -> None:
    made.entries = [e for e in made.entries if not isinstance(e, Heard) or e.event != LOG[3]]


def d1_lacks_a_message(made: Made) -> None:
    made.changes["copied"] = made.truth().copied[:-1]


def d1_has_another_text(made: Made) -> None:
    made.changes["copied"] = [{**row, "content": "other"} for row in made.truth().copied]


def d1_has_a_member_more(made: Made) -> None:
    made.changes["members"] = {"ada", "ben", "finn", "eve"}


def d1_lacks_who_joined(made: Made) -> None:
    made.changes["members"] = {"ada", "ben"}


def a_leaving_that_d1_missed(made: Made) -> None:
    made.log.append(joined(5, "finn", "member_left"))


def kv_has_somebody_who_is_not_there(made: Made) -> None:
    made.changes["told"] = ["ada", "ben"]


def kv_never_heard_of_the_end(made: Made) -> None:
    made.changes["told_empty"] = ["ada"]


def kv_knows_nothing(made: Made) -> None:
    made.changes["told"] = None


BREAKS: dict[Callable[[Made], None], str] = {
    lost: "lost",
    lost_as_nobody_saw_it: "lost",
    doubled_in_the_log: "doubled",
    gap_in_the_log: "gap in the log",
    two_acknowledgements: "two acknowledgements",
    moved: "moved",
    changed: "changed",
    refused_yet_stored: "refused, yet stored",
    invented: "invented",
    out_of_order: "out of order",
    two_truths: "two truths",
    row_and_event_disagree: "two truths",
    two_orders: "two orders",
    two_orders_over_http: "two orders",
    lost_after_it_was_read: "lost",
    gap_on_a_socket: "unannounced gap",
    doubled_on_a_socket: "doubled",
    another_ones_double: "doubled",
    page_with_a_hole: "page",
    page_that_ends_early: "page",
    page_that_begins_late: "page",
    no_page_at_all: "page",
    older_page_with_a_hole: "page",
    not_resumed_and_not_told: "unannounced gap",
    resumed_without_asking: "first frame",
    too_far_behind_for_no_reason: "too far behind",
    ahead_of_the_log: "lost",
    no_welcome: "first frame",
    two_welcomes: "first frame",
    never_a_page: "first frame",
    silent_socket: "silent socket",
    d1_lacks_a_message: "D1 chat_messages",
    d1_has_another_text: "D1 chat_messages",
    d1_has_a_member_more: "D1 chat_members",
    d1_lacks_who_joined: "D1 chat_members",
    a_leaving_that_d1_missed: "D1 chat_members",
    kv_has_somebody_who_is_not_there: "KV presence",
    kv_never_heard_of_the_end: "KV presence",
    kv_knows_nothing: "KV presence",
}
