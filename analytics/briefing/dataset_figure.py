"""Any quantity of a dataset as a line or a table, where no theme has a figure of its own."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure, Kind, code_names
from analytics.figures.result import Label, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import LANGUAGES

LEAST_POINTS = 3


def dataset_figure(
    edition: Edition,
    *,
    dataset: str,
    item: str = "",
    indicator: str = "",
    area: str = "",
    with_unverified: bool = False,
    language: str = "id",
) -> Figure:
    """Rows of a dataset of one area (the own region by default), one source a quantity.

    A line where one quantity has at least three dated values of one length, else a table of all
    values and texts, these in `language` where the pack translates them. Raises KeyError for a
    dataset that the edition does not have, ValueError where nothing is known of what is asked.
    """
    rows = _rows(edition, dataset, item, indicator, area or edition.ref_area, with_unverified)
    if rows.empty:
        raise ValueError(f"No row of {dataset}, {item}, {indicator}.")
    rows = rows.assign(obs_text=_texts(edition, rows["obs_text"], language))
    is_series = _is_series(rows)
    result = _result(edition, dataset, rows)
    return Figure(
        result=result,
        kind=Kind.LINE if is_series else Kind.TABLE,
        names=code_names(rows, edition),
        colour="violet",
    )


def _rows(
    edition: Edition, dataset: str, item: str, indicator: str, area: str, with_unverified: bool
) -> pd.DataFrame:
    asked = {"item": item, "indicator": indicator, "ref_area": area}
    chosen = {name: code for name, code in asked.items() if code}
    found = edition.observations(dataset, with_unverified=with_unverified, **chosen)
    known = found[found["obs_value"].notna() | (found["obs_text"].fillna("") != "")]
    ordered = ["item", "indicator", "place", "period_start"]
    return edition.preferred(known).sort_values(ordered, ignore_index=True)


def _texts(edition: Edition, texts: pd.Series, language: str) -> pd.Series:
    """Texts as the pack's table of result texts says them."""
    table = edition.vocabulary.tables.get("result_texts")
    if table is None:
        return texts
    named = dict(zip(table["obs_text"], table[f"name_{language}"], strict=True))
    return texts.map(lambda words: named.get(words, words))


def _is_series(rows: pd.DataFrame) -> bool:
    one = len(rows[["item", "indicator", "place", "unit", "freq"]].drop_duplicates()) == 1
    dated = rows["period_start"].notna() & rows["obs_value"].notna()
    return bool(one and dated.all() and len(rows) >= LEAST_POINTS)


def _result(edition: Edition, dataset: str, rows: pd.DataFrame) -> Result:
    words = edition.vocabulary
    newest = rows.iloc[-1]
    indicator = words.indicator(str(newest["indicator"]), unit=str(newest["unit"]))
    values: dict[str, object] = {"name": _name(edition, rows), "n": len(rows)}
    statements: tuple[Statement, ...] = ()
    if rows["obs_value"].notna().all() and rows["indicator"].nunique() == 1:
        values |= {
            "value": written_number(newest["obs_value"], indicator), "period": _period(newest),
        }  # fmt: skip
        statements = (Statement("briefing.dataset.newest", values),)
    return Result(
        name=f"{dataset}_{newest['indicator']}",
        frame=rows,
        indicator=indicator,
        sources=words.sources_of(rows),
        period=_span(rows),
        edition=edition.stamp,
        title=Statement("briefing.dataset.title", {"name": values["name"]}),
        statements=statements,
        caveats=words.caveats(rows["caveat"]),
    )


def _name(edition: Edition, rows: pd.DataFrame) -> Label:
    """The indicator where it is the only one, else the commodity or programme, else both."""
    words = edition.vocabulary
    if rows["indicator"].nunique() == 1:
        return words.indicator_name(str(rows["indicator"].iloc[0]))
    codes = list(dict.fromkeys(rows["item"]))
    names = [words.item_name(str(code)) for code in codes]
    return Label(*(", ".join(name.in_language(language) for name in names)
                   for language in LANGUAGES))  # fmt: skip


def _period(row: pd.Series) -> Period:
    start, end = (_day(row[name]) for name in ("period_start", "period_end"))
    return Period(start, end, str(row["freq"]))


def _span(rows: pd.DataFrame) -> Period:
    starts, ends = rows["period_start"].dropna(), rows["period_end"].dropna()
    if starts.empty or ends.empty:
        return Period(None, None)
    freq = str(rows["freq"].iloc[0]) if rows["freq"].nunique() == 1 else "_O"
    return Period(starts.min().date(), ends.max().date(), freq)


def _day(moment: object):  # type: ignore[no-untyped-def]
    return None if pd.isna(moment) else pd.Timestamp(moment).date()
