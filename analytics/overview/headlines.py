"""Headline figures of a region: which ones, the pack says; what they say, the data do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number

SAME_WITHIN_PCT = 0.05
SELECTORS = ("ref_area", "place", "item", "indicator", "freq", "source_id")


def headline_specs(edition: Edition) -> tuple[Mapping[str, str], ...]:
    """The pack's list of headlines: theme, dataset and the codes that select one series."""
    specs: Sequence[Mapping[str, str]]
    specs = edition.region.get("headlines", ())  # type: ignore[assignment]
    return tuple(specs)


def headlines(edition: Edition) -> tuple[Result, ...]:
    """One Result for each headline, in the pack's order; an empty one where nothing is known."""
    return tuple(headline(edition, position=i) for i in range(len(headline_specs(edition))))


def headline(edition: Edition, *, position: int) -> Result:
    """The series of one headline: all periods that its newest value's method measured.

    Frame: edition columns, oldest first. An older method never continues the line.
    """
    spec = headline_specs(edition)[position]
    codes = {name: spec[name] for name in SELECTORS if name in spec}
    rows = edition.observations(spec["dataset"], **codes)  # type: ignore[arg-type]
    found = edition.preferred(rows)
    dated = found.dropna(subset=["period_start", "obs_value"]).sort_values("period_start")
    frame = _of_newest_method(edition, dated).reset_index(drop=True)
    unit = str(frame["unit"].iloc[-1]) if len(frame) else None
    indicator = edition.vocabulary.indicator(spec["indicator"], unit=unit)
    return Result(
        name=f"headline_{spec['theme']}_{spec['indicator']}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(frame.tail(1)),
        period=_period_of(frame),
        edition=edition.stamp,
        title=Statement("overview.headline.title", {"what": headline_name(edition, spec)}),
        statements=(_change(frame, indicator),) if len(frame) else (),
        caveats=edition.vocabulary.caveats(frame["caveat"].tail(1)),
        notes=() if len(frame) else (Statement("overview.headline.missing"),),
        parameters={"theme": spec["theme"], **codes},
    )


def headline_name(edition: Edition, spec: Mapping[str, str]) -> Label:
    """What is measured and where: `Produksi Padi`, `Harga produsen Telur ayam ras, UD. …`."""
    words = edition.vocabulary
    if "name" in spec:
        name: Mapping[str, str] = spec["name"]  # type: ignore[assignment]
        return Label(name["id"], name["en"])
    return words.indicator(spec["indicator"]).name


def _of_newest_method(edition: Edition, frame: pd.DataFrame) -> pd.DataFrame:
    if frame.empty:
        return frame
    methods = frame["source_id"].map(edition.vocabulary.sources["method"])
    return frame[methods == methods.iloc[-1]]


def _period_of(frame: pd.DataFrame) -> Period:
    if frame.empty:
        return Period(None, None)
    newest = frame.iloc[-1]
    end = newest["period_end"]
    return Period(
        newest["period_start"].date(), None if pd.isna(end) else end.date(), newest["freq"]
    )


def change_pct(frame: pd.DataFrame) -> float | None:
    """Change of the newest value against the one before, in percent; None where there is none."""
    if len(frame) < 2:
        return None
    before, now = frame["obs_value"].iloc[-2], frame["obs_value"].iloc[-1]
    return None if before == 0 else (now / before - 1) * 100


def _change(frame: pd.DataFrame, indicator: Indicator) -> Statement:
    """The newest value against the one before it, whatever step lies between them."""
    newest = frame.iloc[-1]
    values: dict[str, object] = {
        "value": written_number(newest["obs_value"], indicator),
        "period": _period_of(frame),
    }
    change = change_pct(frame)
    if change is None:
        return Statement("overview.change.first", values)
    values["before"] = _period_of(frame.iloc[:-1])
    if indicator.unit in ("percent", "index"):
        return _change_in_points(frame, values)
    if abs(change) < SAME_WITHIN_PCT:
        return Statement("overview.change.same", values)
    values["change"] = Number(abs(change), "percent")
    return Statement(f"overview.change.{direction(change)}", values)


def _change_in_points(frame: pd.DataFrame, values: dict[str, object]) -> Statement:
    """Shares and indices change by points, not by percent of themselves."""
    difference = frame["obs_value"].iloc[-1] - frame["obs_value"].iloc[-2]
    if difference == 0:
        return Statement("overview.change.same", values)
    values["change"] = Number(abs(difference), "points")
    return Statement(f"overview.change.{direction(difference)}", values)


def direction(change: float) -> str:
    """`up`, `down` or `same`."""
    if change == 0:
        return "same"
    return "up" if change > 0 else "down"
