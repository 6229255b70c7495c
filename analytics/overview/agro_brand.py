"""Where farms and brand meet: supply, centres, price, season, destinations, events by product.

Which products, the pack says (`brand_products` of the region); what is known of them, the data.
Nothing is put in the place of what is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written
from analytics.i18n import LANGUAGES, text
from analytics.observations.status import ObsStatus
from analytics.tourism.rows import own_areas
from analytics.tourism.words import listed

ASPECTS = (
    "supply", "centres", "price", "season", "destinations", "indication", "searches", "events",
)  # fmt: skip
SUPPLY = ("production", "fishery_production", "production_per_day", "livestock_population",
          "harvested_area", "planted_area")  # fmt: skip
PRICE = ("price_producer", "price_retail")
FEWEST_PRICE_MONTHS = 36
MONTHS = 12
YES = "true"


@dataclass(frozen=True)
class Product:
    """A product of the region's name: codes of its commodities, destinations and search terms."""

    code: str
    name: Label
    items: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]
    indication: Label | None


def products(edition: Edition) -> tuple[Product, ...]:
    """The products that the pack names, in its order."""
    specs: Sequence[Mapping[str, object]]
    specs = edition.region.get("brand_products", ())  # type: ignore[assignment]
    return tuple(_product(spec) for spec in specs)


def _product(spec: Mapping) -> Product:
    told = spec.get("indication")
    return Product(
        code=str(spec["code"]),
        name=Label(spec["name"]["id"], spec["name"]["en"]),
        items=tuple(spec.get("items", ())),
        places=tuple(spec.get("places", ())),
        terms=tuple(spec.get("terms", ())),
        indication=Label(told["id"], told["en"]) if told else None,
    )


def meeting_report(edition: Edition, *, with_unverified: bool = False) -> Result:
    """One row a product: `obs_value` is how many of the eight aspects are known.

    For each aspect the columns `<aspect>_id` and `<aspect>_en`, empty when nothing is known, and
    `gaps_id`, `gaps_en`: the aspects that are not.
    """
    rows: list[dict] = [
        _row(edition, product, with_unverified=with_unverified) for product in products(edition)
    ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        frame = pd.DataFrame(columns=["product", "obs_value", "obs_status"])
    used = pd.DataFrame({"source_id": [code for row in rows for code in row["source_ids"]]})
    return Result(
        name="agro_brand",
        frame=frame.drop(columns="source_ids", errors="ignore"),
        indicator=count_of(
            "known_aspects",
            "aspect",
            name=in_both("agro_brand.indicator.name"),
            symbol=in_both("agro_brand.indicator.unit"),
            definition=in_both("agro_brand.indicator.definition"),
        ),
        sources=edition.vocabulary.sources_of(used),
        period=Period(None, None),
        edition=edition.stamp,
        title=_title(frame),
        statements=_statements(frame),
        notes=() if len(frame) else (
            Statement("agro_brand.empty_why"), Statement("agro_brand.empty_cure"),
        ),
    )  # fmt: skip


def count_of(code: str, unit: str, *, name: Label, symbol: Label, definition: Label) -> Indicator:
    """An indicator that counts things, of which neither more nor fewer is better."""
    return Indicator(
        code=code, name=name, unit=unit, unit_symbol=symbol, decimals=0, better="neither",
        aggregate="none", definition=definition,
    )  # fmt: skip


def _row(edition: Edition, product: Product, *, with_unverified: bool) -> dict[str, object]:
    asked = {"with_unverified": with_unverified}
    supply, supply_sources = _newest(edition, "agriculture", product, SUPPLY, **asked)
    price, price_sources = _newest(edition, "prices", product, PRICE, **asked)
    centres, centre_sources = _centres(edition, product)
    told: dict[str, Label | None] = {
        "supply": supply,
        "centres": centres,
        "price": price,
        "season": _season(edition, product, **asked),
        "destinations": _destinations(edition, product),
        "indication": product.indication,
        "searches": _searches(edition, product, **asked),
        "events": _events(edition, product, **asked),
    }
    gaps = [in_both(f"agro_brand.aspect.{aspect}") for aspect in ASPECTS if told[aspect] is None]
    words = {**told, "gaps": listed(gaps) if gaps else None}
    return {
        "product": product.code,
        "name": product.name,
        "obs_value": float(len(ASPECTS) - len(gaps)),
        "obs_status": ObsStatus.NORMAL.value,
        "source_ids": [*supply_sources, *price_sources, *centre_sources],
        **{f"has_{aspect}": told[aspect] is not None for aspect in ASPECTS},
        **{
            f"{name}_{language}": label.in_language(language) if label else ""
            for name, label in words.items()
            for language in LANGUAGES
        },
    }


def _rows(
    edition: Edition, dataset: str, product: Product, *, with_unverified: bool, **equal_to: str
) -> pd.DataFrame:
    """Rows with a value about the product in the region itself, oldest first."""
    if dataset not in edition.datasets or not product.items:
        return pd.DataFrame()
    found = edition.observations(
        dataset, with_unverified=with_unverified, item=list(product.items), **equal_to
    )
    known = found[found["obs_value"].notna() & found["period_start"].notna()]
    return edition.preferred(known).sort_values("period_end", kind="stable", ignore_index=True)


def _newest(
    edition: Edition, dataset: str, product: Product, indicators: Sequence[str], **asked: bool
) -> tuple[Label | None, list[str]]:
    """The newest figure with its period; of several of one time the first of `indicators`."""
    rows = _rows(edition, dataset, product, ref_area=edition.ref_area, **asked)  # type: ignore[arg-type]
    own = rows[rows["indicator"].isin(indicators)] if len(rows) else rows
    newest = own[own["period_end"] == own["period_end"].max()] if len(own) else own
    for code in indicators if len(newest) else ():
        same = newest[newest["indicator"] == code]
        if same.empty:
            continue
        row = same.iloc[-1]
        indicator = edition.vocabulary.indicator(code, unit=str(row["unit"]))
        period = Period(row["period_start"].date(), row["period_end"].date(), str(row["freq"]))
        words = [
            text(
                "agro_brand.figure", language,
                name=indicator.name.in_language(language),
                value=written(float(row["obs_value"]), indicator, language),
                period=period.words(language),
            )
            for language in LANGUAGES
        ]  # fmt: skip
        return Label(*words), [str(row["source_id"])]
    return None, []


def centre_areas(edition: Edition, product: Product) -> pd.DataFrame:
    """Kecamatan that a source names as a centre of the product; one row an area."""
    if "commodity_centres" not in edition.datasets or not product.items:
        return pd.DataFrame(columns=["ref_area", "source_id"])
    rows = edition.observations("commodity_centres", item=list(product.items))
    inside = rows[rows["ref_area"].isin(set(own_areas(edition)) - {edition.ref_area})]
    return inside.drop_duplicates("ref_area")[["ref_area", "source_id"]]


def _centres(edition: Edition, product: Product) -> tuple[Label | None, list[str]]:
    found = centre_areas(edition, product)
    if found.empty:
        return None, []
    names = [edition.vocabulary.area_name(str(code)) for code in sorted(found["ref_area"])]
    return listed([Label(name, name) for name in names]), list(found["source_id"].unique())


def _season(edition: Edition, product: Product, **asked: bool) -> Label | None:
    """The calendar month in which the price was highest against its year, from three years on."""
    rows = _rows(edition, "prices", product, ref_area=edition.ref_area, freq="M", **asked)  # type: ignore[arg-type]
    if rows.empty:
        return None
    keys = ["item", "indicator", "place", "source_id"]
    sizes = rows.groupby(keys)["obs_value"].size()
    if sizes.max() < FEWEST_PRICE_MONTHS:
        return None
    longest = (rows[keys] == pd.Series(dict(zip(keys, sizes.idxmax(), strict=True)))).all(axis=1)
    series = rows[longest].set_index("period_start")["obs_value"].asfreq("MS")
    # Against the year around each month: a price that rises all the time has no season.
    level = series / series.rolling(MONTHS, center=True).mean()
    by_month = level.groupby(pd.DatetimeIndex(series.index).month).mean().dropna()
    if len(by_month) < MONTHS:
        return None
    month = pd.Timestamp(2000, int(by_month.idxmax()), 1).date().month
    words = [
        text("agro_brand.season", language, month=Number(month, "month_name").words(language))
        for language in LANGUAGES
    ]
    return Label(*words)


def _destinations(edition: Edition, product: Product) -> Label | None:
    known = set(edition.vocabulary.destinations.index)
    names = [edition.vocabulary.place_name(place) for place in product.places if place in known]
    return listed([Label(name, name) for name in names]) if names else None


def _searches(edition: Edition, product: Product, *, with_unverified: bool) -> Label | None:
    """How many months of searches for one of the product's terms are known."""
    if "search_interest" not in edition.datasets or not product.terms:
        return None
    rows = edition.observations(
        "search_interest", indicator="search_interest", with_unverified=with_unverified
    )
    own = rows[rows["place"].isin(product.terms) & rows["obs_value"].notna()]
    if own.empty:
        return None
    n = int(own["period_start"].nunique())
    return Label(*(text("agro_brand.searches", language, n=n) for language in LANGUAGES))


def _events(edition: Edition, product: Product, *, with_unverified: bool) -> Label | None:
    from analytics.tourism.event_days import event_days

    names = dict.fromkeys(
        event.name
        for event in event_days(edition, with_unverified=with_unverified)
        if event.place in product.places
    )
    return listed([Label(name, name) for name in names]) if names else None


def _title(frame: pd.DataFrame) -> Statement:
    if frame.empty:
        return Statement("agro_brand.title.empty")
    meets = frame["has_destinations"] & (frame["has_centres"] | frame["has_supply"])
    names = list(frame.loc[meets, "name"])
    if not names:
        return Statement("agro_brand.title.nowhere", {"n": len(frame)})
    return Statement(
        "agro_brand.title.meets", {"n": len(names), "all": len(frame), "names": listed(names)}
    )


def _statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    lacking = {aspect: int((~frame[f"has_{aspect}"]).sum()) for aspect in ASPECTS}
    most = max(lacking.values())
    if most == 0:
        return ()
    names = [
        in_both(f"agro_brand.aspect.{aspect}") for aspect in ASPECTS if lacking[aspect] == most
    ]
    return (Statement("agro_brand.sentence.gaps", {"names": listed(names), "n": most}),)


def meeting_figure(result: Result, *, language: str) -> Figure:
    """A table: one row a product, one column an aspect."""
    frame = result.frame
    columns = [
        Column(f"{name}_{language}", Statement(f"agro_brand.aspect.{name}"), style="text")
        for name in (*ASPECTS, "gaps")
        if len(frame)
    ]
    labels = {row["product"]: row["name"] for row in frame.to_dict("records")}
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="product",
        names={"product": labels},
        headings={"product": Statement("agro_brand.aspect.product")},
        keeps_order=True,
        columns=tuple(columns),
    )


# Routes


@dataclass(frozen=True)
class Route:
    """An agritourism route as the pack gives it: its name, its stops in order, who told of it."""

    name: Label
    stops: tuple[str, ...]
    source_id: str


def routes(edition: Edition) -> tuple[Route, ...]:
    """Routes that a source tells of (`agritourism_routes` of the region); none are invented."""
    specs: Sequence[Mapping] = edition.region.get("agritourism_routes", ())  # type: ignore[assignment]
    return tuple(
        Route(Label(s["name"]["id"], s["name"]["en"]), tuple(s["stops"]), str(s["source_id"]))
        for s in specs
    )
