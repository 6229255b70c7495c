# ruff: noqa: E501  tables are easier to read unbroken
"""A whole region pack of four areas, small enough to check by hand, written into a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

REFERENCES = {
    "areas": """area_code,bps_code,parent_code,level,name,capital,latitude,longitude,source_ids
ID,,,negara,Indonesia,,,,
88,88,ID,provinsi,Provinsi Uji,,,,s_official
88.01,8801,88,kabupaten,Kabupaten Uji,Uji,-8.0,112.0,s_official
88.01.01,8801010,88.01,kecamatan,Timur,,-8.0,112.0,s_official
88.01.02,8801020,88.01,kecamatan,Barat,,-8.0,112.1,s_official
""",
    "places": """place,place_name,kind,ref_area,latitude,longitude,source_id,caveat
pasar-uji,Pasar Uji,market,88.01,-8.0,112.0,s_official,
air-terjun,Air Terjun,destination,88.01.01,-8.0,112.0,s_official,
""",
    "destinations": """place,kind,operator,ticket_idr,is_counted_by_default,source_id,caveat
air-terjun,nature,,5000,true,s_official,
""",
    "commodities": """item,name_id,name_en,group
padi,Padi,Rice,tanaman
telur,Telur,Eggs,ternak
""",
    "commodity_groups": """group,name_id,name_en,sort
tanaman,Tanaman,Crops,1
ternak,Ternak,Livestock,2
""",
    "programmes": """item,name_id,name_en,dimension,owner
""",
    "indicators": """indicator,name_id,name_en,unit,decimals,better,aggregate,numerator,denominator,definition_id,definition_en
production,Produksi,Production,t,2,up,sum,,,Hasil panen,Harvest
harvested_area,Luas panen,Harvested area,ha,0,up,sum,,,Luas dipanen,Area harvested
price_producer,Harga produsen,Producer price,IDR/kg,0,neither,mean,,,Harga di petani,Price at the farm
""",
    "units": """unit,symbol_id,symbol_en,name_id,name_en,base_unit,factor
t,t,t,ton,tonne,t,1
kw,kw,kw,kuintal,quintal,t,0.1
ha,ha,ha,hektare,hectare,ha,1
IDR/kg,Rp/kg,Rp/kg,rupiah per kilogram,rupiah per kilogram,IDR/kg,1
""",
    "sources": """source_id,title,publisher,year,url,licence,url_status,method,method_name_id,method_name_en,preference
s_official,Tabel resmi,Kantor Statistik,2024,https://example.org/a,CC0,full,survey,Survei,Survey,10
s_office,Tabel dinas,Dinas,2024,https://example.org/b,CC0,full,office,Catatan dinas,Office list,30
""",
    "licences": """licence,name_id,name_en,url
CC0,CC0 (bebas dipakai),CC0 (free to use),
""",
    "caveats": """caveat,text_id,text_en
not_reported,Tidak dilaporkan,Not reported
rounded,Dibulatkan,Rounded
unverified_source,Sumber belum diverifikasi,Source not verified
""",
    "holidays": """holiday,name_id,name_en,date,hijri_year,is_decided,source_id,caveat
idulfitri,Idulfitri,Eid al-Fitr,2024-04-10,1445,true,s_official,
""",
}  # fmt: skip

HEADER = (
    "ref_area,place,item,indicator,period_start,period_end,freq,"
    "obs_value,obs_text,unit,obs_status,source_id,caveat\n"
)
AGRICULTURE = (
    HEADER
    + """88.01,,padi,production,2023-01-01,2023-12-31,A,100.5,,t,A,s_official,
88.01,,padi,production,2023-01-01,2023-12-31,A,150,,t,A,s_office,rounded
88.01.01,,padi,production,2023-01-01,2023-12-31,A,,,t,M,s_official,not_reported
88.01,,padi,harvested_area,2023-01-01,2023-12-31,A,20,,ha,P,s_official,
88.01,,padi,production,2022-01-01,2022-12-31,A,900,,kw,U,s_office,unverified_source
"""
)
SQUARES = {"88.01.01": 112.0, "88.01.02": 112.1}
TEXT_FIELDS = ("string", "any")


# What the schema of a whole pack demands of its dataset.
TYPES = {"obs_value": "number", "period_start": "date", "period_end": "date"}
LIMITS = {
    "source_id": {"required": True},
    "freq": {"enum": ["A", "M", "_U"]},
    "obs_value": {"minimum": -10, "maximum": 1e6},
}
LOOKED_UP = {
    "ref_area": ("areas", "area_code"),
    "place": ("places", "place"),
    "item": ("commodities", "item"),
    "indicator": ("indicators", "indicator"),
    "unit": ("units", "unit"),
    "source_id": ("sources", "source_id"),
}
KEY = ("ref_area", "place", "item", "indicator", "period_start", "period_end", "freq", "source_id")
DAILY = {
    "role": "dataset",
    "dataset": "farmgate_prices",
    "layout": "wide_daily",
    "row": "row_id",
    "ref_area": "area_code",
    "date": "date",
    "items": ["padi", "telur"],
    "indicator": "price_producer",
    "unit": "IDR/kg",
    "source_id": "s_office",
}
DAILY_ROWS = """row_id,area_code,date,padi,telur
1,88.01.01,2024-01-02,5000,24000
2,88.01.02,2024-01-02,5100,0
"""


def write_small_pack(
    folder: Path, *, is_training: bool = False, is_strict: bool = False, **files: str
) -> Path:
    """Writes the pack; `files` replaces a table by its name. Returns the folder.

    `is_strict` adds types, limits, keys and look-ups to the schema of the dataset.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {**REFERENCES, "agriculture": AGRICULTURE, **files}
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    (folder / "kecamatan.geojson").write_text(json.dumps(_geojson()), encoding="utf-8")
    descriptor = _descriptor(list(REFERENCES), is_training=is_training)
    if is_strict:
        change_schema(descriptor)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def change_schema(descriptor: dict) -> None:
    """Makes the schema of the dataset as strict as that of a whole pack."""
    schema = next(r for r in descriptor["resources"] if r["name"] == "agriculture")["schema"]
    for field in schema["fields"]:
        field["type"] = TYPES.get(field["name"], "string")
        field["constraints"] = LIMITS.get(field["name"], {})
    schema["primaryKey"] = list(KEY)
    schema["foreignKeys"] = [
        {"fields": field, "reference": {"resource": table, "fields": column}}
        for field, (table, column) in LOOKED_UP.items()
    ]


def describe(folder: Path, change: Callable[[dict], object]) -> None:
    """Changes the datapackage.json of a pack."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def add_daily_table(folder: Path, content: str = DAILY_ROWS, **settings: object) -> Path:
    """Adds daily reports of two items to the pack. Returns the folder."""
    (folder / "farmgate_prices.csv").write_text(content, encoding="utf-8")
    fields = [{"name": name, "type": "any"} for name in content.splitlines()[0].split(",")]
    resource = {
        "name": "farmgate_prices",
        "path": "farmgate_prices.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
        "sejahtera": {**DAILY, **settings},
    }
    describe(folder, lambda descriptor: descriptor["resources"].append(resource))
    return folder


def _geojson() -> dict:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": code},
                "geometry": {"type": "Polygon", "coordinates": [square(west)]},
            }
            for code, west in SQUARES.items()
        ],
    }


def square(west: float) -> list[list[float]]:
    """A ring 0.1 degrees wide."""
    east = round(west + 0.1, 3)
    return [[west, -8.1], [east, -8.1], [east, -8.0], [west, -8.0], [west, -8.1]]


def _descriptor(references: list[str], *, is_training: bool) -> dict:
    names = {"id": "Kabupaten Uji", "en": "Test Regency"}
    return {
        "name": "uji",
        "title": "Uji",
        "sejahtera": {
            "region": "uji",
            "ref_area": "88.01",
            "parent_area": "88",
            "name": names,
            "short_name": names,
            "parent_name": names,
            "is_training": is_training,
            "timezone": "Asia/Jakarta",
            "levels": {"kecamatan": {"boundary": "boundaries-kecamatan"}},
            "holes": [],
        },
        "resources": [
            *[_table(name, {"role": "reference"}) for name in references],
            _table("agriculture", {"role": "dataset", "dataset": "agriculture",
                                   "layout": "observations"}),
            {
                "name": "boundaries-kecamatan",
                "path": "kecamatan.geojson",
                "format": "geojson",
                "mediatype": "application/geo+json",
                "sejahtera": {"role": "boundary", "level": "kecamatan"},
            },
        ],
    }  # fmt: skip


def _table(name: str, settings: dict) -> dict:
    content = {**REFERENCES, "agriculture": AGRICULTURE}[name]
    columns = content.splitlines()[0].split(",")
    fields = [{"name": column, "type": "number" if column == "obs_value" else "string"}
              for column in columns]  # fmt: skip
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
        "sejahtera": settings,
    }
