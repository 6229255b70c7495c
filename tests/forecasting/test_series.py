"""The door: each fault has its own error, each treatment is recorded."""

import pickle
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.forecasting import series as door
from analytics.forecasting.reasons import Reason, Treatment
from analytics.forecasting.series import bridge_gaps, longest_gap, validate_series
from analytics.forecasting.steps import STEPS, UnknownStep
from tests.forecasting.panels import monthly, seasonal

SOUND = monthly(seasonal(36))


def the_series(frame, freq="MS", **settings):
    panel = validate_series(frame, freq=freq, **settings)
    assert not panel.errors
    return panel.series["eggs"]


def the_error(frame, freq="MS"):
    panel = validate_series(frame, freq=freq)
    assert not panel.series
    return panel.errors["eggs"]


def treatments(frame, freq="MS", **settings):
    panel = validate_series(frame, freq=freq, **settings)
    return {note.treatment: dict(note.values) for note in panel.treatments}


def with_value(position, value):
    frame = SOUND.astype({"y": object})
    frame.loc[position, "y"] = value
    return frame


def test_a_sound_series_comes_through_untouched():
    series = the_series(SOUND)
    assert series.obstacle is None
    assert series.y.tolist() == series.filled.tolist() == SOUND["y"].tolist()
    assert list(series.ds) == list(SOUND["ds"])
    assert treatments(SOUND) == {}


def test_the_frame_given_is_never_changed():
    frame = SOUND.sample(frac=1, random_state=1)
    before = frame.copy(deep=True)
    validate_series(frame, freq="MS")
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("missing", ["unique_id", "ds", "y"])
def test_a_missing_column_is_named(missing):
    with pytest.raises(door.MissingColumn, match=missing):
        validate_series(SOUND.drop(columns=missing), freq="MS")


def test_an_unknown_step_is_refused():
    with pytest.raises(UnknownStep, match=r"'QS'.*MS, W-MON, D"):
        validate_series(SOUND, freq="QS")


def test_unsorted_rows_are_sorted_and_noted():
    swapped = SOUND.iloc[[1, 0, *range(2, 36)]]
    assert the_series(swapped).y.tolist() == SOUND["y"].tolist()
    assert treatments(swapped) == {Treatment.SORTED: {"rows": 1}}


def test_a_row_repeated_exactly_counts_once():
    repeated = pd.concat([SOUND, SOUND.iloc[[3, 3]]])
    assert the_series(repeated).observations == 36
    assert treatments(repeated)[Treatment.REPEATS_DROPPED] == {"rows": 2}


def test_two_values_for_one_date_are_refused():
    other = SOUND.iloc[[3]].assign(y=1.0)
    error = the_error(pd.concat([SOUND, other]))
    assert isinstance(error, door.DuplicateDate)
    assert error.values == {"date": "2020-04-01", "rows": 1}


def test_dates_finer_than_the_step_are_refused():
    finer = SOUND.iloc[[3]].assign(ds=pd.Timestamp("2020-04-15"))
    error = the_error(pd.concat([SOUND, finer]))
    assert isinstance(error, door.MixedStep)
    assert error.values == {"date": "2020-04-15", "rows": 1}


def test_a_monthly_series_that_turns_daily_is_refused():
    daily = monthly(np.arange(60.0) + 1, start="2023-01-01", freq="D")
    assert isinstance(the_error(pd.concat([SOUND, daily])), door.MixedStep)


def test_a_text_in_y_is_refused_with_its_date():
    error = the_error(with_value(7, "tidak ada"))
    assert isinstance(error, door.NonNumericValue)
    assert error.values == {"date": "2020-08-01", "rows": 1, "text": "tidak ada"}


def test_an_infinite_value_is_no_number():
    assert isinstance(the_error(with_value(7, np.inf)), door.NonNumericValue)


def test_numbers_written_as_text_are_numbers():
    written = SOUND.assign(y=SOUND["y"].astype(str))
    assert the_series(written).y.tolist() == SOUND["y"].tolist()


def test_a_negative_value_is_refused_and_zero_is_not():
    error = the_error(with_value(7, -1.0))
    assert isinstance(error, door.NegativeValue)
    assert error.values == {"date": "2020-08-01", "rows": 1, "value": -1.0}
    assert the_series(with_value(7, 0.0)).y[7] == 0.0


@pytest.mark.parametrize("text", ["13-2020", "tanggal", "9999-01-01", ""])
def test_a_date_that_cannot_be_read_is_refused(text):
    frame = SOUND.assign(ds=SOUND["ds"].dt.strftime("%Y-%m-%d"))
    frame.loc[5, "ds"] = text
    error = the_error(frame)
    assert isinstance(error, door.InvalidDate)
    assert error.values == {"text": text, "rows": 1}


@pytest.mark.parametrize(
    "dates",
    [
        SOUND["ds"].dt.strftime("%Y-%m-%d"),
        SOUND["ds"].dt.strftime("%Y-%m-%dT00:00:00+07:00"),
        SOUND["ds"].dt.date,
        SOUND["ds"].dt.tz_localize("Asia/Jakarta"),
        SOUND["ds"].dt.to_period("M"),
    ],
    ids=["text", "text with offset", "date", "with time zone", "period"],
)
def test_dates_of_every_kind_are_read(dates):
    assert list(the_series(SOUND.assign(ds=dates)).ds) == list(SOUND["ds"])


def test_rows_without_a_series_are_refused_alone():
    nameless = SOUND.assign(unique_id=None)
    panel = validate_series(pd.concat([SOUND, nameless]), freq="MS")
    assert list(panel.series) == ["eggs"]
    assert panel.errors[""].reason is Reason.MISSING_IDENTIFIER


def test_a_series_of_empty_rows_has_no_observation():
    assert isinstance(the_error(SOUND.assign(y=np.nan)), door.NoObservation)


def test_a_faulty_series_leaves_the_others_alone():
    faulty = with_value(7, "x").assign(unique_id="broilers")
    panel = validate_series(pd.concat([SOUND, faulty]), freq="MS")
    assert list(panel.series) == ["eggs"]
    assert list(panel.errors) == ["broilers"]


def test_a_small_gap_is_bridged_for_fitting_only():
    series = the_series(SOUND.drop(index=[10, 11, 20]))
    assert series.observations == 33
    assert np.isnan(series.y[[10, 11, 20]]).all()
    before, after = SOUND["y"][9], SOUND["y"][12]
    assert series.filled[10] == pytest.approx(before + (after - before) / 3)
    assert series.obstacle is None
    assert treatments(SOUND.drop(index=[10, 11, 20])) == {
        Treatment.GAPS_FILLED: {"missing": 3, "longest": 2}
    }


def test_an_empty_cell_is_a_gap():
    frame = with_value(10, np.nan)
    assert np.isnan(the_series(frame).y[10])
    assert treatments(frame)[Treatment.EMPTY_DROPPED] == {"rows": 1}


def test_empty_cells_at_either_end_shorten_the_series():
    frame = with_value(35, None)
    frame.loc[0, "y"] = ""
    series = the_series(frame)
    assert (len(series.y), series.observations) == (34, 34)
    assert series.ds[0] == pd.Timestamp("2020-02-01")


def test_a_long_gap_withholds_the_series_unfilled():
    series = the_series(SOUND.drop(index=range(10, 14)))
    assert isinstance(series.obstacle, door.GappySeries)
    assert series.obstacle.values["longest"] == 4
    assert np.isnan(series.filled).sum() == 4


def test_many_small_gaps_withhold_the_series():
    series = the_series(monthly(seasonal(60)).drop(index=range(1, 59, 4)))
    assert isinstance(series.obstacle, door.GappySeries)
    assert series.obstacle.values["longest"] == 1
    assert series.obstacle.values["share"] == pytest.approx(25)


def test_a_constant_series_is_marked():
    assert isinstance(the_series(monthly(np.full(36, 5.0))).obstacle, door.ConstantSeries)


@pytest.mark.parametrize(("freq", "least"), [("MS", 24), ("W-MON", 104), ("D", 112)])
def test_history_must_be_long_enough(freq, least):
    whole = monthly(seasonal(least), freq=freq)
    assert STEPS[freq].least_history == least
    assert the_series(whole, freq=freq).obstacle is None
    short = the_series(whole.iloc[1:], freq=freq).obstacle
    assert isinstance(short, door.ShortSeries)
    assert short.values == {"observations": least - 1, "needed": least}


def test_a_missing_month_does_not_count_as_history():
    assert isinstance(the_series(monthly(seasonal(24)).drop(index=5)).obstacle, door.ShortSeries)


@pytest.mark.parametrize(
    ("freq", "given", "start"),
    [("MS", "2016-08-02", "2016-08-01"), ("W-MON", "2026-11-26", "2026-11-23")],
)
def test_dates_inside_a_step_move_to_its_start_and_this_is_noted(freq, given, start):
    frame = pd.DataFrame({"unique_id": "eggs", "ds": [pd.Timestamp(given)], "y": [1.0]})
    assert the_series(frame, freq=freq).ds[0] == pd.Timestamp(start)
    assert treatments(frame, freq=freq) == {Treatment.DATES_ALIGNED: {"rows": 1}}


def test_rows_after_the_day_of_the_forecast_are_left_out():
    series = the_series(SOUND, as_of=date(2022, 6, 30))
    assert series.ds[-1] == pd.Timestamp("2022-06-01")
    assert treatments(SOUND, as_of=date(2022, 6, 30)) == {Treatment.LATER_DROPPED: {"rows": 6}}


def test_an_error_keeps_its_values_on_the_way_to_another_process():
    error = pickle.loads(pickle.dumps(door.ShortSeries("eggs", observations=20, needed=24)))
    assert isinstance(error, door.ShortSeries)
    assert (error.unique_id, error.values) == ("eggs", {"observations": 20, "needed": 24})


def test_every_error_has_a_reason_of_its_own():
    reasons = [kind.reason for kind in door.SeriesError.__subclasses__()]
    assert len(reasons) == len(set(reasons)) == 10


def test_gaps_are_measured_and_bridged():
    y = np.array([1.0, np.nan, np.nan, 4.0, np.nan, 6.0])
    assert longest_gap(y) == 2
    assert bridge_gaps(y).tolist() == [1, 2, 3, 4, 5, 6]
