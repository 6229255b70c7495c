"""Officers' reports by kecamatan and week: the price, who reported, what the noise guard left out.

One reporter a kecamatan: the reports name no officer. The prices are those that warnings judge
and that the ratio of egg to maize is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.forecasting.reports import medians_over_reporters
from analytics.i18n import text
from analytics.observations.status import ObsStatus
from analytics.prices.clean_reports import jumps_by_item, without_noise
from analytics.prices.course import caveats_of
from analytics.prices.names import basis_label, both_languages
from analytics.prices.series import SeriesKey
from analytics.prices.warning_series import (
    WEEKLY,
    has_stopped,
    officer_reports,
    weakest_by,
    weekly_histories,
)

WEEK = pd.Timedelta(days=7)
LAST_DAY = pd.Timedelta(days=6)
FREQ = "W"
UNREPORTED, ONLY_NOISE, REPORTED = "unreported", "only_noise", "reported"


class UnknownWeek(LookupError):
    """A week in which nobody reported the commodity, or no date at all."""


@dataclass(frozen=True, eq=False)
class WeeklyReports:
    """All weeks of one commodity on one basis.

    `prices`: Mondays by kecamatan, the median of the week's reports without noise, missing
    where there is none. `reports`: every report with `week` and `is_noise`. `reporters`: the
    median over reporters by week (`y`) and their number.
    """

    prices: pd.DataFrame
    reports: pd.DataFrame
    reporters: pd.DataFrame

    @property
    def weeks(self) -> tuple[pd.Timestamp, ...]:
        """Mondays of the weeks with at least one report, the newest first."""
        return tuple(sorted(self.reports["week"].unique(), reverse=True))


def weekly_reports(edition: Edition, key: SeriesKey) -> WeeklyReports:
    """The weeks of the commodity, basis and unit of `key`, over all kecamatan of the region."""
    return _weekly_reports(_Asked(edition, key.item, key.basis, key.unit))


@dataclass(frozen=True)
class _Asked:
    """What the weeks are kept by: an edition never changes."""

    edition: Edition
    item: str
    basis: str
    unit: str

    def __hash__(self) -> int:
        stamp = self.edition.stamp
        return hash((stamp.region, stamp.number, self.item, self.basis, self.unit))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and hash(self) == hash(other)


@lru_cache(maxsize=32)
def _weekly_reports(asked: _Asked) -> WeeklyReports:
    reports = officer_reports(asked.edition, item=asked.item)
    is_own = (reports["basis"] == asked.basis) & (reports["unit"] == asked.unit)
    reports = reports[is_own].reset_index(drop=True)
    clean = without_noise(reports, jumps_by_item(reports))
    every = reports.assign(week=_mondays(reports["day"]), is_noise=~reports.index.isin(clean.index))
    own = clean.rename(columns={"day": "ds", "ref_area": "reporter", "price": "y"})
    return WeeklyReports(
        prices=_by_area(clean),
        reports=every,
        reporters=medians_over_reporters(own.assign(unique_id=asked.item), freq=WEEKLY)
        .set_index("ds")[["y", "reporters"]],
    )  # fmt: skip


def _by_area(clean: pd.DataFrame) -> pd.DataFrame:
    """Weekly medians as warnings and the feed ratio take them; the first series of a kecamatan
    counts where two sources report it.
    """
    found: dict[str, pd.Series] = {}
    for one in weekly_histories(clean):
        found.setdefault(one.key.ref_area, one.prices)
    return pd.DataFrame(found)


def _mondays(days: pd.Series) -> pd.Series:
    return days - pd.to_timedelta(days.dt.weekday, unit="D")


def week_choices(edition: Edition, key: SeriesKey) -> Mapping[str, Period]:
    """Weeks with reports by the date of their Monday, the newest first."""
    found = weekly_reports(edition, key).weeks
    return {str(week.date()): _period(week) for week in found}


def is_over(week: Period, *, today: date) -> bool:
    """True once no further report of the week can be made."""
    return week.end is not None and week.end < today


def weekly_prices(edition: Edition, *, key: SeriesKey, week: str, today: date) -> Result:
    """Every kecamatan of the region in one week (`week` is its Monday): obs_value is the price.

    Further columns: `reports` (daily reports behind the price), `left_out` (those that the noise
    guard left out) and `noise_price` (their median), `previous_value` and `change_pct` (against
    the week before), `last_report` (newest day with a report up to this week), `state`
    (reported, only_noise, unreported). Raises UnknownWeek.
    """
    known = weekly_reports(edition, key)
    monday = _monday_of(week, known)
    frame = _frame(edition, key, known, monday)
    return Result(
        name=f"weekly_{key.item}_{monday.date()}",
        frame=frame,
        indicator=edition.vocabulary.indicator(key.indicator, unit=key.unit),
        sources=edition.vocabulary.sources_of(frame[frame["source_id"] != ""]),
        period=_period(monday),
        edition=edition.stamp,
        title=_title(edition, key, frame, monday),
        statements=_statements(edition, key, frame, known, monday),
        caveats=caveats_of(edition, frame),
        notes=_notes(known, monday, today=today),
        parameters={"item": key.item, "basis": key.basis, "week": str(monday.date())},
    )


def _monday_of(week: str, known: WeeklyReports) -> pd.Timestamp:
    found = {str(monday.date()): monday for monday in known.weeks}
    if week not in found:
        raise UnknownWeek(f"Nobody reported in the week of '{week}'.")
    return found[week]


def _frame(
    edition: Edition, key: SeriesKey, known: WeeklyReports, monday: pd.Timestamp
) -> pd.DataFrame:
    areas = list(edition.vocabulary.children(edition.ref_area))
    now = known.prices.reindex(index=[monday], columns=areas).iloc[0]
    before = known.prices.reindex(index=[monday - WEEK], columns=areas).iloc[0]
    own = known.reports[known.reports["week"] == monday]
    frame = pd.DataFrame(
        {
            "ref_area": areas,
            "item": key.item,
            "indicator": key.indicator,
            "unit": key.unit,
            "period_start": monday,
            "period_end": monday + LAST_DAY,
            "freq": FREQ,
            "obs_value": now.to_numpy(dtype=float),
            "previous_value": before.to_numpy(dtype=float),
            "change_pct": (100.0 * (now / before - 1.0)).to_numpy(dtype=float),
        },
    )
    return _with_origin(frame.join(_counts(own), on="ref_area"), known, monday)


def _counts(own: pd.DataFrame) -> pd.DataFrame:
    """By kecamatan: reports counted and left out, the price of those left out, status, origin."""
    noise, clean = own[own["is_noise"]], own[~own["is_noise"]]
    table = weakest_by(own, ["ref_area"])
    return table.assign(
        reports=clean.groupby("ref_area").size(),
        left_out=noise.groupby("ref_area").size(),
        noise_price=noise.groupby("ref_area")["price"].median(),
        source_id=own.groupby("ref_area")["source_id"].first(),
    )


def _with_origin(frame: pd.DataFrame, known: WeeklyReports, monday: pd.Timestamp) -> pd.DataFrame:
    """Counts are zero and words empty where nobody reported; the newest report before that."""
    so_far = known.reports[known.reports["day"] <= monday + LAST_DAY]
    counts = {"reports": 0, "left_out": 0}
    frame = frame.fillna({**counts, "source_id": "", "caveat": ""}).astype(
        dict.fromkeys(counts, "int64")
    )
    is_known = frame["obs_value"].notna()
    state = pd.Series(UNREPORTED, index=frame.index).mask(frame["left_out"] > 0, ONLY_NOISE)
    return frame.assign(
        obs_status=frame["obs_status"].where(is_known, ObsStatus.MISSING.value),
        last_report=frame["ref_area"].map(so_far.groupby("ref_area")["day"].max()),
        state=state.mask(is_known, REPORTED),
    )


def _period(monday: pd.Timestamp) -> Period:
    return Period(monday.date(), (monday + LAST_DAY).date(), FREQ)


# Words


def inner_kinds(edition: Edition) -> Label:
    """What the areas below the region are called: `kecamatan`, or `wilayah`."""
    areas = edition.vocabulary.areas
    levels = {str(areas.loc[c, "level"]) for c in edition.vocabulary.children(edition.ref_area)}
    kind = "kecamatan" if levels == {"kecamatan"} else "other"
    return both_languages(lambda language: text(f"prices.weekly.kinds.{kind}", language))


def item_words(edition: Edition, key: SeriesKey) -> Label:
    """The commodity, with its basis where it has prices on several."""
    item = edition.vocabulary.item_name(key.item)
    if not key.basis:
        return item
    basis = basis_label(edition, key.basis)
    return both_languages(
        lambda language: text("prices.where.with_basis", language, where=item.in_language(language),
                              basis=basis.in_language(language))
    )  # fmt: skip


def _title(
    edition: Edition, key: SeriesKey, frame: pd.DataFrame, monday: pd.Timestamp
) -> Statement:
    known = frame[frame["obs_value"].notna()]
    values: dict[str, object] = {"item": item_words(edition, key), "week": _period(monday)}
    if known.empty:
        return Statement("prices.weekly.title.none", values)
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    low, high = known["obs_value"].min(), known["obs_value"].max()
    ends = {
        "low": known.loc[known["obs_value"] == low, "ref_area"],
        "high": known.loc[known["obs_value"] == high, "ref_area"],
    }
    values |= {
        "n": _count(len(known)),
        "kinds": inner_kinds(edition),
        "price": written_number(high, indicator),
        "low_price": written_number(low, indicator),
        **{name: _area(edition, areas.iloc[0]) for name, areas in ends.items()},
    }
    return Statement(f"prices.weekly.title.{_kind_of(known)}", values)


def _kind_of(known: pd.DataFrame) -> str:
    if len(known) == 1:
        return "only"
    return "range" if known["obs_value"].nunique() > 1 else "equal"


def _statements(
    edition: Edition,
    key: SeriesKey,
    frame: pd.DataFrame,
    known: WeeklyReports,
    monday: pd.Timestamp,
) -> tuple[Statement, ...]:
    told = [
        _reporters(edition, key, frame, known, monday),
        _unreported(edition, frame),
        _change(edition, frame),
        _noise(frame),
        Statement("prices.weekly.rule", {"kinds": inner_kinds(edition)}),
    ]
    return tuple(statement for statement in told if statement is not None)


def _reporters(
    edition: Edition,
    key: SeriesKey,
    frame: pd.DataFrame,
    known: WeeklyReports,
    monday: pd.Timestamp,
) -> Statement | None:
    """The median over reporters with their number; nothing where all is noise."""
    if monday not in known.reporters.index:
        return None
    row = known.reporters.loc[monday]
    indicator = edition.vocabulary.indicator(key.indicator, unit=key.unit)
    values = {
        "n": _count(int(row["reporters"])),
        "kinds": inner_kinds(edition),
        "reports": _count(int(frame["reports"].sum())),
        "median": written_number(float(row["y"]), indicator),
    }
    return Statement("prices.weekly.reporters", values)


def _unreported(edition: Edition, frame: pd.DataFrame) -> Statement | None:
    missing = int((frame["state"] == UNREPORTED).sum())
    if not missing:
        return None
    values = {"n": _count(missing), "total": _count(len(frame)), "kinds": inner_kinds(edition)}
    return Statement("prices.weekly.unreported", values)


def _change(edition: Edition, frame: pd.DataFrame) -> Statement | None:
    """The median change of those that reported in both weeks: others would change the mean."""
    changes = frame["change_pct"].dropna()
    if changes.empty:
        return None
    middle = float(changes.median())
    values = {
        "n": _count(len(changes)),
        "kinds": inner_kinds(edition),
        "change": Number(abs(middle), "percent"),
    }
    direction = "same" if round(abs(middle), 1) == 0 else "rise" if middle > 0 else "fall"
    return Statement(f"prices.weekly.change.{direction}", values)


def _noise(frame: pd.DataFrame) -> Statement | None:
    left_out = int(frame["left_out"].sum())
    if not left_out:
        return None
    return Statement("prices.weekly.noise", {"n": left_out})


def _notes(known: WeeklyReports, monday: pd.Timestamp, *, today: date) -> tuple[Statement, ...]:
    if not is_over(_period(monday), today=today):
        return (Statement("prices.weekly.running"),)
    newest = known.weeks[0]
    if not has_stopped(newest, freq=WEEKLY, today=today):
        return ()
    day = Number(known.reports["day"].max().date(), "date")
    return (Statement("prices.weekly.stopped", {"day": day}),)


def _area(edition: Edition, code: str) -> Label:
    name = edition.vocabulary.area_name(code)
    return Label(name, name)


def _count(n: int) -> Number:
    return Number(n, "number", {"decimals": 0})
