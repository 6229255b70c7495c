"""Quotients, shift-share and the Klassen typology against drawn tables and properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.agriculture import specialisation as s
from tests.agriculture.drawn_table import drawn

ITEMS = ["rice", "maize"]
POSITIVE = st.floats(min_value=0.01, max_value=1e6, allow_nan=False)


def same(found, expected):
    assert list(found) == pytest.approx(expected, nan_ok=True, abs=1e-6)


def first_and_last(table):
    rows = table.set_index("area")
    return [rows[[f"{item}_{end}" for item in ITEMS]].set_axis(ITEMS, axis="columns")
            for end in ("first", "last")]  # fmt: skip


def test_quotients_compare_the_make_up_of_an_area_with_the_reference():
    table, expected = drawn("lq")
    amounts = table.set_index("area").set_axis(ITEMS, axis="columns")
    found = s.location_quotient(amounts)
    same(found["rice"], expected["lq_rice"])
    same(found["maize"], expected["lq_maize"])


def test_dynamic_quotients_compare_growth_and_give_the_class():
    table, expected = drawn("dlq")
    first, last = first_and_last(table)
    static = s.location_quotient(last)
    dynamic = s.dynamic_location_quotient(first=first, last=last, years=2)
    for item in ITEMS:
        same(static[item], expected[f"lq_{item}"])
        same(dynamic[item], expected[f"dlq_{item}"])
        named = s.quotient_class(static=static[item], dynamic=dynamic[item])
        assert named.tolist() == expected[f"class_{item}"]


def test_a_quotient_of_exactly_one_is_not_above():
    table, expected = drawn("quotient_class")
    found = s.quotient_class(static=table["lq"], dynamic=table["dlq"])
    assert found.tolist() == expected["quotient_class"]


def test_shift_share_gives_three_parts():
    table, expected = drawn("shift_share")
    first, last = first_and_last(table)
    found = s.shift_share(first=first, last=last)
    assert found.index.tolist() == list(zip(expected["area"], expected["item"], strict=True))
    for name in found.columns:
        same(found[name], expected[name])


def test_klassen_quadrants():
    table, expected = drawn("klassen")
    assert s.klassen_class(table).tolist() == expected["klassen_class"]


def test_klassen_parts_come_from_the_tables():
    first = pd.DataFrame({"rice": [100.0, 100.0], "maize": [100.0, 100.0]}, index=["A", "B"])
    last = pd.DataFrame({"rice": [121.0, 100.0], "maize": [79.0, 100.0]}, index=["A", "B"])
    found = s.klassen_parts(first=first, last=last, years=2).loc[("A", "rice")]
    assert found["share_pct"] == pytest.approx(60.5)
    assert found["growth_pct"] == pytest.approx(10.0)
    assert found["reference_share_pct"] == pytest.approx(55.25)
    assert found["reference_growth_pct"] == pytest.approx(100 * (1.105**0.5 - 1))


def test_a_missing_amount_takes_its_totals_with_it():
    amounts = pd.DataFrame({"rice": [60.0, np.nan], "maize": [40.0, 80.0]}, index=["A", "B"])
    assert s.location_quotient(amounts).isna().all(axis=None)
    assert s.shift_share(first=amounts, last=amounts).isna().all(axis=None)


def test_what_begins_from_nothing_is_all_regional_shift():
    first = pd.DataFrame({"rice": [0.0, 100.0], "maize": [50.0, 50.0]}, index=["A", "B"])
    last = pd.DataFrame({"rice": [10.0, 100.0], "maize": [50.0, 50.0]}, index=["A", "B"])
    begun = s.shift_share(first=first, last=last).loc[("A", "rice")]
    assert begun.tolist() == pytest.approx([0.0, 0.0, 10.0, 10.0])


def test_nothing_grown_at_first_has_no_growth():
    first = pd.DataFrame({"rice": [0.0, 50.0], "maize": [10.0, 50.0]}, index=["A", "B"])
    last = first + 10
    dynamic = s.dynamic_location_quotient(first=first, last=last, years=1)
    assert pd.isna(dynamic.loc["A", "rice"])
    assert pd.notna(dynamic.loc["B", "rice"])
    named = s.quotient_class(static=s.location_quotient(last)["rice"], dynamic=dynamic["rice"])
    assert named["A"] == s.NO_CLASS


@st.composite
def two_years(draw):
    shape = (draw(st.integers(1, 6)), draw(st.integers(1, 5)))
    areas, items = (list(range(size)) for size in shape)
    return [
        pd.DataFrame(draw(arrays(float, shape, elements=POSITIVE)), index=areas, columns=items)
        for _ in range(2)
    ]


@settings(max_examples=60, deadline=None)
@given(two_years())
def test_the_three_parts_always_sum_to_the_change(tables):
    first, last = tables
    found = s.shift_share(first=first, last=last)
    scale = float(max(first.max(axis=None), last.max(axis=None)))
    assert found.notna().all(axis=None)
    summed = found[list(s.SHIFT_PARTS)].sum(axis="columns")
    assert np.allclose(summed, found["change"], rtol=1e-9, atol=1e-6 * scale * len(first))


@settings(max_examples=60, deadline=None)
@given(two_years())
def test_over_all_areas_the_regional_shifts_of_a_commodity_cancel(tables):
    first, last = tables
    shifts = s.shift_share(first=first, last=last)["regional_shift"].unstack()
    scale = float(max(first.max(axis=None), last.max(axis=None)))
    assert np.allclose(shifts.sum(), 0.0, atol=1e-6 * scale * len(first))


@settings(max_examples=60, deadline=None)
@given(two_years())
def test_quotients_weighted_by_the_reference_average_to_one(tables):
    amounts, _ = tables
    weights = amounts.sum() / amounts.sum().sum()
    found = s.location_quotient(amounts).mul(weights, axis="columns").sum(axis="columns")
    assert np.allclose(found, 1.0)
