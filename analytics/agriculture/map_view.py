"""Maps as they are drawn: a report's values in classes, with the words of each area."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from analytics.agriculture.change_report import change_report, neutral_size
from analytics.agriculture.hover import with_lines
from analytics.agriculture.map_report import map_report
from analytics.agriculture.measures import Measure, measure_of
from analytics.agriculture.outlines import outlines
from analytics.agriculture.rows import map_rows
from analytics.editions.edition import Edition
from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.result import Result
from analytics.geography.classes import MAX_CLASSES, Classes, classify, classify_change

MANUAL, QUANTILE = "manual", "quantile"
THOUSANDS = {"id": ".", "en": ","}
DECIMAL = {"id": ",", "en": "."}
SEPARATOR = ";"


def map_view(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    language: str,
    method: str = QUANTILE,
    classes: int = 5,
    breaks: tuple[float, ...] = (),
    over: tuple[str, ...] = (),
    focus: str | None = None,
    with_unverified: bool = False,
) -> MapLayer:
    """The map of one period. `over` are the periods whose values decide the limits, if given.

    `breaks` are the limits of the method manual; without them it falls back to quantiles.
    `focus` is outlined, else the own region where it lies on this level.
    """
    asked = {"level": level, "item": item, "indicator": indicator}
    measure = measure_of(edition, **asked, with_unverified=with_unverified)
    result = map_report(
        edition, **asked, period=period, focus=focus, with_unverified=with_unverified
    )
    values = result.frame["obs_value"]
    basis = _values_over(edition, measure, over, level=level, with_unverified=with_unverified)
    made = make_classes(values, method=method, count=classes, breaks=breaks, over=basis)
    return _layer(edition, result, measure, made, level=level, focus=focus, language=language)


def change_view(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    before: str,
    after: str,
    mode: str,
    language: str,
    focus: str | None = None,
    with_unverified: bool = False,
) -> MapLayer:
    """The map of a change: fall and rise in two colours around an unchanged middle."""
    asked = {"level": level, "item": item, "indicator": indicator}
    measure = measure_of(edition, **asked, with_unverified=with_unverified)
    result = change_report(
        edition, **asked, before=before, after=after, mode=mode, focus=focus,
        with_unverified=with_unverified,
    )  # fmt: skip
    made = classify_change(result.frame["obs_value"], neutral=neutral_size(result.frame, mode))
    return _layer(edition, result, measure, made, level=level, focus=focus, language=language)


def make_classes(
    values: pd.Series,
    *,
    method: str,
    count: int,
    breaks: tuple[float, ...] = (),
    over: pd.Series | None = None,
) -> Classes:
    """Classes as asked for; manual without usable limits gives quantiles."""
    if method == MANUAL and breaks:
        return classify(values, method=MANUAL, breaks=breaks, over=over)
    usual = QUANTILE if method == MANUAL else method
    return classify(values, method=usual, k=count, over=over)


def read_breaks(typed: str, *, language: str) -> tuple[float, ...] | None:
    """Limits from `1.000; 5.500,5` as the language writes numbers; empty when nothing is typed.

    None when they cannot be used: no numbers, not rising, or too many.
    """
    parts = [part.strip() for part in typed.split(SEPARATOR) if part.strip()]
    plain = [
        part.replace(THOUSANDS[language], "").replace(DECIMAL[language], ".") for part in parts
    ]
    try:
        limits = tuple(float(part) for part in plain)
    except ValueError:
        return None
    is_rising = all(low < high for low, high in pairwise(limits))
    is_finite = all(abs(limit) < float("inf") for limit in limits)
    return limits if is_rising and is_finite and len(limits) < MAX_CLASSES else None


def _values_over(
    edition: Edition,
    measure: Measure,
    periods: Sequence[str],
    *,
    level: str,
    with_unverified: bool,
) -> pd.Series | None:
    """Values of several periods, for limits that hold over all of them."""
    if not periods:
        return None
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    asked = {"item": measure.item, "indicator": measure.indicator.code}
    values = [rows.of("chosen", **asked, period=period)["obs_value"] for period in periods]
    return pd.concat(values, ignore_index=True)


def _layer(
    edition: Edition,
    result: Result,
    measure: Measure,
    classes: Classes,
    *,
    level: str,
    focus: str | None,
    language: str,
) -> MapLayer:
    return map_layer(
        with_lines(result, measure=measure, language=language),
        boundary=outlines(edition, level=level),
        classes=classes,
        language=language,
        selected=focus or edition.ref_area,
    )
