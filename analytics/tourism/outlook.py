"""Visits so far and ahead: the month that runs now and the months after it, as issued.

Nothing is fitted here: the numbers are those of the newest forecast run in the ledger.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure, Kind, code_names
from analytics.figures.names import in_both, told
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Indicator, Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.figures.verdict_words import model_statement, reason_statement
from analytics.forecasting.reasons import Status
from analytics.forecasting.scores import ALL_HORIZONS
from analytics.forecasting.steps import step_of
from analytics.ledger.forecasts import IssuedForecast
from analytics.observations.status import ObsStatus
from analytics.tourism.panel_answers import PanelChoice, monthly_sums, panel_rows
from analytics.tourism.rows import MONTH, caveats_of, period_of, sources_of
from analytics.tourism.site_months import site_months
from analytics.tourism.visit_series import FIRST_YEAR, are_forecast
from analytics.tourism.words import known_indicator, place_labels
from analytics.tourism.years import TOTAL

STEP = "MS"
FEWEST_ORIGINS_95 = 20
SHOWN_ORIGIN_STEP = 5  # so that the origins shown fall on every month of the year
BANDS = {"lo_80": "low_80", "hi_80": "high_80", "lo_95": "low_95", "hi_95": "high_95"}


def visit_outlook(
    edition: Edition,
    *,
    place: str = "",
    issued: IssuedForecast | None,
    today: date,
    with_unverified: bool = False,
) -> Result:
    """Months since the closures and, with status F, what the newest run issued (low_80 ...).

    `place` empty is the fixed panel. Stopped, unverified or never looked at: the history alone,
    the notes say why. A withheld series shows the naive range under its own name.
    """
    history = _history(edition, place, with_unverified=with_unverified)
    state = outlook_state(edition, history, issued, today=today)
    ahead = _ahead(history, issued if state in (Status.ISSUED, Status.WITHHELD) else None)
    frame = pd.concat([history, ahead], ignore_index=True) if len(ahead) else history
    indicator = known_indicator(edition, TOTAL)
    name = place_labels(edition, [place])[0] if place else in_both("visits.outlook.panel")
    now = _nowcast(ahead, today)
    return Result(
        name="visits_ahead",
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, history),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(name, history, now, ahead, state, indicator),
        statements=_statements(ahead, issued, state, indicator),
        caveats=caveats_of(edition, history),
        notes=_notes(history, issued, state),
        parameters={"place": place, "run": issued.run_id if issued else ""},
    )


def _history(edition: Edition, place: str, *, with_unverified: bool) -> pd.DataFrame:
    if place:
        rows = site_months(edition, with_unverified=with_unverified)
        rows = rows[rows["place"] == place]
    else:
        found = panel_rows(edition, PanelChoice(with_unverified=with_unverified))
        rows = monthly_sums(found) if not found.is_empty else found.rows.head(0)
    known = rows[rows["year"] >= FIRST_YEAR].reset_index(drop=True)
    last = known.loc[known["obs_value"].notna(), "period_start"].max()
    return known[known["period_start"] <= last].reset_index(drop=True)


def outlook_state(
    edition: Edition, history: pd.DataFrame, issued: IssuedForecast | None, *, today: date
) -> str:
    """`empty`, `stopped`, `unverified`, `not_forecast`, `no_run`, or the run's verdict."""
    if history.empty:
        return "empty"
    step = step_of(STEP)
    last = step.number_of(history["period_start"].iloc[-1])
    if step.number_of(pd.Timestamp(today)) - last > step.oldest_age:
        return Status.STOPPED.value
    if (history["obs_status"] == ObsStatus.UNVERIFIED.value).any():
        return "unverified"
    if not are_forecast(edition):
        return "not_forecast"
    if issued is None or issued.status == Status.STOPPED:
        return "no_run"
    return issued.status


def _ahead(history: pd.DataFrame, issued: IssuedForecast | None) -> pd.DataFrame:
    if issued is None:
        return pd.DataFrame()
    values = issued.forecasts
    later = values[values["ds"] > history["period_start"].iloc[-1]].rename(columns=BANDS)
    return pd.DataFrame(
        {
            **{name: later[name].astype(float) for name in _bands_told(issued)},
            "obs_value": later["forecast"].astype(float),
            "period_start": later["ds"],
            "period_end": later["ds"] + pd.offsets.MonthEnd(0),
        }
    ).assign(
        obs_status=ObsStatus.FORECAST.value, freq=MONTH, unit="visits", source_id="", caveat=""
    )


def _bands_told(issued: IssuedForecast) -> list[str]:
    """The 95 percent range rests on twenty errors at least; with fewer it is a guess, not shown."""
    names = list(BANDS.values())
    return names if _origins(issued) >= FEWEST_ORIGINS_95 else names[:2]


def _origins(issued: IssuedForecast) -> int:
    scores = pd.DataFrame(list(issued.scores))
    if scores.empty:
        return 0
    own = scores[(scores["model"] == issued.model) & (scores["horizon"] == ALL_HORIZONS)]
    return int(own["origins"].iloc[0]) if len(own) else 0


def _nowcast(ahead: pd.DataFrame, today: date) -> pd.Series | None:
    """The row of the month that today lies in, where no count has come for it yet."""
    if ahead.empty:
        return None
    found = ahead[ahead["period_start"] == pd.Timestamp(today).replace(day=1)]
    return None if found.empty else found.iloc[0]


def _title(
    name: Label,
    history: pd.DataFrame,
    now: pd.Series | None,
    ahead: pd.DataFrame,
    state: str,
    indicator: Indicator,
) -> Statement:
    if state == "empty":
        return Statement("visits.outlook.title.empty")
    last = Number(history["period_start"].iloc[-1].date(), "month")
    values: dict[str, object] = {"name": name, "last": last}
    if state != Status.ISSUED or ahead.empty:
        kind = state if state in (Status.STOPPED, Status.WITHHELD, Status.FAILED) else "none"
        return Statement(f"visits.outlook.title.{kind}", values)
    row = ahead.iloc[-1] if now is None else now
    kind = "ahead" if now is None else "now"
    return Statement(f"visits.outlook.title.{kind}", values | _range(row, indicator))


def _range(row: pd.Series, indicator: Indicator) -> dict[str, object]:
    return {
        "month": Number(row["period_start"].date(), "month"),
        "value": written_number(row["obs_value"], indicator),
        "low": Number(row["low_80"], "number", {"decimals": 0}),
        "high": Number(row["high_80"], "number", {"decimals": 0}),
    }


def _statements(
    ahead: pd.DataFrame, issued: IssuedForecast | None, state: str, indicator: Indicator
) -> tuple[Statement, ...]:
    if issued is None or ahead.empty:
        return ()
    key = "far" if state == Status.ISSUED else "naive"
    values = {**_range(ahead.iloc[-1], indicator), "model": model_statement(issued.model)}
    held = _held(issued) if state == Status.ISSUED else None
    reason = (
        reason_statement(issued.reason, issued.reason_values) if state == Status.ISSUED else None
    )
    return told([Statement(f"visits.outlook.sentence.{key}", values), reason, held])


def _held(issued: IssuedForecast) -> Statement | None:
    """How often past ranges held, over all horizons of the back-test."""
    scores = pd.DataFrame(list(issued.scores))
    if scores.empty:
        return None
    own = scores[(scores["model"] == issued.model) & (scores["horizon"] == ALL_HORIZONS)]
    if own.empty or pd.isna(own["coverage_80"].iloc[0]):
        return None
    values = {
        "share": Number(float(own["coverage_80"].iloc[0]), "percent", {"decimals": 0}),
        "n": int(own["origins"].iloc[0]),
    }
    return Statement("visits.outlook.sentence.held", values)


def _notes(
    history: pd.DataFrame, issued: IssuedForecast | None, state: str
) -> tuple[Statement, ...]:
    if state == "empty":
        return (Statement("visits.outlook.note.empty_why"), Statement("tourism.note.empty_cure"))
    if state in (Status.WITHHELD, Status.FAILED) and issued is not None:
        return (reason_statement(issued.reason, issued.reason_values),)
    if state == Status.ISSUED:
        return ()
    last = Number(history["period_start"].iloc[-1].date(), "month")
    return (Statement(f"visits.outlook.note.{state}", {"last": last}),)


def outlook_figure(edition: Edition, result: Result, *, today: date) -> Figure:
    """History and forecast as a fan."""
    return Figure(
        result=result,
        kind=Kind.FAN,
        names=code_names(result.frame, edition, columns=("source_id",)),
        colour=THEME_COLOUR["tourism"],
        today=today,
    )


def backtest_figure(edition: Edition, result: Result, issued: IssuedForecast) -> Figure | None:
    """What past forecasts had said beside what came; None where no back-test is kept."""
    past = issued.backtest
    own = past[past["model"] == issued.model] if len(past) else past
    if own.empty:
        return None
    origins = sorted(own["origin"].unique(), reverse=True)[::SHOWN_ORIGIN_STEP]
    own = own[own["origin"].isin(origins)].drop(columns=["lo_95", "hi_95"])
    frame = own.rename(columns=BANDS).assign(
        obs_value=own["y"],
        forecast_value=own["forecast"],
        cutoff=own["origin"],
        period_start=own["ds"],
        period_end=own["ds"] + pd.offsets.MonthEnd(0),
        obs_status=ObsStatus.NORMAL.value,
        freq=MONTH,
        unit="visits",
        source_id="",
    )
    shown = Result(
        name="visits_backtest",
        frame=frame.sort_values(["cutoff", "ds"], ignore_index=True),
        indicator=result.indicator,
        sources=result.sources,
        period=period_of(frame),
        edition=edition.stamp,
        title=Statement("visits.outlook.backtest", {"model": model_statement(issued.model)}),
        statements=told([_held(issued)]),
    )
    return Figure(result=shown, kind=Kind.BACKTEST, colour=THEME_COLOUR["tourism"])
