"""The figures and maps of the analysis pages: reports with the choice of how each is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analytics.agriculture.balance_report import balance_report, monthly_balance_report
from analytics.agriculture.cluster_report import COMPUTATION, REASONS, cluster_report
from analytics.agriculture.derived import POINTS, computed_indicator
from analytics.agriculture.map_view import QUANTILE, make_classes
from analytics.agriculture.outlines import outlines
from analytics.agriculture.progress_report import RANK, progress_report
from analytics.agriculture.specialisation import (
    EVEN,
    KLASSEN_CLASSES,
    QUOTIENT_CLASSES,
    SHIFT_PARTS,
)
from analytics.agriculture.specialisation_report import (
    BY_ITEM,
    klassen_report,
    parts_result,
    quotient_report,
    shift_share_report,
)
from analytics.editions.edition import Edition
from analytics.figures.category_map import category_layer
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.map_layer import MapLayer, map_layer
from analytics.figures.names import in_both
from analytics.figures.result import Label, Result, Statement
from analytics.geography.classes import classify_change
from analytics.geography.moran import CLUSTERS, UNTESTABLE
from analytics.i18n import text
from analytics.jobs.render import run_job

NAMED = ("ref_area", "item", "source_id")
GREEN = "green"
CLASS, CLUSTER, PART = "class_code", "cluster", "part"
SIGNED, SHARE_STYLE = "signed_percent", "percent_sign"


@dataclass(frozen=True)
class Analysis:
    """One analysis: its figures, and its map where the rows are areas.

    `main` is what stands first, `picture` a further one (quadrants, bars); `layer` paints the
    map of `main`.
    """

    main: Figure
    picture: Figure | None = None
    layer: MapLayer | None = None


def quotients(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """LQ and DLQ as quadrants; for a commodity also the map of the classes."""
    result = quotient_report(edition, **choices)
    dynamic = computed_indicator("dynamic_quotient")
    columns = (_code(CLASS), _number("first_amount", 0, "ha"), _number("amount", 0, "ha"))
    scatter = replace(
        _figure(edition, result, Kind.SCATTER, columns, classes=QUOTIENT_CLASSES),
        category=_rows_of(choices),
        x_column="dynamic", x_indicator=dynamic, quadrant=(EVEN, EVEN),
    )  # fmt: skip
    table = (_number("dynamic", 2), *columns)
    how = Statement("analysis.quotients.quadrants")
    return _with_class_map(edition, scatter, table, QUOTIENT_CLASSES, how, language, choices)


def klassen(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """Klassen quadrants; for a commodity also the map of the quadrants."""
    result = klassen_report(edition, **choices)
    columns = (
        _code(CLASS),
        _styled("growth_pct", SIGNED), _styled("reference_growth_pct", SIGNED),
        _styled("share_pct", SHARE_STYLE), _styled("reference_share_pct", SHARE_STYLE),
    )  # fmt: skip
    scatter = replace(
        _figure(edition, result, Kind.SCATTER, columns, classes=KLASSEN_CLASSES),
        category=_rows_of(choices),
        x_column="share_points", quadrant=(0.0, 0.0),
        x_indicator=computed_indicator("share_above", unit=POINTS, decimals=1),
    )  # fmt: skip
    how = Statement("analysis.klassen.quadrants")
    return _with_class_map(edition, scatter, columns, KLASSEN_CLASSES, how, language, choices)


def shifts(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """The three parts of a change as bars; for a commodity also the map of the regional shift."""
    result = shift_share_report(edition, **choices)
    rows_of = _rows_of(choices)
    long = _figure(edition, parts_result(result), Kind.GROUPED_BARS, ())
    names = {**long.names, PART: {part: in_both(f"analysis.part.{part}") for part in SHIFT_PARTS}}
    bars = replace(
        long, category=rows_of, series=PART, order=SHIFT_PARTS, names=names,
        headings={PART: Statement("analysis.table.part")},
    )  # fmt: skip
    if choices["by"] != BY_ITEM or result.is_empty:
        return Analysis(bars)
    symbol = edition.vocabulary.unit_symbol("ha")
    indicator = computed_indicator("regional_shift", unit="ha", symbol=symbol, decimals=0)
    frame = result.frame.assign(obs_value=result.frame["regional_shift"])
    shifted = replace(result, frame=frame, indicator=indicator)
    columns = tuple(_number(name, 0, "ha") for name in SHIFT_PARTS[:2])
    layer = _change_layer(
        edition, shifted, choices["level"], language, neutral_of=frame["amount"], words="shift"
    )
    return Analysis(_figure(edition, shifted, Kind.MAP, columns), _under(bars), layer)


def progress(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """One aspect of a commodity over all areas as map and bars, all aspects in the table."""
    result = progress_report(edition, **choices)
    main = _figure(edition, result, Kind.MAP, _progress_columns(result))
    if result.is_empty:
        return Analysis(replace(main, kind=Kind.TABLE))
    layer = map_layer(
        result, boundary=outlines(edition, level=choices["level"]), language=language,
        classes=make_classes(result.frame["obs_value"], method=QUANTILE, count=5),
        selected=choices.get("focus") or edition.ref_area,
    )  # fmt: skip
    if choices["aspect"] == RANK:
        return Analysis(main, _under(_ranking(main)), layer)
    bars = replace(
        main, kind=Kind.BARS, category="ref_area",
        emphasis=(str(choices.get("focus") or edition.ref_area),),
    )  # fmt: skip
    return Analysis(main, _under(bars), layer)


def _ranking(main: Figure) -> Figure:
    """Ranks by year as a table, the first of the newest year on top."""
    result = main.result
    ranked = replace(result, frame=result.frame.sort_values("obs_value", kind="stable"))
    return replace(main, result=ranked, kind=Kind.TABLE, columns=_rank_columns(result))


def clusters(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """The map of the clusters of local Moran, computed in a process of its own."""
    result = cluster_report(edition, compute=_asked_in_a_job, **choices)
    columns = (
        _code(CLUSTER), _number("local_i", 2), _number("p", 4), _number("neighbours", 0),
        _code("reason"),
    )  # fmt: skip
    names = {
        CLUSTER: {name: in_both(f"analysis.clusters.name.{name}")
                  for name in (*CLUSTERS, UNTESTABLE)},
        "reason": {name: in_both(f"analysis.clusters.why.{name}") for name in REASONS},
    }  # fmt: skip
    figure = _figure(edition, result, Kind.MAP, columns)
    figure = replace(figure, names={**figure.names, **names})
    words = {name: names[CLUSTER][name].in_language(language) for name in reversed(CLUSTERS)}
    told = {code: label.in_language(language) for code, label in names["reason"].items()}
    own = [(words.get(row.cluster, ""), told.get(row.reason, ""))
           for row in result.frame.itertuples()]  # fmt: skip
    layer = category_layer(
        _with_lines(result, own), boundary=outlines(edition, level=choices["level"]),
        column=CLUSTER, names=words, language=language, is_diverging=True,
        without_class=text("analysis.clusters.legend_untestable", language),
        selected=edition.ref_area,
    )  # fmt: skip
    return Analysis(figure, None, layer)


def balance(edition: Edition, *, language: str, **choices: Any) -> Analysis:
    """The map of surplus and deficit in a year or month."""
    result = balance_report(edition, **choices)
    columns = (
        _number("paddy_t", 0, "t"),
        _number("rice_t", 0, "t"),
        _number("need_t", 0, "t"),
        _number("population", 0, "person"),
        _styled("cover_pct", SHARE_STYLE),
    )
    figure = _figure(edition, result, Kind.MAP, columns)
    if result.is_empty:
        return Analysis(replace(figure, kind=Kind.TABLE))
    layer = _change_layer(
        edition,
        result,
        choices["level"],
        language,
        neutral_of=result.frame["need_t"],
        words="balance",
    )
    return Analysis(figure, None, layer)


def monthly_balance(edition: Edition, **choices: Any) -> Figure:
    """Rice from the harvest and the need, month by month, as two lines."""
    result = monthly_balance_report(edition, **choices)
    figure = _figure(edition, result, Kind.LINE, (_number("balance_t", 0, "t"),))
    parts = ("rice", "need")
    names = {**figure.names, PART: {part: in_both(f"analysis.part.{part}") for part in parts}}
    return replace(
        figure, series=PART, order=parts, names=names,
        headings={PART: Statement("analysis.table.part")},
    )  # fmt: skip


def _asked_in_a_job(**arguments: Any) -> pd.DataFrame:
    """Local Moran from a process of its own: its library takes seconds and memory to load."""
    found: pd.DataFrame = run_job(COMPUTATION, **arguments)
    return found


def _rows_of(choices: dict[str, Any]) -> str:
    """What one row is about: an area of a commodity, or a commodity of an area."""
    return "ref_area" if choices["by"] == BY_ITEM else "item"


def _with_class_map(
    edition: Edition,
    scatter: Figure,
    columns: tuple[Column, ...],
    classes: tuple[str, ...],
    how: Statement,
    language: str,
    choices: dict[str, Any],
) -> Analysis:
    """The quadrants, and before them the map of the classes where the rows are areas."""
    result = scatter.result
    if result.is_empty:
        return Analysis(scatter)
    if choices["by"] != BY_ITEM:
        read = replace(result, statements=(how, *result.statements))
        return Analysis(replace(scatter, result=read))
    names = {name: text(f"analysis.class.{name}", language) for name in reversed(classes)}
    lines = [(names.get(code, ""),) for code in result.frame[CLASS]]
    layer = category_layer(
        _with_lines(result, lines), boundary=outlines(edition, level=choices["level"]),
        column=CLASS, names=names, language=language, selected=edition.ref_area,
        without_class=text("analysis.class.without", language),
    )  # fmt: skip
    shown = replace(
        scatter, kind=Kind.MAP, series="", category="ref_area", quadrant=None, x_column="",
        x_indicator=None, columns=columns,
    )  # fmt: skip
    return Analysis(shown, _under(scatter, how), layer)


def _under(figure: Figure, *statements: Statement) -> Figure:
    """A further picture of what stands above: only the words that are about it alone."""
    result = replace(figure.result, statements=statements, notes=())
    return replace(figure, result=result)


def _with_lines(result: Result, lines: Sequence[tuple[str, ...]]) -> Result:
    told = [tuple(line for line in row if line) for row in lines]
    return replace(result, frame=result.frame.assign(lines=told))


def _change_layer(
    edition: Edition,
    result: Result,
    level: str,
    language: str,
    *,
    neutral_of: pd.Series,
    words: str,
) -> MapLayer:
    """Two colours around an unchanged middle of one percent of the mean amount."""
    neutral = float(neutral_of.mean()) / 100
    return map_layer(
        result, boundary=outlines(edition, level=level), language=language,
        classes=classify_change(result.frame["obs_value"], neutral=neutral),
        selected=edition.ref_area, change_words=f"analysis.legend.{words}",
    )  # fmt: skip


def _figure(
    edition: Edition,
    result: Result,
    kind: Kind,
    columns: tuple[Column, ...],
    *,
    classes: tuple[str, ...] = (),
) -> Figure:
    held = tuple(
        c for c in columns if c.name in result.frame and _says_something(result.frame[c.name])
    )
    names: dict[str, dict[str, Label]] = code_names(result.frame, edition, columns=NAMED)
    if classes:
        names[CLASS] = {name: in_both(f"analysis.class.{name}") for name in classes}
        names[CLASS][""] = in_both("analysis.class.without")
    if "best_area" in result.frame:
        names["best_area"] = code_names(
            result.frame[["best_area"]].rename(columns={"best_area": "ref_area"}), edition,
            columns=("ref_area",),
        )["ref_area"]  # fmt: skip
    with_units = tuple(
        replace(column, unit=edition.vocabulary.unit_symbol(column.unit.id))
        if column.unit
        else column
        for column in held
    )
    return Figure(result=result, kind=kind, names=names, columns=with_units, colour=GREEN)


def _says_something(values: pd.Series) -> bool:
    return bool(values.notna().any() and (values.astype(str) != "").any())


def _progress_columns(result: Result) -> tuple[Column, ...]:
    aspect = str(result.parameters["aspect"])
    every = (
        _number("amount", 0, "t"), _styled("share", SHARE_STYLE), _styled("growth", SIGNED),
        _styled("steadiness", SHARE_STYLE), _number("years", 0), _number("rank", 0),
        _number("rank_first", 0), _number("own_yield", 2, "t/ha"), _number("hectares", 0, "ha"),
        _number("gap", 2, "t/ha"), _styled("gap_pct", SHARE_STYLE), _number("gap_t", 0, "t"),
        _code("best_area"), _number("best_t_per_ha", 2, "t/ha"), _number("peers", 0),
    )  # fmt: skip
    return tuple(column for column in every if column.name != aspect)


def _rank_columns(result: Result) -> tuple[Column, ...]:
    """One column a year, the oldest first."""
    years = [name for name in result.frame if name.removeprefix("rank_").isdigit()]
    return tuple(
        Column(name, Label(*(name.removeprefix("rank_"),) * 2), decimals=0) for name in years
    )


def _number(name: str, decimals: int, unit: str = "") -> Column:
    """A number; `unit` is the code of its unit, named when the figure is made."""
    key = f"{name}_{unit}" if name in ("amount", "first_amount") else name
    return Column(
        name, Statement(f"analysis.table.{key}"), decimals=decimals,
        unit=Label(unit, unit) if unit else None,
    )  # fmt: skip


def _styled(name: str, style: str) -> Column:
    return Column(name, Statement(f"analysis.table.{name}"), style=style)


def _code(name: str) -> Column:
    return Column(name, Statement(f"analysis.table.{name}"), style="code")
