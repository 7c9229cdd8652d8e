"""Moderation finds what is disguised and leaves ordinary words alone."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_chat.found import EXCERPT_LENGTH
from ai_chat.lexicon import LANGUAGES, LISTS
from ai_chat.moderating import MOST_FINDINGS, findings, verdict
from ai_chat.word_lists import entries

DISGUISED_IDIOTS = [
    "idiot",
    "IDIOT!!",
    "iDiOt",
    "1d10t",
    "!d!ot",
    "i d i o t",
    "i.d.i.o.t",
    "i-d-i-o-t",
    "i_d_i_o_t",
    "i * d * i * o * t",
    "id.iot",
    "id*ot",
    "idiooooot",
    "iiiidioootttt",
    "iiddiioott",
    "id\u200biot",
    "i\u00add\u2060iot",
    "ｉｄｉｏｔ",
    "іdіоt",
    "ιdιοt",
    "ídïót",
    "i̷d̷i̷o̷t̷",
    "𝕚𝕕𝕚𝕠𝕥",
    "ⓘⓓⓘⓞⓣ",
    "🅸🅳🅸🅾🆃",
    "🇮🇩🇮🇴🇹",
]


def told(text: str) -> list[tuple[str, str]]:
    return [(one.finding.category, one.finding.excerpt) for one in findings(text)]


def judge(text: str) -> str:
    return verdict(findings(text))


@pytest.mark.parametrize("disguise", DISGUISED_IDIOTS)
def test_a_disguised_insult_is_found_and_shown_as_written(disguise: str) -> None:
    ((category, excerpt),) = told(f"Well, you ({disguise}), over there")
    assert category == "insult"
    assert excerpt == disguise.rstrip("!")


@pytest.mark.parametrize(
    ("text", "category", "said"),
    [
        ("So k1ll y0urs3lf then", "threat", "refuse"),
        ("k i l l yourself", "threat", "refuse"),
        ("killyourself", "threat", "refuse"),
        ("KILLLL YOURSELF", "threat", "refuse"),
        ("I’ll kill you", "threat", "refuse"),
        ("Jeg skal drepe deg!", "threat", "refuse"),
        ("ég drep þig", "threat", "refuse"),
        ("f.u.c.k you", "insult", "review"),
        ("f*ck you", "insult", "review"),
        ("what an a$$h0le", "insult", "review"),
        ("din dr1tts3kk", "insult", "review"),
        ("d r i t t s e k k", "insult", "review"),
        ("þú ert fáviti", "insult", "review"),
        ("thu ert faviti", "insult", "review"),
        ("Haltu kjafti", "insult", "review"),
        ("send nudes pls", "sexual", "review"),
        ("I want to die", "self_harm", "review"),
        ("jeg vil dø", "self_harm", "review"),
        ("mig langar að deyja", "self_harm", "review"),
    ],
)
def test_each_kind_is_found_in_each_language(text: str, category: str, said: str) -> None:
    assert category in {kind for kind, _ in told(text)}
    assert judge(text) == said


EVERYDAY = """
I live in Scunthorpe, and so does S c u n t h o r p e
The assistant assessed a classic assassin in class
Essex, Sussex and Middlesex · Penistone · a cocktail with shiitake
The therapist will analyse it · Dick Cheney · dust in the wind · hell
this will kill you with laughter · cut the cake yourself · kill the process
I would die for a coffee · the deadline kills me · shoot me a message
MongoDB in Mongolia · fitness and sexton · C++ and C# · A/S · e.g. this
Det er slutt nå, sluttttt! · Hvilket fag liker du? Faaaag! · Drittvær i dag
Jeg gir deg et kyss og en klem, kys kys · Pikk på døra · en kåt valp
Jeg soper gulvet · planten vil dø · jeg taper alltid i sjakk · hold deg frisk
hei på deg · i å gå · Husk å høre på radio · en dust av støv · svart på hvitt
slut på det · en retard · la hora
Tíkin mín er veik · asninn og hesturinn · ég ríð út á morgun · Aumingja barnið
Fífill í túni · Ég fer á ball á föstudag · viltu ríða út með mér · á í é · hann drap fugl
Ég ætla að drepa á bílnum · þú drepur tímann · mella og hnútur
Jeg vil kike på deg · Nigerrrr, Niger og Nigeria · tussa mi · þeir sjúgðu
jaaaaa!!! hahahaha · @nna hei · #idrett · NATO og EU · OK TAKK
"""


@pytest.mark.parametrize(
    "text", [part for line in EVERYDAY.split("\n") for part in line.split(" · ")]
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert told(text) == []
    assert judge(f"{text} you 1d10t") == "review"


ENTRIES = [
    (kind, entry)
    for kind in LISTS
    for language in LANGUAGES
    for entry in entries(f"{kind}.{language}")
]


@pytest.mark.parametrize(("kind", "entry"), ENTRIES, ids=lambda part: str(part))
def test_every_listed_entry_is_found_as_what_it_is(kind: str, entry: Any) -> None:
    text = " ".join(entry.words).replace("*", "")
    assert kind in {category for category, _ in told(f"({text.upper()})")}
    assert judge(text) == ("refuse" if entry.severe else "review")


def test_self_harm_is_never_refused() -> None:
    assert not [entry for kind, entry in ENTRIES if kind == "self_harm" and entry.severe]


def test_the_worst_comes_first_and_findings_are_counted() -> None:
    text = "idiot moron bastard " * 50 + "and I will kill you"
    found = told(text)
    assert found[0] == ("threat", "I will kill you")
    assert len(found) == MOST_FINDINGS


@given(st.text(max_size=400))
def test_excerpts_are_parts_of_the_text(text: str) -> None:
    for one in findings(text + " you 1d10t " + text):
        assert one.finding.excerpt in text + " you 1d10t " + text
        assert 0 < len(one.finding.excerpt) <= EXCERPT_LENGTH


PARTS = [
    "idiot",
    "you",
    "kill",
    "a",
    "1",
    "9",
    ".",
    "@",
    "*",
    "\u200b",
    "í",
    "!",
    " ",
    "\n",
    "http://",
]


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_any_mixture_is_judged_the_same_twice(text: str) -> None:
    assert findings(text) == findings(text)
    assert (judge(text) == "allow") == (told(text) == [])


def operations(work: Callable[[], object]) -> int:
    """Lines of our own code that ran: a measure that no busy machine can change."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace if "ai_chat" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


ADVERSARIAL = [
    "a",
    "i ",
    "idiot ",
    "a@",
    "@",
    "a.",
    "1-",
    "91 23 45 67 ",
    "1 ",
    "12 ",
    "00 1-",
    "ring 1",
    "+",
    "*a",
    "aab",
    "aaab",
    "aaabbbccc ",
    "fuck ",
    "i will ",
    "AB CD ",
    "x\n",
    "http://a ",
    "t.me/ ",
    "i\u0301",
    "\u200b",
    "k1ll*",
    "((((",
    "0123456789",
]


@pytest.mark.parametrize("part", ADVERSARIAL)
def test_eight_thousand_adversarial_characters_cost_a_bounded_number_of_operations(
    part: str,
) -> None:
    text = (part * 8_000)[:8_000]
    findings("warm")
    whole = operations(lambda: findings(text))
    half = operations(lambda: findings(text[:4_000]))
    assert 0 < whole < 100 * len(text)
    assert whole < 2.2 * half + 500
