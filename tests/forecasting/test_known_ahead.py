"""What is known ahead of a step: from decided days and past values only."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting.known_ahead import (
    IncompleteTable,
    harvest_shares,
    holiday_shares,
    joined_regressors,
    leading_changes,
)
from analytics.forecasting.models import LIGHT_POOL
from analytics.forecasting.steps import step_of
from analytics.jobs.forecast_file import KnownTables, forecast_file
from tests.forecasting.drawn_tables import drawn_table
from tests.forecasting.panels import monthly, random_walk, seasonal

MONTH = step_of("MS")
FIRST = "2020-05-01"
DECIDED = [
    ("ramadan_1", "2023-03-23"), ("idulfitri", "2023-04-22"), ("iduladha", "2023-06-29"),
    ("natal", "2023-12-25"), ("ramadan_1", "2024-03-12"), ("idulfitri", "2024-04-10"),
    ("iduladha", "2024-06-17"), ("natal", "2024-12-25"),
]  # fmt: skip


def holidays(*calculated):
    rows = [(*row, "true") for row in DECIDED] + [(*row, "false") for row in calculated]
    return pd.DataFrame(rows, columns=["holiday", "date", "is_decided"])


def shares(table, *, first="2023-01-01", last="2025-12-01", freq="MS"):
    found = holiday_shares(
        table, step=step_of(freq), first=pd.Timestamp(first), last=pd.Timestamp(last)
    )
    return found.set_index("ds")


def test_shares_of_months_as_drawn():
    table, expected = drawn_table("holiday_share")
    found = shares(holidays())
    told = [found.loc[row.month, row.holiday] for row in table.itertuples()]
    np.testing.assert_allclose(told, expected["share_of_month"], atol=1e-6)


def test_days_and_weeks_add_up_to_the_same_number_of_days():
    days = shares(holidays(), last="2024-12-31", freq="D").sum()
    weeks = 7 * shares(holidays(), first="2023-01-02", last="2024-12-30", freq="W-MON").sum()
    assert days["ramadan"] == 30 + 29
    assert days["before_idulfitri"] == 20 and days["after_idulfitri"] == 62
    np.testing.assert_allclose(weeks["ramadan"], days["ramadan"])


def test_a_calculated_date_is_never_used():
    guess = [("ramadan_1", "2025-03-01"), ("idulfitri", "2025-03-31")]
    pd.testing.assert_frame_equal(shares(holidays()), shares(holidays(*guess)))


def test_where_no_decided_date_tells_the_share_is_unknown_and_not_zero():
    ramadan = shares(holidays())["ramadan"]
    assert ramadan.loc["2025-01-01"] == 0
    assert ramadan.loc["2025-03-01":].isna().all()


def test_a_ramadan_without_decided_end_is_unknown():
    opened = holidays(("ramadan_1", "2025-03-01"))
    opened["is_decided"] = "true"
    assert np.isnan(shares(opened).loc["2025-03-01", "ramadan"])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (holidays().drop(columns="date"), "column date is missing"),
        (holidays().assign(date="10 April"), "'10 April' is no date"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_by_name(table, message):
    with pytest.raises(IncompleteTable, match=message):
        shares(table)


def harvest(poison=1.0):
    """Whole years 2020 to 2023; all harvest in March, in 2023 times the poison in October too."""
    months = pd.date_range("2020-01-01", "2023-12-01", freq="MS")
    y = np.where(months.month == 3, 600.0, 0.0)
    y[(months.month == 10) & (months.year == 2023)] = 600.0 * poison
    return pd.DataFrame({"ds": months, "y": y})


def harvest_of(table, *, last="2025-12-01"):
    found = harvest_shares(
        table, step=MONTH, first=pd.Timestamp("2020-01-01"), last=pd.Timestamp(last)
    )
    return found.set_index("ds")["harvest"]


def test_the_harvest_of_a_month_is_the_mean_share_of_whole_years_two_or_more_back():
    found = harvest_of(harvest())
    assert found.loc[:"2021-12-01"].isna().all()
    assert found.loc["2024-03-01"] == 1 and found.loc["2024-10-01"] == 0
    assert found.loc["2025-03-01"] == pytest.approx((1 + 1 + 1 + 0.5) / 4)


def test_a_later_harvest_changes_no_earlier_step():
    poisoned = harvest_of(harvest(poison=1e6)).loc[:"2024-12-01"]
    pd.testing.assert_series_equal(harvest_of(harvest()).loc[:"2024-12-01"], poisoned)


def test_an_unfinished_year_of_harvests_does_not_count():
    unfinished = harvest()[harvest()["ds"] < "2023-12-01"]
    assert harvest_of(unfinished).loc["2025-10-01"] == 0


def maize(last=150.0):
    ds = pd.date_range("2024-01-01", periods=5, freq="MS")
    return pd.DataFrame({"ds": ds, "y": [100.0, 110.0, 0.0, 120.0, last]})


def test_a_leading_price_is_told_only_as_far_as_the_farthest_forecast_knows_it():
    found = leading_changes(maize(), name="maize", step=MONTH, horizon=2, over=3)
    told = found.set_index("ds")["maize"]
    assert told.loc["2024-06-01"] == pytest.approx(np.log(120 / 100))
    assert told.loc["2024-07-01"] == pytest.approx(np.log(150 / 110))
    assert told.index.max() == pd.Timestamp("2024-07-01")
    assert np.isnan(told.loc["2024-05-01"])


def test_a_later_leading_price_changes_no_step_before_the_horizon():
    plain, poisoned = (
        leading_changes(maize(last), name="maize", step=MONTH, horizon=2).set_index("ds")
        for last in (150.0, 1e9)
    )
    pd.testing.assert_frame_equal(plain.loc[:"2024-06-01"], poisoned.loc[:"2024-06-01"])


def test_columns_of_all_series_stand_beside_those_of_one():
    ds = pd.date_range("2024-01-01", periods=2, freq="MS")
    own = pd.DataFrame({"unique_id": "a", "ds": ds, "fair": [0.0, 1.0]})
    shared = pd.DataFrame({"ds": ds, "ramadan": [0.5, 0.0]})
    both = joined_regressors(own, [shared], names=["a", "b"]).set_index(["unique_id", "ds"])
    assert both.loc[("b", ds[0]), "ramadan"] == 0.5 and np.isnan(both.loc[("b", ds[0]), "fair"])
    assert both.loc[("a", ds[1]), "fair"] == 1
    assert joined_regressors(None, [], names=["a"]) is None


# The same through a file


def file_of(tmp_path):
    """Twenty short series and maize in one file."""
    frames = [
        monthly((seasonal, random_walk)[i % 2](44, seed=i), unique_id=f"eggs-{i:02}", start=FIRST)
        for i in range(20)
    ]
    feed = monthly(random_walk(44, seed=99), unique_id="maize", start=FIRST)
    path = tmp_path / "in.csv"
    pd.concat([*frames, feed]).to_csv(path, index=False)
    return path


def issued(tmp_path, path, known):
    out = tmp_path / "out.csv"
    forecast_file(
        path, out, freq="MS", horizon=3, levels=(80,), as_of=date(2024, 1, 1), language="en",
        may_withhold=False, known=known,
    )  # fmt: skip
    return pd.read_csv(out).set_index(["unique_id", "ds"])["forecast"]


@pytest.mark.usefixtures("fitting")
def test_a_file_with_holidays_harvest_and_maize_is_forecast_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("analytics.forecasting.engine.FULL_POOL", LIGHT_POOL)
    holidays().to_csv(tmp_path / "holidays.csv", index=False)
    harvest().to_csv(tmp_path / "harvest.csv", index=False)
    known = KnownTables(tmp_path / "holidays.csv", tmp_path / "harvest.csv", ("maize",))
    path = file_of(tmp_path)
    plain, knowing = issued(tmp_path, path, None), issued(tmp_path, path, known)
    assert list(plain.index) == list(knowing.index)
    assert not plain.equals(knowing)
