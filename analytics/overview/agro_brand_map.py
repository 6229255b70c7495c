"""Centres of products and their destinations on one map, with what its legend says."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.map_layer import MapLayer, PointLayer, map_layer
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Period, Result, Statement
from analytics.geography.boundaries import Boundary
from analytics.geography.classes import classify
from analytics.i18n import LANGUAGES
from analytics.observations.status import ObsStatus
from analytics.overview.agro_brand import centre_areas, count_of, products
from analytics.tourism.destinations import destinations_report
from analytics.tourism.panel_answers import PanelChoice
from analytics.tourism.site_map import kind_layers
from analytics.tourism.words import listed

SIGN_RADIUS_PX = 9.0
MOST_CLASSES = 5
COLUMNS = ("ref_area", "obs_value", "obs_status", "source_id", "caveat")


def centres_by_area(edition: Edition) -> Result:
    """Kecamatan with the number of products that a source names it a centre of (obs_value).

    `products_id` and `products_en` name them.
    """
    found = [
        centre_areas(edition, product).assign(product=product.code) for product in products(edition)
    ]
    rows = pd.concat([pd.DataFrame(columns=["ref_area", "source_id", "product"]), *found])
    names = {product.code: product.name for product in products(edition)}
    told = [f"products_{language}" for language in LANGUAGES]
    frame = pd.DataFrame(
        [_area_row(str(area), group, names) for area, group in rows.groupby("ref_area")],
        columns=[*COLUMNS, *told],
    )
    return Result(
        name="agro_brand_map",
        frame=frame,
        indicator=_indicator(),
        sources=edition.vocabulary.sources_of(rows),
        period=Period(None, None),
        edition=edition.stamp,
        title=Statement("agro_brand.map.title", {"n": len(frame)}),
    )


def _area_row(area: str, rows: pd.DataFrame, names: dict[str, Label]) -> dict[str, object]:
    codes = list(rows["product"].unique())
    label = listed([names[code] for code in codes])
    told = {f"products_{language}": label.in_language(language) for language in LANGUAGES}
    return {"ref_area": area, "obs_value": float(len(codes)), "obs_status": ObsStatus.NORMAL.value,
            "source_id": str(rows["source_id"].iloc[0]), "caveat": "", **told}  # fmt: skip


def _indicator() -> Indicator:
    return count_of(
        "product_centres",
        "product",
        name=in_both("agro_brand.map.name"),
        symbol=in_both("agro_brand.map.unit"),
        definition=in_both("agro_brand.map.definition"),
    )


def product_destinations(edition: Edition) -> Result:
    """Destinations of products, in the columns of the destinations report.

    `obs_value` is the number of products whose story a destination tells, not its visits;
    `products_id` and `products_en` name them.
    """
    of_place: dict[str, list[Label]] = {}
    for product in products(edition):
        for place in product.places:
            of_place.setdefault(place, []).append(product.name)
    every = destinations_report(edition, choice=PanelChoice())
    frame = every.frame[every.frame["place"].isin(of_place)].reset_index(drop=True)
    names = [listed(of_place[place]) for place in frame["place"]]
    told = {
        f"products_{language}": [name.in_language(language) for name in names]
        for language in LANGUAGES
    }
    frame = frame.assign(
        obs_value=[float(len(of_place[place])) for place in frame["place"]],
        obs_status=ObsStatus.NORMAL.value, months_reported=float("nan"), **told,
    )  # fmt: skip
    return replace(every, name="product_destinations", frame=frame, indicator=_indicator())


def centres_figure(edition: Edition, centres: Result, *, language: str) -> Figure:
    """The map with its table: one row a kecamatan, the products it is a centre of."""
    column = Column(f"products_{language}", Statement("agro_brand.aspect.product"), style="text")
    return Figure(
        result=centres,
        kind=Kind.MAP,
        category="ref_area",
        names=code_names(centres.frame, edition, columns=("ref_area", "source_id")),
        columns=(column,),
    )


def centres_layer(centres: Result, *, boundary: Boundary, language: str) -> MapLayer:
    """The kecamatan, darker the more products they are a centre of."""
    frame = centres.frame[centres.frame["ref_area"].isin(boundary.codes)]
    lines = [(words,) for words in frame[f"products_{language}"]]
    kinds = max(1, min(MOST_CLASSES, frame["obs_value"].nunique()))
    inside = replace(centres, frame=frame.assign(lines=pd.Series(lines, index=frame.index)))
    return map_layer(
        inside,
        boundary=boundary,
        classes=classify(frame["obs_value"], method="natural", k=kinds),
        language=language,
    )


def destination_layers(edition: Edition, *, language: str) -> tuple[PointLayer, ...]:
    """The destinations of products by kind, each kind with a sign of its own; all of one size."""
    found = product_destinations(edition)
    names = found.frame["place_name"] + " (" + found.frame[f"products_{language}"] + ")"
    named = replace(found, frame=found.frame.assign(place_name=names))
    layers = [_alike(layer) for layer in kind_layers(named, language=language)]
    unplaced = named.frame["latitude"].isna() | named.frame["longitude"].isna()
    lacking = tuple(named.frame.loc[unplaced, "place_name"])
    return (*layers[:-1], *(replace(one, without_position=lacking) for one in layers[-1:]))


def _alike(layer: PointLayer) -> PointLayer:
    """All signs as large as those of the legend: their size says nothing here."""
    points = tuple(replace(point, radius_px=SIGN_RADIUS_PX) for point in layer.points)
    return replace(layer, points=points, remarks=())


def destinations_told(edition: Edition) -> tuple[Label, ...]:
    """A line for every destination of a product: the product, the destination, its area."""
    table = edition.vocabulary.destinations
    return tuple(
        in_both(
            "agro_brand.map.line",
            product=product.name,
            place=edition.vocabulary.place_name(place),
            area=edition.vocabulary.area_name(str(table.at[place, "ref_area"])),
        )
        for product in products(edition)
        for place in product.places
        if place in table.index
    )
