"""The datapackage.json of the training pack: what each file is, in both languages."""

import tomllib
from pathlib import Path

from training_pack.brand_weights import BRAND_WEIGHTS
from training_pack.budget import BUDGET
from training_pack.demand import PROMOTION, SEARCH_INTEREST, VISITOR_SURVEY
from training_pack.event_calendar import EVENTS
from training_pack.farmgate import ITEMS
from training_pack.hotel_survey import HOTEL_SURVEY
from training_pack.local_revenue import PAD
from training_pack.performance import PERFORMANCE
from training_pack.prices import farm_of
from training_pack.region import HOLE_CODE, PROVINCE_CODE, REGENCY_CODE, REGION
from training_pack.reviews import REVIEWS
from training_pack.sources import FARMGATE, REGISTER, TITLE
from training_pack.vocabulary import Vocabulary
from training_pack.warning_tables import CPI

MEANINGS = Path(__file__).with_name("meanings.toml")
RELEASE_DATE = "2026-11-24"
LICENCE = "CC0-1.0"
TRAINING_CAVEAT = "training_data"
DATASETS = (
    "agriculture",
    "rice_monthly",
    "commodity_centres",
    "farmgate_prices",
    "prices",
    "visits",
    "branding",
    "smart_city",
    "reference_prices",
    "population",
    CPI,
    EVENTS,
    HOTEL_SURVEY,
    PAD,
    BUDGET,
    PERFORMANCE,
    PROMOTION,
    REVIEWS,
    SEARCH_INTEREST,
    VISITOR_SURVEY,
)
REFERENCES = (
    "areas",
    "places",
    "destinations",
    "commodity_groups",
    "commodities",
    "programmes",
    "indicators",
    "units",
    "licences",
    "sources",
    "caveats",
    "result_texts",
    "holidays",
    "offices",
    "break_even",
    BRAND_WEIGHTS,
    "food_parameters",
    "iso_indicators",
    "programme_evidence",
    "recommendations",
    "series_breaks",
)
# Datasets that no other pack has take the columns of one that all have.
SCHEMA_OF = {
    BUDGET: "smart_city",
    CPI: "prices",
    EVENTS: "branding",
    HOTEL_SURVEY: "branding",
    PAD: "branding",
    PERFORMANCE: "smart_city",
    PROMOTION: "prices",
    REVIEWS: "prices",
    SEARCH_INTEREST: "prices",
    VISITOR_SURVEY: "prices",
}
# Two visitors may speak of one place on one day: their words tell them apart.
VOICES = (REVIEWS,)
CORRECTIONS = "corrections-farmgate"
CORRECTIONS_FILE = "corrections/farmgate_prices.csv"
RULES_FILE = "corrections/farmgate_rules.toml"
BOUNDARIES = {
    "boundaries-kecamatan": ("boundaries/kecamatan.geojson", "kecamatan"),
    "boundaries-kabupaten": ("boundaries/kabupaten.geojson", "kabupaten"),
    "boundaries-holes": ("boundaries/holes.geojson", "hole"),
}
Descriptor = dict[str, object]


def satu_data(*, meaning: dict[str, list[str]], language: int) -> Descriptor:
    """Satu Data fields of one resource in one language (0 Indonesian, 1 English)."""

    def word(key: str) -> str:
        return meaning[key][language] if key in meaning else ("Tidak ada", "None")[language]

    return {
        "concept": word("concept"),
        "definition": word("definition"),
        "classification": word("classification"),
        "measure": word("measure"),
        "unit": word("unit"),
        "producer": ("Program latihan Sejahtera", "Sejahtera training program")[language],
        "walidata": (
            "Dinas Kominfo Kabupaten Contoh (rekaan)",
            "Office of Communication of Kabupaten Contoh (invented)",
        )[language],
        "release_date": RELEASE_DATE,
        "next_release": None,
        "next_release_reason": (
            "Data latihan tidak diterbitkan berkala; dibuat ulang hanya bila programnya berubah.",
            "Training data are not released regularly; made again only when the program changes.",
        )[language],
        "licence": LICENCE,
    }


def described(*, name: str, path: str, meaning: dict[str, list[str]]) -> Descriptor:
    """What every resource says about itself."""
    return {
        "name": name,
        "path": path,
        "title": meaning["title"][0],
        "title_en": meaning["title"][1],
        "description": meaning["definition"][0],
        "description_en": meaning["definition"][1],
        "licenses": [
            {"name": LICENCE, "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
        ],
        "encoding": "utf-8",
        "satu_data": satu_data(meaning=meaning, language=0),
        "satu_data_en": satu_data(meaning=meaning, language=1),
    }


def table_resource(
    *, name: str, path: str, meaning: dict[str, list[str]], schema: Descriptor, settings: Descriptor
) -> Descriptor:
    """A CSV file with its schema."""
    return described(name=name, path=path, meaning=meaning) | {
        "profile": "tabular-data-resource",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "sejahtera": settings,
        "schema": schema,
    }


def boundary_resource(*, name: str, meaning: dict[str, list[str]]) -> Descriptor:
    """A GeoJSON file of one level."""
    path, level = BOUNDARIES[name]
    return described(name=name, path=path, meaning=meaning) | {
        "profile": "data-resource",
        "type": "file",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "sejahtera": {
            "role": "boundary",
            "level": level,
            "code": "code",
            "crs": "EPSG:4326",
            "sources": [REGISTER],
            "caveats": caveats_of(meaning),
        },
    }


def caveats_of(meaning: dict[str, list[str]]) -> list[str]:
    """The caveats of a resource; that it is training data comes first, always."""
    return [TRAINING_CAVEAT, *meaning["caveats"]]


def dataset_settings(
    *, name: str, meaning: dict[str, list[str]], source_ids: list[str]
) -> Descriptor:
    """The `sejahtera` section of a dataset."""
    is_wide = name == "farmgate_prices"
    settings: Descriptor = {
        "role": "dataset",
        "dataset": name,
        "layout": "wide_daily" if is_wide else "observations",
        "title": {"id": meaning["title"][0], "en": meaning["title"][1]},
        "caveats": caveats_of(meaning),
    }
    if not is_wide:
        return settings | {"source_ids": source_ids}
    return settings | {
        "row": "row_id",
        "ref_area": "area_code",
        "date": "date",
        "items": list(ITEMS),
        "indicator": "price_producer",
        "unit": "IDR/kg",
        "source_id": FARMGATE,
        "zero": "not_reported",
        "corrections": CORRECTIONS_FILE,
        "corrections_resource": CORRECTIONS,
        "rules": RULES_FILE,
    }


def headline(
    theme: str, dataset: str, indicator: str, name: tuple[str, str], **codes: str
) -> Descriptor:
    """One key figure of the home page: its name and the codes that select its series."""
    names = {"id": name[0], "en": name[1]}
    return {"theme": theme, "dataset": dataset, "indicator": indicator, "name": names, **codes}


RICE = {"ref_area": REGENCY_CODE, "item": "padi"}
VISITS = {"ref_area": REGENCY_CODE, "place": "", "item": "kunjungan", "freq": "A"}
HEADLINES = [
    headline(
        "agriculture", "agriculture", "production",
        ("Produksi padi", "Rice production"), **RICE,
    ),
    headline(
        "agriculture", "agriculture", "harvested_area",
        ("Luas panen padi", "Rice harvested area"), **RICE,
    ),
    headline(
        "prices", "prices", "price_producer", ("Harga telur di kandang", "Farm price of eggs"),
        place=farm_of(REGENCY_CODE), item="telur_ayam_ras",
    ),
    headline(
        "prices", "prices", "price_producer",
        ("Harga ayam pedaging hidup di kandang", "Farm price of live broilers"),
        place=farm_of(REGENCY_CODE), item="ayam_ras_pedaging",
    ),
    headline("tourism", "visits", "visits", ("Kunjungan wisata", "Tourist visits"), **VISITS),
    headline(
        "tourism", "visits", "visits_foreign",
        ("Kunjungan wisatawan mancanegara", "Visits by foreign tourists"), **VISITS,
    ),
    headline(
        "smart_city", "smart_city", "spbe_index",
        ("Indeks SPBE (layanan digital pemerintah)", "SPBE index (digital government)"),
        ref_area=REGENCY_CODE,
    ),
    headline(
        "smart_city", "smart_city", "innovation_index",
        ("Indeks inovasi daerah", "Regional innovation index"), ref_area=REGENCY_CODE,
    ),
]  # fmt: skip


def product(code: str, name: tuple[str, str], items: list[str], places: list[str]) -> Descriptor:
    """One invented product of the region's name."""
    return {
        "code": code,
        "name": {"id": name[0], "en": name[1]},
        "items": items,
        "places": places,
    }


BRAND_PRODUCTS = [
    product("telur", ("Telur", "Eggs"), ["telur_ayam_ras"], []),
    product("koi", ("Ikan koi", "Koi"), ["ikan_koi"], ["kampung-koi-contoh"]),
    product("kakao", ("Kakao", "Cocoa"), ["kakao"], []),
    product("teh", ("Teh", "Tea"), [], ["kebun-teh-misal"]),
    product("kopi", ("Kopi", "Coffee"), ["kopi", "kopi_robusta"], []),
    product("padi", ("Beras", "Rice"), ["padi"], ["desa-sawah-misal"]),
    product("gula", ("Gula", "Sugar"), ["tebu", "gula"], []),
]
ROUTES = [
    {
        "name": {"id": "Rute Sawah dan Teh (rekaan)", "en": "Rice and Tea Route (invented)"},
        "stops": ["desa-sawah-misal", "kebun-teh-misal", "kampung-koi-contoh"],
        "source_id": REGISTER,
    }
]


def region_settings() -> Descriptor:
    """The `sejahtera` section of the package."""
    return {
        "region": REGION,
        "ref_area": REGENCY_CODE,
        "parent_area": PROVINCE_CODE,
        "name": {"id": "Kabupaten Contoh", "en": "Contoh Regency"},
        "short_name": {"id": "Contoh", "en": "Contoh"},
        "parent_name": {"id": "Provinsi Contoh", "en": "Contoh Province"},
        "is_training": True,
        "timezone": "Asia/Jakarta",
        "levels": {
            "kabupaten": {"boundary": "boundaries-kabupaten"},
            "kecamatan": {"boundary": "boundaries-kecamatan"},
        },
        "holes": [HOLE_CODE],
        "holes_boundary": "boundaries-holes",
        "headlines": HEADLINES,
        "brand_products": BRAND_PRODUCTS,
        "agritourism_routes": ROUTES,
        # Practice needs no long back-test: forecasts of this pack are made in a minute or two.
        "forecast": {"datasets": ["prices", "visits"], "max_origins": 18},
    }


def dataset_schema(*, name: str, schemas: dict[str, Descriptor]) -> Descriptor:
    """Columns and key of a dataset's file."""
    schema = schemas[SCHEMA_OF.get(name, name)]
    if name not in VOICES:
        return schema
    return schema | {"primaryKey": [*schema["primaryKey"], "obs_text"]}


def resources(*, vocabulary: Vocabulary, source_ids: dict[str, list[str]]) -> list[Descriptor]:
    """All resources of the package, datasets first."""
    meanings = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    schemas = vocabulary.schemas
    found = [
        table_resource(
            name=name,
            path=f"{name}.csv",
            meaning=meanings[name],
            schema=dataset_schema(name=name, schemas=schemas),
            settings=dataset_settings(
                name=name, meaning=meanings[name], source_ids=source_ids.get(name, [])
            ),
        )
        for name in DATASETS
    ]
    found += [
        table_resource(
            name=name,
            path=f"{name}.csv",
            meaning=meanings[name],
            schema=schemas[name],
            settings={"role": "reference", "caveats": caveats_of(meanings[name])},
        )
        for name in REFERENCES
    ]
    found.append(
        table_resource(
            name=CORRECTIONS,
            path=CORRECTIONS_FILE,
            meaning=meanings[CORRECTIONS],
            schema=schemas[CORRECTIONS],
            settings={
                "role": "corrections",
                "dataset": "farmgate_prices",
                "caveats": caveats_of(meanings[CORRECTIONS]),
            },
        )
    )
    return found + [boundary_resource(name=name, meaning=meanings[name]) for name in BOUNDARIES]


def package(*, vocabulary: Vocabulary, source_ids: dict[str, list[str]]) -> Descriptor:
    """The whole datapackage.json."""
    return {
        "profile": "data-package",
        "name": f"sejahtera-{REGION}",
        "title": "Paket data latihan Kabupaten Contoh (rekaan)",
        "title_en": "Training pack of the fictional Contoh Regency",
        "description": "DATA LATIHAN. Kabupaten Contoh tidak ada: wilayah, batas, nama, dan angka "
        "dibuat oleh program untuk belajar dan menguji. Tidak boleh dikutip.",
        "description_en": "TRAINING DATA. Contoh Regency does not exist: areas, boundaries, names "
        "and figures are made by a program for learning and testing. Not to be quoted.",
        "version": "1.0.0",
        "created": f"{RELEASE_DATE}T00:00:00+07:00",
        "keywords": ["data latihan", "kabupaten contoh", "rekaan"],
        "licenses": [
            {
                "name": LICENCE,
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "Bebas dipakai; tanggal hari besar nasional adalah fakta",
            }
        ],
        "sources": [{"title": TITLE, "path": "tools/make_training_pack.py"}],
        "sejahtera": region_settings(),
        "resources": resources(vocabulary=vocabulary, source_ids=source_ids),
    }
