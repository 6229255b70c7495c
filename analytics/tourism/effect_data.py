"""Which sites and months an event's effect is looked at with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.tourism.event_days import EventDays, event_days
from analytics.tourism.rows import CLOSURE_YEARS
from analytics.tourism.site_months import site_months

LEAST_CONTROLS = 3


@dataclass(frozen=True)
class EffectChoice:
    """What the reader asks: sites, first and last month of the window, and the event if one.

    `event` is a code of `event_days`; months are written `2024-05`.
    """

    sites: tuple[str, ...]
    first: str
    last: str
    event: str = ""
    with_unverified: bool = False


@dataclass(frozen=True)
class EffectData:
    """Monthly visits of the sites together and of every site to compare with.

    `rows` are the rows behind both, `left_out` the months of no use for season and level.
    """

    treated: pd.Series
    controls: pd.DataFrame
    left_out: tuple[pd.Timestamp, ...]
    rows: pd.DataFrame
    start: pd.Timestamp
    end: pd.Timestamp


def offered_sites(edition: Edition, *, with_unverified: bool = False) -> tuple[str, ...]:
    """Counted sites with monthly visits, those of most months first."""
    rows = site_months(edition, with_unverified=with_unverified)
    months = rows[rows["obs_value"].notna()].groupby("place").size()
    return tuple(str(place) for place in months.sort_values(ascending=False, kind="stable").index)


def offered_months(edition: Edition, *, with_unverified: bool = False) -> tuple[str, ...]:
    """Months with a report of any counted site, as `2024-05`, oldest first."""
    rows = site_months(edition, with_unverified=with_unverified)
    known = rows.loc[rows["obs_value"].notna(), "period_start"]
    return tuple(f"{day:%Y-%m}" for day in sorted(known.unique()))


def offered_events(edition: Edition, *, with_unverified: bool = False) -> tuple[EventDays, ...]:
    """Events at a site with visits, in months that were reported; newest first."""
    asked = {"with_unverified": with_unverified}
    sites, months = set(offered_sites(edition, **asked)), set(offered_months(edition, **asked))
    return tuple(
        one
        for one in event_days(edition, **asked)
        if one.place in sites and months >= {f"{one.start:%Y-%m}", f"{one.end:%Y-%m}"}
    )


def choice_of(event: EventDays, *, with_unverified: bool = False) -> EffectChoice:
    """The effect of an event at its own site in the months in which it was held."""
    return EffectChoice(
        sites=(event.place,),
        first=f"{event.start:%Y-%m}",
        last=f"{event.end:%Y-%m}",
        event=event.code,
        with_unverified=with_unverified,
    )


def effect_data(edition: Edition, choice: EffectChoice) -> EffectData:
    """The visits of the choice; the sites to compare with reported whenever the chosen ones did.

    Of these, sites of the same kind where there are at least three, else all; none with an event
    of its own in the window.
    """
    rows = site_months(edition, with_unverified=choice.with_unverified)
    wide = rows.pivot_table(index="period_start", columns="place", values="obs_value")
    first = wide[[s for s in choice.sites if s in wide]].dropna().index.min()
    start, end = pd.Timestamp(choice.first), pd.Timestamp(choice.last)
    months = pd.date_range(first, wide.index.max(), freq="MS") if pd.notna(first) else wide.index
    wide = wide.reindex(months)
    treated = wide.reindex(columns=list(choice.sites)).sum(axis="columns", skipna=False)
    left_out = _left_out(edition, choice, months)
    known = treated.notna() & ~months.isin(left_out)
    others = _candidates(edition, choice, wide, known, start=start, end=end)
    used = rows[rows["place"].isin([*choice.sites, *others])]
    return EffectData(treated, wide[others], left_out, used, start, end)


def _left_out(
    edition: Edition, choice: EffectChoice, months: pd.DatetimeIndex
) -> tuple[pd.Timestamp, ...]:
    """Months of other events at the sites, and the years of closure."""
    busy = {
        pd.Timestamp(event.start).replace(day=1)
        for event in event_days(edition, with_unverified=choice.with_unverified)
        if event.place in choice.sites
    }
    window = set(pd.date_range(choice.first, choice.last, freq="MS"))
    closed = {month for month in months if month.year in CLOSURE_YEARS}
    return tuple(sorted((busy | closed) - window))


def _candidates(
    edition: Edition,
    choice: EffectChoice,
    wide: pd.DataFrame,
    known: pd.Series,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
) -> list[str]:
    busy = {
        event.place
        for event in event_days(edition, with_unverified=choice.with_unverified)
        if pd.Timestamp(event.start) <= end + pd.offsets.MonthEnd(0)
        and pd.Timestamp(event.end) >= start
    }
    complete = (wide[known] > 0).all()
    names = [str(site) for site in wide.columns if complete[site]]
    others = [site for site in names if site not in {*choice.sites, *busy}]
    same = _of_same_kind(edition, choice.sites, others)
    return same if len(same) >= LEAST_CONTROLS else others


def _of_same_kind(edition: Edition, sites: Sequence[str], others: Sequence[str]) -> list[str]:
    kinds = edition.vocabulary.destinations["kind"]
    wanted = {kinds.get(site) for site in sites}
    return [site for site in others if kinds.get(site) in wanted]
