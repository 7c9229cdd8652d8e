"""The builtin summary: quotes that matter, in order, each with the messages it rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_chat.sentences import cut, words
from ai_chat.sentences import sentences as split
from ai_chat.summarising import AUTHOR_LENGTH, QUOTE_LENGTH, sentences
from schema.assistant import SaidMessage

GARDEN = [
    ("Ada", "Good morning everyone!"),
    ("Ben", "hi Ada 👋"),
    ("Ada", "When should we hold the garden planning meeting?"),
    ("Cleo", "I could do Thursday at 18:00, after work."),
    ("Ben", "ok"),
    ("Eli", "I can bring the seed catalogue and the old map of the beds."),
    ("Ada", "Great, thanks!"),
    ("Ada", "Then it's decided: Thursday at 18:00 in the greenhouse."),
    ("Ben", "The water pump in the garden has been leaking since Monday."),
    ("Cleo", "I'll look at the pump on Saturday. The manual is at https://example.org/pump"),
    ("Ben", "thanks Cleo, you're the best"),
    ("Eli", "See you!"),
]
DUGNAD = [
    ("Kari", "God morgen alle sammen!"),
    ("Ola", "hei hei"),
    ("Kari", "Når skal vi ha dugnaden i år?"),
    ("Ola", "Lørdag 12. mai kl. 10 passer for de fleste."),
    ("Nils", "Supert!"),
    ("Kari", "Jeg bestiller container til hageavfallet."),
    ("Ola", "Tusen takk!"),
]
BOOKS = [
    ("Jón", "Góðan daginn!"),
    ("Sigga", "hæ hæ"),
    ("Jón", "Hvenær eigum við að hittast út af bókakvöldinu?"),
    ("Sigga", "Fimmtudagur kl. 20 hentar mér best."),
    ("Anna", "Já, fínt"),
    ("Jón", "Þá er það ákveðið, við lesum Brennu-Njáls sögu."),
    ("Sigga", "Ég skal panta salinn á bókasafninu."),
    ("Anna", "Takk fyrir!"),
]


def said(lines: list[tuple[str, str]]) -> list[SaidMessage]:
    return [
        SaidMessage(id=f"m{at}", author=author, content=content, created_at=1_000 + at)
        for at, (author, content) in enumerate(lines)
    ]


def texts(lines: list[tuple[str, str]], at_most: int) -> list[str]:
    return [one.text for one in sentences(said(lines), at_most)]


def test_decisions_and_promises_are_told_and_attributed() -> None:
    told = texts(GARDEN, 5)
    assert "Ada: “Then it's decided: Thursday at 18:00 in the greenhouse.”" in told
    assert any("pump" in text for text in told)


@pytest.mark.parametrize("lines", [GARDEN, DUGNAD, BOOKS])
def test_a_question_is_told_with_its_answer_and_cites_both(lines: list[tuple[str, str]]) -> None:
    told = sentences(said(lines), 5)
    question, answer = lines[2], lines[3]
    both = [one for one in told if one.message_ids == ["m2", "m3"]]
    assert [one.text for one in both] == [
        f"{question[0]}: “{question[1]}” {answer[0]}: “{answer[1]}”"
    ]


@pytest.mark.parametrize("lines", [GARDEN, DUGNAD, BOOKS])
def test_greetings_thanks_and_nods_are_never_chosen(lines: list[tuple[str, str]]) -> None:
    chatter = {"m0", "m1", "m4"} | {f"m{len(lines) - 1}"}
    cited = {id for one in sentences(said(lines), 20) for id in one.message_ids}
    assert cited and not cited & chatter


def test_nothing_but_chatter_gives_no_sentence_and_one_fact_among_it_gives_one() -> None:
    chatter = [("Ada", "Good morning!"), ("Ben", "hey"), ("Ada", "thanks"), ("Ben", "ok")]
    assert texts(chatter, 5) == []
    assert texts([*chatter, ("Eli", "The bridge is closed until Monday.")], 5) == [
        "Eli: “The bridge is closed until Monday.”"
    ]


def test_empty_input_gives_no_sentences() -> None:
    assert sentences([], 6) == []


def test_an_answer_of_one_word_counts_after_a_question_only() -> None:
    asked = [("Ada", "Is the town hall free on Friday?"), ("Ben", "Yes.")]
    assert texts(asked, 5) == ["Ada: “Is the town hall free on Friday?” Ben: “Yes.”"]
    assert texts([("Ada", "The town hall is free."), ("Ben", "Yes.")], 5) == [
        "Ada: “The town hall is free.”"
    ]


def test_nobody_answers_their_own_question() -> None:
    told = texts([("Ada", "Who brings the ladder tomorrow?"), ("Ada", "I have a big ladder.")], 5)
    assert told == ["Ada: “Who brings the ladder tomorrow?”", "Ada: “I have a big ladder.”"]


def test_what_is_said_twice_is_told_once() -> None:
    twice = [("Ada", "The bridge is closed until Monday."), ("Ben", "The bridge is closed!")] * 3
    assert len(texts([*twice, ("Eli", "Tickets cost 200 kroner this year.")], 20)) == 2


def test_long_sentences_are_cut_between_words() -> None:
    long = "The harvest of potatoes and carrots " * 20
    (told,) = texts([("Ada", long)], 5)
    quote = told.removeprefix("Ada: “").removesuffix("”")
    assert len(quote) <= QUOTE_LENGTH and quote.endswith("…")
    assert long.startswith(quote[:-1]) and long[len(quote) - 1] == " "


def test_abbreviations_and_ordinals_do_not_end_a_sentence() -> None:
    assert list(split("Vi møtes kl. 10 i hagen. Ta med hansker!")) == [
        "Vi møtes kl. 10 i hagen.",
        "Ta med hansker!",
    ]
    assert list(split("Dugnaden er 12. Mai i år! Ta med f.eks. Hansker.")) == [
        "Dugnaden er 12. Mai i år!",
        "Ta med f.eks. Hansker.",
    ]


def test_scripts_without_spaces_are_summarised_too() -> None:
    told = sentences(
        said([("花子", "会議の資料はどこにありますか？"), ("太郎", "資料は棚にあります。")]), 3
    )
    assert [one.message_ids for one in told] == [["m0", "m1"]]
    assert words("資料は") == ["資料", "料は"]


def test_a_thousand_messages_are_summarised_from_all_of_them() -> None:
    lines = [
        (f"P{at % 7}", f"Plot {at} needs tool{at % 90} and seed{at % 77}") for at in range(1_000)
    ]
    told = sentences(said(lines), 20)
    assert len(told) == 20
    assert any(int(one.message_ids[0][1:]) > 500 for one in told)


conversations = st.lists(
    st.tuples(
        st.text(min_size=1, max_size=60),
        st.one_of(
            st.text(max_size=120),
            st.lists(
                st.sampled_from(
                    ["bridge", "when", "Friday", "ja", "nei?", "takk", "ok!", "https://x.no", "12."]
                )
            ).map(" ".join),
        ),
    ),
    max_size=12,
)


@given(conversations, st.integers(1, 20))
def test_a_summary_holds_whatever_was_said(lines: list[tuple[str, str]], at_most: int) -> None:
    messages = said(lines)
    told = sentences(messages, at_most)
    ids = [message.id for message in messages]
    assert len(told) <= min(at_most, len(messages))
    assert all(one.message_ids and set(one.message_ids) <= set(ids) for one in told)
    firsts = [ids.index(one.message_ids[0]) for one in told]
    assert firsts == sorted(firsts)
    assert all(len(one.text) <= 2 * (QUOTE_LENGTH + AUTHOR_LENGTH + 5) for one in told)
    assert told == sentences(messages[::-1], at_most)


@given(st.text(max_size=300), st.integers(2, 100))
def test_cut_text_is_short_and_a_beginning(text: str, length: int) -> None:
    short = cut(text, length)
    assert len(short) <= length
    assert short == text or text.startswith(short.removesuffix("…"))
