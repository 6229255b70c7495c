"""The ranking beside a map: areas from the highest value to the lowest, missing ones last."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.agriculture.answers import area_label
from analytics.editions.edition import Edition
from analytics.figures.result import Result
from analytics.figures.sentences import plain_number
from analytics.observations.status import ObsStatus


@dataclass(frozen=True)
class RankedArea:
    """One line; `share` is the length of its bar, from 0 to 1 of the largest value."""

    rank: str
    name: str
    value: str
    status: str
    share: float
    is_in_focus: bool


def ranking(
    edition: Edition, result: Result, *, focus: str | None, language: str
) -> tuple[RankedArea, ...]:
    """Lines of the ranking in the reader's language. An area without a value has no rank."""
    ordered = result.frame.sort_values(["rank", "ref_area"], na_position="last", kind="stable")
    largest = float(ordered["obs_value"].abs().max())
    shown = focus or edition.ref_area
    return tuple(
        RankedArea(
            rank="" if pd.isna(row.rank) else str(int(row.rank)),
            name=area_label(edition, row.ref_area).in_language(language),
            value=_value(row.obs_value, result, language),
            status=ObsStatus.MISSING.value if pd.isna(row.obs_value) else row.obs_status,
            share=_share(row.obs_value, largest),
            is_in_focus=row.ref_area == shown,
        )
        for row in ordered.itertuples(index=False)
    )


def _value(value: float, result: Result, language: str) -> str:
    return plain_number(None if pd.isna(value) else value, result.indicator).words(language)


def _share(value: float, largest: float) -> float:
    return 0.0 if pd.isna(value) or not largest > 0 else abs(value) / largest
