"""Periods as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ingest.periods import month_number, read_period, year_number
from tests.ingest.writers import MONTHS

PERIODS = (
    ("2022", "2022-01-01", "2022-12-31", "A"),
    ("2022*", "2022-01-01", "2022-12-31", "A"),
    ("Tahun 2022", "2022-01-01", "2022-12-31", "A"),
    ("1960M01", "1960-01-01", "1960-01-31", "M"),
    ("2024-02", "2024-02-01", "2024-02-29", "M"),
    ("Pebruari 2023", "2023-02-01", "2023-02-28", "M"),
    ("Agt 2023", "2023-08-01", "2023-08-31", "M"),
    ("Triwulan III 2023", "2023-07-01", "2023-09-30", "Q"),
    ("2023Q1", "2023-01-01", "2023-03-31", "Q"),
    ("03/ 01/ 2022", "2022-01-03", "2022-01-03", "D"),
    ("17 Agustus 2026", "2026-08-17", "2026-08-17", "D"),
    ("2026-08-17", "2026-08-17", "2026-08-17", "D"),
    ("Maret 2024 I", "2024-03-01", "2024-03-15", "_O"),
    ("Februari 2024 II", "2024-02-16", "2024-02-29", "_O"),
    ("1-15 Maret 2024", "2024-03-01", "2024-03-15", "_O"),
    ("2024-03-03 – 2024-03-09", "2024-03-03", "2024-03-09", "_O"),
)
NO_PERIODS = ("", "Bakung", "13/13/2022", "31/02/2022", "2022M13", "12345", "Maret", "01/17/2022")


@pytest.mark.parametrize(("text", "start", "end", "freq"), PERIODS)
def test_periods_are_read(text: str, start: str, end: str, freq: str) -> None:
    span = read_period(text)
    assert span is not None
    assert (span.start.isoformat(), span.end.isoformat(), span.freq) == (start, end, freq)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period_stays_none(text: str) -> None:
    assert read_period(text) is None


def test_star_marks_a_provisional_year() -> None:
    assert read_period("2022*").is_provisional
    assert not read_period("2022").is_provisional


@pytest.mark.parametrize("text", ["Maret 2022* I", "Maret 2022*", "2022-03 **", "Maret 2022 I*"])
def test_star_is_seen_wherever_it_stands(text: str) -> None:
    span = read_period(text)
    assert span is not None
    assert (span.start.isoformat(), span.is_provisional) == ("2022-03-01", True)


def test_bilingual_months_are_known() -> None:
    assert [month_number(f"{name}\n{name}") for name in MONTHS] == list(range(1, 13))
    assert month_number("Mei/May") == 5
    assert year_number("2022 r") == 2022
    assert year_number("3505") is None


@given(st.dates())
def test_any_day_reads_back(day) -> None:
    for text in (day.isoformat(), f"{day.day:02d}/{day.month:02d}/{day.year}"):
        span = read_period(text)
        if 1900 <= day.year <= 2099:
            assert span is not None and span.start == day and span.freq == "D"
        else:
            assert span is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    span = read_period(text)
    assert span is None or span.start <= span.end
