"""The promises of docs/protocol.md, held against a history and what the rooms hold in the end.

Pure: histories that break each rule on purpose are in tests/unit/faults. In the manner of
Jepsen's checks of logs: whatever was acknowledged is there, once, in one order for all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.faults.history import Answered, Asked, Entry, Read, Struck, only
from tests.faults.truth import Row, Truth
from tests.faults.views import Broken, Event, View, check_view, logged, views

POSTS = {"post", "double", "burst"}
KILLED = "killed"
QUIET = "quiet"


def check(entries: list[Entry], truths: list[Truth]) -> list[Broken]:
    """Every promise that was broken, the gravest first; an empty list is the wish."""
    found: list[Broken] = []
    seen = views(entries)
    for truth in truths:
        for rule in (_log, _acknowledged, _invented, _in_order, _copies, _members, _presence):
            found += rule(truth, entries)
        found += _one_order(truth, seen)
        found += _read(truth, entries)
        found += _heard_all(truth, entries, seen)
    again = sent_again(entries)
    for view in seen:
        found += check_view(view, again)
    return found


def posted(truth: Truth) -> list[Event]:
    return [event for event in truth.log if event["type"] == "message_posted"]


def key(event: Event) -> tuple[str, str]:
    """Author and ref: what names a message before it has a seq."""
    return event["message"]["author"]["id"], event["ref"]


def asked_in(truth: Truth, entries: list[Entry]) -> list[Asked]:
    return [a for a in only(Asked, entries) if a.room == truth.room and a.op in POSTS]


def answers_in(truth: Truth, entries: list[Entry]) -> list[Answered]:
    return [a for a in only(Answered, entries) if a.room == truth.room and a.op in POSTS]


def sent_again(entries: list[Entry]) -> set[tuple[str, str, str]]:
    """Author, room and ref of what was sent more than once."""
    count = Counter((a.client, a.room, a.ref) for a in only(Asked, entries) if a.op in POSTS)
    return {name for name, times in count.items() if times > 1}


def _log(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """Seqs are 1, 2, 3 …; no author's ref is there twice; HTTP and SQLite have the same."""
    seqs = [event["seq"] for event in truth.log]
    if seqs != list(range(1, len(seqs) + 1)):
        yield Broken("gap in the log", truth.room, f"its seqs are {seqs[:20]} …")
    for name, times in Counter(map(key, posted(truth))).items():
        if times > 1:
            yield Broken("doubled", truth.room, f"{name} is in the log {times} times")
    plain = [{k: v for k, v in event.items() if k != "row"} for event in truth.stored]
    if plain != truth.log or [event["row"] for event in truth.stored] != seqs:
        yield Broken("two truths", truth.room, "the object's SQLite and HTTP differ")


def _acknowledged(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """What was acknowledged is there with its seq and text; what was refused is not."""
    log = {key(event): event for event in posted(truth)}
    text = {(a.client, a.ref): a.content for a in asked_in(truth, entries)}
    outcomes: dict[tuple[str, str], list[Answered]] = defaultdict(list)
    for answer in answers_in(truth, entries):
        outcomes[answer.client, answer.ref].append(answer)
    for name, answers in outcomes.items():
        event = log.get(name)
        acks = {answer.seq for answer in answers if answer.outcome == "ok"}
        if len(acks) > 1:
            yield Broken(
                "two acknowledgements", truth.room, f"{name}: seqs {sorted(acks, key=str)}"
            )
        if acks and event is None:
            yield Broken("lost", truth.room, f"{name} was acknowledged as {acks} and is not there")
        elif event and acks and event["seq"] not in acks:
            yield Broken("moved", truth.room, f"{name} told as {acks}, stored as {event['seq']}")
        elif event and event["message"]["content"] != text[name]:
            yield Broken("changed", truth.room, f"{name} has another text")
        if event and all(answer.outcome == "refused" for answer in answers):
            yield Broken("refused, yet stored", truth.room, f"{name} as {event['seq']}")


def _invented(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    asked = {(a.client, a.ref) for a in asked_in(truth, entries)}
    for event in posted(truth):
        if key(event) not in asked:
            yield Broken("invented", truth.room, f"nobody sent {key(event)}")


def _in_order(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """Somebody who waited for each answer finds their messages in the order they sent them."""
    seqs: dict[tuple[str, str], int] = {}
    newest: dict[str, int] = defaultdict(int)
    before: dict[tuple[str, str], int] = {}
    for entry in entries:
        if not isinstance(entry, Asked | Answered) or entry.room != truth.room:
            continue
        if entry.op not in POSTS:
            continue
        name = (entry.client, entry.ref)
        if isinstance(entry, Asked):
            before.setdefault(name, newest[entry.client])
        elif entry.outcome == "ok" and entry.seq is not None and name not in seqs:
            seqs[name] = entry.seq
            newest[entry.client] = max(newest[entry.client], entry.seq)
            if entry.seq < before.get(name, 0):
                words = f"{name} got {entry.seq}, sent after {before[name]} was acknowledged"
                yield Broken("out of order", truth.room, words)


def _one_order(truth: Truth, seen: list[View]) -> Iterator[Broken]:
    """Nobody was ever shown anything else under a seq than what the log has there."""
    log = {event["seq"]: event for event in truth.log}
    for view in (view for view in seen if view.room == truth.room):
        for heard in view.heard:
            for rule, words in differences(log, logged(heard.event)):
                yield view.broken(rule, words)


def _read(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """The same of every page over HTTP."""
    log = {event["seq"]: event for event in truth.log}
    for read in only(Read, entries):
        if read.room == truth.room:
            for rule, words in differences(log, read.events):
                yield Broken(rule, truth.room, f"{read.client}'s page over HTTP: {words}")


def _heard_all(truth: Truth, entries: list[Entry], seen: list[View]) -> Iterator[Broken]:
    """Who still had a socket when it was quiet had heard the whole log: none had gone silent."""
    quiet = next((s.at for s in only(Struck, entries) if s.kind == QUIET), None)
    head = max((event["seq"] for event in truth.log), default=0)
    for view in (view for view in seen if view.room == truth.room):
        if quiet is None or view.opened_at > quiet or (view.closed_at or quiet) < quiet:
            continue
        if view.newest() < head:
            yield view.broken("silent socket", f"it heard up to {view.newest()} of {head}")


def differences(log: dict[int, Event], shown: list[Event]) -> Iterator[tuple[str, str]]:
    for event in shown:
        if event["seq"] not in log:
            yield "lost", f"{event['seq']} was shown, and the log has nothing there"
        elif log[event["seq"]] != event:
            yield "two orders", f"{event['seq']} was shown, and the log has another event there"


def _copies(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """D1 has exactly the log's messages once it is quiet."""
    want, have = [copy_of(event) for event in posted(truth)], truth.copied
    if have != want:
        wanted, had = {row["id"] for row in want}, {row["id"] for row in have}
        missing, more = len(wanted - had), len(had - wanted)
        words = f"of {len(want)} messages D1 lacks {missing}, and has {more} that are not there"
        yield Broken("D1 chat_messages", truth.room, words)


def copy_of(event: Event) -> Row:
    """The row of D1 that a message should have."""
    message = event["message"]
    return {
        "id": message["id"],
        "room_id": message["room_id"],
        "user_id": message["author"]["id"],
        "content": message["content"],
        "message_type": message["message_type"],
        "metadata": {**message["metadata"], "seq": event["seq"]},
        "created_at": message["created_at"],
    }


def _members(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    """D1's members are the founders, with who joined and without who left by the log."""
    told = set(truth.founders)
    for event in truth.log:
        if event["type"] == "member_joined":
            told.add(event["person"]["id"])
        elif event["type"] == "member_left":
            told.discard(event["person"]["id"])
    if told != truth.members:
        words = f"only by the log: {sorted(told - truth.members)}"
        words += f"; only by D1: {sorted(truth.members - told)}"
        yield Broken("D1 chat_members", truth.room, words)


def _presence(truth: Truth, entries: list[Entry]) -> Iterator[Broken]:
    if truth.told != sorted(truth.here):
        words = f"KV told {truth.told}, there were {sorted(truth.here)}"
        yield Broken("KV presence", truth.room, words)
    if truth.told_empty != []:
        yield Broken("KV presence", truth.room, f"KV told {truth.told_empty} of an empty room")


def told_to_nobody(entries: list[Entry], truths: list[Truth]) -> int:
    """Messages that were stored before a kill, and that no socket from before it ever told of: the
    evidence that kills came between writing and telling. What was sent again meanwhile is none."""
    kills = [s.at for s in only(Struck, entries) if s.kind == KILLED]
    told, sent = _first_told(entries), defaultdict[tuple[str, str, str], list[float]](list)
    for asked in only(Asked, entries):
        sent[asked.room, asked.client, asked.ref].append(asked.at)
    count = 0
    for name in [(truth.room, *key(event)) for truth in truths for event in posted(truth)]:
        heard_at, opened_at = told.get(name, (float("inf"), float("inf")))
        between = [kill for kill in kills if min(sent[name], default=kill + 1) <= kill < opened_at]
        again = [at for at in sent[name] if between and between[0] < at <= heard_at]
        count += bool(between) and not again
    return count


def _first_told(entries: list[Entry]) -> dict[tuple[str, str, str], tuple[float, float]]:
    """When each message was first heard of, and when the oldest socket that told it was opened."""
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    for view in views(entries):
        for heard in view.heard:
            for event in logged(heard.event):
                if event["type"] == "message_posted":
                    name = (view.room, *key(event))
                    at, opened = found.get(name, (float("inf"), float("inf")))
                    found[name] = (min(at, heard.at), min(opened, view.opened_at))
    return found
