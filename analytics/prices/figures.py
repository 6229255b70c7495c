"""Price reports as figures: how each is drawn, named and tabulated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.annotations import RAMADAN, holiday_annotations
from analytics.figures.figure import Annotation, Column, Figure, Kind, code_names
from analytics.figures.result import Label, Result, Statement
from analytics.i18n import text
from analytics.ledger.forecasts import IssuedForecast
from analytics.prices.catalogue import price_catalogue, series_list
from analytics.prices.comparison import price_comparison, series_labels
from analytics.prices.course import price_course
from analytics.prices.daily import daily_course, raw_entries, reason_labels
from analytics.prices.lebaran import HOLIDAY, PATH_STEPS, lebaran_changes, lebaran_steps
from analytics.prices.names import basis_label, both_languages
from analytics.prices.outlook import model_scores, past_forecasts, price_outlook
from analytics.prices.references import lines_of, reference_prices
from analytics.prices.season import month_pattern, price_by_year
from analytics.prices.series import series_key

COLOUR = "gold"
PERCENT = Label("%", "%")
# More lines than this nobody can tell apart: each gets its own small picture.
LINES_TOGETHER = 5

Years = tuple[int, int] | None


def course_figure(
    edition: Edition,
    *,
    series: str,
    today: date,
    years: Years = None,
    reference: str = "",
    has_holidays: bool = True,
) -> Figure:
    """One series as a line, with holidays and the reference prices of its time."""
    key = series_key(series)
    result = price_course(edition, series=series, today=today, years=years, reference=reference)
    references = reference_prices(edition, key, kind=reference) if reference else None
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=_names(result.frame, edition),
        colour=COLOUR,
        annotations=_holidays(edition, result) if has_holidays else (),
        references=lines_of(references, kind=reference) if references is not None else (),
        columns=_report_columns() if key.is_daily else (),
    )


def season_figure(edition: Edition, *, series: str, today: date, years: Years = None) -> Figure:
    """One line a year."""
    result = price_by_year(edition, series=series, today=today, years=years)
    names = _names(result.frame, edition)
    return Figure(result=result, kind=Kind.SEASONAL, names=names, colour=COLOUR)


def pattern_figure(edition: Edition, *, series: str, years: Years = None) -> Figure:
    """Each month of the year against its year's mean, as boxes."""
    key = series_key(series)
    result = month_pattern(edition, series=series, years=years)
    unit = edition.vocabulary.unit_symbol(key.unit)
    price = Column("price", Statement("prices.table.price"), decimals=_decimals(edition, series),
                   unit=unit)  # fmt: skip
    return Figure(
        result=result,
        kind=Kind.DISTRIBUTION,
        category="month",
        names=_names(result.frame, edition),
        colour=COLOUR,
        columns=(price,),
    )


def comparison_figure(
    edition: Edition,
    *,
    series: tuple[str, ...],
    today: date,
    indexed_to: str = "",
    years: Years = None,
    has_holidays: bool = True,
) -> Figure:
    """Several series as lines, or as small pictures when there are more than five."""
    result = price_comparison(
        edition, series=series, today=today, indexed_to=indexed_to, years=years
    )
    is_many = len(series) > LINES_TOGETHER
    return Figure(
        result=result,
        kind=Kind.SMALL_MULTIPLES if is_many else Kind.LINE,
        series="series",
        names={**_names(result.frame, edition), "series": series_labels(edition, series)},
        order=series,
        colour=COLOUR,
        annotations=_holidays(edition, result) if has_holidays and not is_many else (),
        columns=_comparison_columns(edition, series, indexed_to),
        headings={"series": Statement("prices.table.series")},
    )


def daily_figure(
    edition: Edition,
    *,
    series: str,
    today: date,
    years: Years = None,
    has_holidays: bool = True,
) -> Figure:
    """Daily reports as a line with pauses."""
    result = daily_course(edition, series=series, today=today, years=years)
    raw = Column(
        "raw_value",
        Statement("prices.daily.table.raw_value"),
        decimals=result.indicator.decimals,
        unit=result.indicator.unit_symbol,
    )
    return Figure(
        result=result,
        kind=Kind.LINE,
        names=_names(result.frame, edition),
        colour=COLOUR,
        annotations=_holidays(edition, result) if has_holidays else (),
        columns=(raw,),
    )


def entries_figure(edition: Edition, *, series: str, years: Years = None) -> Figure:
    """Every entry as typed, as a table."""
    result = raw_entries(edition, series=series, years=years)
    frame = result.frame
    unit = result.indicator.unit_symbol
    headings = {
        name: Statement(f"prices.daily.table.{name}")
        for name in ("raw_value", "outcome", "row_reason", "source_row", "basis")
    }
    columns = [
        Column("source_row", headings["source_row"], decimals=0),
        Column("raw_value", headings["raw_value"], decimals=result.indicator.decimals, unit=unit),
        Column("outcome", headings["outcome"], style="code"),
        Column("row_reason", headings["row_reason"], style="code"),
    ]
    bases = {code: basis_label(edition, code) for code in frame["basis"].unique() if code}
    if bases:
        columns.append(Column("basis", headings["basis"], style="code"))
    return Figure(
        result=result,
        kind=Kind.TABLE,
        names={
            **_names(frame, edition),
            "outcome": _text_labels(
                {code: f"prices.daily.outcome.{code}" for code in frame["outcome"].unique()}
            ),
            "row_reason": reason_labels(frame["row_reason"]),
            "basis": bases,
        },
        columns=tuple(columns),
    )


def outlook_figure(
    edition: Edition,
    *,
    series: str,
    issued: IssuedForecast | None,
    today: date,
    has_holidays: bool = True,
) -> Figure:
    """History and the forecast as it was issued, or the history alone."""
    result = price_outlook(edition, series=series, issued=issued, today=today)
    return Figure(
        result=result,
        kind=Kind.FAN,
        names=_names(result.frame, edition),
        colour=COLOUR,
        annotations=_holidays(edition, result) if has_holidays else (),
        today=today,
    )


def past_figure(edition: Edition, *, series: str, issued: IssuedForecast) -> Figure:
    """Past forecasts beside what came, as a strip."""
    result = past_forecasts(edition, series=series, issued=issued)
    indicator = result.indicator
    columns = (
        Column("cutoff", Statement("prices.outlook.table.cutoff"), style="month"),
        Column("forecast_value", Statement("prices.outlook.table.forecast"),
               decimals=indicator.decimals, unit=indicator.unit_symbol),
    )  # fmt: skip
    return Figure(
        result=result,
        kind=Kind.BACKTEST,
        names=_names(result.frame, edition),
        colour=COLOUR,
        columns=columns,
    )


def scores_figure(edition: Edition, *, series: str, issued: IssuedForecast) -> Figure:
    """Scores of each model, as a table."""
    result = model_scores(edition, series=series, issued=issued)
    shares = ("mape", "median_mape", "coverage_80", "coverage_95")
    columns = [
        Column(name, Statement(f"prices.outlook.table.{name}"), style="number", decimals=1,
               unit=PERCENT)
        for name in shares
    ]  # fmt: skip
    columns.append(Column("origins", Statement("prices.outlook.table.origins"), decimals=0))
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="model",
        names={
            "model": _text_labels(
                {code: f"forecasting.model.{code}" for code in result.frame["model"]}
            )
        },
        headings={"model": Statement("prices.outlook.table.model")},
        columns=tuple(columns),
        keeps_order=True,
    )


def lebaran_figure(edition: Edition, *, series: str, months: int) -> Figure:
    """Change into the month of Lebaran, one bar a year."""
    result = lebaran_changes(edition, series=series, months=months)
    key = series_key(series)
    unit, decimals = edition.vocabulary.unit_symbol(key.unit), _decimals(edition, series)
    columns = [Column("holiday", Statement("prices.lebaran.table.holiday"), style="date")]
    columns += [
        Column(name, Statement(f"prices.lebaran.table.{name}"), decimals=decimals, unit=unit)
        for name in ("price_before", "price")
    ]
    columns += [
        Column(name, Statement(f"prices.lebaran.table.{name}"), decimals=1, unit=PERCENT)
        for name in ("usual", "beyond")
    ]
    return Figure(
        result=result,
        kind=Kind.BARS,
        category="year",
        names=_names(result.frame, edition),
        colour=COLOUR,
        columns=tuple(columns),
        keeps_order=True,
    )


def lebaran_steps_figure(edition: Edition, *, series: str) -> Figure:
    """Changes around Lebaran by month and commodity, as bars beside each other."""
    result = lebaran_steps(edition, series=series)
    counts = ("years", "falls", "rises")
    columns = [
        Column(name, Statement(f"prices.lebaran.table.{name}"), decimals=1, unit=PERCENT)
        for name in ("low", "high")
    ]
    columns += [
        Column(name, Statement(f"prices.lebaran.table.{name}"), decimals=0) for name in counts
    ]
    steps = _text_labels({str(step): f"prices.lebaran.step.{step}" for step in PATH_STEPS})
    return Figure(
        result=result,
        kind=Kind.GROUPED_BARS,
        category="step",
        series="item",
        names={**_names(result.frame, edition), "step": steps},
        order=tuple(edition.vocabulary.items.index),
        columns=tuple(columns),
        headings={"step": Statement("prices.lebaran.table.step")},
        keeps_order=True,
        bar_range=("low", "high"),
    )


def list_figure(edition: Edition, *, today: date) -> Figure:
    """All series as a table."""
    result = series_list(edition, today=today)
    if result.is_empty:
        return Figure(result=result, kind=Kind.TABLE)
    catalogue = price_catalogue(edition)
    frame = result.frame
    labels = {one.key.unique_id: one.label for one in catalogue.series}
    units = {code: edition.vocabulary.unit_symbol(code) for code in frame["unit_code"].unique()}
    columns = (
        Column("unit_code", Statement("prices.list.table.unit"), style="code"),
        Column("state", Statement("prices.list.table.state"), style="code"),
    )
    return Figure(
        result=result,
        kind=Kind.TABLE,
        series="series",
        names={
            **_names(frame, edition),
            "series": labels,
            "unit_code": units,
            "state": _text_labels(
                {code: f"prices.list.state.{code}" for code in frame["state"].unique()}
            ),
        },
        headings={"series": Statement("prices.list.table.series")},
        columns=columns,
    )


def _names(frame: pd.DataFrame, edition: Edition) -> dict[str, dict[str, Label]]:
    """Words of all codes; sources by their publisher without remarks on copies."""
    names = code_names(frame, edition)
    publishers = {code: _publisher(edition, code) for code in names.get("source_id", {})}
    return {**names, "source_id": publishers} if publishers else names


def _publisher(edition: Edition, source_id: str) -> Label:
    source = edition.vocabulary.source(source_id)
    words = f"{source.short_publisher} {source.year}".strip()
    return Label(words, words)


def _holidays(edition: Edition, result: Result) -> tuple[Annotation, ...]:
    """Ramadan as a band and Idulfitri as a line, within the time shown."""
    period = result.period
    if period.start is None or period.end is None:
        return ()
    return holiday_annotations(
        edition, start=period.start, end=period.end, holidays=(RAMADAN, HOLIDAY)
    )


def _report_columns() -> tuple[Column, ...]:
    return tuple(
        Column(name, Statement(f"prices.table.{name}"), decimals=0)
        for name in ("reports", "areas", "corrected")
    )


def _comparison_columns(
    edition: Edition, series: tuple[str, ...], indexed_to: str
) -> tuple[Column, ...]:
    """The price itself beside the index, where all prices have one unit."""
    units = {series_key(name).unit for name in series}
    if not indexed_to:
        return ()
    unit = edition.vocabulary.unit_symbol(units.pop()) if len(units) == 1 else None
    decimals = max(_decimals(edition, name) for name in series)
    return (Column("price", Statement("prices.table.price"), decimals=decimals, unit=unit),)


def _decimals(edition: Edition, series: str) -> int:
    key = series_key(series)
    return edition.vocabulary.indicator(key.indicator, unit=key.unit).decimals


def _text_labels(keys: Mapping[str, str]) -> Mapping[str, Label]:
    """Words of codes, each with the key of its text."""
    return {code: _text_label(key) for code, key in keys.items()}


def _text_label(key: str) -> Label:
    return both_languages(lambda language: text(key, language))


def shown_years(edition: Edition, *, series: str) -> tuple[int, ...]:
    """Years from the first to the last value of a series."""
    listed = price_catalogue(edition)[series]
    return tuple(range(listed.first.year, listed.last.year + 1))
