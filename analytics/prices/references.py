"""Government reference prices of a commodity: floors and ceilings, each in its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.annotations import reference_lines
from analytics.figures.figure import ReferenceLine
from analytics.i18n import text
from analytics.observations.concepts import Label
from analytics.prices.names import PRICE_PREFIX, both_languages
from analytics.prices.series import SeriesKey

DATASET = "reference_prices"
LOW_PREFIX = "reference_low_"
HIGH_PREFIX = "reference_high_"
# At which levels a rule speaks of the prices of a stage of trade.
LEVELS_OF_STAGE: Mapping[str, tuple[str, ...]] = {
    "producer": ("producer", "mill"),
    "retail": ("retail", "consumer"),
}
FRAME_COLUMNS = ["period_start", "period_end", "low", "high", "source_id", "caveat"]


@dataclass(frozen=True)
class Band:
    """Floor and ceiling in force, in the unit of the prices; they are equal for one price."""

    low: float
    high: float
    caveat: str

    @property
    def is_one_price(self) -> bool:
        return self.low == self.high


def reference_kinds(edition: Edition, key: SeriesKey) -> tuple[str, ...]:
    """Codes of the reference prices that speak of a series (level and quality), newest first.

    A rule fits when it names the commodity, the unit and a level of the series' stage of trade.
    """
    rows = _rows(edition, key)
    if rows.empty:
        return ()
    newest = rows.groupby("kind")["period_start"].agg(["max", "count"])
    ordered = newest.sort_values(["max", "count"], ascending=[False, False], kind="stable")
    return tuple(str(kind) for kind in ordered.index)


def kind_label(edition: Edition, kind: str) -> Label:
    """`tingkat produsen`, with the quality where the rule names one."""
    level = kind.partition("_")[0]
    name = edition.vocabulary.indicator(f"{HIGH_PREFIX}{kind}").name
    qualities = {language: _in_brackets(name.in_language(language)) for language in ("id", "en")}

    def words(language: str) -> str:
        plain = text(f"prices.reference.level.{level}", language)
        if not qualities[language]:
            return plain
        return text(
            "prices.reference.with_quality", language, level=plain, quality=qualities[language]
        )

    return both_languages(words)


def reference_prices(edition: Edition, key: SeriesKey, *, kind: str) -> pd.DataFrame:
    """Floors and ceilings of one kind by time in force: FRAME_COLUMNS, oldest first.

    An open end is missing. Between two rules nothing is in force.
    """
    rows = _rows(edition, key)
    if rows.empty:
        return pd.DataFrame(columns=FRAME_COLUMNS)
    own = rows[rows["kind"] == kind]
    keys = [column for column in FRAME_COLUMNS if column not in ("low", "high")]
    sides = [
        own.loc[own["side"] == side, [*keys, "obs_value"]].rename(columns={"obs_value": side})
        for side in ("low", "high")
    ]
    frame = sides[0].merge(sides[1], on=keys, how="outer")[FRAME_COLUMNS]
    frame["low"] = frame["low"].fillna(frame["high"])
    frame["high"] = frame["high"].fillna(frame["low"])
    return frame.sort_values("period_start", ignore_index=True)


def band_of_month(references: pd.DataFrame, month: pd.Timestamp) -> Band | None:
    """What was in force on every day of a month, or None."""
    start, end = month, month + pd.offsets.MonthEnd(0)
    ends = references["period_end"]
    holds = (references["period_start"] <= start) & (ends.isna() | (ends >= end))
    found = references[holds]
    if found.empty:
        return None
    row = found.iloc[-1]
    return Band(low=float(row["low"]), high=float(row["high"]), caveat=str(row["caveat"]))


def lines_of(references: pd.DataFrame, *, kind: str) -> tuple[ReferenceLine, ...]:
    """Floors and ceilings as lines that end where their rule ends."""
    level = kind.partition("_")[0]
    is_one = references["low"] == references["high"]
    parts = [
        (references[is_one], "low", f"prices.reference.line.{level}"),
        (references[~is_one], "low", "prices.reference.line.low"),
        (references[~is_one], "high", "prices.reference.line.high"),
    ]
    lines = [
        line
        for rows, side, key in parts
        for line in reference_lines(rows.assign(obs_value=rows[side]), label=_label(key))
    ]
    return tuple(sorted(lines, key=lambda line: (line.start is None, line.start)))


def _label(key: str) -> Label:
    return both_languages(lambda language: text(key, language))


def _rows(edition: Edition, key: SeriesKey) -> pd.DataFrame:
    """Reference rows that speak of the series, with `kind` and `side` (low or high)."""
    levels = LEVELS_OF_STAGE.get(key.indicator.removeprefix(PRICE_PREFIX), ())
    if not levels or DATASET not in edition.datasets:
        return pd.DataFrame()
    rows = edition.observations(DATASET, item=key.item, unit=key.unit)
    if rows.empty:
        return rows
    is_low = rows["indicator"].str.startswith(LOW_PREFIX)
    kind = rows["indicator"].str.removeprefix(LOW_PREFIX).str.removeprefix(HIGH_PREFIX)
    rows = rows.assign(kind=kind, side=is_low.map({True: "low", False: "high"}))
    return rows[kind.str.partition("_")[0].isin(levels) & rows["period_start"].notna()]


def _in_brackets(name: str) -> str:
    """`kadar air 15%` of `Harga acuan ... (kadar air 15%)`; empty without brackets."""
    return name.partition("(")[2].removesuffix(")")
