"""Words that the reports share: dimensions, components, states, computed indicators, lists."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.figures import names
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Number
from analytics.smart_city.scheme import COMPONENTS, DIMENSIONS, State

NAMES_TOLD = 8
SCORE_DECIMALS = 2


def dimension_labels() -> dict[str, Label]:
    """Names of the six dimensions, of all together and of none."""
    return {code: in_both(f"smart_city.dimension.{code}") for code in (*DIMENSIONS, "all")}


def sub_dimension_label(code: str) -> Label:
    """Name of a sub-dimension; `belum ditetapkan` for none."""
    return in_both(f"smart_city.sub_dimension.{code or 'none'}")


def component_labels() -> dict[str, Label]:
    """Names of the five components and of the score made of them."""
    return {code: in_both(f"smart_city.component.{code}") for code in (*COMPONENTS, "score")}


def state_label(state: State) -> Label:
    """What a state is called."""
    return in_both(f"smart_city.state.{state.value}")


def score_indicator(code: str = "score") -> Indicator:
    """A score from 0 to 4, computed here from the components."""
    return computed(code, unit="score", decimals=SCORE_DECIMALS, better="up")


def computed(code: str, *, unit: str, decimals: int, better: str = "neither") -> Indicator:
    """An indicator that is computed here; name, unit and definition stand in the catalogue."""
    return Indicator(
        code=code,
        name=in_both(f"smart_city.indicator.{code}.name"),
        unit=unit,
        unit_symbol=in_both(f"smart_city.unit.{unit}"),
        decimals=decimals,
        better=better,
        aggregate="none",
        definition=in_both(f"smart_city.indicator.{code}.definition"),
    )


def a_list(code: str) -> Indicator:
    """What a list of words is about: it has no figure and no unit."""
    return Indicator(
        code=code,
        name=in_both(f"smart_city.list.{code}"),
        unit="text",
        unit_symbol=Label("", ""),
        decimals=0,
        better="neither",
        aggregate="none",
        definition=in_both(f"smart_city.list.{code}"),
    )


def score(value: float) -> Number:
    """A score in a sentence: `2,87`."""
    return Number(value, "number", {"decimals": SCORE_DECIMALS})


def percent(value: float, decimals: int = 1) -> Number:
    """A share in a sentence: `12,5 persen`."""
    return Number(value, "percent", {"decimals": decimals})


def listed(labels: Sequence[Label], *, at_most: int = NAMES_TOLD) -> Label:
    """Names as a list in words; many are cut short with how many more there are."""
    return names.listed(labels, at_most=at_most)
