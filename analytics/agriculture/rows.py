"""Rows of the map: what an edition holds at a level, one value for each area, measure and period.

Nothing is apportioned and nothing is filled in. Daily prices become monthly medians, counts at
sites become sums over the sites that reported, yield is recomputed from its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd

from analytics.agriculture.formulas import harvested_from_nothing, monthly_median, yield_t_per_ha
from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.periods import period_codes
from analytics.editions.edition import Edition
from analytics.observations.status import DOUBT, ObsStatus
from analytics.observations.status import weakest_status as weakest_status
from analytics.observations.table import join_codes

# The datasets that say something about areas; names are those of every pack.
DATASETS = ("agriculture", "population", "commodity_centres", "visits", "farmgate_prices")
DAILY_LAYOUT = "wide_daily"

PRODUCTION, HARVESTED_AREA, YIELD = "production", "harvested_area", "yield"
YIELD_UNIT, PRODUCTION_UNIT, AREA_UNIT = "t/ha", "t", "ha"
CENTRE = "commodity_centre"
ALL_COMMODITIES = "all_commodities"
SOURCE_COUNT, COMMODITY_COUNT = "source_count", "commodity_count"

# Items that describe an area itself; every other item is grown, raised or caught.
AREA_ITEMS = ("wilayah", "penduduk", "kunjungan")
VIA_PRESS = "_via_press"

MEASURE = ["item", "indicator"]
PERIOD = ["period", "period_start", "period_end", "freq"]
AREA_MEASURE_PERIOD = ["ref_area", *MEASURE, *PERIOD]
KEPT = [
    "ref_area",
    "place",
    *MEASURE,
    *PERIOD,
    "obs_value",
    "obs_text",
    "unit",
    "obs_status",
    "source_id",
    "caveat",
    "correction",
]


@dataclass(frozen=True)
class MapRows:
    """All that an edition holds for the areas of a level.

    `every_source` has one row for each area, measure, period and source; `chosen` one for each
    area, measure and period: what the map shows. Further columns: `method` (family of methods),
    `reports` and `corrected` (daily prices), `sites` (counts at sites), `printed_value` (yield
    as the source prints it), `source_ids` (all sources of the value, joined by `;`).
    `by_site` keeps the counts of single sites, so that periods are compared on the same sites.
    `impossible` names what had to be left out, `other_methods` what another method measured.
    """

    level: MapLevel
    every_source: pd.DataFrame
    chosen: pd.DataFrame
    by_site: pd.DataFrame
    impossible: pd.DataFrame
    other_methods: pd.DataFrame

    def of(self, part: str, *, item: str, indicator: str, period: str) -> pd.DataFrame:
        """Rows of one measure and period in `chosen`, `every_source` or `other_methods`."""
        frame: pd.DataFrame = getattr(self, part)
        places = self._places[part].get((item, indicator, period), ())
        return frame.take(list(places))

    @cached_property
    def _places(self) -> Mapping[str, Mapping[tuple[str, str, str], Sequence[int]]]:
        """Where the rows of each measure and period stand: found once, asked for often."""
        parts = ("chosen", "every_source", "other_methods")
        return {part: getattr(self, part).groupby([*MEASURE, "period"]).indices for part in parts}


@dataclass(frozen=True)
class Question:
    """Names an edition for the cache: the edition itself takes no part in the comparison."""

    region: str
    number: int
    folder: str
    level: str
    with_unverified: bool
    edition: Edition = field(compare=False)

    @classmethod
    def about(cls, edition: Edition, *, level: str, with_unverified: bool) -> Question:
        """The question to this edition."""
        return cls(
            region=edition.stamp.region,
            number=edition.stamp.number,
            folder=str(edition.folder),
            level=level,
            with_unverified=with_unverified,
            edition=edition,
        )


def map_rows(edition: Edition, *, level: str, with_unverified: bool = False) -> MapRows:
    """The rows of a level, read once for each edition. The frames are shared: never change them."""
    question = Question.about(edition, level=level, with_unverified=with_unverified)
    return _map_rows(question)


@lru_cache(maxsize=16)
def _map_rows(question: Question) -> MapRows:
    edition, level = question.edition, map_level(question.edition, question.level)
    read = _read(edition, level, with_unverified=question.with_unverified)
    placed, direct = read[read["place"] != ""], read[read["place"] == ""]
    by_site = _counted_sites(edition, placed, level)
    every = _with_method(edition, _in_base_units(edition, pd.concat(
        [direct.assign(source_ids=direct["source_id"]), _sums_over_sites(by_site)],
        ignore_index=True,
    )))  # fmt: skip
    chosen, other = _one_method_each(edition, _preferred(edition, every))
    with_yield, impossible = _with_yield(edition, chosen)
    return MapRows(
        level=level,
        every_source=every,
        chosen=with_yield,
        by_site=by_site,
        impossible=impossible,
        other_methods=other,
    )


def method_family(method: str) -> str:
    """What was done to measure, whoever passed the figure on: figures of one family compare."""
    return method.removesuffix(VIA_PRESS)


def traces_of(rows: pd.DataFrame) -> pd.DataFrame:
    """By area: the weakest status of its rows, all their sources and caveats, the newest source.

    `rows` has ref_area, period_start, obs_status, source_id, source_ids and caveat.
    """
    groups = rows.sort_values("period_start", kind="stable").groupby("ref_area", sort=False)
    return pd.DataFrame(
        {
            "obs_status": groups["obs_status"].agg(weakest_status),
            "source_id": groups["source_id"].last(),
            "source_ids": groups["source_ids"].agg(lambda cells: join_codes(*cells)),
            "caveat": groups["caveat"].agg(lambda cells: join_codes(*cells)),
        }
    )


def _read(edition: Edition, level: MapLevel, *, with_unverified: bool) -> pd.DataFrame:
    parts = [
        _dataset_rows(edition, dataset, level, with_unverified=with_unverified)
        for dataset in DATASETS
        if dataset in edition.datasets
    ]
    return pd.concat([_empty(), *[part for part in parts if len(part)]], ignore_index=True)


def _dataset_rows(
    edition: Edition, dataset: str, level: MapLevel, *, with_unverified: bool
) -> pd.DataFrame:
    rows = edition.observations(dataset, with_unverified=with_unverified, ref_area=level.areas)
    if rows.empty:
        return _empty()
    if _layout(edition, dataset) == DAILY_LAYOUT:
        return _months_of_days(rows)
    rows = rows[rows["freq"] != "D"]
    rows = rows.assign(period=period_codes(rows))
    if dataset == CENTRE + "s":
        return _counted_centres(rows)
    return rows[KEPT]


def _layout(edition: Edition, dataset: str) -> str:
    settings: Iterable[Mapping[str, Mapping[str, object]]] = edition.descriptor["resources"]  # type: ignore[assignment]
    found = (entry.get("sejahtera", {}) for entry in settings)
    return next((str(s.get("layout")) for s in found if s.get("dataset") == dataset), "")


def _empty() -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series(dtype=str) for name in KEPT})
    dates = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    return frame.astype({**dates, "obs_value": float}).assign(
        **{name: pd.Series(dtype=float) for name in ("reports", "corrected", "sites")}
    )


def _months_of_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Monthly medians of daily reports with their number; a month without any is missing."""
    start = rows["period_start"].dt.to_period("M").dt.start_time
    months = rows.assign(period_start=start, period_end=start + pd.offsets.MonthEnd(0), freq="M")
    by = ["ref_area", *MEASURE, "period_start", "unit", "source_id"]
    facts = _group_facts(months[months["obs_value"].notna()], by=by)
    joined = monthly_median(months, by=by).merge(facts, on=by, how="left", validate="one_to_one")
    filled = joined.fillna({"obs_status": ObsStatus.MISSING.value, "caveat": "", "corrected": 0})
    end = filled["period_start"] + pd.offsets.MonthEnd(0)
    dated = filled.assign(period_end=end, freq="M", place="", obs_text="", correction="")
    return dated.assign(period=period_codes(dated))


def _group_facts(rows: pd.DataFrame, *, by: list[str]) -> pd.DataFrame:
    """What holds for each group: weakest status, all caveats and sources, corrected values."""
    doubt = rows["obs_status"].map({status: rank for rank, status in enumerate(DOUBT)})
    marked = rows[[*by]].assign(doubt=doubt, corrected=rows["correction"] != "")
    facts = marked.groupby(by, dropna=False)[["doubt", "corrected"]].agg(
        {"doubt": "max", "corrected": "sum"}
    )
    statuses = facts["doubt"].map({float(rank): status for rank, status in enumerate(DOUBT)})
    return facts.assign(
        obs_status=statuses.fillna(ObsStatus.MISSING.value),
        caveat=_codes_of_groups(rows, "caveat", by=by),
        source_ids=_codes_of_groups(rows, "source_id", by=by),
    ).drop(columns="doubt").reset_index()  # fmt: skip


def _codes_of_groups(rows: pd.DataFrame, column: str, *, by: list[str]) -> pd.Series:
    """The distinct codes of each group, joined by `;`."""
    keys = by if column in by else [*by, column]
    distinct = rows[keys].drop_duplicates()
    cells = distinct.groupby(by, dropna=False, group_keys=False)[[column]].agg(";".join)[column]
    return cells.map({cell: join_codes(cell) for cell in cells.unique()})


def _counted_centres(rows: pd.DataFrame) -> pd.DataFrame:
    """How many sources name an area as a centre, for each commodity and for all together.

    A source gives villages, never a quantity: the counts say how often an area is named.
    An area that no source names is missing: nobody has said that it is no centre.
    """
    single = _naming_counts(rows, counted="source_id", unit=SOURCE_COUNT)
    whole = rows.assign(commodity=rows["item"], item=ALL_COMMODITIES)
    together = _naming_counts(whole, counted="commodity", unit=COMMODITY_COUNT)
    return pd.concat([single, together], ignore_index=True)


def _naming_counts(rows: pd.DataFrame, *, counted: str, unit: str) -> pd.DataFrame:
    by = ["ref_area", "item"]
    counts = rows.groupby(by, sort=True)[counted].nunique().rename("obs_value").astype(float)
    named = _codes_of_groups(rows, "obs_text", by=by).str.replace(";", "; ")
    facts = _group_facts(rows, by=by).merge(counts.reset_index(), on=by)
    first, last = rows["period_start"].min(), rows["period_end"].max()
    spanned = facts.merge(named.reset_index(), on=by).assign(
        place="", indicator=CENTRE, period_start=first, period_end=last, freq="_O", unit=unit,
        correction="", source_id=facts["source_ids"].str.split(";").str[0],
    )  # fmt: skip
    return spanned.assign(period=period_codes(spanned))


def _counted_sites(edition: Edition, placed: pd.DataFrame, level: MapLevel) -> pd.DataFrame:
    """Counts at single sites, one source each, without the sites that the pack leaves out.

    Only on the level inside the region: sites are filed under the area they lie in, and those
    whose area is not known stand under the region, where a sum would look like its total.
    """
    if level.holds_region:
        return placed.iloc[:0]
    sites = (
        edition.reference("destinations") if "destinations" in edition.vocabulary.tables else None
    )
    left_out = (
        [] if sites is None else sites.loc[sites["is_counted_by_default"] == "false", "place"]
    )
    kept = placed[~placed["place"].isin(list(left_out))]
    return _one_source(edition, kept)


def _sums_over_sites(by_site: pd.DataFrame) -> pd.DataFrame:
    """Sums over the sites that reported, with their number; nobody reported means missing."""
    if by_site.empty:
        return by_site
    by = [*AREA_MEASURE_PERIOD, "unit"]
    values = by_site.groupby(by, dropna=False)["obs_value"]
    sums = values.sum(min_count=1).to_frame().assign(sites=values.count()).reset_index()
    facts = _group_facts(by_site, by=by)
    summed = sums.merge(facts, on=by, validate="one_to_one")
    return summed.assign(
        place="", obs_text="", correction="", source_id=summed["source_ids"].str.split(";").str[0]
    )


def _in_base_units(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """Every value in the base unit of its kind (t, ha, t/ha, Rp/kg, ...), so that areas compare."""
    units = edition.reference("units").set_index("unit")
    base = {**units["base_unit"], **{unit: unit for unit in (SOURCE_COUNT, COMMODITY_COUNT)}}
    factor = {unit: float(edition.vocabulary.factor(unit, base[unit])) for unit in units.index}
    scaled = rows["obs_value"] * rows["unit"].map(factor).fillna(1.0)
    return rows.assign(obs_value=scaled.round(9), unit=rows["unit"].map(base))


def _knows_unit(edition: Edition, unit: str) -> bool:
    return bool((edition.reference("units")["unit"] == unit).any())


def _with_method(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    families = edition.vocabulary.sources["method"].map(method_family)
    return rows.assign(method=rows["source_id"].map(families))


def _one_source(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """The preferred source of each key among those that have a value; missing only if none has."""
    has_value = rows["obs_value"].notna()
    ordered = pd.concat([edition.preferred(rows[has_value]), edition.preferred(rows[~has_value])])
    return ordered[~ordered.duplicated(["place", *AREA_MEASURE_PERIOD])]


def _preferred(edition: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """The preferred source of each area, measure, period and family of methods."""
    chosen = [_one_source(edition, family) for _, family in rows.groupby("method", sort=True)]
    return pd.concat(chosen, ignore_index=True) if chosen else rows


def _one_method_each(edition: Edition, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One family of methods on each map of a commodity; the others apart.

    The family that covers most areas is shown, of equal ones the one the pack prefers: no map
    mixes two ways of measuring.
    What describes an area itself (size, people) is gathered from all sources instead.
    """
    mapped = [*MEASURE, "period"]
    valued = rows[rows["obs_value"].notna()].assign(
        preference=rows["source_id"].map(edition.vocabulary.sources["preference"])
    )
    families = valued.groupby([*mapped, "method"])["preference"].agg(["size", "min"]).reset_index()
    widest = families.sort_values(["size", "min"], ascending=[False, True], kind="stable")
    widest = widest.drop_duplicates(mapped)[[*mapped, "method"]]
    shown = rows[mapped].merge(widest, on=mapped, how="left")["method"].set_axis(rows.index)
    of_area = rows["item"].isin(AREA_ITEMS) | (rows["indicator"] == CENTRE)
    kept = of_area | (rows["method"] == shown) | shown.isna()
    chosen = rows[kept].sort_values(["ref_area", "period"], kind="stable")
    chosen = chosen.iloc[chosen["obs_value"].isna().argsort(kind="stable")]
    chosen = chosen[~chosen.duplicated(AREA_MEASURE_PERIOD)]
    return chosen.reset_index(drop=True), rows[~kept].reset_index(drop=True)


def _with_yield(edition: Edition, chosen: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Yield recomputed where production and harvested area of one method are both known.

    The printed figure stays beside it, and stands alone where a part is missing.
    """
    if not _knows_unit(edition, YIELD_UNIT):
        return chosen.assign(printed_value=float("nan")), chosen.iloc[:0]
    parts = _yield_parts(chosen)
    impossible = harvested_from_nothing(
        production_t=parts["obs_value"], harvested_ha=parts["obs_value_area"]
    )
    recomputed = _yield_rows(parts[~impossible & (parts["obs_value_area"] != 0)])
    printed = chosen[chosen["indicator"] == YIELD]
    values = printed[[*AREA_MEASURE_PERIOD, "obs_value"]].rename(
        columns={"obs_value": "printed_value"}
    )
    recomputed = recomputed.merge(values, on=AREA_MEASURE_PERIOD, how="left")
    keys = pd.MultiIndex.from_frame(recomputed[AREA_MEASURE_PERIOD])
    alone = ~pd.MultiIndex.from_frame(printed[AREA_MEASURE_PERIOD]).isin(keys)
    printed = printed[alone].assign(printed_value=printed.loc[alone, "obs_value"])
    others = chosen[chosen["indicator"] != YIELD].assign(printed_value=float("nan"))
    whole = pd.concat([others, printed, recomputed], ignore_index=True)
    return whole, parts[impossible]


def _yield_parts(chosen: pd.DataFrame) -> pd.DataFrame:
    by = [column for column in AREA_MEASURE_PERIOD if column != "indicator"]
    valued = chosen[chosen["obs_value"].notna()]
    production = valued[valued["indicator"] == PRODUCTION]
    area = valued[valued["indicator"] == HARVESTED_AREA]
    both = production[production["unit"] == PRODUCTION_UNIT].merge(
        area[area["unit"] == AREA_UNIT], on=[*by, "method"], suffixes=("", "_area")
    )
    return both.set_index("ref_area", drop=False).rename_axis(None)


def _yield_rows(parts: pd.DataFrame) -> pd.DataFrame:
    rows = parts.assign(
        indicator=YIELD,
        unit=YIELD_UNIT,
        obs_value=yield_t_per_ha(
            production_t=parts["obs_value"], harvested_ha=parts["obs_value_area"]
        ),
        obs_status=_pairwise(parts, "obs_status", lambda *pair: weakest_status(pair)),
        caveat=_pairwise(parts, "caveat", join_codes),
        source_ids=_pairwise(parts, "source_ids", join_codes),
    )
    kept = [
        column for column in parts.columns if not column.endswith("_area") or column == "ref_area"
    ]
    return rows[kept].reset_index(drop=True)


def _pairwise(parts: pd.DataFrame, column: str, joined: object) -> list[str]:
    pairs = zip(parts[column], parts[f"{column}_area"], strict=True)
    return [joined(*pair) for pair in pairs]  # type: ignore[operator]
