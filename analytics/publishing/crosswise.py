"""A figure of two kinds of codes as a table across: what is drawn as cells or as a radar."""

from __future__ import annotations

import pandas as pd

from analytics.figures.figure import Figure
from analytics.figures.palette import sequential
from analytics.figures.result import Label, Statement
from analytics.figures.sentences import plain_number
from analytics.i18n import MISSING
from analytics.publishing.slide_parts import TableWords

SHADES = 5  # the darkest of the ramp would hide dark letters


def crosswise_table(figure: Figure, language: str) -> TableWords:
    """The codes of `category` down, those of `series` across, values written, missing ones too.

    Cells are the darker the larger their share of the scale's span.
    """
    frame = figure.frame
    downs, acrosses = (list(dict.fromkeys(frame[name].astype(str))) for name in _axes(figure))
    by_codes = frame.assign(**{name: frame[name].astype(str) for name in _axes(figure)})
    wide = by_codes.pivot_table(
        index=figure.category, columns=figure.series, values="obs_value", aggfunc="first",
        dropna=False,
    ).reindex(index=downs, columns=acrosses)  # fmt: skip
    rows = tuple(
        (
            figure.name_of(figure.category, down, language),
            *(_cell(figure, wide.loc[down, across], language) for across in acrosses),
        )
        for down in downs
    )
    columns = (
        _heading(figure, language),
        *(figure.name_of(figure.series, across, language) for across in acrosses),
    )
    numbers = frozenset(range(1, len(columns)))
    return TableWords(columns, rows, numbers, fills=_fills(figure, wide))


def _axes(figure: Figure) -> tuple[str, str]:
    return figure.category, figure.series


def _heading(figure: Figure, language: str) -> str:
    found: Statement | Label | None = figure.headings.get(figure.category)
    if found is None:
        return ""
    return found.words(language) if isinstance(found, Statement) else found.in_language(language)


def _cell(figure: Figure, value: float, language: str) -> str:
    return (
        MISSING if pd.isna(value) else plain_number(value, figure.result.indicator).words(language)
    )


def _fills(figure: Figure, wide: pd.DataFrame) -> dict[tuple[int, int], str]:
    low, high = figure.limits or (float(wide.min().min()), float(wide.max().max()))
    span, ramp = (high - low) or 1.0, sequential(SHADES)
    return {
        (down, across + 1): ramp[min(SHADES - 1, max(0, int((value - low) / span * SHADES)))]
        for down, row in enumerate(wide.to_numpy(dtype=float))
        for across, value in enumerate(row)
        if not pd.isna(value)
    }
