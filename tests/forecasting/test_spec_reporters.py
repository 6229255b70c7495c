"""Daily reports become one value a step, against the drawn table."""

import pandas as pd

from analytics.forecasting.reports import medians_over_reporters
from tests.forecasting.drawn_tables import drawn_table


def reports():
    table, expected = drawn_table("reporters")
    monday = pd.Timestamp("2024-01-01")
    ds = monday + pd.to_timedelta(table["day"] - 1, unit="D")
    return table.assign(ds=ds, unique_id="eggs"), expected


def test_weekly_medians_over_reporters_as_drawn():
    table, expected = reports()
    weeks = medians_over_reporters(table, freq="W-MON")
    assert weeks["y"].tolist() == expected["median_y"]
    assert weeks["reporters"].tolist() == expected["reporters"]
    assert list(weeks["ds"].dt.strftime("%Y-%m-%d")) == ["2024-01-01", "2024-01-08"]


def test_the_order_of_reports_never_matters():
    table, _ = reports()
    shuffled = table.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(
        medians_over_reporters(table, freq="W-MON"), medians_over_reporters(shuffled, freq="W-MON")
    )
