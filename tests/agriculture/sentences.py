"""Finds the numbers that sentences hold, so that each can be looked for in the frame."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from analytics.figures.result import Number, Result, Statement


def numbers_told(result: Result) -> list[float]:
    """All numbers in the title and the sentences of a result."""
    return [
        number
        for statement in (result.title, *result.statements, *result.notes)
        for number in _numbers(statement)
    ]


def _numbers(statement: Statement) -> Iterator[float]:
    for value in statement.values.values():
        if isinstance(value, Statement):
            yield from _numbers(value)
        elif isinstance(value, Number) and value.style != "month_name":
            yield float(value.value)
        elif isinstance(value, int | float):
            yield float(value)


def stand_in_the_frame(result: Result) -> None:
    """Fails for a number in the words that is neither in the frame nor a count of its rows."""
    known = _frame_numbers(result.frame)
    for number in numbers_told(result):
        assert any(number == pytest.approx(value) for value in known), number


def _frame_numbers(frame: pd.DataFrame) -> set[float]:
    found: set[float] = set()
    for column in frame.select_dtypes("number"):
        values = frame[column].dropna()
        found |= {abs(float(value)) for value in values} | {float(values.sum())}
    known = frame["obs_value"].notna()
    counts = [len(frame), known.sum(), (~known).sum()]
    counts += [(frame["obs_value"] > 0).sum(), (frame["obs_value"] < 0).sum()]
    values = frame["obs_value"]
    counts += [(values == values.max()).sum(), (values == values.min()).sum()]
    if "is_other_method" in frame:
        counts.append(frame["is_other_method"].sum())
    if "share_pct" in frame and "period_start" in frame and frame["share_pct"].notna().any():
        counts.append(frame.loc[frame["share_pct"].notna(), "period_start"].dt.year.nunique())
    return found | {float(count) for count in counts}
