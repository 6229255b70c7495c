"""Numbers as offices write them."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ingest.numbers import Style, read_numbers, style_of
from tests.ingest.writers import STYLES

KINDS = (
    ("-", "nihil"),
    ("–", "nihil"),
    ("…", "not_available"),
    ("...", "not_available"),
    ("n.a.", "not_available"),
    ("", "empty"),
    ("  ", "empty"),
    ("<1", "below"),
    ("=B2+B3", "formula"),
    ("x12", "unreadable"),
    ("5 ekor", "unreadable"),
    ("1.2.3", "unreadable"),
    ("😀", "unreadable"),
    ("0", "number"),
)
VALUES = (
    ("240.224,41", 240224.41),
    ("247,366.27", 247366.27),
    ("26 811,0", 26811.0),
    ("26\u00a0811,0", 26811.0),
    ("240224.41", 240224.41),
    ("1.234.567", 1234567.0),
    ("1,234,567", 1234567.0),
    ("Rp12.000,-", 12000.0),
    ("Rp 12.500", 12500.0),
    ("(1250)", -1250.0),
    ("−3,5", -3.5),
    ("0,125", 0.125),
    ("0.123", 0.123),
    ("-0.123", -0.123),
    ("12,5 %", 12.5),
    ("1234¹", 1234.0),
    ("1234 1)", 1234.0),
    ("1.5e3", 1500.0),
    (",5", 0.5),
)
STATUSES = (("1234*", "P"), ("1234**", "P"), ("1234 e", "E"), ("1234r", "A"), ("1234", "A"))


def read(*texts: str, **said: object) -> pd.DataFrame:
    return read_numbers(pd.Series(list(texts), dtype=object), **said)


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_marks_are_told_apart(text: str, kind: str) -> None:
    assert read(text)["kind"].tolist() == [kind]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_every_writing_gives_its_number(text: str, value: float) -> None:
    assert read(text)["value"].tolist() == pytest.approx([value])


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_marks_of_publications_give_the_status(text: str, status: str) -> None:
    found = read(text)
    assert found["status"].tolist() == [status]
    assert found["value"].tolist() == [1234.0]


def test_nihil_and_not_available_are_not_zero() -> None:
    assert all(math.isnan(value) for value in read("-", "…")["value"])
    assert read("0")["value"].tolist() == [0.0]


def test_the_rest_of_the_file_decides_what_a_lone_mark_means() -> None:
    assert read("1.234", "5,25")["value"].tolist() == [1234.0, 5.25]
    assert read("1.234", "5.25")["value"].tolist() == [1.234, 5.25]
    assert read("1,234", "5.25")["value"].tolist() == [1234.0, 5.25]
    assert read("1.234", "17.500")["value"].tolist() == [1234.0, 17500.0]


def test_two_ways_in_one_file_make_a_lone_mark_ambiguous() -> None:
    found = read("1.234", "5,25", "5.25")
    assert found["kind"].tolist() == ["ambiguous", "number", "number"]


def test_stored_numbers_are_taken_as_they_are() -> None:
    texts = pd.Series(["1.234", "1.234"], dtype=object)
    found = read_numbers(texts, is_number=pd.Series([True, False]))
    assert found["value"].tolist() == [1.234, 1234.0]


@pytest.mark.parametrize("style", list(STYLES))
@given(
    values=st.lists(
        st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 2)),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_any_numbers_in_any_writing_read_back_equal(style: str, values: list[float]) -> None:
    texts = [STYLES[style](value) for value in values]
    assert read(*texts)["value"].tolist() == pytest.approx(values)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_no_text_at_all_breaks_the_reader(texts: list[str]) -> None:
    found = read(*texts)
    assert len(found) == len(texts)
    assert found.loc[found["kind"] != "number", "value"].isna().all()


def test_style_needs_evidence() -> None:
    assert style_of(["1.234", "12"]) is Style.EITHER
    assert style_of(["1.234,5"]) is Style.COMMA
    assert style_of(["1,234.5"]) is Style.DOT
    assert style_of(["1.234", "1,234"]) is Style.MIXED
