"""The rice balance of areas: a year or a month on the map, and month by month of one area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analytics.agriculture.answers import area_label, caveats_of
from analytics.agriculture.balance import rice_balance
from analytics.agriculture.calendar_report import DATASET as MONTHLY
from analytics.agriculture.derived import computed_indicator, percent, plain
from analytics.agriculture.food_parameters import (
    CONSUMPTION,
    CONVERSION,
    PARAMETERS,
    RiceParameters,
    rice_parameters,
)
from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.panel import YEARLY, year_period
from analytics.agriculture.rows import PRODUCTION, map_rows, weakest_status
from analytics.editions.edition import Edition
from analytics.figures.names import listed
from analytics.figures.result import Label, Number, Result, Statement
from analytics.observations.concepts import Indicator, Period, Source
from analytics.observations.status import ObsStatus
from analytics.observations.table import join_codes, split_codes

PADDY, PEOPLE, POPULATION = "padi", "penduduk", "population"
MONTHS = 12
RICE, NEED = "rice", "need"
NAMES_TOLD = 6


def balance_years(edition: Edition, *, level: str) -> tuple[int, ...]:
    """Years for which some area of the level has paddy and people; parameters may be missing."""
    rows = map_rows(edition, level=level).chosen
    pairs = ((PADDY, PRODUCTION), (PEOPLE, POPULATION))
    sets = [set(_yearly(rows, *pair)["year"]) for pair in pairs]
    return tuple(sorted(set.intersection(*sets)))


def usual_balance_year(edition: Edition, *, level: str) -> int:
    """The newest of these years in which some area has every parameter, else the newest one."""
    years, areas = balance_years(edition, level=level), map_level(edition, level).areas
    known = [
        year for year in years
        if any(rice_parameters(edition, area=area, year=year).is_complete for area in areas)
    ]  # fmt: skip
    return (known or years)[-1]


def balance_months(edition: Edition, *, level: str, year: int) -> tuple[int, ...]:
    """Months of the year in which some area of the level has paddy."""
    rows = _monthly_rows(edition, map_level(edition, level).areas)
    own = rows[(rows["period_start"].dt.year == year) & rows["obs_value"].notna()]
    return tuple(sorted(int(month) for month in own["period_start"].dt.month.unique()))


def balance_report(
    edition: Edition, *, level: str, year: int, month: int = 0, focus: str | None = None
) -> Result:
    """Rice balance (`obs_value`, tonnes) of every area in a year, or in one month of it.

    Further columns: `paddy_t`, `rice_t`, `need_t`, `cover_pct`, `population`, `conversion_pct`,
    `consumption_kg` (in the span shown) and `reason`, why an area has none. In a month people eat
    a twelfth of the year. Missing where paddy, people or a parameter is: nothing is filled in.
    """
    shown = map_level(edition, level)
    rules = {area: rice_parameters(edition, area=area, year=year) for area in shown.areas}
    frame = _frame(edition, shown, rules, year=year, month=month)
    span = _span(year, month)
    return Result(
        name=f"{level}_rice_balance_{year}" + (f"_{month:02d}" if month else ""),
        frame=frame,
        indicator=_indicator(edition),
        sources=_sources(edition, frame),
        period=span,
        edition=edition.stamp,
        title=_title(edition, shown, frame, span),
        statements=_statements(edition, frame, rules, focus),
        caveats=(*caveats_of(edition, frame), *_parameter_notes(rules.values())),
        notes=_notes(shown, frame, rules, span),
        parameters={"level": level, "year": year, "month": month},
    )


def monthly_balance_report(edition: Edition, *, area: str, level: str) -> Result:
    """Rice that came and rice that was needed, month by month, of one area.

    Two rows a month: `part` is rice or need, `obs_value` tonnes, `balance_t` stands in both. Each
    side has the status, sources and caveats of what it is computed from. Only months with paddy,
    in years with people and every parameter; the notes tell which are left out and why.
    """
    rows = _monthly_rows(edition, (area,))
    people = _people(edition, level, area)
    years = sorted(int(year) for year in rows["period_start"].dt.year.unique())
    rules = {year: rice_parameters(edition, area=area, year=year) for year in years}
    frame = _monthly_frame(rows, people, rules)
    used = [rules[year] for year in years if year in set(frame["period_start"].dt.year)]
    dated = frame[frame["obs_value"].notna()]
    span = Period(None, None) if dated.empty else Period(
        dated["period_start"].min().date(), dated["period_end"].max().date(), "M"
    )  # fmt: skip
    return Result(
        name=f"{area}_rice_balance_by_month",
        frame=frame,
        indicator=_indicator(edition, code="rice_amount"),
        sources=_sources(edition, frame),
        period=span,
        edition=edition.stamp,
        title=_monthly_title(edition, frame, area),
        statements=_monthly_statements(frame),
        caveats=(
            *caveats_of(edition, frame),
            *_parameter_notes(used),
        ),
        notes=(
            *_monthly_notes(rows, people, rules),
            *(() if len(dated) else _monthly_gap(edition, area)),
        ),
    )


def _indicator(edition: Edition, code: str = "rice_balance") -> Indicator:
    symbol = edition.vocabulary.unit_symbol("t")
    return computed_indicator(code, unit="t", symbol=symbol, decimals=0)


def _yearly(rows: pd.DataFrame, item: str, indicator: str) -> pd.DataFrame:
    own = rows[
        (rows["item"] == item) & (rows["indicator"] == indicator) & (rows["freq"] == YEARLY)
        & rows["obs_value"].notna()
    ]  # fmt: skip
    return own.assign(year=own["period_start"].dt.year)


def _monthly_rows(edition: Edition, areas: tuple[str, ...]) -> pd.DataFrame:
    """Monthly paddy of the areas, of the preferred source."""
    if MONTHLY not in edition.datasets:
        return pd.DataFrame(columns=["ref_area", "obs_value"]).assign(
            period_start=pd.Series(dtype="datetime64[ns]")
        )
    rows = edition.observations(MONTHLY, ref_area=areas, item=PADDY, indicator=PRODUCTION, freq="M")
    return edition.preferred(rows).assign(source_ids=lambda table: table["source_id"])


def _frame(
    edition: Edition, level: MapLevel, rules: dict[str, RiceParameters], *, year: int, month: int
) -> pd.DataFrame:
    rows = map_rows(edition, level=level.code).chosen
    people = _yearly(rows, PEOPLE, POPULATION)
    people = people[people["year"] == year].set_index("ref_area")
    paddy = _paddy(edition, rows, level, year=year, month=month)
    frame = pd.DataFrame(index=pd.Index(list(level.areas), name="ref_area")).assign(
        paddy_t=paddy["obs_value"], population=people["obs_value"],
        conversion_pct={area: rule.conversion_pct for area, rule in rules.items()},
        consumption_kg={
            area: rule.consumption_kg_per_year / (MONTHS if month else 1)
            for area, rule in rules.items()
        },
    ).astype(float)  # fmt: skip
    balance = rice_balance(**{name: frame[name] for name in frame.columns})
    return _traced(frame.join(balance), paddy, people, rules, _span(year, month))


def _paddy(
    edition: Edition, rows: pd.DataFrame, level: MapLevel, *, year: int, month: int
) -> pd.DataFrame:
    if not month:
        own = _yearly(rows, PADDY, PRODUCTION)
        return own[own["year"] == year].set_index("ref_area")
    own = _monthly_rows(edition, level.areas)
    asked = own[own["period_start"] == pd.Timestamp(year, month, 1)]
    return asked.set_index("ref_area")


def _traced(
    frame: pd.DataFrame,
    paddy: pd.DataFrame,
    people: pd.DataFrame,
    rules: dict[str, RiceParameters],
    span: Period,
) -> pd.DataFrame:
    """With status and caveats of paddy and people, the sources of these and of the parameters,
    and why a balance is missing."""
    both = [part.reindex(frame.index) for part in (paddy, people)]
    pairs = zip(*(part["obs_status"].fillna(ObsStatus.MISSING.value) for part in both), strict=True)
    statuses = pd.Series([weakest_status(pair) for pair in pairs], index=frame.index)
    joined = {name: _joined(both, name) for name in ("source_ids", "caveat")}
    joined["source_ids"] = [
        join_codes(codes, *_parameter_sources(rules[str(area)], PARAMETERS))
        for area, codes in zip(frame.index, joined["source_ids"], strict=True)
    ]
    return frame.assign(
        obs_value=frame["balance_t"],
        obs_status=statuses.where(frame["balance_t"].notna(), ObsStatus.MISSING.value),
        reason=_reasons(frame), item=PADDY, indicator="rice_balance", unit="t", place="",
        source_id=both[0]["source_id"].fillna(""), freq=span.freq,
        period_start=pd.Timestamp(span.start), period_end=pd.Timestamp(span.end), **joined,
    ).reset_index()  # fmt: skip


def _joined(parts: list[pd.DataFrame], column: str) -> list[str]:
    """The codes of both parts, row by row."""
    cells = zip(*(part[column].fillna("") for part in parts), strict=True)
    return [join_codes(*pair) for pair in cells]


def _reasons(frame: pd.DataFrame) -> pd.Series:
    """The first part that is missing: paddy, people or parameter; empty where none is."""
    reasons = pd.Series("", index=frame.index)
    is_gap = frame["conversion_pct"].isna() | frame["consumption_kg"].isna()
    return (
        reasons.mask(is_gap, "parameter")
        .mask(frame["population"].isna(), "people")
        .mask(frame["paddy_t"].isna(), "paddy")
    )


def _span(year: int, month: int) -> Period:
    if not month:
        return year_period(year)
    start = pd.Timestamp(year, month, 1)
    return Period(start.date(), (start + pd.offsets.MonthEnd(0)).date(), "M")


def _parameter_sources(rules: RiceParameters, codes: tuple[str, ...]) -> list[str]:
    """Sources of the parameters of these codes that have a figure."""
    return [part.source_id for part in rules.parts if part.code in codes and part.value is not None]


def _sources(edition: Edition, frame: pd.DataFrame) -> tuple[Source, ...]:
    """Sources of paddy, people and parameters."""
    known = frame[frame["obs_value"].notna()]
    codes = [code for cell in known["source_ids"] for code in split_codes(cell)]
    return tuple(edition.vocabulary.source(code) for code in dict.fromkeys(codes))


def _title(edition: Edition, level: MapLevel, frame: pd.DataFrame, span: Period) -> Statement:
    known = frame[frame["obs_value"].notna()]
    values: dict[str, object] = {
        "period": span, "kinds": level.kinds, "level": level.name, "total": len(frame),
    }  # fmt: skip
    if known.empty:
        return Statement("analysis.balance.title.empty", values)
    values |= {"n": int((known["obs_value"] >= 0).sum()), "known": len(known)}
    if len(known) > 1:
        return Statement("analysis.balance.title.many", values)
    row = known.iloc[0]
    values |= {
        "area": area_label(edition, str(row["ref_area"])),
        "size": plain(abs(row["obs_value"]), 0),
    }
    return Statement(f"analysis.balance.title.{_way(row['obs_value'])}", values)


def _way(balance: float) -> str:
    return "surplus" if balance >= 0 else "deficit"


def _statements(
    edition: Edition, frame: pd.DataFrame, rules: Mapping[str, RiceParameters], focus: str | None
) -> tuple[Statement, ...]:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    told = []
    own = known[known["ref_area"] == focus]
    if len(own):
        told.append(_own(edition, own.iloc[0]))
    short = known[known["obs_value"] < 0].sort_values("obs_value")
    if len(short):
        names = _names(edition, short["ref_area"].head(NAMES_TOLD))
        told.append(Statement("analysis.balance.deficits", {"n": len(short), "names": names}))
    return (*told, *_how(edition, {area: rules[area] for area in known["ref_area"]}))


def _own(edition: Edition, row: pd.Series) -> Statement:
    values = {
        "area": area_label(edition, str(row["ref_area"])),
        "rice": plain(row["rice_t"], 0), "need": plain(row["need_t"], 0),
        "size": plain(abs(row["obs_value"]), 0), "cover": percent(row["cover_pct"]),
    }  # fmt: skip
    return Statement(f"analysis.balance.own_{_way(row['obs_value'])}", values)


def _how(edition: Edition, rules: Mapping[str, RiceParameters]) -> tuple[Statement, ...]:
    """How it was computed: one sentence where all areas share the parameters, else one for each
    group of areas that does."""
    groups: dict[tuple[float, float], list[str]] = {}
    for area, rule in rules.items():
        groups.setdefault((rule.conversion_pct, rule.consumption_kg_per_year), []).append(area)
    year = str(next(iter(rules.values())).year)
    if len(groups) == 1:
        return (Statement("analysis.balance.how", _told_parameters(*next(iter(groups)), year)),)
    parts = [
        Statement(
            "analysis.balance.how_of",
            {**_told_parameters(*pair, year), "names": _names(edition, areas)},
        )
        for pair, areas in groups.items()
    ]
    return (Statement("analysis.balance.how_differs"), *parts)


def _told_parameters(conversion: float, consumption: float, year: str) -> dict[str, object]:
    return {
        "conversion": percent_exact(conversion), "consumption": plain(consumption, 2),
        "year": year,
    }  # fmt: skip


def _names(edition: Edition, areas: Iterable[str]) -> object:
    return listed([area_label(edition, area) for area in areas])


def percent_exact(value: float) -> Number:
    """A percentage with two decimals, as the conversion is printed."""
    return Number(value, "percent", {"decimals": 2})


def _parameter_notes(rules: Iterable[RiceParameters]) -> tuple[Label, ...]:
    """What the figures of these parameters stand for, each once."""
    parts = [part for one in rules for part in one.parts]
    return tuple(
        dict.fromkeys(part.note for part in parts if part.note.id and part.value is not None)
    )


def _notes(
    level: MapLevel, frame: pd.DataFrame, rules: Mapping[str, RiceParameters], span: Period
) -> tuple[Statement, ...]:
    """Why areas have no balance, by the part that is missing; for parameters the pack's words."""
    notes, year = [], str(next(iter(rules.values())).year)
    told = {"total": len(frame), "kinds": level.kinds, "period": span, "year": year}
    counts = frame["reason"].value_counts()
    for reason in ("paddy", "people"):
        if counts.get(reason):
            values = {**told, "n": int(counts[reason])}
            notes.append(Statement(f"analysis.balance.reason.{reason}", values))
    notes += _parameter_gaps(rules, told)
    if frame["obs_value"].isna().all():
        notes.append(Statement("analysis.balance.cure"))
    return tuple(notes)


def _parameter_gaps(
    rules: Mapping[str, RiceParameters], told: Mapping[str, object]
) -> list[Statement]:
    """Each parameter without a figure and why; for how many areas, unless it is for all."""
    gaps = Counter((part.code, part.note) for one in rules.values() for part in one.gaps)
    notes = []
    for (code, note), count in gaps.items():
        values = {**told, "n": count, "parameter": Statement(f"analysis.parameter.{code}"),
                  "why": note if note.id else ""}  # fmt: skip
        key = "parameter_why" if note.id else "parameter"
        some = "" if count == len(rules) else "_some"
        notes.append(Statement(f"analysis.balance.reason.{key}{some}", values))
    return notes


# Month by month


def _people(edition: Edition, level: str, area: str) -> pd.DataFrame:
    people = _yearly(map_rows(edition, level=level).chosen, PEOPLE, POPULATION)
    return people[people["ref_area"] == area].set_index("year")


def _monthly_frame(
    rows: pd.DataFrame, people: pd.DataFrame, rules: dict[int, RiceParameters]
) -> pd.DataFrame:
    years = rows["period_start"].dt.year
    kept = rows[years.isin(people.index)]
    years = kept["period_start"].dt.year
    parts = rice_balance(
        paddy_t=kept["obs_value"].astype(float),
        conversion_pct=years.map({year: rule.conversion_pct for year, rule in rules.items()}),
        population=years.map(people["obs_value"]),
        consumption_kg=years.map(
            {year: rule.consumption_kg_per_year / MONTHS for year, rule in rules.items()}
        ),
    )
    table = kept.assign(**parts)
    table = table[table["balance_t"].notna()]
    long = [_rice_side(table, rules), _need_side(table, people, rules)]
    return pd.concat(long).sort_values(["period_start", "part"], kind="stable", ignore_index=True)


def _rice_side(table: pd.DataFrame, rules: dict[int, RiceParameters]) -> pd.DataFrame:
    """Rice of each month, traced to paddy and the conversion."""
    sources = _with_parameters(table, table["source_ids"], rules, (CONVERSION,))
    return table.assign(part=RICE, obs_value=table["rice_t"], source_ids=sources)


def _need_side(
    table: pd.DataFrame, people: pd.DataFrame, rules: dict[int, RiceParameters]
) -> pd.DataFrame:
    """Need of each month, traced to the people of its year and the consumption a head."""
    years = table["period_start"].dt.year
    traced = {
        name: years.map(people[name]).fillna("")
        for name in ("obs_status", "source_id", "source_ids", "caveat")
    }
    traced["source_ids"] = _with_parameters(table, traced["source_ids"], rules, CONSUMPTION)
    return table.assign(part=NEED, obs_value=table["need_t"], **traced)


def _with_parameters(
    table: pd.DataFrame,
    source_ids: pd.Series,
    rules: dict[int, RiceParameters],
    codes: tuple[str, ...],
) -> pd.Series:
    """Source codes of each row, and those of the parameters of its year."""
    years = table["period_start"].dt.year
    joined = [
        join_codes(cell, *_parameter_sources(rules[int(year)], codes))
        for cell, year in zip(source_ids, years, strict=True)
    ]
    return pd.Series(joined, index=table.index, dtype=object)


def _monthly_notes(
    rows: pd.DataFrame, people: pd.DataFrame, rules: dict[int, RiceParameters]
) -> tuple[Statement, ...]:
    """Months without paddy, years without people, years without a parameter: each by its cause."""
    notes = []
    without = rows[rows["obs_value"].isna()].sort_values("period_start")
    if len(without):
        spans = [_span(start.year, start.month) for start in without["period_start"].iloc[[0, -1]]]
        values: dict[str, object] = {"n": len(without), "first": spans[0], "last": spans[1]}
        notes.append(Statement("analysis.balance.monthly.no_paddy", values))
    left_out = {
        "no_people": [year for year in rules if year not in people.index],
        "no_parameter": [year for year, rule in rules.items() if not rule.is_complete],
    }
    for key, years in left_out.items():
        if years:
            names = listed([Label(str(year), str(year)) for year in years])
            notes.append(Statement(f"analysis.balance.monthly.{key}", {"years": names}))
    return tuple(notes)


def _monthly_title(edition: Edition, frame: pd.DataFrame, area: str) -> Statement:
    values: dict[str, object] = {"area": area_label(edition, area)}
    if frame.empty:
        return Statement("analysis.balance.monthly.empty", values)
    rice = frame[frame["part"] == RICE]
    values |= {"n": int((rice["balance_t"] < 0).sum()), "total": len(rice)}
    return Statement("analysis.balance.monthly.title", values)


def _monthly_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    rice = frame[frame["part"] == RICE]
    years = rice["period_start"].dt.year
    rice = rice[rice.groupby(years)["balance_t"].transform("size") == MONTHS]
    if rice.empty:
        return ()
    by_month = rice.groupby(rice["period_start"].dt.month)["balance_t"].mean()
    low, high = by_month.idxmin(), by_month.idxmax()
    values = {
        "low": Number(int(low), "month_name"), "high": Number(int(high), "month_name"),
        "low_value": plain(by_month[low], 0), "high_value": plain(by_month[high], 0),
        "n": int(rice["period_start"].dt.year.nunique()),
    }  # fmt: skip
    return (Statement("analysis.balance.monthly.months", values),)


def _monthly_gap(edition: Edition, area: str) -> tuple[Statement, ...]:
    values: dict[str, Any] = {"area": area_label(edition, area)}
    return (
        Statement("analysis.balance.monthly.why", values),
        Statement("analysis.balance.cure"),
    )
