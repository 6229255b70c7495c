"""Targets, results and budgets of an office as tables, from the datasets that offices upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analytics.briefing.model import Gap, Grid
from analytics.editions.edition import Edition
from analytics.figures.sentences import period_words, status_words
from analytics.figures.tables import row_statuses
from analytics.i18n import Formatter, text
from analytics.observations.concepts import Indicator
from analytics.observations.status import weakest_status

KEYS = ["ref_area", "item", "period_start", "period_end", "freq"]


@dataclass(frozen=True)
class Account:
    """Two or more quantities of one dataset that are read beside each other.

    The last of `indicators` is measured in percent against the first of `bases` that a row has.
    """

    dataset: str
    indicators: tuple[str, ...]
    bases: tuple[str, ...]


ACCOUNTS: Mapping[str, Account] = {
    "targets": Account(
        "performance", ("performance_target", "performance_realised"), ("performance_target",)
    ),
    "budget": Account(
        "budget",
        ("budget_ceiling", "budget_revised", "budget_realised"),
        ("budget_revised", "budget_ceiling"),
    ),
}


def account_table(edition: Edition, kind: str, *, language: str, heading: str = "") -> Grid | Gap:
    """The table of `targets` or `budget` of the own region in the year that is reported.

    Where the edition has no such dataset, the blank with its reason and how to bring it.
    """
    account = ACCOUNTS[kind]
    name = heading or text(f"briefing.results.{kind}.heading", language)
    rows = _rows(edition, account)
    if rows.empty:
        return Gap(
            heading=name,
            reason=text(f"briefing.results.{kind}.missing", language),
            cure=text("briefing.results.cure", language, dataset=account.dataset),
        )
    rows = reported(rows, account)
    account = _without_empty(account, rows)
    words = edition.vocabulary
    sources = words.sources_of(rows)
    columns = _columns(edition, account, language)
    table = [_row(edition, account, group, language) for _, group in _grouped(rows)]
    return Grid(
        heading=name,
        columns=columns,
        rows=tuple(table),
        numbers=columns[2:-2],
        source="; ".join(source.citation for source in sources),
    )


def _rows(edition: Edition, account: Account) -> pd.DataFrame:
    if account.dataset not in edition.datasets:
        return pd.DataFrame()
    found = edition.observations(
        account.dataset, indicator=list(account.indicators), ref_area=edition.ref_area
    )
    return edition.preferred(found)


def reported(rows: pd.DataFrame, account: Account) -> pd.DataFrame:
    """Rows of the newest year with a result; of the newest year where none has one."""
    years = rows["period_end"].dt.year
    has_result = (rows["indicator"] == account.indicators[-1]) & rows["obs_value"].notna()
    newest = years[has_result].max() if has_result.any() else years.max()
    return rows[years == newest]


def _without_empty(account: Account, rows: pd.DataFrame) -> Account:
    """Without a column that no row fills, where another base does: a budget that was never
    revised is no budget whose revision is missing.
    """
    optional = account.bases[:-1]
    filled = set(rows.loc[rows["obs_value"].notna(), "indicator"])
    shown = tuple(code for code in account.indicators if code in filled or code not in optional)
    return replace(account, indicators=shown)


def _grouped(rows: pd.DataFrame):  # type: ignore[no-untyped-def]
    ordered = rows.sort_values(["period_start", "item"], ascending=[False, True], kind="stable")
    return ordered.groupby(KEYS, sort=False, dropna=False)


def _columns(edition: Edition, account: Account, language: str) -> tuple[str, ...]:
    named = [edition.vocabulary.indicator_name(code) for code in account.indicators]
    return (
        text("briefing.results.what", language),
        text("figures.table.period", language),
        *(name.in_language(language) for name in named),
        text("briefing.results.share", language),
        text("figures.table.obs_status", language),
        text("briefing.results.note", language),
    )


def _row(edition: Edition, account: Account, group: pd.DataFrame, language: str) -> tuple[str, ...]:
    words, values = edition.vocabulary, group.groupby("indicator")["obs_value"].first()
    units = group.groupby("indicator")["unit"].first()  # results of programmes differ in theirs
    write = Formatter(language)
    shown = [
        _written(write, values.get(code), words.indicator(code, unit=units.get(code)), language)
        if code in values
        else write.number(None)
        for code in account.indicators
    ]
    notes = [label.in_language(language) for label in words.caveats(group["caveat"])]
    notes += [str(cell) for cell in group["obs_text"].fillna("").unique() if cell]
    return (
        words.item_name(str(group["item"].iloc[0])).in_language(language),
        period_words(group.iloc[0], language),
        *shown,
        write.percent_sign(share_pct(values, account)),
        status_words(weakest_status(row_statuses(group)), language),
        " ".join(notes),
    )


def share_pct(values: pd.Series, account: Account) -> float | None:
    """The last quantity in percent of the base; None where either is missing or the base is 0."""
    known = values.dropna()
    base = next((known[code] for code in account.bases if code in known), 0)
    reached = known.get(account.indicators[-1])
    return None if reached is None or base == 0 else float(reached / base * 100)


def _written(write: Formatter, value: float | None, indicator: Indicator, language: str) -> str:
    if indicator.unit.startswith("IDR"):
        return write.rupiah(value)
    symbol = indicator.unit_symbol.in_language(language)
    return f"{write.number(value, indicator.decimals)} {symbol}".strip()
