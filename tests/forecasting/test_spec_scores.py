"""The measures against tables that can be checked by hand."""

import numpy as np
import pytest

from analytics.forecasting import formulas
from tests.forecasting.drawn_tables import SPEC_FOLDER, drawn_table


def test_mase_is_the_error_over_the_seasonal_change():
    table, expected = drawn_table("mase")
    training = table.loc[table["part"] == "train", "y"].to_numpy()
    test = table[table["part"] == "test"]
    scale = formulas.seasonal_scale(training, season=2)
    assert scale == pytest.approx(expected["scale"])
    mase = formulas.mase(test["y"].to_numpy(), test["f"].to_numpy(), scale=scale)
    assert mase == pytest.approx(expected["mase"])


@pytest.mark.parametrize("name", ["mape", "smape"])
def test_percentage_errors_are_as_drawn(name):
    table, expected = drawn_table(name)
    value = getattr(formulas, name)(table["y"].to_numpy(), table["f"].to_numpy())
    assert value == pytest.approx(expected[name])


def test_pinball_loss_is_as_drawn():
    table, expected = drawn_table("pinball")
    loss = formulas.pinball(table["y"].to_numpy(), table["b"].to_numpy(), share=0.9)
    assert loss == pytest.approx(expected["pinball"])


def test_coverage_counts_bounds_as_inside_and_leaves_the_unknown_out():
    table, expected = drawn_table("coverage")
    share = formulas.coverage(*(table[name].to_numpy() for name in ("y", "lo", "hi")))
    assert share == pytest.approx(expected["coverage"])


def test_bias_keeps_the_sign_of_errors():
    table, expected = drawn_table("bias")
    value = formulas.bias(table["y"].to_numpy(), table["f"].to_numpy())
    assert value == pytest.approx(expected["bias"])


def test_interval_of_a_share_is_as_drawn_and_stays_between_0_and_100():
    table, expected = drawn_table("share_interval")
    bounds = [formulas.share_interval(row.inside, row.ranges) for row in table.itertuples()]
    assert [round(low, 1) for low, _ in bounds] == expected["low"]
    assert [round(high, 1) for _, high in bounds] == expected["high"]
    assert np.isnan(formulas.share_interval(0, 0)).all()


def test_mase_agrees_with_the_library():
    from utilsforecast.losses import mase, smape

    frame, train = _panel_of_the_library()
    y, f = frame["y"].to_numpy(), frame["f"].to_numpy()
    scale = formulas.seasonal_scale(train["y"].to_numpy(), season=12)
    theirs = mase(frame, models=["f"], seasonality=12, train_df=train)["f"].iloc[0]
    assert formulas.mase(y, f, scale=scale) == pytest.approx(theirs)
    # The library's sMAPE runs from 0 to 1, that of the competitions from 0 to 200.
    assert formulas.smape(y, f) == pytest.approx(200 * smape(frame, models=["f"])["f"].iloc[0])


def test_pinball_agrees_with_the_library():
    from utilsforecast.losses import quantile_loss

    frame, _ = _panel_of_the_library()
    theirs = quantile_loss(frame, models={0.1: "f"}, q=0.1)
    ours = formulas.pinball(frame["y"].to_numpy(), frame["f"].to_numpy(), share=0.1)
    assert ours == pytest.approx(theirs.iloc[0, -1])


def _panel_of_the_library():
    import pandas as pd

    draw = np.random.default_rng(1)
    ds = pd.date_range("2020-01-01", periods=42, freq="MS")
    whole = pd.DataFrame({"unique_id": "a", "ds": ds, "y": draw.uniform(10, 20, 42)})
    frame = whole.iloc[36:].assign(f=draw.uniform(10, 20, 6))
    return frame, whole.iloc[:36]


def test_no_pair_gives_no_score_rather_than_zero():
    nothing = np.array([np.nan])
    assert np.isnan(formulas.mape(nothing, nothing))
    assert np.isnan(formulas.smape(nothing, nothing))
    assert np.isnan(formulas.coverage(nothing, nothing, nothing))
    assert np.isnan(formulas.mape(np.array([0.0]), np.array([1.0])))


def test_a_training_part_that_never_changed_has_no_scale():
    assert np.isnan(formulas.seasonal_scale(np.full(30, 5.0), season=12))
    assert np.isnan(formulas.seasonal_scale(np.arange(12.0), season=12))


def test_every_drawn_table_is_used():
    drawn = {path.stem.removeprefix("forecasting_") for path in SPEC_FOLDER.glob("forecasting_*")}
    assert drawn == {
        "bias",
        "conformal",
        "conformal_few",
        "coverage",
        "holiday_share",
        "mape",
        "mase",
        "pinball",
        "reporters",
        "share_interval",
        "smape",
        "stopped",
        "verdict",
    }
