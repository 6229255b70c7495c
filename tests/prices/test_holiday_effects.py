"""Effects of holidays in rupiah: by hand, with their ranges, and where none can be told."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.prices.catalogue import price_catalogue
from analytics.prices.formulas import MedianInterval, median_interval
from analytics.prices.holiday_effects import (
    HOLIDAYS,
    changes_into,
    effect_idr,
    holiday_effects,
    holiday_effects_figure,
    verdict,
)
from analytics.prices.lebaran import change_frame, window_effects
from tests.prices.drawn_tables import drawn_table
from tests.store import Store

EVERY_YEAR = pd.Series(pd.to_datetime([f"{year}-12-25" for year in range(2016, 2024)]))


def test_effect_as_drawn() -> None:
    rows, expected = drawn_table("holiday_effect")
    found = [effect_idr(*row) for row in rows.itertuples(index=False)]
    assert found == pytest.approx(expected["effect_idr"], nan_ok=True)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(1.0, 5.0, "rise"), (-5.0, -1.0, "fall"), (-1.0, 5.0, "unclear"), (0.0, 5.0, "unclear")],
)
def test_a_range_that_holds_zero_tells_nothing(low: float, high: float, said: str) -> None:
    assert verdict(MedianInterval((low + high) / 2, low, high, 96.9, 6)) == said


def test_few_years_have_no_range() -> None:
    assert verdict(median_interval(pd.Series([1.0, 2.0]))) == "few"


def known(prices: list[float]) -> pd.DataFrame:
    months = pd.date_range("2016-01-01", periods=len(prices), freq="MS")
    return pd.DataFrame({"obs_value": prices, "obs_status": "A"}, index=months)


def test_a_holiday_that_never_moves_has_its_plain_change() -> None:
    prices = known([1000.0 + (50 if step % 12 == 11 else 0) for step in range(96)])
    found = changes_into(prices, EVERY_YEAR, is_fixed=True)
    assert list(found.effects) == [50.0] * 8


def test_a_holiday_without_other_years_has_no_usual() -> None:
    assert changes_into(known([1000.0] * 96), EVERY_YEAR, is_fixed=False).effects.empty


@pytest.mark.parametrize("month", ["2018-11-01", "2018-12-01"])
def test_an_estimate_among_the_prices_stays_one(month: str) -> None:
    prices = known([1000.0 + step for step in range(96)])
    prices.loc[month, "obs_status"] = "E"
    assert changes_into(prices, EVERY_YEAR, is_fixed=True).status == "E"


def test_changes_before_lebaran_are_as_sure_as_their_weakest_price() -> None:
    prices = known([1000.0 + step for step in range(96)]).rename_axis("ds").reset_index()
    prices = prices.assign(source_id="uji")
    lebarans = pd.Series(pd.to_datetime(["2017-06-25", "2018-06-15", "2019-06-05", "2020-05-24"]))
    prices.loc[prices["ds"] == "2018-04-01", "obs_status"] = "P"
    changes = change_frame(prices, lebarans, months=2)
    assert list(changes["obs_status"]) == ["A", "P", "A", "A"]
    steps = window_effects(prices, lebarans).set_index("step")
    assert list(steps["obs_status"]) == ["P", "P", "A", "A"]
    assert steps.loc["0", "first"] == pd.Timestamp("2017-06-01")


@pytest.mark.parametrize("language", ["id", "en"])
def test_eggs_of_blitar_tell_each_holiday_with_its_range(store: Store, language: str) -> None:
    edition = store.edition("blitar")
    series = price_catalogue(edition).series[0].key.unique_id
    result = holiday_effects(edition, series=series)
    assert tuple(result.frame["holiday"]) == HOLIDAYS
    assert set(result.frame["unit"]) == {"IDR/kg"}
    is_clear = (result.frame["low"] > 0) | (result.frame["high"] < 0)
    assert list(result.frame["verdict"].isin(("rise", "fall"))) == list(is_clear)
    zero = {"id": "tidak dapat dibedakan dari nol", "en": "cannot be told from zero"}[language]
    assert (zero in result.sentence(language)) == bool((~is_clear).any())
    figure = holiday_effects_figure(edition, series=series)
    assert figure.alt_text(language) and len(figure.table(language).frame) == len(HOLIDAYS)
