"""Daily reports of one commodity in one area: what is published, and every entry as typed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import LANGUAGES
from analytics.i18n.catalogue import catalogue
from analytics.observations.concepts import Label
from analytics.observations.status import ObsStatus
from analytics.observations.table import PUBLISHED, REJECTED, REPEATED
from analytics.prices.course import caveats_of, name_values, notes_of
from analytics.prices.names import series_name
from analytics.prices.series import (
    DAILY_DATASET,
    SeriesKey,
    UnknownSeries,
    daily_prices,
    series_key,
    with_basis,
)

# A pause longer than this breaks the line: nobody knows what prices did meanwhile.
LONGEST_PAUSE_DAYS = 14
SPAN = "_O"
STATES = (PUBLISHED, REPEATED, REJECTED)


def daily_course(
    edition: Edition, *, series: str, today: date, years: tuple[int, int] | None = None
) -> Result:
    """Published daily reports of a series; a longer pause is a row without value.

    Frame: the long table's columns. Raises UnknownSeries for a series without daily reports.
    """
    key = _daily_key(series)
    reports = _published(edition, key)
    shown = _in_years(reports, years)
    frame = with_pauses(shown)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    return Result(
        name=f"daily_price_{key.item}",
        frame=frame,
        indicator=indicator,
        sources=edition.vocabulary.sources_of(frame),
        period=_period(shown),
        edition=edition.stamp,
        title=_title(edition, key, shown),
        statements=_statements(shown, indicator),
        caveats=caveats_of(edition, frame),
        notes=notes_of(shown, last=reports["period_start"].iloc[-1], today=today),
        parameters={"series": series, "years": years or ""},
    )


def raw_entries(edition: Edition, *, series: str, years: tuple[int, int] | None = None) -> Result:
    """Every entry that the commodity had in the area, as typed: also repeated and rejected rows.

    Frame: the long table's columns, newest first; `raw_value` as typed (0: not reported),
    `obs_value` after correction, `outcome` (published, corrected, withdrawn, not_reported,
    repeated, rejected) and `row_reason`. All bases of the commodity are shown.
    """
    key = _daily_key(series)
    entries = edition.observations(
        DAILY_DATASET, states=STATES, item=key.item, ref_area=key.ref_area
    )
    shown = _in_years(with_basis(edition, entries), years)
    frame = shown.assign(outcome=outcomes(shown)).sort_values(
        ["period_start", "source_row"], ascending=False, ignore_index=True
    )
    return Result(
        name=f"entries_{key.item}",
        frame=frame,
        indicator=edition.vocabulary.indicator(key.indicator, unit=key.unit),
        sources=edition.vocabulary.sources_of(frame) if len(frame) else (),
        period=_period(frame),
        edition=edition.stamp,
        title=Statement("prices.daily.entries", name_values(series_name(edition, key))),
        statements=_entry_statements(frame),
        caveats=caveats_of(edition, frame),
        parameters={"series": series, "years": years or ""},
    )


def outcomes(entries: pd.DataFrame) -> pd.Series:
    """What became of each entry, as a code."""
    outcome = pd.Series(PUBLISHED, index=entries.index)
    is_missing = entries["obs_value"].isna()
    is_corrected = entries["correction"] != ""
    outcome = outcome.mask(is_missing, "not_reported")
    outcome = outcome.mask(is_corrected, "corrected").mask(is_corrected & is_missing, "withdrawn")
    is_published = entries["row_state"] == PUBLISHED
    return outcome.where(is_published, entries["row_state"])


def reason_labels(reasons: pd.Series) -> dict[str, Label]:
    """Words of the reasons why a row was picked or left; the code where there are none."""
    known = {language: catalogue(language) for language in LANGUAGES}
    return {
        code: Label(
            *(str(known[language].get(f"rows.reason.{code}", code)) for language in LANGUAGES)
        )
        for code in reasons.unique()
        if code
    }


def with_pauses(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports with a row of status M for each pause of more than fourteen days."""
    days = reports["period_start"]
    is_after_pause = days.diff() > pd.Timedelta(days=LONGEST_PAUSE_DAYS)
    after = reports[is_after_pause]
    if after.empty:
        return reports.reset_index(drop=True)
    pauses = after.assign(
        period_start=days.shift(1)[is_after_pause] + pd.Timedelta(days=1),
        period_end=after["period_start"] - pd.Timedelta(days=1),
        freq=SPAN,
        obs_value=float("nan"),
        raw_value=float("nan"),
        obs_status=str(ObsStatus.MISSING),
        caveat="",
        correction="",
        row_reason="",
    )
    return pd.concat([reports, pauses]).sort_values(
        "period_start", kind="stable", ignore_index=True
    )


def _daily_key(series: str) -> SeriesKey:
    key = series_key(series)
    if not key.is_daily:
        raise UnknownSeries(f"'{series}' has no daily reports.")
    return key


def _published(edition: Edition, key: SeriesKey) -> pd.DataFrame:
    rows = daily_prices(edition, item=key.item, ref_area=key.ref_area)
    own = rows[(rows["basis"] == key.basis) & rows["obs_value"].notna()]
    if own.empty:
        raise UnknownSeries(f"This edition has no daily report of '{key.unique_id}'.")
    return own.sort_values("period_start", kind="stable", ignore_index=True)


def _in_years(frame: pd.DataFrame, years: tuple[int, int] | None) -> pd.DataFrame:
    if years is None:
        return frame
    return frame[frame["period_start"].dt.year.between(*years)].reset_index(drop=True)


def _period(frame: pd.DataFrame) -> Period:
    if frame.empty:
        return Period(None, None)
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date(), "D")


def _title(edition: Edition, key: SeriesKey, shown: pd.DataFrame) -> Statement:
    values: dict[str, object] = dict(name_values(series_name(edition, key)))
    if shown.empty:
        return Statement("prices.course.title.none", values)
    newest = shown.iloc[-1]
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    values |= {
        "price": written_number(newest["obs_value"], indicator),
        "day": Number(newest["period_start"].date(), "date"),
    }
    return Statement("prices.daily.title", values)


def _statements(shown: pd.DataFrame, indicator: object) -> tuple[Statement, ...]:
    if shown.empty:
        return ()
    corrected = int((shown["correction"] != "").sum())
    values = {
        "reports": Number(len(shown), "number", {"decimals": 0}),
        "corrected": Number(corrected, "number", {"decimals": 0}),
        "low": written_number(shown["obs_value"].min(), indicator),  # type: ignore[arg-type]
        "high": written_number(shown["obs_value"].max(), indicator),  # type: ignore[arg-type]
        "n": len(shown),
    }
    return (Statement("prices.daily.sentence", values),)


def _entry_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    counts = frame["outcome"].value_counts()
    values = {
        name: Number(int(counts.get(name, 0)), "number", {"decimals": 0})
        for name in (
            PUBLISHED, "corrected", "withdrawn", "not_reported", REPEATED, REJECTED,
        )
    }  # fmt: skip
    total = Number(len(frame), "number", {"decimals": 0})
    return (Statement("prices.daily.entries_sentence", {**values, "total": total}),)
