"""Words that tourism's reports share: lists, kinds of destinations, computed indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures import names
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Number
from analytics.i18n import MissingText

NAMES_TOLD = 12
PERCENT_DECIMALS = 1


def listed(labels: Sequence[Label], *, at_most: int = NAMES_TOLD) -> Label:
    """Names as a list in words; many are cut short with how many more there are."""
    return names.listed(labels, at_most=at_most)


def years_listed(years: Iterable[int]) -> Label:
    """Years as a list in words."""
    return listed([Label(str(year), str(year)) for year in years])


def place_labels(edition: Edition, places: Iterable[str]) -> list[Label]:
    """Names of places."""
    names = (edition.vocabulary.place_name(place) for place in places)
    return [Label(name, name) for name in names]


def kind_label(kind: str) -> Label:
    """What a kind of destination is called; an unknown one is shown by its code."""
    try:
        return in_both(f"tourism.kind.{kind}")
    except MissingText:
        return Label(kind, kind)


def kinds_of(edition: Edition) -> pd.Series:
    """Kind of each destination by place."""
    return edition.vocabulary.destinations["kind"]


# Unit and decimals of indicators that a pack may lack while a page still names them.
UNITS = {
    "hotel_room_occupancy": ("percent", 2),
    "length_of_stay": ("night", 2),
    "revenue_realised": ("IDR", 0),
    "tourism_pad_realised": ("IDR", 0),
}


def known_indicator(edition: Edition, code: str) -> Indicator:
    """The pack's indicator, or one of the catalogue's words where the pack has none."""
    try:
        return edition.vocabulary.indicator(code)
    except UnknownCode:
        unit, decimals = UNITS.get(code, ("visits", 0))
        return computed_indicator(code, unit=unit, decimals=decimals)


def computed_indicator(
    code: str, *, unit: str, decimals: int, better: str = "neither"
) -> Indicator:
    """An indicator that is computed here; name, unit and definition stand in the catalogue."""
    return Indicator(
        code=code,
        name=in_both(f"tourism.indicator.{code}.name"),
        unit=unit,
        unit_symbol=in_both(f"tourism.unit.{unit}"),
        decimals=decimals,
        better=better,
        aggregate="none",
        definition=in_both(f"tourism.indicator.{code}.definition"),
    )


def percent(value: float) -> Number:
    """A share or change in a sentence: `12,5 persen`."""
    return Number(value, "percent", {"decimals": PERCENT_DECIMALS})


def direction(size: float, *, same_within: float = 0.05) -> str:
    """`up`, `down` or `same` by the sign of a change; `missing` for none."""
    if pd.isna(size):
        return "missing"
    if abs(size) < same_within:
        return "same"
    return "up" if size > 0 else "down"
