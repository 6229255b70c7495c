"""Computed indicators and the words that the analyses share."""

from __future__ import annotations

from analytics.figures.names import in_both
from analytics.figures.result import Label, Number
from analytics.observations.concepts import Indicator

POINTS, PERCENT, NO_UNIT = "points", "percent", "index"
NO_SYMBOL = Label("", "")


def computed_indicator(
    code: str, *, unit: str = NO_UNIT, symbol: Label | None = None, decimals: int = 2,
    better: str = "neither",
) -> Indicator:  # fmt: skip
    """An indicator of the analyses, named and defined in the catalogue under its code."""
    return Indicator(
        code=code,
        name=in_both(f"analysis.indicator.{code}.name"),
        unit=unit,
        unit_symbol=symbol or _symbol(unit),
        decimals=decimals,
        better=better,
        aggregate="none",
        definition=in_both(f"analysis.indicator.{code}.definition"),
    )


def _symbol(unit: str) -> Label:
    return NO_SYMBOL if unit == NO_UNIT else in_both(f"analysis.unit.{unit}")


def plain(value: float, decimals: int = 2) -> Number:
    """A number without unit in a sentence."""
    return Number(value, "number", {"decimals": decimals})


def percent(value: float) -> Number:
    """A share or growth in a sentence: `12,5 persen`."""
    return Number(value, "percent")
