"""The formulas against tables that can be checked by hand."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from analytics.smart_city import formulas

SPEC_FOLDER = Path(__file__).parents[1] / "spec"


def drawn(name):
    table = tomllib.loads((SPEC_FOLDER / f"smartcity_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]


def same(found, expected):
    assert list(found) == pytest.approx(expected, nan_ok=True, abs=1e-9)


WEIGHTS = pd.Series({"baseline": 10, "output": 20, "outcome": 30, "impact": 30, "quick_win": 10})


def test_a_missing_component_gives_no_score_and_zeros_give_zero():
    table, expected = drawn("score")
    scores = table.set_index("programme")
    same(formulas.weighted_scores(scores, weights_pct=WEIGHTS), expected["score"])
    same(formulas.known_weight_pct(scores, weights_pct=WEIGHTS), expected["known_weight_pct"])


def test_a_component_without_weight_may_be_missing():
    scores = pd.DataFrame({"output": [2.0], "impact": [float("nan")]})
    weights = pd.Series({"output": 100.0, "impact": 0.0})
    same(formulas.weighted_scores(scores, weights_pct=weights), [2.0])


@pytest.mark.parametrize("weight", [9.0, 11.0, float("nan")])
def test_weights_that_do_not_add_to_100_give_no_score(weight):
    table, _ = drawn("score")
    weights = WEIGHTS.astype(float)
    weights["baseline"] = weight
    found = formulas.weighted_scores(table.set_index("programme"), weights_pct=weights)
    assert found.isna().all()


def test_dimension_is_the_weighted_mean_of_its_programmes():
    table, expected = drawn("dimension")
    means = formulas.component_means(table[["output", "outcome"]], table["dimension"])
    assert list(means.index) == expected["dimension"]
    same(means["output"], expected["output"])
    same(means["outcome"], expected["outcome"])
    weights = pd.Series({"output": 40.0, "outcome": 60.0})
    same(formulas.weighted_scores(means, weights_pct=weights), expected["score"])


def test_the_whole_is_missing_as_soon_as_one_dimension_is():
    scores = pd.Series({"a": 2.0, "b": 3.0})
    assert formulas.mean_of_all(scores, wanted=["a", "b"]) == 2.5
    assert pd.isna(formulas.mean_of_all(scores, wanted=["a", "b", "c"]))


def test_change_counts_only_what_was_scored_twice():
    table, expected = drawn("like_for_like")
    sides = {
        side: table.set_index("programme")[[f"output_{side}", f"outcome_{side}"]].set_axis(
            ["output", "outcome"], axis="columns"
        )
        for side in ("now", "before")
    }
    now, before = formulas.like_for_like(sides["now"], sides["before"])
    weights = pd.Series({"output": 50.0, "outcome": 50.0})
    group = pd.Series("x", index=now.index)
    scores = {
        name: formulas.weighted_scores(formulas.component_means(part, group), weights_pct=weights)
        for name, part in (("score_now", now), ("score_before", before))
    }
    for name, score in scores.items():
        same(score, [expected[name]])
    same(scores["score_now"] - scores["score_before"], [expected["change_points"]])


def test_way_and_absorption():
    table, expected = drawn("way")
    parts = {name: table[name] for name in ("baseline", "target", "realised")}
    same(formulas.way_gone_pct(**parts), expected["way_gone_pct"])
    found = formulas.absorption_pct(
        realised=table["spent"], revised=table["revised"], ceiling=table["budget_ceiling"]
    )
    same(found, expected["absorption_pct"])


def test_segments():
    table, expected = drawn("segments")
    assert formulas.segments(list(table["year"]), breaks=[2022, 2020]) == expected["segment"]
