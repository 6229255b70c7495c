"""What an event did to visits, said with its interval: against other sites and the forecast.

Nothing is fitted here: the forecast without the event is the one that the newest run's back-test
made from the month before the window.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.ledger.forecasts import IssuedForecast
from analytics.observations.status import ObsStatus
from analytics.tourism.effect_data import LEAST_CONTROLS, EffectChoice, EffectData, effect_data
from analytics.tourism.effects import (
    LEAST_PLACEBOS,
    LEVEL_MONTHS,
    Effect,
    as_percent,
    cost_per_extra_visit,
    estimate_effect,
    extra_visits,
    log_gap,
    usual_gap,
)
from analytics.tourism.event_days import EventDays, event_days
from analytics.tourism.rows import CLOSURE_YEARS, MONTH, caveats_of, sources_of, weakest_status
from analytics.tourism.words import (
    computed_indicator,
    known_indicator,
    listed,
    percent,
    place_labels,
)
from analytics.tourism.years import TOTAL

BY_SITES, BY_FORECAST = "sites", "forecast"
COMBINATION = "combination"
SHOWN_BEFORE, SHOWN_AFTER = 24, 6
OBSERVED, WITHOUT = "observed", "without"


def effect_report(
    edition: Edition, *, choice: EffectChoice, issued: IssuedForecast | None = None
) -> Result:
    """One row a way to compare: `obs_value` is the effect in percent of visits without it.

    Columns `method`, `low_pct`, `high_pct` (95 percent), `visits` counted, `extra`, `extra_low`,
    `extra_high`, `cost_idr`, `cost_per_extra`, `p_value`, `placebos`, `verdict`. A way that
    tells nothing has a missing value; the notes say why.
    """
    data = effect_data(edition, choice)
    effect = sites_effect(data)
    event = chosen_event(edition, choice)
    rows = [_row_of_sites(data, effect, event), _row_of_forecast(data, issued, event)]
    frame = pd.DataFrame(rows).assign(
        obs_status=[_status(data, row["obs_value"]) for row in rows], unit="percent"
    )
    return Result(
        name="event_effect",
        frame=frame,
        indicator=computed_indicator("event_effect", unit="percent", decimals=1),
        sources=sources_of(edition, data.rows),
        period=window_period(data),
        edition=edition.stamp,
        title=_title(edition, choice, data, effect, event),
        statements=_statements(frame, effect, event),
        caveats=caveats_of(edition, data.rows),
        notes=_notes(data, effect, frame),
        parameters={"sites": ", ".join(choice.sites), "window": f"{choice.first}..{choice.last}"},
    )


def sites_effect(data: EffectData) -> Effect:
    """The effect against other sites; fewer than three of these tell nothing."""
    controls = data.controls if len(data.controls.columns) >= LEAST_CONTROLS else pd.DataFrame()
    return estimate_effect(
        data.treated, controls, start=data.start, end=data.end, left_out=data.left_out
    )


def chosen_event(edition: Edition, choice: EffectChoice) -> EventDays | None:
    """The event of the choice, or None."""
    events = event_days(edition, with_unverified=choice.with_unverified)
    return next((one for one in events if one.code == choice.event), None)


def window_period(data: EffectData) -> Period:
    """The months of the window."""
    end = data.end + pd.offsets.MonthEnd(0)
    return Period(data.start.date(), end.date(), MONTH)


def _status(data: EffectData, value: object) -> str:
    """An effect is an estimate, and no surer than the visits it is made of."""
    if pd.isna(value):
        return ObsStatus.MISSING.value
    return weakest_status([ObsStatus.ESTIMATED.value, *data.rows["obs_status"]])


def _row_of_sites(data: EffectData, effect: Effect, event: EventDays | None) -> dict[str, object]:
    visits = data.treated[data.start : data.end]
    values = {
        "obs_value": as_percent(effect.effect),
        "low_pct": as_percent(effect.low),
        "high_pct": as_percent(effect.high),
        "extra": extra_visits(visits, effect.effect),
        "extra_low": extra_visits(visits, effect.low),
        "extra_high": extra_visits(visits, effect.high),
    }
    return {
        "method": BY_SITES,
        **(dict.fromkeys(values, np.nan) if effect.refusal else values),
        "p_value": effect.p_value,
        "placebos": len(effect.placebos),
        "verdict": effect.verdict,
        "visits": visits.sum(skipna=False),
        **_cost(event, np.nan if effect.refusal else values["extra"], effect.verdict),
    }


def _row_of_forecast(
    data: EffectData, issued: IssuedForecast | None, event: EventDays | None
) -> dict[str, object]:
    visits = data.treated[data.start : data.end].sum(skipna=False)
    ahead = _forecast_before(data, issued)
    nothing = {"p_value": np.nan, "placebos": 0, "visits": visits, "method": BY_FORECAST}
    names = ("obs_value", "low_pct", "high_pct", "extra", "extra_low", "extra_high")
    if ahead is None or pd.isna(visits):
        return {**nothing, **dict.fromkeys(names, np.nan), "verdict": "refused",
                **_cost(event, np.nan, "refused")}  # fmt: skip
    without, low, high = (float(ahead[name].sum()) for name in ("forecast", "lo_95", "hi_95"))
    values = {
        "obs_value": 100 * (visits / without - 1),
        "low_pct": 100 * (visits / high - 1),
        "high_pct": 100 * (visits / low - 1) if low > 0 else np.inf,
        "extra": visits - without,
        "extra_low": visits - high,
        "extra_high": visits - low,
    }
    verdict = "up" if visits > high else "down" if visits < low else "chance"
    return {**nothing, **values, "verdict": verdict, **_cost(event, values["extra"], verdict)}


def _forecast_before(data: EffectData, issued: IssuedForecast | None) -> pd.DataFrame | None:
    """The combination's forecast of the window's months from the month before it, if kept."""
    if issued is None or issued.backtest.empty:
        return None
    past = issued.backtest
    months = pd.date_range(data.start, data.end, freq="MS")
    origin = data.start - pd.DateOffset(months=1)
    found = past[
        (past["model"] == COMBINATION) & (past["origin"] == origin) & past["ds"].isin(months)
    ]
    whole = len(found) == len(months) and found[["forecast", "lo_95", "hi_95"]].notna().all(None)
    return found if whole else None


def _cost(event: EventDays | None, extra: float, verdict: str) -> dict[str, float]:
    """Cost of each visit more, only where the effect is one."""
    cost = event.cost_idr if event else float("nan")
    is_more = verdict == "up" and pd.notna(extra)
    return {
        "cost_idr": cost,
        "cost_per_extra": cost_per_extra_visit(cost, extra) if is_more else float("nan"),
    }


def _title(
    edition: Edition,
    choice: EffectChoice,
    data: EffectData,
    effect: Effect,
    event: EventDays | None,
) -> Statement:
    values: dict[str, object] = {
        "site": listed(place_labels(edition, choice.sites)),
        "period": window_period(data),
        "event": Label(event.name, event.name) if event else "",
    }
    kind = "event" if event else "window"
    if effect.verdict in ("up", "down"):
        low, high = sorted(abs(as_percent(end)) for end in (effect.low, effect.high))
        values |= {"low": percent(low), "high": percent(high)}
    return Statement(f"effects.title.{kind}.{effect.verdict}", values)


def _statements(
    frame: pd.DataFrame, effect: Effect, event: EventDays | None
) -> tuple[Statement, ...]:
    return told(
        [
            *(_way(row) for row in frame.to_dict("records")),
            _agreement(frame),
            None if effect.refusal else _placebo_statement(effect),
            _cost_statement(frame, event),
        ]
    )


def _way(row: dict) -> Statement | None:
    if pd.isna(row["obs_value"]):
        return None
    visits = {"decimals": 0}
    values = {
        "effect": Number(row["obs_value"], "signed_percent", {"decimals": 1}),
        "low": Number(row["low_pct"], "signed_percent", {"decimals": 1}),
        "high": Number(row["high_pct"], "signed_percent", {"decimals": 1}),
        "extra": Number(abs(row["extra"]), "number", visits),
        "visits": Number(row["visits"], "number", visits),
    }
    side = "more" if row["extra"] >= 0 else "fewer"
    return Statement(f"effects.sentence.{row['method']}.{side}", values)


def _agreement(frame: pd.DataFrame) -> Statement | None:
    verdicts = list(frame.loc[frame["obs_value"].notna(), "verdict"])
    if len(verdicts) < 2:
        return None
    return Statement("effects.sentence." + ("agree" if len(set(verdicts)) == 1 else "differ"))


def _placebo_statement(effect: Effect) -> Statement:
    as_far = int((effect.placebos.abs() >= abs(effect.effect)).sum())
    values = {"n": as_far, "placebos": len(effect.placebos)}
    return Statement("effects.sentence.placebo", values)


def _cost_statement(frame: pd.DataFrame, event: EventDays | None) -> Statement | None:
    if event is None:
        return None
    if pd.isna(event.cost_idr):
        return Statement("effects.sentence.cost_unknown")
    cost = Number(event.cost_idr, "rupiah")
    told_row = frame[frame["cost_per_extra"].notna()]
    if told_row.empty:
        return Statement("effects.sentence.cost_none", {"cost": cost})
    each = Number(told_row["cost_per_extra"].iloc[0], "rupiah")
    return Statement("effects.sentence.cost", {"cost": cost, "each": each})


def _notes(data: EffectData, effect: Effect, frame: pd.DataFrame) -> tuple[Statement, ...]:
    notes: list[Statement] = []
    if effect.refusal:
        values: dict[str, object] = {
            "controls": LEAST_CONTROLS,
            "dates": LEAST_PLACEBOS,
            "months": LEVEL_MONTHS,
        }
        notes.append(Statement(f"effects.refusal.{effect.refusal}", values))
    else:
        closed = f"{min(CLOSURE_YEARS)}–{max(CLOSURE_YEARS)}"
        values = {"n": len(data.controls.columns), "closed": closed}
        notes.append(Statement("effects.note.controls", values))
    is_without = frame.loc[frame["method"] == BY_FORECAST, "obs_value"].isna().any()
    if is_without:
        notes.append(Statement("effects.note.no_forecast"))
    return tuple(notes)


# The course around the window, and the placebo dates


def course_report(edition: Edition, *, choice: EffectChoice) -> Result:
    """Visits of the sites month by month beside what other sites let expect without the event.

    Column `line` is `observed` or `without`; 24 months before the window, six after it.
    """
    data = effect_data(edition, choice)
    frame = _course(data)
    values = {
        "site": listed(place_labels(edition, choice.sites)),
        "period": window_period(data),
    }
    return Result(
        name="event_course",
        frame=frame,
        indicator=known_indicator(edition, TOTAL),
        sources=sources_of(edition, data.rows),
        period=window_period(data),
        edition=edition.stamp,
        title=Statement("effects.course.title", values),
        statements=_course_statements(edition, frame, data),
        caveats=caveats_of(edition, data.rows),
        notes=() if len(frame) else (Statement("effects.course.none"),),
    )


def _course(data: EffectData) -> pd.DataFrame:
    first = data.start - pd.DateOffset(months=SHOWN_BEFORE)
    last = data.end + pd.DateOffset(months=SHOWN_AFTER)
    lines = {OBSERVED: data.treated, WITHOUT: expected_without(data)}
    parts = [
        pd.DataFrame({"period_start": line.index, "obs_value": line.to_numpy(), "line": name})
        for name, line in ((name, line[first:last]) for name, line in lines.items())
    ]
    frame = pd.concat(parts, ignore_index=True)
    source = data.rows["source_id"].mode()
    known = weakest_status(data.rows["obs_status"])
    computed = weakest_status([ObsStatus.ESTIMATED.value, known])
    status = np.where(frame["line"] == OBSERVED, known, computed)
    return frame.assign(
        period_end=frame["period_start"] + pd.offsets.MonthEnd(0),
        freq=MONTH,
        unit="visits",
        obs_status=np.where(frame["obs_value"].isna(), ObsStatus.MISSING.value, status),
        source_id=source.iloc[0] if len(source) else "",
    )


def expected_without(data: EffectData) -> pd.Series:
    """Visits that season, level of the year before and other sites let expect, month by month."""
    if len(data.controls.columns) < LEAST_CONTROLS:
        return pd.Series(np.nan, index=data.treated.index)
    others = np.log(data.controls.where(data.controls > 0)).mean(axis="columns", skipna=False)
    gap = log_gap(data.treated, data.controls)
    usual = usual_gap(gap, start=data.start, end=data.end, left_out=data.left_out)
    return np.exp(others + usual)


def _course_statements(
    edition: Edition, frame: pd.DataFrame, data: EffectData
) -> tuple[Statement, ...]:
    inside = frame[frame["period_start"].between(data.start, data.end)]
    sums = inside.groupby("line")["obs_value"].sum(min_count=1)
    if sums.isna().any() or len(sums) < 2:
        return ()
    indicator = known_indicator(edition, TOTAL)
    values = {
        "observed": written_number(sums[OBSERVED], indicator),
        "without": written_number(sums[WITHOUT], indicator),
    }
    return (Statement("effects.course.sentence", values),)


def placebo_report(edition: Edition, *, choice: EffectChoice) -> Result:
    """The same computed for every date without an event, in percent, one row a date."""
    data = effect_data(edition, choice)
    effect = sites_effect(data)
    placebos = effect.placebos
    frame = pd.DataFrame(
        {
            "period_start": pd.DatetimeIndex(placebos.index),
            "obs_value": [as_percent(value) for value in placebos],
        }
    ).assign(freq=MONTH, unit="percent", obs_status=_status(data, 0.0), source_id="")
    frame = frame.assign(period_end=frame["period_start"] + pd.offsets.MonthEnd(0))
    values = {
        "n": len(frame),
        "width": percent(as_percent(effect.half_width)),
        "effect": Number(as_percent(effect.effect), "signed_percent", {"decimals": 1}),
    }
    title = "refused" if effect.refusal else "told"
    return Result(
        name="event_placebos",
        frame=frame,
        indicator=computed_indicator("event_effect", unit="percent", decimals=1),
        sources=sources_of(edition, data.rows),
        period=window_period(data),
        edition=edition.stamp,
        title=Statement(f"effects.placebo.title_{title}", values),
        statements=() if effect.refusal else (Statement("effects.placebo.sentence", values),),
        caveats=caveats_of(edition, data.rows),
        notes=(Statement("effects.placebo.none"),) if frame.empty else (),
        parameters={
            "effect_pct": as_percent(effect.effect),
            "low_pct": as_percent(-effect.half_width),
            "high_pct": as_percent(effect.half_width),
        },
    )
