"""Words that the reports share: dimensions, components, states, computed indicators, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.figures.result import Indicator, Label, Number, Statement
from analytics.i18n import LANGUAGES, text
from analytics.smart_city.scheme import COMPONENTS, DIMENSIONS, State

NAMES_TOLD = 8
SCORE_DECIMALS = 2


def in_both(key: str, **values: object) -> Label:
    """A text of the catalogue in both languages; labels among the values follow the language."""
    return Label(*(text(key, language, **_in(values, language)) for language in LANGUAGES))


def _in(values: dict[str, object], language: str) -> dict[str, object]:
    return {
        name: value.in_language(language) if isinstance(value, Label) else value
        for name, value in values.items()
    }


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
    shown, rest = list(labels[:at_most]), max(0, len(labels) - at_most)
    return Label(
        *(
            _listed([label.in_language(language) for label in shown], rest, language)
            for language in LANGUAGES
        )
    )


def _listed(names: list[str], rest: int, language: str) -> str:
    if rest:
        return text("smart_city.names.cut", language, names=", ".join(names), n=rest)
    if len(names) < 2:
        return "".join(names)
    kind = "two" if len(names) == 2 else "more"
    return text(f"smart_city.names.{kind}", language, first=", ".join(names[:-1]), last=names[-1])


def told(statements: Iterable[Statement | None]) -> tuple[Statement, ...]:
    """The statements without those that have nothing to say."""
    return tuple(statement for statement in statements if statement is not None)
