"""What is shown of a name, and when two names are one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.naming import NAME_LENGTH, free, key, shown

NOTHING_TO_SEE = (
    "\x00\x07\x1b\x7f\u0085\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f"
)
NOTHING_TO_SEE += (
    "\u2028\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u3164\ufeff\U000e0041"
)


@pytest.mark.parametrize("sign", NOTHING_TO_SEE)
def test_what_cannot_be_seen_is_not_shown(sign: str) -> None:
    assert shown(f"Ada{sign}") == shown(f"{sign}Ada") == "Ada"
    assert shown(sign) == key(sign) == ""
    assert key(f"A{sign}da").replace(" ", "") == "ada"


def test_a_name_is_one_composed_line_with_single_spaces() -> None:
    assert shown("  Ada \t\n Sol\u00a0berg ") == "Ada Sol berg"
    assert shown("A\u030ase") == "\u00c5se"
    assert shown("Sun \u2600\ufe0f, \u00dej\u00f3\u00f0 & \u7530\u4e2d") == (
        "Sun \u2600\ufe0f, \u00dej\u00f3\u00f0 & \u7530\u4e2d"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "åse"),
        ("Åse", "A\u030ase"),
        ("É", "é"),
        ("straße", "STRASSE"),
        ("Garden", "\uff27\uff41\uff52\uff44\uff45\uff4e"),
        ("Garden", "Gar\u200bden"),
        ("Garden", "\u202eGarden\u202c"),
        ("Sun \u2600", "sun \u2600\ufe0f"),
        ("Boat shed", "boat \u3000 SHED"),
        ("Ada", "\u0410da"),
        ("Ada", "\u0410\u0501\u0430"),
        ("Oslo", "\u039fsl\u03bf"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Åse", "Ase"), ("Garden", "Gardens"), ("a b", "ab"), ("Paweł", "Pawel"), ("Роман", "Рома")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text())
def test_what_is_shown_stays_as_it_is(text: str) -> None:
    seen = shown(text)
    assert shown(seen) == seen == unicodedata.normalize("NFC", seen)
    assert key(seen) == key(text)
    assert not {"Cc", "Cf", "Zl", "Zp"} & {unicodedata.category(sign) for sign in seen}


def test_a_name_that_is_taken_gets_the_first_free_number() -> None:
    assert free("Ada Solberg", set()) == "Ada Solberg"
    assert free("Ada Solberg", {"ada solberg"}) == "Ada Solberg 2"
    assert free("ADA SOLBERG", {"ada solberg", "ada solberg 2"}) == "ADA SOLBERG 3"


def test_a_number_does_not_make_a_name_too_long() -> None:
    name = "a" * NAME_LENGTH
    assert free(name, {name}) == "a" * (NAME_LENGTH - 2) + " 2"
