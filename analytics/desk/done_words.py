"""What an act at the desk has changed, in sentences, and where it can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.desk.answers import Shown
from analytics.i18n import Formatter, text
from analytics.ingest.region import Region
from analytics.prices.series import UnknownSeries, series_key

NAMED_AREAS, NAMED_TOTALS, NAMED_SERIES = 8, 4, 8
TOUCHED = ("new", "changed", "gone")


@dataclass(frozen=True)
class View:
    """Codes of what changed most, for a page's filters; empty where there is none."""

    level: str = ""
    item: str = ""
    indicator: str = ""


def sentences(shown: Shown, region: Region, language: str) -> list[str]:
    """Values, areas, totals and forecasts that an act has changed, each as a sentence."""
    number = Formatter(language).number
    counts = {kind: number(int(shown.counts[kind].sum()), 0) for kind in ("same", *TOUCHED)}
    return [
        text("desk.told.counts", language, **counts),
        _areas(shown, region, language),
        *_totals(shown, region, language),
        _forecasts(shown, region, language),
    ]


def _changed(shown: Shown) -> pd.DataFrame:
    """Areas and indicators with any value that is no longer what it was."""
    return shown.counts[shown.counts[list(TOUCHED)].sum(axis="columns") > 0]


def _areas(shown: Shown, region: Region, language: str) -> str:
    codes = list(dict.fromkeys(_changed(shown)["ref_area"]))
    if not codes:
        return text("desk.told.no_areas", language)
    names = [area_name(region, code) for code in codes]
    listed, rest = ", ".join(names[:NAMED_AREAS]), len(names) - NAMED_AREAS
    if rest > 0:
        return text("desk.told.areas_more", language, areas=listed, n=rest)
    return text("desk.told.areas", language, areas=listed)


def _totals(shown: Shown, region: Region, language: str) -> list[str]:
    """The first totals that changed; that there are more, or none."""
    if shown.totals.empty:
        return [text("desk.told.no_totals", language)]
    told = [
        _total(row, region, language)
        for row in shown.totals.head(NAMED_TOTALS).to_dict(orient="records")
    ]
    rest = len(shown.totals) - NAMED_TOTALS
    return [*told, text("desk.told.more_totals", language, n=rest)] if rest > 0 else told


def _total(row: Mapping[str, object], region: Region, language: str) -> str:
    write = Formatter(language)
    start, end = (pd.Timestamp(str(row[name])).date() for name in ("period_start", "period_end"))
    item, indicator, unit = (str(row[name]) for name in ("item", "indicator", "unit"))
    items = code_names(region, "commodities", "item", f"name_{language}")
    indicators = code_names(region, "indicators", "indicator", f"name_{language}")
    units = code_names(region, "units", "unit", f"symbol_{language}")
    values = {
        "item": items.get(item, item),
        "indicator": indicators.get(indicator, indicator),
        "level": text(f"desk.told.level.{row['level'] or 'other'}", language),
        "period": write.period(start, end),
        "unit": units.get(unit, unit),
    }
    numbers = {name: pd.to_numeric(row[name]) for name in ("old", "new")}
    shown = {name: write.number(float(value)) for name, value in numbers.items()}
    if pd.isna(numbers["old"]):
        return text("desk.told.total_new", language, **values, new=shown["new"])
    if pd.isna(numbers["new"]):
        return text("desk.told.total_gone", language, **values, old=shown["old"])
    return text("desk.told.total", language, **values, **shown)


def code_names(region: Region, table: str, code: str, words: str) -> Mapping[str, str]:
    """Words by code from a table of the region: its columns of codes and of words."""
    frame = region.tables[table]
    return dict(zip(frame[code], frame[words].astype(str), strict=True))


def area_name(region: Region, code: str) -> str:
    """The name of an area; its code where the region knows none."""
    return region.areas.name_of(code) if code in set(region.areas.table["area_code"]) else code


def series_name(unique_id: str, region: Region, language: str) -> str:
    """`Telur ayam ras, UD. Telur Intan` of a series; its identifier where that is another one."""
    try:
        key = series_key(unique_id)
    except UnknownSeries:
        return unique_id
    items = code_names(region, "commodities", "item", f"name_{language}")
    places = code_names(region, "places", "place", "place_name")
    where = places.get(key.place) or area_name(region, key.ref_area)
    return ", ".join(filter(None, (items.get(key.item, key.item), where)))


def _forecasts(shown: Shown, region: Region, language: str) -> str:
    names = [series_name(one, region, language) for one in shown.stale_forecasts]
    if not names:
        return text("desk.told.no_stale", language)
    listed, rest = "; ".join(names[:NAMED_SERIES]), len(names) - NAMED_SERIES
    if rest > 0:
        return text("desk.told.stale_more", language, series=listed, n=rest)
    return text("desk.told.stale", language, series=listed)


def view_of(shown: Shown, region: Region) -> View:
    """What changed most: the level of its areas, its commodity and its measure."""
    changed = _changed(shown)
    if changed.empty:
        return View()
    own = set(region.areas.children_of(region.ref_area))
    level = next((region.areas.level_of(code) for code in changed["ref_area"] if code in own), "")
    indicator = str(changed["indicator"].iloc[0])
    return View(level, next(iter(shown.items), ""), indicator)
