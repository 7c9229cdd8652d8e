"""Personal data is found as people write it; dates, prices and ids are not personal data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_chat.moderating import findings, verdict


def personal(text: str) -> list[str]:
    found = [one.finding for one in findings(text)]
    return [one.excerpt for one in found if one.category == "personal_data"]


@pytest.mark.parametrize(
    "written",
    [
        "kari@example.com",
        "Kari.Nordmann+chat@mail.example.no",
        "ｋari@example.com",
        "jón@dæmi.is",
        "912 34 567",
        "91234567",
        "22 33 44 55",
        "+47 912 34 567",
        "+4791234567",
        "0047 91234567",
        "+354 581 2345",
        "581-2345",
        "581 2345",
        "(555) 234-5678",
        "555-234-5678",
        "123-45-6789",
        "120174-3399",
        "120174-3398",
        "1201743399",
    ],
)
def test_it_is_found_as_written_and_reviewed(written: str) -> None:
    text = f"Here: {written}, thanks"
    assert [found.strip("(") for found in personal(text)] == [written.strip("(")]
    assert verdict(findings(text)) == "review"


def fodselsnummer(day: int, month: int, year: int, single: int) -> str | None:
    """A number with both of its check digits; some combinations have none."""
    digits = [int(d) for d in f"{day:02}{month:02}{year:02}{single:03}"]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        check = -sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if check == 10:
            return None
        digits.append(check)
    return "".join(map(str, digits))


@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 999),
    st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 80), (0, 65), (40, 80)]),
)
def test_a_fodselsnummer_of_any_kind_is_found_and_its_neighbour_is_not(
    day: int, month: int, year: int, single: int, raised: tuple[int, int]
) -> None:
    number = fodselsnummer(day + raised[0], month + raised[1], year, single)
    if number is not None:
        assert personal(f"fnr {number}") == [number]
        assert personal(f"fnr {number[:6]} {number[6:]}") == [f"{number[:6]} {number[6:]}"]
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert personal(f"fnr {wrong}") == ([wrong] if wrong.startswith("00") else [])


@pytest.mark.parametrize(
    "text",
    [
        "møtet er 24.12.2025 kl 10.30-11.45",
        "2026-11-22 10:45",
        "12 345 678 kr",
        "500-1000 kr",
        "450-2000",
        "2026 2027",
        "10 20 30",
        "version 1.2.3.4 on 192.168.10.12",
        "https://example.com/orders/91234567",
        "0198f3c2-91234567-aa",
        "build_91234567",
        "991234567890123456",
        "450000000",
        "5812345",
        "@kari ser på det",
        "kari@",
        "@example.com",
        "a@b",
        "kl 18@biblioteket",
        "520174-3399",
    ],
)
def test_dates_prices_and_ids_are_left_alone(text: str) -> None:
    assert personal(text) == []


def test_a_bare_number_is_a_phone_number_after_a_word_that_says_so() -> None:
    assert personal("sími 5812345") == ["5812345"]
    assert personal("tala 5812345") == []
