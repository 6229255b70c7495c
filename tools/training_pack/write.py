"""Puts the pack together and writes it: the same bytes on every run."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from training_pack.agriculture import NO_VILLAGE, agriculture_rows, centre_rows, rice_monthly_rows
from training_pack.brand_weights import BRAND_WEIGHTS, brand_weight_rows
from training_pack.branding import branding_rows
from training_pack.budget import BUDGET, budget_rows
from training_pack.demand import (
    PROMOTION,
    SEARCH_INTEREST,
    VISITOR_SURVEY,
    promotion_rows,
    search_places,
    search_rows,
    survey_rows,
)
from training_pack.descriptor import BOUNDARIES, CORRECTIONS, RULES_FILE, package
from training_pack.evaluation_tables import (
    break_rows,
    evidence_rows,
    iso_rows,
    recommendation_rows,
)
from training_pack.event_calendar import EVENTS, event_rows
from training_pack.farmgate import ITEMS, RULES, correction_rows, farmgate_reports
from training_pack.food_tables import food_parameter_rows
from training_pack.geometry import Boundaries, draw_boundaries, in_degrees
from training_pack.hotel_survey import HOTEL_SURVEY, hotel_survey_rows
from training_pack.local_revenue import PAD, revenue_rows
from training_pack.performance import PERFORMANCE, performance_rows
from training_pack.places import place_points
from training_pack.population import population_rows
from training_pack.prices import place_rows, price_rows, reference_price_rows
from training_pack.region import HOLE_CODE, all_areas
from training_pack.reviews import REVIEWS, review_rows
from training_pack.rows import in_order
from training_pack.site_economy import capacity_rows, income_rows
from training_pack.smart_city import programme_table, smart_city_rows
from training_pack.sources import REGISTER
from training_pack.tourism import (
    destination_places,
    destination_rows,
    monthly_counts,
    visit_rows,
)
from training_pack.vocabulary import (
    LEBARAN,
    Table,
    Vocabulary,
    holiday_rows,
    read_wording,
    used_rows,
    used_sources,
    with_programme_parts,
)
from training_pack.warning_tables import CPI, break_even_rows, cpi_rows, office_rows

# Caveats that the cleaning of daily prices adds when a pack is loaded.
CLEANING_CAVEATS = ("entry_corrected", "entry_withdrawn", "not_reported")
WORDED = ("branding", "smart_city")


@dataclass(frozen=True, kw_only=True)
class TrainingPack:
    """All content of the pack before it is written."""

    tables: dict[str, Table]
    shapes: dict[str, list[tuple[dict[str, object], BaseGeometry]]]
    descriptor: dict[str, object]


def area_table(*, boundaries: Boundaries) -> Table:
    """areas.csv; areas that are drawn carry a point inside them."""
    drawn = boundaries.regencies | boundaries.subdistricts
    rows = []
    for area in all_areas():
        point = in_degrees(drawn[area.code]).representative_point() if area.code in drawn else None
        rows.append(
            {
                "area_code": area.code,
                "bps_code": area.bps_code,
                "parent_code": area.parent_code,
                "level": area.level,
                "name": area.name,
                "capital": area.capital,
                "latitude": f"{point.y:.5f}" if point else "",
                "longitude": f"{point.x:.5f}" if point else "",
                "source_ids": REGISTER,
            }
        )
    return rows


def dataset_tables(*, holidays: Table, areas_km2: dict[str, float]) -> dict[str, Table]:
    """The datasets, and the corrections of the daily prices."""
    lebaran = tuple(
        date.fromisoformat(row["date"]) for row in holidays if row["holiday"] == LEBARAN
    )
    free_days = {
        date.fromisoformat(row["date"]) for row in holidays if row["holiday"] != "ramadan_1"
    }
    counts = monthly_counts(lebaran_days=lebaran)
    reports, corrections = farmgate_reports(holidays=free_days, lebaran_days=lebaran)
    return {
        "agriculture": agriculture_rows(),
        "rice_monthly": rice_monthly_rows(),
        "commodity_centres": centre_rows(),
        "farmgate_prices": reports,
        "prices": price_rows(lebaran_days=lebaran),
        "visits": in_order(
            [*visit_rows(lebaran_days=lebaran), *income_rows(counts=counts), *capacity_rows()]
        ),
        "branding": branding_rows(counts=counts),
        "smart_city": smart_city_rows(),
        "reference_prices": reference_price_rows(),
        "population": population_rows(areas_km2=areas_km2),
        CPI: cpi_rows(),
        EVENTS: event_rows(),
        HOTEL_SURVEY: hotel_survey_rows(),
        PAD: revenue_rows(counts=counts),
        BUDGET: budget_rows(),
        PERFORMANCE: performance_rows(),
        PROMOTION: promotion_rows(),
        REVIEWS: review_rows(),
        SEARCH_INTEREST: search_rows(),
        VISITOR_SURVEY: survey_rows(),
        CORRECTIONS: correction_rows(corrections),
    }


def codes_in(rows: Iterable[dict[str, str]], column: str) -> set[str]:
    """All codes of a column; cells may hold several, joined by semicolons."""
    return {code for row in rows for code in row.get(column, "").split(";") if code}


def result_words(tables: dict[str, Table]) -> set[str]:
    """Results in words that need a reading in both languages; names of villages need none."""
    told = {row["obs_text"] for name in WORDED for row in tables[name]} - {""}
    return told | ({NO_VILLAGE} & {row["obs_text"] for row in tables["commodity_centres"]})


def resource_caveats(descriptor: dict[str, object]) -> set[str]:
    """Caveats that the descriptor names."""
    return {
        caveat
        for resource in descriptor["resources"]
        for caveat in resource["sejahtera"]["caveats"]
    }


def word_tables(
    *, tables: dict[str, Table], vocabulary: Vocabulary, caveats: set[str]
) -> dict[str, Table]:
    """Units, indicators, commodities, groups, licences and caveats that the other tables use."""
    every = [row for table in tables.values() for row in table]
    own = read_wording()
    indicator_codes = codes_in(every, "indicator") | {"price_producer"}
    shared_indicators = codes_in(vocabulary.tables["indicators"], "indicator")
    indicators = used_rows(
        table="indicators",
        key="indicator",
        codes=indicator_codes,
        vocabulary=vocabulary,
        own=with_programme_parts(
            own=own["indicators"],
            codes=indicator_codes - shared_indicators,
        ),
    )
    unit_codes = codes_in(every, "unit") | codes_in(indicators, "unit") | {"IDR/kg"}
    shared_units = {row["unit"]: row for row in vocabulary.tables["units"]}
    unit_codes |= {shared_units[code]["base_unit"] for code in unit_codes if code in shared_units}
    programmes = codes_in(tables["programmes"], "item")
    commodities = used_rows(
        table="commodities",
        key="item",
        vocabulary=vocabulary,
        own=own["commodities"],
        codes=(codes_in(every, "item") | set(ITEMS)) - programmes,
    )
    return {
        "indicators": indicators,
        "units": used_rows(
            table="units", key="unit", codes=unit_codes, vocabulary=vocabulary, own=own["units"]
        ),
        "commodities": commodities,
        "commodity_groups": used_rows(
            table="commodity_groups",
            key="group",
            codes=codes_in(commodities, "group"),
            vocabulary=vocabulary,
            own={},
        ),
        "licences": used_rows(
            table="licences",
            key="licence",
            codes=codes_in(tables["sources"], "licence"),
            vocabulary=vocabulary,
            own=own["licences"],
        ),
        "caveats": used_rows(
            table="caveats",
            key="caveat",
            vocabulary=vocabulary,
            own=own["caveats"],
            codes=codes_in(every, "caveat") | caveats | set(CLEANING_CAVEATS),
        ),
        "result_texts": used_rows(
            table="result_texts",
            key="obs_text",
            codes=result_words(tables),
            vocabulary=vocabulary,
            own=own["result_texts"],
        ),
    }


def shapes_of(boundaries: Boundaries) -> dict[str, list[tuple[dict[str, object], BaseGeometry]]]:
    """Properties and geometry in degrees of each boundary file."""
    names = {area.code: area.name for area in all_areas()}

    def listed(areas: dict[str, BaseGeometry]) -> list[tuple[dict[str, object], BaseGeometry]]:
        return [
            ({"code": code, "name": names[code]}, in_degrees(area)) for code, area in areas.items()
        ]

    ((properties, hole),) = listed({HOLE_CODE: boundaries.regencies[HOLE_CODE]})
    return {
        "boundaries-kecamatan": listed(boundaries.subdistricts),
        "boundaries-kabupaten": listed(boundaries.regencies),
        "boundaries-holes": [(properties | {"is_hole": True}, hole)],
    }


def make_pack(vocabulary: Vocabulary) -> TrainingPack:
    """The whole training pack."""
    boundaries = draw_boundaries()
    drawn = boundaries.regencies | boundaries.subdistricts
    island = unary_union(list(boundaries.regencies.values()))
    points = place_points(boundaries=boundaries, island=island)
    holidays = holiday_rows(vocabulary)
    tables = dataset_tables(
        holidays=holidays, areas_km2={code: area.area for code, area in drawn.items()}
    )
    source_ids = {name: sorted(codes_in(rows, "source_id")) for name, rows in tables.items()}
    descriptor = package(vocabulary=vocabulary, source_ids=source_ids)
    tables |= {
        "areas": area_table(boundaries=boundaries),
        "places": [
            *destination_places(points=points),
            *place_rows(points=points),
            *search_places(),
        ],
        "destinations": destination_rows(),
        "programmes": programme_table(),
        "holidays": holidays,
        "offices": office_rows(),
        "break_even": break_even_rows(),
        BRAND_WEIGHTS: brand_weight_rows(),
        "food_parameters": food_parameter_rows(),
        "iso_indicators": iso_rows(vocabulary.tables["iso_indicators"]),
        "programme_evidence": evidence_rows(),
        "recommendations": recommendation_rows(),
        "series_breaks": break_rows(),
        "sources": used_sources(vocabulary=vocabulary, holidays=holidays),
    }
    tables |= word_tables(
        tables=tables, vocabulary=vocabulary, caveats=resource_caveats(descriptor)
    )
    return TrainingPack(tables=tables, shapes=shapes_of(boundaries), descriptor=descriptor)


def csv_text(*, rows: Table, schema: dict[str, object]) -> str:
    """A table as CSV, columns as its schema orders them; a column without content stays empty.

    Raises ValueError when a row holds a column that the schema does not know.
    """
    columns = [field["name"] for field in schema["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def geojson_text(*, name: str, shapes: list[tuple[dict[str, object], BaseGeometry]]) -> str:
    """A FeatureCollection with one feature a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": mapping(shape)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, shape in shapes
    ]
    head = f'{{"type":"FeatureCollection","name":"{name}","features":[\n'
    return head + ",\n".join(lines) + "\n]}\n"


def write_text(*, path: Path, text: str) -> None:
    """A UTF-8 file with plain line feeds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def write_pack(*, pack: TrainingPack, folder: Path) -> None:
    """All files of the pack below `folder`."""
    for resource in pack.descriptor["resources"]:
        name, path = resource["name"], folder / resource["path"]
        if name in BOUNDARIES:
            text = geojson_text(name=BOUNDARIES[name][1], shapes=pack.shapes[name])
        else:
            text = csv_text(rows=pack.tables[name], schema=resource["schema"])
        write_text(path=path, text=text)
    write_text(path=folder / RULES_FILE, text=RULES)
    descriptor = json.dumps(pack.descriptor, ensure_ascii=False, indent=1)
    write_text(path=folder / "datapackage.json", text=descriptor + "\n")
