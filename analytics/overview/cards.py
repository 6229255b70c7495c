"""Headlines as facts for the cards of the home page."""

from __future__ import annotations

import pandas as pd

from analytics.figures.figure import Fact, Figure, Kind
from analytics.figures.palette import THEME_COLOUR
from analytics.figures.result import Result, Statement
from analytics.figures.sentences import written_number
from analytics.overview.headlines import change_pct, direction

FACT_KEYS = {
    "overview.change.up": "overview.fact.up",
    "overview.change.down": "overview.fact.down",
    "overview.change.same": "overview.fact.same",
}


def headline_fact(result: Result) -> Fact:
    """One card: name, newest value with its unit, period, change, status, source."""
    if result.is_empty:
        return Fact(heading=result.title, value=result.notes[0], status="M")
    newest = result.frame.iloc[-1]
    return Fact(
        heading=result.title,
        value=written_number(newest["obs_value"], result.indicator),
        period=result.period,
        comparison=_comparison(result.statements[0]),
        direction=direction(change_pct(result.frame) or 0.0),
        tone=tone(result),
        status=str(newest["obs_status"]),
        source=result.sources[0],
    )


def _comparison(statement: Statement) -> Statement | None:
    key = FACT_KEYS.get(statement.key)
    if key is None:
        return None
    wanted = {
        name: statement.values[name] for name in ("change", "before") if name in statement.values
    }
    return Statement(key, wanted)


def tone(result: Result) -> str:
    """`good` or `bad` when the indicator says which way is better, else `neutral`."""
    change = change_pct(result.frame)
    if not change or result.indicator.better not in ("up", "down"):
        return "neutral"
    is_good = (change > 0) == (result.indicator.better == "up")
    return "good" if is_good else "bad"


def headline_trend(result: Result) -> Figure | None:
    """The small trend of a card; None for fewer than three values."""
    known: pd.Series = result.frame["obs_value"].dropna()
    if len(known) < 3:
        return None
    return Figure(
        result=result,
        kind=Kind.SPARK,
        colour=THEME_COLOUR[str(result.parameters["theme"])],
    )
