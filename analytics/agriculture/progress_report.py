"""One commodity over all areas of a level: share, growth, yield gap, steadiness, rank."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.agriculture.answers import area_label, caveats_of, sources_of
from analytics.agriculture.derived import NO_UNIT, PERCENT, computed_indicator, percent, plain
from analytics.agriculture.formulas import (
    LEAST_YEARS_OF_VARIATION,
    annual_growth_pct,
    ranks_by_year,
    share_pct,
    variation_pct,
    yield_gaps,
)
from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.map_report import direction
from analytics.agriculture.measures import Measure, measure_of, measures, within_sentence
from analytics.agriculture.panel import YEARLY, year_period
from analytics.agriculture.rows import (
    HARVESTED_AREA,
    PRODUCTION,
    YIELD,
    MapRows,
    map_rows,
    traces_of,
)
from analytics.editions.edition import Edition
from analytics.figures.names import listed
from analytics.figures.result import Label, Number, Result, Statement
from analytics.figures.sentences import written_number
from analytics.geography.concentration import LARGEST, concentration_hhi, top_share_pct
from analytics.observations.concepts import Indicator, Period
from analytics.observations.status import ObsStatus

SHARE, GROWTH, GAP, STEADINESS, RANK = "share", "growth", "gap", "steadiness", "rank"
ASPECTS = (SHARE, GROWTH, GAP, STEADINESS, RANK)
LEAST_AREAS = 2
# Indicator, unit and decimals of each aspect but the gap, which has a unit of the pack.
DRAWN_AS = {
    SHARE: ("output_share", PERCENT, 1),
    GROWTH: ("output_growth", PERCENT, 1),
    STEADINESS: ("output_variation", PERCENT, 1),
    RANK: ("output_rank", NO_UNIT, 0),
}


@dataclass(frozen=True)
class Course:
    """Yearly values of one measure: areas by years, of one method, without estimates for gaps."""

    level: MapLevel
    measure: Measure
    yearly: pd.DataFrame
    rows: pd.DataFrame
    other_method_years: tuple[int, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(year) for year in self.yearly.columns)

    @property
    def usual_last(self) -> int:
        """The newest year that is known for at least half as many areas as the best one."""
        known = self.yearly.notna().sum()
        return int(known.index[known >= known.max() / 2].max())


def followed_items(edition: Edition, *, level: str, with_unverified: bool = False) -> list[str]:
    """Commodities with yearly output of at least two areas in at least two years."""
    return [
        measure.item
        for measure in measures(edition, level=level, with_unverified=with_unverified)
        if measure.indicator.code == PRODUCTION
        and sum(
            known >= LEAST_AREAS and choice.freq == YEARLY
            for choice, known in zip(measure.periods, measure.coverage, strict=True)
        )
        >= LEAST_AREAS
    ]


def course_of(
    edition: Edition, *, level: str, item: str, indicator: str, with_unverified: bool = False
) -> Course:
    """The yearly values of a commodity, in the method of its newest year."""
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    own = _yearly_rows(rows, item, indicator)
    newest = own.loc[own["period_start"].idxmax(), "method"]
    same = own[own["method"] == newest]
    table = same.assign(year=same["period_start"].dt.year).pivot(
        index="ref_area", columns="year", values="obs_value"
    )
    shown = map_level(edition, level)
    others = sorted(set(own["period_start"].dt.year) - set(table.columns))
    return Course(
        level=shown,
        measure=measure,
        yearly=table.reindex(list(shown.areas)).rename_axis("ref_area"),
        rows=same,
        other_method_years=tuple(int(year) for year in others),
    )


def progress_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    first: int,
    last: int,
    aspect: str,
    focus: str | None = None,
    with_unverified: bool = False,
) -> Result:
    """One row an area: `obs_value` is the aspect asked for, the others stand beside it.

    `share` of all areas in the last year, `growth` a year between first and last, `gap` (yield to
    the best comparable area in the last year), `steadiness` (variation over the years between),
    `rank` in the last year with `rank_first` and one column `rank_<year>` a year. Columns `hhi`
    and `top_share` hold the concentration of the last year, `first_hhi` that of the first one.
    Concentrations are known only where every area is, so that two of them compare. Status,
    sources and caveats are those of every year that the aspect rests on. Missing where a year of
    the two is not known: nothing is filled in.
    """
    asked = {"level": level, "item": item, "with_unverified": with_unverified}
    course = course_of(edition, indicator=PRODUCTION, **asked)  # type: ignore[arg-type]
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = _frame(course, rows, aspect, first=first, last=last)
    frame = frame.assign(obs_value=frame[aspect].astype(float))
    frame["obs_status"] = frame["obs_status"].where(frame["obs_value"].notna(), ObsStatus.MISSING)
    return Result(
        name=f"{level}_{item}_{aspect}_{first}_{last}",
        frame=frame,
        indicator=_indicator(edition, aspect),
        sources=sources_of(edition, frame),
        period=year_period(last) if aspect in (SHARE, GAP) else _span(first, last),
        edition=edition.stamp,
        title=_title(edition, course, frame, aspect, first=first, last=last),
        statements=_statements(edition, frame, aspect, focus, first=first, last=last),
        caveats=caveats_of(edition, frame),
        notes=_notes(course, frame, aspect, first=first, last=last),
        parameters={"item": item, "first": first, "last": last, "aspect": aspect},
    )


def _yearly_rows(rows: MapRows, item: str, indicator: str) -> pd.DataFrame:
    chosen = rows.chosen
    return chosen[
        (chosen["item"] == item)
        & (chosen["indicator"] == indicator)
        & (chosen["freq"] == YEARLY)
        & chosen["obs_value"].notna()
    ]


def _frame(course: Course, rows: MapRows, aspect: str, *, first: int, last: int) -> pd.DataFrame:
    within = course.yearly[[year for year in course.years if first <= year <= last]]
    ends = course.yearly.reindex(columns=[first, last])
    ranks = ranks_by_year(within)
    values = pd.DataFrame(
        {
            "amount": ends[last],
            "share": _shares(ends[last]),
            "growth": annual_growth_pct(before=ends[first], after=ends[last], years=last - first),
            "steadiness": variation_pct(within),
            "years": within.notna().sum(axis="columns"),
            "rank": ranks.get(last),
            "rank_first": ranks.get(first),
            "hhi": concentration_hhi(_whole(ends[last])),
            "top_share": top_share_pct(_whole(ends[last])),
            "first_hhi": concentration_hhi(_whole(ends[first])),
            "first_ranked": int(ends[first].notna().sum()),
            "first_year": first,
        }
    )
    by_year = {f"rank_{year}": ranks[year] for year in ranks.columns}
    gaps = _gaps(course, rows, year=last)
    traces = (
        _traces_of_gaps(course, rows, gaps, year=last)
        if aspect == GAP
        else _traces(course, _years_used(course, aspect, first=first, last=last))
    )
    return values.assign(**by_year).join(gaps).join(traces).reset_index().assign(
        item=course.measure.item, indicator=PRODUCTION, place="", freq=YEARLY,
        period_start=pd.Timestamp(last, 1, 1), period_end=pd.Timestamp(last, 12, 31),
    )  # fmt: skip


def _whole(amounts: pd.Series) -> pd.Series:
    """The amounts where every area is known; else none of them, for their sum would be short."""
    return amounts if amounts.notna().all() else amounts.iloc[:0]


def _shares(amounts: pd.Series) -> pd.Series:
    """Share of the sum, only when every area is known."""
    return share_pct(part=amounts, whole=float(amounts.sum(skipna=False)))


def _gaps(course: Course, rows: MapRows, *, year: int) -> pd.DataFrame:
    """Yield, hectares and the gap to the best comparable area, by area of the level."""
    parts = {}
    for name, indicator in (("own_yield", YIELD), ("hectares", HARVESTED_AREA)):
        own = _yearly_rows(rows, course.measure.item, indicator)
        own = own[own["period_start"].dt.year == year].set_index("ref_area")["obs_value"]
        parts[name] = own.reindex(course.yearly.index).astype(float)
    gaps = yield_gaps(yield_t_per_ha=parts["own_yield"], harvested_ha=parts["hectares"])
    renamed = gaps.rename(columns={"gap_t_per_ha": "gap"})
    numbers = {name: renamed[name].astype(float) for name in ("best_t_per_ha", "gap", "gap_pct",
                                                             "gap_t")}  # fmt: skip
    best = renamed["best_area"].fillna("").astype(str)
    return renamed.assign(**numbers, best_area=best, **parts)


def _years_used(course: Course, aspect: str, *, first: int, last: int) -> tuple[int, ...]:
    """Years that an aspect rests on: all between for steadiness and ranks, else the two ends."""
    if aspect in (STEADINESS, RANK):
        return tuple(year for year in course.years if first <= year <= last)
    return first, last


def _traces(course: Course, years: tuple[int, ...]) -> pd.DataFrame:
    own = course.rows[course.rows["period_start"].dt.year.isin(years)]
    return traces_of(own).reindex(course.yearly.index).fillna("")


def _traces_of_gaps(
    course: Course, rows: MapRows, gaps: pd.DataFrame, *, year: int
) -> pd.DataFrame:
    """Traces of yield and hectares of each area, and of the best area that it is held against."""
    parts = [_yearly_rows(rows, course.measure.item, name) for name in (YIELD, HARVESTED_AREA)]
    used = pd.concat(parts)
    used = used[used["period_start"].dt.year == year]
    held = gaps.loc[gaps["best_area"] != "", "best_area"].rename("best").reset_index()
    best = held.merge(used, left_on="best", right_on="ref_area", suffixes=("", "_best"))
    both = pd.concat([used, best], ignore_index=True)
    return traces_of(both).reindex(course.yearly.index).fillna("")


def _indicator(edition: Edition, aspect: str) -> Indicator:
    if aspect == GAP:
        symbol = edition.vocabulary.unit_symbol("t/ha")
        return computed_indicator("yield_gap", unit="t/ha", symbol=symbol, decimals=2)
    code, unit, decimals = DRAWN_AS[aspect]
    return computed_indicator(code, unit=unit, decimals=decimals)


def _span(first: int, last: int) -> Period:
    start, end = pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)
    return Period(start.date(), end.date(), "_O")


def _within(name: Label) -> Label:
    return Label(within_sentence(name.id), within_sentence(name.en))


def _title(
    edition: Edition, course: Course, frame: pd.DataFrame, aspect: str, *, first: int, last: int
) -> Statement:
    values: dict[str, object] = {
        "item": _within(course.measure.item_name),
        "level": course.level.name,
        "kinds": course.level.kinds,
        "first": str(first),
        "last": str(last),
    }
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement(f"analysis.progress.{aspect}.empty", values)
    best = (
        known["obs_value"].idxmin() if aspect in (RANK, STEADINESS) else known["obs_value"].idxmax()
    )
    row = known.loc[best]
    values |= {
        "top": area_label(edition, str(row["ref_area"])),
        "value": written_number(abs(row["obs_value"]), _indicator(edition, aspect)),
        "top_share": percent(row["top_share"]),
        "count": LARGEST,
    }
    return Statement(f"analysis.progress.{aspect}.{_told('title', aspect, row)}", values)


def _told(key: str, aspect: str, row: pd.Series) -> str:
    """The sentence's key: growth is told as a rise, a fall or neither, the rest in one way."""
    return f"{key}_{direction(row['obs_value'])}" if aspect == GROWTH else key


def _statements(
    edition: Edition, frame: pd.DataFrame, aspect: str, focus: str | None,
    *, first: int, last: int,
) -> tuple[Statement, ...]:  # fmt: skip
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    told = [_concentration(known, first=first, last=last)] if aspect == SHARE else []
    if aspect == GAP:
        told.append(_whole_gap(known))
    if aspect == RANK:
        told += _movers(edition, known, first=first)
    own = known[known["ref_area"] == focus]
    if len(own):
        told.append(_focus(edition, own.iloc[0], aspect))
    told.append(Statement(f"analysis.progress.{aspect}.how", _how(first, last, len(known))))
    return tuple(told)


def _how(first: int, last: int, known: int) -> dict[str, object]:
    return {
        "first": str(first), "last": str(last), "n": known,
        "least": LEAST_YEARS_OF_VARIATION,
    }  # fmt: skip


def _concentration(known: pd.DataFrame, *, first: int, last: int) -> Statement:
    row = known.iloc[0]
    values = {
        "hhi": plain(row["hhi"], 0), "top_share": percent(row["top_share"]), "count": LARGEST,
        "even": plain(10_000 / len(known), 0), "first": str(first), "last": str(last),
    }  # fmt: skip
    if pd.isna(row["first_hhi"]):
        return Statement("analysis.progress.share.concentration_alone", values)
    values["first_hhi"] = plain(row["first_hhi"], 0)
    way = direction(round(row["hhi"]) - round(row["first_hhi"]))
    return Statement(f"analysis.progress.share.concentration_{way}", values)


def _whole_gap(known: pd.DataFrame) -> Statement:
    values = {"n": int((known["gap"] > 0).sum()), "tonnes": plain(known["gap_t"].sum(), 0)}
    return Statement("analysis.progress.gap.sum", values)


def _movers(edition: Edition, known: pd.DataFrame, *, first: int) -> list[Statement]:
    """The area that climbed most and the one that fell most, where the same areas are ranked."""
    moved = known["rank_first"] - known["rank"]
    if moved.isna().any() or known["first_ranked"].iloc[0] != len(known):
        return [Statement("analysis.progress.rank.coverage", {"first": str(first)})]
    told = []
    for way, place in (("up", moved.idxmax()), ("down", moved.idxmin())):
        if direction(moved[place]) != way:
            continue
        row = known.loc[place]
        values = {
            "area": area_label(edition, str(row["ref_area"])), "n": int(abs(moved[place])),
            "before": int(row["rank_first"]), "after": int(row["rank"]), "first": str(first),
        }  # fmt: skip
        told.append(Statement(f"analysis.progress.rank.{way}", values))
    return told


def _focus(edition: Edition, row: pd.Series, aspect: str) -> Statement:
    values: dict[str, object] = {
        "area": area_label(edition, str(row["ref_area"])),
        "value": written_number(abs(row["obs_value"]), _indicator(edition, aspect)),
    }
    if aspect == GAP:
        values |= {
            "best": written_number(row["best_t_per_ha"], _indicator(edition, GAP)),
            "best_area": area_label(edition, str(row["best_area"])),
            "tonnes": Number(row["gap_t"], "number", {"decimals": 0}),
        }
    return Statement(f"analysis.progress.{aspect}.{_told('own', aspect, row)}", values)


def _notes(
    course: Course, frame: pd.DataFrame, aspect: str, *, first: int, last: int
) -> tuple[Statement, ...]:
    values = {"first": str(first), "last": str(last), "kinds": course.level.kinds,
              "total": len(frame), "least": LEAST_YEARS_OF_VARIATION}  # fmt: skip
    missing = int(frame["obs_value"].isna().sum())
    notes = []
    if missing:
        notes.append(Statement(f"analysis.progress.{aspect}.missing", {**values, "n": missing}))
    lacking = int(course.yearly.reindex(columns=[first])[first].isna().sum())
    if aspect == SHARE and lacking and missing < len(frame):
        notes.append(
            Statement("analysis.progress.share.first_incomplete", {**values, "n": lacking})
        )
    if course.other_method_years:
        names = [Label(str(year), str(year)) for year in course.other_method_years]
        notes.append(Statement("analysis.note.other_method_years", {"years": listed(names)}))
    return tuple(notes)
