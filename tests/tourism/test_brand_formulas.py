"""Formulas of demand and of the internal brand index against tables checked by hand."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.tourism.brand_formulas import (
    gap_points,
    is_apart,
    known_weight_pct,
    net_promoter,
    rank_ranges,
    resampled_means,
    scaled,
    share_interval_pct,
    weighted_index,
)

SPEC = Path(__file__).parents[1] / "spec"
PARTS = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0.01, 50)), min_size=1, max_size=8
)  # fmt: skip


def drawn(name):
    table = tomllib.loads((SPEC / f"tourism_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]


def test_net_promoter_score():
    table, expected = drawn("nps")
    found = [
        net_promoter(promoters=row.promoters, passives=row.passives, detractors=row.detractors)
        for row in table.itertuples()
    ]
    for at, name in enumerate(("nps", "low", "high")):
        assert [one[at] for one in found] == pytest.approx(expected[name], abs=1e-4)


def test_no_respondent_no_score():
    with pytest.raises(ValueError, match="respondent"):
        net_promoter(promoters=0, passives=0, detractors=0)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_of_a_share_holds_it_and_stays_within_0_and_100(part, more):
    share, low, high = share_interval_pct(part=part, whole=part + more)
    assert -1e-9 <= low <= share + 1e-9 and share - 1e-9 <= high <= 100 + 1e-9


def test_promotion_gap():
    table, expected = drawn("promotion_gap")
    known = table.dropna(subset=["searched"])
    posts = dict(zip(table["topic"], table["posts"], strict=True))
    posts.pop("village")  # nothing was posted on it: it has no row
    gaps = gap_points(dict(zip(known["topic"], known["searched"], strict=True)), posts)
    assert list(gaps) == expected["topic"]
    assert [gap[2] for gap in gaps.values()] == pytest.approx(expected["gap_points"])


def test_brand_index_leaves_missing_parts_out():
    table, expected = drawn("brand_index")
    scores = {
        row.part: float(scaled(row.value, floor=row.floor, ceiling=row.ceiling))
        for row in table.itertuples()
    }
    weights = dict(zip(table["part"], table["weight"], strict=True))
    assert list(scores.values()) == pytest.approx(expected["score"], nan_ok=True)
    assert weighted_index(scores, weights) == pytest.approx(expected["index"])
    assert known_weight_pct(scores, weights) == pytest.approx(expected["known_pct"])


def test_nothing_known_is_no_index():
    assert math.isnan(weighted_index({"reach": math.nan}, {"reach": 1.0}))
    assert known_weight_pct({}, {"reach": 1.0}) == 0


@settings(deadline=None)
@given(PARTS)
def test_an_index_lies_between_its_parts_and_only_ratios_of_weights_count(parts):
    scores = {str(at): score for at, (score, _) in enumerate(parts)}
    weights = {str(at): weight for at, (_, weight) in enumerate(parts)}
    found = weighted_index(scores, weights)
    assert min(scores.values()) - 1e-6 <= found <= max(scores.values()) + 1e-6
    doubled = {part: 2 * weight for part, weight in weights.items()}
    assert weighted_index(scores, doubled) == pytest.approx(found)


def test_a_unit_better_in_every_part_keeps_its_rank_under_all_weights():
    low, high = rank_ranges(np.array([[90.0, 80.0], [50.0, 40.0], [60.0, 30.0]]))
    assert (low[0], high[0]) == (1, 1)
    assert (low[1], high[1]) == (2, 3) and (low[2], high[2]) == (2, 3)


def test_values_may_differ_though_their_intervals_overlap():
    """Reaches of 10 each: the difference reaches 14.14, not 20."""
    assert is_apart((50.0, 40.0, 60.0), (65.0, 55.0, 75.0))
    assert not is_apart((50.0, 40.0, 60.0), (64.0, 54.0, 74.0))


def test_ends_that_are_the_same_are_refused():
    with pytest.raises(ValueError, match="same"):
        scaled(1.0, floor=5.0, ceiling=5.0)


def test_one_value_drawn_again_is_itself():
    assert set(resampled_means([7.0])) == {7.0}
