"""Several price series side by side: in one unit, or as an index of a chosen month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Indicator, Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import text
from analytics.prices.catalogue import is_stopped
from analytics.prices.course import caveats_of, month_words, period_of, within
from analytics.prices.formulas import change_pct, index_of
from analytics.prices.names import SeriesName, both_languages, full_label, series_name
from analytics.prices.series import series_key, series_prices

MONTH_FORMAT = "%Y-%m"
INDEX_UNIT = "index"


def price_comparison(
    edition: Edition,
    *,
    series: tuple[str, ...],
    today: date,
    indexed_to: str = "",
    years: tuple[int, int] | None = None,
) -> Result:
    """Series by month, with `series` (their identifier) beside the columns of `series_prices`.

    `indexed_to` is a month such as `2020-01` that becomes 100. Without it all series must have
    one unit; otherwise nothing is shown and the notes say what to do. Raises UnknownSeries.
    """
    parts = {name: series_prices(edition, name) for name in series}
    units = {series_key(name).unit for name in series}
    if len(units) > 1 and not indexed_to:
        return _refused(edition, parts, series)
    chosen = _indexed(parts, indexed_to) if indexed_to else parts
    frame = pd.concat(
        [within(part, years).assign(series=name) for name, part in chosen.items()],
        ignore_index=True,
    )
    indicator = _indicator(edition, series, indexed_to)
    names = series_labels(edition, series)
    return Result(
        name="price_index" if indexed_to else "price_comparison",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=_title(frame, names, indicator, indexed_to),
        statements=_statements(frame, names, indicator, indexed_to),
        caveats=caveats_of(edition, frame),
        notes=_notes(parts, names, frame, today=today),
        parameters={
            "series": ", ".join(series), "indexed_to": indexed_to, "years": years or "",
        },
    )  # fmt: skip


def common_months(edition: Edition, *, series: tuple[str, ...]) -> tuple[str, ...]:
    """Months such as `2020-01` in which every series has a value, oldest first."""
    months = [
        set(part.loc[part["obs_value"].notna(), "ds"])
        for part in (series_prices(edition, name) for name in series)
    ]
    shared = set.intersection(*months) if months else set()
    return tuple(month.strftime(MONTH_FORMAT) for month in sorted(shared))


def series_labels(edition: Edition, series: Sequence[str]) -> dict[str, Label]:
    """Short names that tell the series apart: where, commodity, or both; the stage if needed."""
    names = {name: series_name(edition, series_key(name)) for name in series}
    if len({one.item for one in names.values()}) == 1:
        labels = {name: one.where for name, one in names.items()}
    elif len({one.where for one in names.values()}) == 1:
        labels = {name: one.item for name, one in names.items()}
    else:
        labels = {name: full_label(one) for name, one in names.items()}
    if len(set(labels.values())) == len(labels):
        return labels
    return {name: _with_stage(names[name], label) for name, label in labels.items()}


def _with_stage(name: SeriesName, label: Label) -> Label:
    return both_languages(
        lambda language: text(
            "prices.series.with_stage",
            language,
            name=label.in_language(language),
            stage=name.stage.in_language(language),
        )
    )


def _indexed(parts: Mapping[str, pd.DataFrame], month: str) -> dict[str, pd.DataFrame]:
    base = pd.Timestamp(f"{month}-01")
    return {
        name: part.assign(
            price=part["obs_value"],
            obs_value=index_of(part["obs_value"], _price_of(part, base)),
            unit=INDEX_UNIT,
        )
        for name, part in parts.items()
    }


def _price_of(part: pd.DataFrame, month: pd.Timestamp) -> float:
    return float(part.set_index("ds")["obs_value"].get(month, float("nan")))


def _indicator(edition: Edition, series: Sequence[str], indexed_to: str) -> Indicator:
    """The shared indicator; `Harga` where stages differ; the index where one is asked for."""
    keys = [series_key(name) for name in series]
    first = edition.vocabulary.indicator(keys[0].indicator, unit=keys[0].unit)
    if indexed_to:
        return _own_indicator("index", unit=INDEX_UNIT, symbol=Label("", ""), decimals=1)
    if len({key.indicator for key in keys}) == 1:
        return first
    return _own_indicator(
        "price", unit=first.unit, symbol=first.unit_symbol, decimals=first.decimals
    )


def _own_indicator(name: str, *, unit: str, symbol: Label, decimals: int) -> Indicator:
    words = {
        part: both_languages(
            lambda language, part=part: text(f"prices.compare.{name}.{part}", language)  # type: ignore[misc]
        )
        for part in ("name", "definition")
    }
    return Indicator(
        code=f"price_{name}", name=words["name"], unit=unit, unit_symbol=symbol,
        decimals=decimals, better="neither", aggregate="none", definition=words["definition"],
    )  # fmt: skip


def _newest_shared(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a series in the newest month in which all have a value; empty when none is."""
    known = frame[frame["obs_value"].notna()]
    counts = known.groupby("ds")["series"].nunique()
    shared = counts.index[counts == frame["series"].nunique()]
    if len(shared) == 0:
        return known.iloc[:0]
    return known[known["ds"] == shared.max()].sort_values("obs_value", kind="stable")


def _title(
    frame: pd.DataFrame, names: Mapping[str, Label], indicator: Indicator, indexed_to: str
) -> Statement:
    newest = _newest_shared(frame)
    counted = {"n": len(names)}
    if newest.empty or len(newest) == 1:
        return Statement("prices.compare.title.plain", counted)
    low, high = newest.iloc[0], newest.iloc[-1]
    values = {
        "month": month_words(high["ds"]),
        "high": names[high["series"]],
        "low": names[low["series"]],
        "high_value": written_number(high["obs_value"], indicator),
        "low_value": written_number(low["obs_value"], indicator),
        **counted,
    }
    if indexed_to:
        base = month_words(pd.Timestamp(f"{indexed_to}-01"))
        return Statement("prices.compare.title.index", {**values, "base": base})
    return Statement("prices.compare.title.price", values)


def _statements(
    frame: pd.DataFrame, names: Mapping[str, Label], indicator: Indicator, indexed_to: str
) -> tuple[Statement, ...]:
    newest = _newest_shared(frame)
    if len(newest) < 2 or indexed_to:
        return (_index_sentence(indexed_to),) if indexed_to else ()
    low, high = newest.iloc[0], newest.iloc[-1]
    gap = high["obs_value"] - low["obs_value"]
    values = {
        "gap": written_number(gap, indicator),
        "share": Number(change_pct(high["obs_value"], low["obs_value"]), "percent"),
        "high": names[high["series"]],
        "low": names[low["series"]],
        "month": month_words(high["ds"]),
    }
    return (Statement("prices.compare.gap", values),)


def _index_sentence(indexed_to: str) -> Statement:
    base = month_words(pd.Timestamp(f"{indexed_to}-01"))
    return Statement("prices.compare.index_sentence", {"base": base})


def _notes(
    parts: Mapping[str, pd.DataFrame],
    names: Mapping[str, Label],
    frame: pd.DataFrame,
    *,
    today: date,
) -> tuple[Statement, ...]:
    """Which series have stopped, and which have nothing in the years or no base month."""
    stopped = [name for name, part in parts.items() if is_stopped(part["ds"].iloc[-1], today=today)]
    shown = set(frame.loc[frame["obs_value"].notna(), "series"])
    lacking = [
        Statement("prices.compare.nothing", {"name": names[name]})
        for name in parts
        if name not in shown
    ]
    return (*lacking, *_stopped(stopped, parts, names))


def _stopped(
    stopped: Sequence[str], parts: Mapping[str, pd.DataFrame], names: Mapping[str, Label]
) -> tuple[Statement, ...]:
    """One series that has stopped by its name; several by their number."""
    if not stopped:
        return ()
    if len(stopped) == 1:
        month = month_words(parts[stopped[0]]["ds"].iloc[-1])
        return (Statement("prices.compare.stopped", {"name": names[stopped[0]], "month": month}),)
    counts = {
        "stopped": Number(len(stopped), "number", {"decimals": 0}),
        "all": Number(len(parts), "number", {"decimals": 0}),
    }
    return (Statement("prices.compare.several_stopped", counts),)


def _refused(edition: Edition, parts: Mapping[str, pd.DataFrame], series: Sequence[str]) -> Result:
    frame = pd.concat(parts.values(), ignore_index=True)
    units = sorted({series_key(name).unit for name in series})
    symbols = {
        "first": edition.vocabulary.unit_symbol(units[0]),
        "second": edition.vocabulary.unit_symbol(units[1]),
    }
    return Result(
        name="price_comparison",
        frame=frame.iloc[:0].assign(series=""),
        indicator=_indicator(edition, series, ""),
        sources=edition.vocabulary.sources_of(frame),
        period=period_of(frame),
        edition=edition.stamp,
        title=Statement("prices.compare.title.plain", {"n": len(series)}),
        notes=(
            Statement("prices.compare.units_differ", symbols),
            Statement("prices.compare.units_differ_cure"),
        ),
        parameters={"series": ", ".join(series)},
    )
