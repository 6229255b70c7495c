"""Map classes against small tables a statistician can check by hand."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.geography.classes import BadClasses, classify, classify_change

TEN = pd.Series([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], dtype=float)
TWO_HEAPS = pd.Series([1, 2, 3, 21, 22, 23], dtype=float)


def test_quantile_classes_hold_equal_numbers():
    classes = classify(TEN, method="quantile", k=5)
    # Quantiles of 1..10 by linear interpolation: 1 + 9 x 0.2 = 2.8, and so on.
    assert classes.breaks == pytest.approx((2.8, 4.6, 6.4, 8.2))
    assert classes.counts == (2, 2, 2, 2, 2)
    assert classes.codes == (0, 0, 1, 1, 2, 2, 3, 3, 4, 4)


def test_equal_classes_have_equal_width_and_may_be_empty():
    classes = classify(TWO_HEAPS, method="equal", k=4)
    # 1 to 23 in four steps of 5.5.
    assert classes.breaks == pytest.approx((6.5, 12.0, 17.5))
    assert classes.counts == (3, 0, 0, 3)


def test_natural_classes_part_the_heaps():
    classes = classify(TWO_HEAPS, method="natural", k=2)
    assert classes.bounds == ((1.0, 3.0), (3.0, 23.0))
    assert classes.counts == (3, 3)


def test_manual_classes_hold_their_upper_limit():
    classes = classify(TEN, method="manual", breaks=[3, 7])
    assert classes.bounds == ((1.0, 3.0), (3.0, 7.0), (7.0, 10.0))
    assert classes.counts == (3, 4, 3)


def test_manual_limits_beyond_the_values_leave_empty_classes():
    classes = classify(TEN, method="manual", breaks=[0, 20])
    assert classes.counts == (0, 10, 0)


def test_missing_value_has_no_class():
    classes = classify(pd.Series([1.0, None, 2.0, np.inf]), method="quantile", k=2)
    assert classes.codes == (0, -1, 1, -1)
    assert classes.missing == 2
    assert sum(classes.counts) == 2


def test_missing_of_the_nullable_kind_has_no_class():
    classes = classify(pd.Series([1, None, 2], dtype="Float64"), method="equal", k=2)
    assert classes.codes == (0, -1, 1)


@pytest.mark.parametrize("method", ["quantile", "natural", "equal"])
def test_nothing_reported_gives_no_class(method):
    classes = classify(pd.Series([None, None], dtype=float), method=method)
    assert (classes.count, classes.codes, classes.missing) == (0, (-1, -1), 2)


@pytest.mark.parametrize("method", ["quantile", "natural", "equal"])
def test_one_value_gives_one_class(method):
    classes = classify(pd.Series([7.0, 7.0, 7.0]), method=method)
    assert classes.bounds == ((7.0, 7.0),)
    assert classes.counts == (3,)


@pytest.mark.parametrize("method", ["quantile", "natural"])
def test_few_distinct_values_give_fewer_classes_and_none_empty(method):
    classes = classify(pd.Series([0, 0, 0, 0, 0, 0, 5, 9], dtype=float), method=method, k=5)
    assert classes.count <= 3
    assert all(classes.counts)


@pytest.mark.parametrize("method", ["quantile", "natural", "equal"])
def test_limits_are_the_same_in_every_year(method):
    every_year = pd.Series([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], dtype=float)
    first = classify(every_year[:5], method=method, over=every_year)
    second = classify(every_year[5:], method=method, over=every_year)
    assert first.breaks == second.breaks
    assert first.bounds == second.bounds
    assert first.counts != second.counts


def test_order_of_values_changes_nothing():
    shuffled = TWO_HEAPS.sample(frac=1, random_state=3)
    assert (
        classify(shuffled, method="natural").breaks == classify(TWO_HEAPS, method="natural").breaks
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 400), min_size=3, max_size=11).filter(lambda v: len(set(v)) > 2),
    st.integers(2, 4),
)
def test_no_other_limits_are_tighter_than_the_natural_ones(values, k):
    ours = classify(pd.Series(values, dtype=float), method="natural", k=k)
    inner = sorted(set(values))[:-1]
    others = [
        np.searchsorted(limits, values, side="left")
        for limits in combinations(inner, min(k, len(inner) + 1) - 1)
    ]
    # Limits may differ where two partitions are equally good; the tightness may not.
    assert _squares_within(values, ours.codes) == pytest.approx(
        min(_squares_within(values, codes) for codes in others), abs=1e-6
    )


def test_natural_limits_of_many_values_are_found_in_time():
    many = pd.Series(np.concatenate([np.linspace(0, 1, 20_000), np.linspace(9, 10, 20_000)]))
    # Of so many values every n-th is looked at, so the limit is the gap's edge but for a step.
    assert classify(many, method="natural", k=2).breaks == pytest.approx((1.0,), abs=1e-3)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=30), st.integers(1, 6))
def test_every_value_lies_within_the_limits_of_its_class(values, k):
    series = pd.Series(values, dtype=float)
    for method in ("quantile", "natural", "equal"):
        classes = classify(series, method=method, k=k)
        assert sum(classes.counts) + classes.missing == len(series)
        for value, code in zip(series, classes.codes, strict=True):
            assert (code == -1) == np.isnan(value)
            if code >= 0:
                low, high = classes.bounds[code]
                assert low <= value <= high


def test_change_has_a_neutral_middle_and_like_sides():
    changes = pd.Series([-8, -2, -1, 0, 1, 4, 6], dtype=float)
    classes = classify_change(changes, neutral=1)
    # Sizes beyond the middle: 2, 4, 6, 8; their median is 5.
    assert classes.breaks == (-5.0, -1.0, 1.0, 5.0)
    assert classes.codes == (0, 1, 2, 2, 2, 3, 4)
    assert classes.bounds[2] == (-1.0, 1.0)


def test_change_that_is_everywhere_small_is_one_neutral_class():
    classes = classify_change(pd.Series([-0.5, 0.2, None]), neutral=1)
    assert classes.bounds == ((-1.0, 1.0),)
    assert classes.codes == (0, 0, -1)


def test_change_of_nothing_is_no_class():
    assert classify_change(pd.Series([None], dtype=float), neutral=1).codes == (-1,)


def test_change_limits_hold_for_other_periods():
    every = pd.Series([-9, -5, 2, 4, 30], dtype=float)
    assert classify_change(every[:2], neutral=1, over=every).breaks == (
        classify_change(every[2:], neutral=1, over=every).breaks
    )


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"method": "nonsense"}, "quantile"),
        ({"method": "equal", "k": 9}, "1 to 6"),
        ({"method": "manual"}, "manual"),
        ({"method": "equal", "breaks": [1]}, "manual"),
        ({"method": "manual", "breaks": [3, 2]}, "rising"),
        ({"method": "manual", "breaks": [1, 1]}, "rising"),
        ({"method": "manual", "breaks": [float("nan")]}, "rising"),
        ({"method": "manual", "breaks": []}, "rising"),
        ({"method": "manual", "breaks": [1, 2, 3, 4, 5, 6]}, "at most 5"),
    ],
)
def test_impossible_request_says_what_to_change(request_, words):
    with pytest.raises(BadClasses, match=words):
        classify(TEN, **request_)


def test_change_needs_an_odd_number_of_classes():
    with pytest.raises(BadClasses, match="3 or 5"):
        classify_change(TEN, neutral=1, k=4)


def test_values_are_left_as_they_were():
    values = pd.Series([3.0, None, 1.0], index=["a", "b", "c"])
    before = values.copy()
    classify(values, method="natural")
    pd.testing.assert_series_equal(values, before)


def test_many_values_are_classed_too():
    values = pd.Series(np.random.default_rng(5).normal(size=5_000))
    classes = classify(values, method="natural", k=4)
    assert classes.count == 4
    assert sum(classes.counts) == 5_000


def _squares_within(values, codes):
    table = pd.DataFrame({"value": np.array(values, dtype=float), "code": list(codes)})
    return float(((table["value"] - table.groupby("code")["value"].transform("mean")) ** 2).sum())
