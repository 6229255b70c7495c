"""Words made from the data: values with units, the line of context, the text alternative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.figures.figure import Figure, Kind
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.i18n import MISSING, text
from analytics.observations.status import ObsStatus

RUPIAH = "IDR"
PERCENT = "percent"
TEXT = "text"  # unit of lists of words, which have neither values nor statuses
POINTS = "points"
BY_CATEGORY = frozenset({Kind.BARS, Kind.SCATTER, Kind.MAP, Kind.MATRIX, Kind.RADAR})
SERIES_TOLD = 5
NAIVE, NAIVE_COLUMN = "naive", "is_naive"
SIMULATED, SIMULATED_COLUMN = "simulated", "is_simulated"
DAYS_IN_MONTH = 30.44
DAYS_TOLD_AS_DAYS = 60
MONTHS_TOLD_AS_MONTHS = 24


def written_number(value: float | None, indicator: Indicator) -> Statement:
    """A value that writes itself with its unit: `Rp15.000/kg`, `12,5 persen`, `240.224 t`."""
    if indicator.unit.startswith(RUPIAH):
        number = Number(value, "rupiah", {"decimals": indicator.decimals})
        per = _without_currency(indicator.unit_symbol)
        return Statement("figures.value.rupiah", {"value": number, "per": per})
    if indicator.unit in (PERCENT, POINTS):
        style = "percent" if indicator.unit == PERCENT else "points"
        number = Number(value, style, {"decimals": indicator.decimals})
        return Statement("figures.value.share", {"value": number})
    number = Number(value, "number", {"decimals": indicator.decimals})
    if not indicator.unit_symbol.id:
        return Statement("figures.value.share", {"value": number})
    return Statement("figures.value.unit", {"value": number, "unit": indicator.unit_symbol})


def written(value: float | None, indicator: Indicator, language: str) -> str:
    """A value with its unit in words; a dash when it is missing."""
    if value is None or pd.isna(value):
        return MISSING
    return written_number(value, indicator).words(language)


def plain_number(value: float | None, indicator: Indicator) -> Number:
    """A value without its unit, for tables whose header names it."""
    return Number(value, "number", {"decimals": indicator.decimals})


def _without_currency(symbol: Label) -> Label:
    """`/kg` of `Rp/kg`: the currency stands before the number."""
    return Label(*(f"/{part}" if part else "" for part in map(_per, (symbol.id, symbol.en))))


def _per(symbol: str) -> str:
    return symbol.partition("/")[2]


def status_words(status: str, language: str) -> str:
    """The status in words: `sementara`, `belum terverifikasi`."""
    return text(f"figures.status.{status}", language)


def context_line(result: Result, *, language: str, today: date) -> str:
    """Region, period, edition, age and status of a result, in one line.

    A list of words has neither age nor statuses.
    """
    is_list = result.indicator.unit == TEXT
    parts = [
        result.edition.region_name.in_language(language),
        "" if is_list and result.period.start is None else result.period.words(language),
        _edition_words(result, language),
        "" if is_list else age_words(newest_day(result), today=today, language=language),
        "" if is_list else status_summary(result.frame, language=language),
    ]
    return " · ".join(part for part in parts if part)


def _edition_words(result: Result, language: str) -> str:
    published = Number(result.edition.published_on, "date").words(language)
    return text("figures.context.edition", language, number=result.edition.number, date=published)


def newest_day(result: Result) -> date | None:
    """Last day of the newest observed value; None when the source gives no date."""
    frame = result.frame
    if not {"period_end", "obs_value"} <= set(frame.columns):
        return result.period.end
    is_observed = frame["obs_value"].notna() & (frame["obs_status"] != ObsStatus.FORECAST)
    newest = pd.to_datetime(frame.loc[is_observed, "period_end"]).max()
    return result.period.end if pd.isna(newest) else newest.date()


def age_words(newest: date | None, *, today: date, language: str) -> str:
    """How old the newest value is, in days, months or years; empty without a date."""
    if newest is None:
        return ""
    days = (today - newest).days
    if days <= 0:
        return text("figures.age.current", language)
    if days < DAYS_TOLD_AS_DAYS:
        return text("figures.age.days", language, n=days)
    months = round(days / DAYS_IN_MONTH)
    if months < MONTHS_TOLD_AS_MONTHS:
        return text("figures.age.months", language, n=months)
    return text("figures.age.years", language, n=round(months / 12))


def status_summary(frame: pd.DataFrame, *, language: str) -> str:
    """How many values carry which status, the normal ones first; only how many where all are."""
    counts = counts_by_status(frame)
    if set(counts) == {ObsStatus.NORMAL}:
        return text("figures.value_count", language, n=counts[ObsStatus.NORMAL])
    return " · ".join(
        text(f"figures.status_count.{status}", language, n=counts[status])
        for status in (*ObsStatus, NAIVE, SIMULATED)
        if counts.get(status)
    )


def counts_by_status(frame: pd.DataFrame) -> Mapping[str, int]:
    """Number of rows by status; a row without a value counts as missing, and the range that
    stands where a forecast is withheld counts as such.
    """
    if frame.empty:
        return {}
    has_value = frame["obs_value"].notna()
    if "obs_text" in frame.columns:
        has_value |= frame["obs_text"].fillna("").astype(str) != ""
    statuses = frame["obs_status"].astype(str).where(has_value, ObsStatus.MISSING.value)
    counted = told_statuses(frame, statuses).value_counts()
    return {str(status): int(count) for status, count in counted.items()}


def told_statuses(frame: pd.DataFrame, statuses: pd.Series) -> pd.Series:
    """The statuses, with NAIVE or SIMULATED instead of F in rows that `is_naive` or `is_simulated`
    marks: the range of a simple method, shown where a forecast is withheld, and a simulation must
    not be called a forecast.
    """
    for column, name in ((NAIVE_COLUMN, NAIVE), (SIMULATED_COLUMN, SIMULATED)):
        if column in frame.columns:
            is_marked = frame[column].eq(True)
            statuses = statuses.mask(is_marked & (statuses == ObsStatus.FORECAST.value), name)
    return statuses


def alt_text(figure: Figure, *, language: str) -> str:
    """The picture in words, for people who do not see it: every number is in the frame."""
    title = figure.title(language).rstrip(". ")
    kind = text(f"figures.kind.{figure.kind.value}", language)
    opening = text("figures.alt.opening", language, kind=kind, title=title)
    if figure.is_empty and figure.kind is not Kind.TIMELINE:
        return f"{opening} {text('figures.alt.empty', language)}"
    body = _body(figure, language)
    return " ".join([opening, *body, *_missing_words(figure, language)])


def _body(figure: Figure, language: str) -> list[str]:
    if figure.kind is Kind.TIMELINE:
        return [text("figures.alt.timeline", language, n=len(figure.frame))]
    if figure.kind in BY_CATEGORY or "period_start" not in figure.frame.columns:
        return _category_words(figure, language)
    return _series_words(figure, language) + _forecast_words(figure, language)


def _series_words(figure: Figure, language: str) -> list[str]:
    """First, last, lowest and highest of each line, or of all when there are many."""
    frame = figure.frame[figure.frame["obs_status"] != ObsStatus.FORECAST]
    known = frame[frame["obs_value"].notna() & frame["period_start"].notna()]
    if known.empty:
        return []
    if not figure.series:
        return [_course(known, figure, language, key="figures.alt.course")]
    groups = list(known.groupby(figure.series, sort=False))
    if len(groups) > SERIES_TOLD:
        return [
            text("figures.alt.many_series", language, n=len(groups)),
            _range(known, figure, language),
        ]
    return [
        _course(
            group,
            figure,
            language,
            key="figures.alt.course_of",
            name=figure.name_of(figure.series, code, language),
        )
        for code, group in groups
    ]


def _course(known: pd.DataFrame, figure: Figure, language: str, *, key: str, **values: str) -> str:
    ordered = known.sort_values("period_start", kind="stable")
    rows = {
        "first": ordered.iloc[0],
        "last": ordered.iloc[-1],
        "low": ordered.loc[ordered["obs_value"].idxmin()],
        "high": ordered.loc[ordered["obs_value"].idxmax()],
    }
    words = {
        name: written(row["obs_value"], figure.result.indicator, language)
        for name, row in rows.items()
    }
    periods = {f"{name}_period": period_words(row, language) for name, row in rows.items()}
    return text(key, language, **words, **periods, **values)


def _range(known: pd.DataFrame, figure: Figure, language: str) -> str:
    indicator = figure.result.indicator
    return text(
        "figures.alt.range",
        language,
        low=written(known["obs_value"].min(), indicator, language),
        high=written(known["obs_value"].max(), indicator, language),
    )


def _forecast_words(figure: Figure, language: str) -> list[str]:
    ahead = figure.frame[figure.frame["obs_status"] == ObsStatus.FORECAST]
    if figure.kind is not Kind.FAN or ahead.empty:
        return []
    last = ahead.sort_values("period_start", kind="stable").iloc[-1]
    words = {
        name: written(last[column], figure.result.indicator, language)
        for name, column in (("value", "obs_value"), ("low", "low_80"), ("high", "high_80"))
    }
    is_naive = NAIVE in set(told_statuses(ahead, ahead["obs_status"].astype(str)))
    key = f"figures.alt.{NAIVE if is_naive else 'forecast'}"
    return [text(key, language, period=period_words(last, language), **words)]


def _category_words(figure: Figure, language: str) -> list[str]:
    """Number of values with the largest and the smallest of them."""
    column = figure.category or figure.series or "ref_area"
    known = figure.frame[figure.frame["obs_value"].notna()]
    if known.empty or column not in known.columns:
        return []
    rows = {
        "high": known.loc[known["obs_value"].idxmax()],
        "low": known.loc[known["obs_value"].idxmin()],
    }
    values = {
        name: written(row["obs_value"], figure.result.indicator, language)
        for name, row in rows.items()
    }
    names = {
        f"{name}_name": figure.name_of(column, row[column], language) for name, row in rows.items()
    }
    return [text("figures.alt.category", language, n=len(known), **values, **names)]


def _missing_words(figure: Figure, language: str) -> list[str]:
    counts = counts_by_status(figure.frame)
    return [
        text(f"figures.alt.status.{status}", language, n=counts[status])
        for status in ObsStatus
        if status not in (ObsStatus.NORMAL, ObsStatus.FORECAST) and counts.get(status)
    ]


def period_words(row: Mapping[str, object] | pd.Series, language: str) -> str:
    """The period of a row in words."""
    start, end = (_day(row.get(name)) for name in ("period_start", "period_end"))
    return Period(start, end, str(row.get("freq") or "_O")).words(language)


def _day(value: object) -> date | None:
    moment = pd.to_datetime(value)
    return None if pd.isna(moment) else moment.date()
