"""The effect of an event against tables that can be checked by hand, and on simulated visits."""

import numpy as np
import pandas as pd
import pytest

from analytics.tourism import effects
from tests.benchmarks.bench_effects import share_found, share_held
from tests.tourism.test_formulas import drawn, same


def months(values, *, start="2018-01-01"):
    return pd.Series(
        values, index=pd.date_range(start, periods=len(values), freq="MS"), dtype=float
    )


def flat(years=6, level=100.0):
    """A site and three others that differ by a wobble that no month repeats."""
    rng = np.random.default_rng(1)
    size = 12 * years
    others = {f"other_{n}": months(level * np.exp(rng.normal(0, 0.02, size))) for n in range(3)}
    return months(level * np.exp(rng.normal(0, 0.02, size))), pd.DataFrame(others)


def test_gap_effect_and_extra_visits():
    table, expected = drawn("effect_gap")
    gap = effects.log_gap(table["site"], table[["other_a", "other_b"]])
    same(gap, expected["gap"])
    effect = gap[1] - gap[0]
    assert effects.as_percent(effect) == pytest.approx(expected["effect_pct"])
    extra = effects.extra_visits(table["site"].iloc[1:2], effect)
    assert extra == pytest.approx(expected["extra_visits"])


def test_interval_from_dates_without_an_event():
    table, expected = drawn("effect_interval")
    placebos = table["placebo"]
    assert effects.half_width(placebos) == pytest.approx(expected["half_width"])
    assert effects.p_value(0.15, placebos) == pytest.approx(expected["p_of_0_15"])
    same([effects.half_width(placebos.iloc[1:])], [expected["with_eighteen_dates"]])


def test_an_event_that_doubles_visits_is_found_and_its_size_held():
    site, others = flat()
    site.loc["2022-05-01"] *= 2
    day = pd.Timestamp("2022-05-01")
    found = effects.estimate_effect(site, others, start=day, end=day)
    assert found.verdict == "up"
    assert found.low < np.log(2) < found.high


def test_a_month_like_others_cannot_be_told_from_chance():
    site, others = flat()
    day = pd.Timestamp("2022-05-01")
    assert effects.estimate_effect(site, others, start=day, end=day).verdict == "chance"


def test_a_season_of_the_site_is_no_effect():
    site, others = flat()
    site[site.index.month == 5] *= 3
    day = pd.Timestamp("2022-05-01")
    assert effects.estimate_effect(site, others, start=day, end=day).verdict == "chance"


def test_a_fall_at_all_sites_is_no_effect():
    site, others = flat()
    day = pd.Timestamp("2022-05-01")
    site[day] /= 3
    others.loc[day] /= 3
    assert effects.estimate_effect(site, others, start=day, end=day).verdict == "chance"


def test_an_event_of_every_year_in_one_month_is_refused():
    site, others = flat()
    mays = [day for day in site.index if day.month == 5]
    found = effects.estimate_effect(site, others, start=mays[-1], end=mays[-1], left_out=mays[:-1])
    assert (found.verdict, found.refusal) == ("refused", "month_unknown")


@pytest.mark.parametrize(
    ("years", "day", "refusal"),
    [(2, "2019-12-01", "month_unknown"), (3, "2020-12-01", "few_placebos")],
)
def test_a_short_history_tells_nothing(years, day, refusal):
    site, others = flat(years=years)
    found = effects.estimate_effect(
        site, others, start=pd.Timestamp(day), end=pd.Timestamp(day),
        left_out=list(site.index[13:18]),
    )  # fmt: skip
    assert found.refusal == refusal
    assert np.isnan(found.effect) or found.verdict != "up"


def test_an_unreported_month_is_refused_not_guessed():
    site, others = flat()
    day = pd.Timestamp("2022-05-01")
    assert effects.estimate_effect(site.drop(day).reindex(site.index), others, start=day,
                                   end=day).refusal == "window_unreported"  # fmt: skip
    assert effects.estimate_effect(site, others.iloc[:, :0], start=day, end=day).refusal == (
        "no_controls"
    )


def test_nothing_is_changed_in_what_is_given():
    site, others = flat()
    before = site.copy(), others.copy()
    day = pd.Timestamp("2022-05-01")
    effects.estimate_effect(site, others, start=day, end=day)
    pd.testing.assert_series_equal(site, before[0])
    pd.testing.assert_frame_equal(others, before[1])


def test_no_cost_for_visits_that_were_not_brought():
    assert effects.cost_per_extra_visit(1000.0, 50.0) == 20.0
    assert np.isnan(effects.cost_per_extra_visit(1000.0, -1.0))


@pytest.mark.thorough
def test_on_simulated_visits_the_interval_holds_and_seldom_finds_what_is_not_there():
    # A small version with loose bounds; the promise is measured by bench_effects on 500 runs.
    assert 0.88 <= share_held(80) <= 1.0
    assert share_found(80) <= 0.10
