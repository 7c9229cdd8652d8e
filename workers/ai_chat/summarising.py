"""An extractive summary: what people said, in their words, with the messages it rests on.

A sentence is worth what its words weigh in the whole conversation; decisions, dates, links and
answered questions weigh more. The best are taken one by one, each marked down for what an
earlier one said already, and then put back in the order of time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from ai_chat.sentences import LINK, cut, stem, words
from ai_chat.sentences import sentences as split
from ai_chat.word_lists import word_set
from schema.assistant import SaidMessage, SummarySentence

QUOTE_LENGTH = 200
AUTHOR_LENGTH = 40
ANSWER_WITHIN = 4
FRESHNESS = 0.3
TOO_ALIKE = 0.7
LANGUAGES = ("en", "no", "is")


@dataclass(frozen=True)
class Quote:
    """One sentence of one message. `stems` are the words that carry its subject."""

    message: int
    order: int
    text: str
    stems: frozenset[str]
    cues: int
    is_question: bool


@dataclass(frozen=True)
class Candidate:
    """A quote, or a question with its answer."""

    quotes: tuple[Quote, ...]
    stems: frozenset[str]
    score: float


def sentences(messages: Sequence[SaidMessage], at_most: int) -> list[SummarySentence]:
    """At most so many sentences, and no more than there are messages, in the order of time."""
    told = sorted(messages, key=lambda message: message.created_at)
    quotes = _quotes(told)
    candidates = _scored(_answered(quotes, told), quotes, len(told))
    chosen = _chosen(candidates, min(at_most, len(told)))
    chosen.sort(key=lambda one: (one.quotes[0].message, one.quotes[0].order))
    return [_sentence(one, told) for one in chosen]


def _quotes(told: Sequence[SaidMessage]) -> list[Quote]:
    names = {word for message in told for word in words(message.author)}
    return [
        _quote(at, order, text, names)
        for at, message in enumerate(told)
        for order, text in enumerate(split(message.content))
    ]


def _quote(at: int, order: int, text: str, names: set[str]) -> Quote:
    said = words(text)
    stop, chatter = word_set(f"stop.{_language(said)}"), word_set("chatter")
    subject = [
        word
        for word in said
        if word not in stop and word not in chatter and word not in names and len(word) > 1
    ]
    dates, links = word_set("dates"), LINK.findall(text)
    cues = (
        any(word in word_set("decisions") for word in said)
        + any(word in dates or word.isdigit() for word in said)
        + bool(links)
    )
    stems = frozenset([*map(stem, subject), *links])
    return Quote(at, order, text, stems, cues, text.endswith(("?", "？")))


def _language(said: Sequence[str]) -> str:
    """The language whose small words occur most; English when none does."""
    return max(LANGUAGES, key=lambda name: sum(word in word_set(f"stop.{name}") for word in said))


def _tells(quote: Quote) -> bool:
    """Says something on its own: greetings, thanks and nods do not."""
    return len(quote.stems) >= 2 or (len(quote.stems) == 1 and quote.cues > 0)


def _answers(quote: Quote) -> bool:
    short = any(word in word_set("answers") for word in words(quote.text)[:1])
    return not quote.is_question and (short or quote.cues > 0 or _tells(quote))


def _answered(quotes: Sequence[Quote], told: Sequence[SaidMessage]) -> list[tuple[Quote, ...]]:
    """Questions joined with their answers; every other quote that tells something by itself."""
    groups: list[tuple[Quote, ...]] = []
    taken: set[Quote] = set()
    for at, quote in enumerate(quotes):
        if quote in taken or not (_tells(quote) or (quote.is_question and quote.stems)):
            continue
        answer = _answer(quote, quotes[at + 1 :], told) if quote.is_question else None
        if answer and answer not in taken:
            taken.add(answer)
            groups.append((quote, answer))
        elif _tells(quote):
            groups.append((quote,))
    return groups


def _answer(question: Quote, later: Sequence[Quote], told: Sequence[SaidMessage]) -> Quote | None:
    """What somebody else said soon after: best with a word in common, else the first that fits."""
    asker = told[question.message].author
    first: Quote | None = None
    for quote in later:
        if quote.message > question.message + ANSWER_WITHIN:
            break
        if told[quote.message].author == asker or not _answers(quote):
            continue
        if quote.stems & question.stems:
            return quote
        first = first or quote
    return first


def _scored(
    groups: Iterable[tuple[Quote, ...]], quotes: Iterable[Quote], count: int
) -> list[Candidate]:
    said = {(word, quote.message) for quote in quotes for word in quote.stems}
    spread = Counter(word for word, _ in said)
    return [_candidate(group, spread, count) for group in groups]


def _candidate(group: tuple[Quote, ...], spread: Counter[str], count: int) -> Candidate:
    stems = frozenset().union(*(quote.stems for quote in group))
    weight = sum(log(1 + spread[word]) for word in stems) / sqrt(len(stems) + 4)
    cues = max(quote.cues for quote in group)
    alone = group[0].is_question and len(group) == 1
    fresh = FRESHNESS * group[-1].message / max(1, count - 1)
    boost = 1 + 0.35 * cues + 0.4 * (len(group) == 2) - 0.3 * alone + fresh
    return Candidate(group, stems, weight * boost)


def _chosen(candidates: Sequence[Candidate], at_most: int) -> list[Candidate]:
    """Maximal marginal relevance; of equals the earlier one."""
    left, chosen = list(candidates), list[Candidate]()
    while left and len(chosen) < at_most:
        best = max(left, key=lambda one: one.score)
        chosen.append(best)
        left = [
            replace(one, score=one.score * (1 - likeness))
            for one in left
            if one is not best and (likeness := _likeness(one, best)) < TOO_ALIKE
        ]
    return chosen


def _likeness(one: Candidate, other: Candidate) -> float:
    """0 to 1: how much of the smaller one's subject the other one holds."""
    smaller = min(len(one.stems), len(other.stems))
    return len(one.stems & other.stems) / smaller if smaller else 0.0


def _sentence(one: Candidate, told: Sequence[SaidMessage]) -> SummarySentence:
    text = " ".join(_said(quote, told) for quote in one.quotes)
    return SummarySentence(text=text, message_ids=[told[q.message].id for q in one.quotes])


def _said(quote: Quote, told: Sequence[SaidMessage]) -> str:
    author = cut(" ".join(told[quote.message].author.split()), AUTHOR_LENGTH)
    return f"{author}: “{cut(quote.text, QUOTE_LENGTH)}”"
