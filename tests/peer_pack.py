"""A peer region of training: other codes, other sites, other sources, and fewer datasets."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from analytics.settings import PROJECT_ROOT
from tests.small_pack import HEADER, write_small_pack

REGION, NAME = "tetangga", "Kabupaten Tetangga"
AREA, PROVINCE, SOURCE = "98.07", "98", "tetangga_dinas"
SITES = ("bukit-lain", "curug-lain", "museum-lain", "kampung-lain")
SHARED_TABLES = ("indicators", "units", "commodities", "commodity_groups", "licences", "caveats")
CONTOH = PROJECT_ROOT / "data" / "contoh"


def write_peer_pack(folder: Path, *, with_visits: bool = True) -> Path:
    """The pack of the peer: visits of four sites, revenue, a survey; no searches, no reviews."""
    shared = {name: (CONTOH / f"{name}.csv").read_text("utf-8") for name in SHARED_TABLES}
    tables = {
        **shared,
        "areas": _areas(),
        "places": _places(),
        "destinations": _destinations(),
        "sources": _sources(),
        "holidays": f"holiday,name_id,name_en,date,hijri_year,is_decided,source_id,caveat\n"
                    f"idulfitri,Idulfitri,Eid,2024-04-10,1445,true,{SOURCE},\n",
    }  # fmt: skip
    write_small_pack(folder, is_training=True, **tables)
    added = {"visitor_survey": _survey(), "pad": _revenue(), "brand_weights": _weights()}
    if with_visits:
        added["visits"] = _visits()
    _describe(folder, added)
    return folder


def _areas() -> str:
    return (
        "area_code,bps_code,parent_code,level,name,capital,latitude,longitude,source_ids\n"
        f"ID,,,negara,Indonesia,,,,\n{PROVINCE},98,ID,provinsi,Provinsi Lain,,,,\n"
        f"{AREA},9807,{PROVINCE},kabupaten,{NAME},Lain,-8,112,\n"
        f"88.01.01,9807010,{AREA},kecamatan,Hulu,,-8,112,\n"
        f"88.01.02,9807020,{AREA},kecamatan,Hilir,,-8,112.1,\n"
    )


def _places() -> str:
    rows = [f"{site},{site.replace('-', ' ').title()},destination,88.01.01,-8,112,{SOURCE},"
            for site in SITES]  # fmt: skip
    return "\n".join(["place,place_name,kind,ref_area,latitude,longitude,source_id,caveat", *rows,
                      ""])  # fmt: skip


def _destinations() -> str:
    kinds = zip(SITES, ("nature", "nature", "culture", "village"), strict=True)
    rows = [f"{site},{kind},,4000,true,{SOURCE}," for site, kind in kinds]
    return "\n".join(["place,kind,operator,ticket_idr,is_counted_by_default,source_id,caveat",
                      *rows, ""])  # fmt: skip


def _sources() -> str:
    return (
        "source_id,title,publisher,year,url,licence,url_status,method,method_name_id,"
        "method_name_en,preference\n"
        f"{SOURCE},Daftar dinas tetangga,Dinas tetangga,2025,https://example.org/t,press,full,"
        "office,Catatan dinas,Office list,10\n"
    )


def _visits() -> str:
    rows = [
        f"88.01.01,{site},kunjungan,visits,{year}-{month:02d}-01,{year}-{month:02d}-28,M,"
        f"{1000 * at + 40 * month + 300 * (year - 2023)},,visits,A,{SOURCE},"
        for at, site in enumerate(SITES, 1)
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
    ]
    return HEADER + "\n".join(rows) + "\n"


def _survey() -> str:
    counts = {"survey_promoters": 90, "survey_passives": 60, "survey_detractors": 30,
              "residents_asked": 200, "residents_supporting": 120}  # fmt: skip
    return HEADER + "".join(
        f"{AREA},,survei_pengunjung,{code},{year}-01-01,{year}-12-31,A,{n + year - 2024},,person,"
        f"A,{SOURCE},\n"
        for code, n in counts.items()
        for year in (2024, 2025)
    )


def _revenue() -> str:
    amounts = {"tourism_pad_target": 900_000_000, "tourism_pad_realised": 810_000_000}
    return HEADER + "".join(
        f"{AREA},,pendapatan_pariwisata,{code},{year}-01-01,{year}-12-31,A,{n},,IDR,A,{SOURCE},\n"
        for code, n in amounts.items()
        for year in (2024, 2025)
    )


def _weights() -> str:
    """Weights of the peer's own, which must not count in the comparison."""
    head = ("brand,part,valid_from,valid_to,weight,floor,ceiling,is_decided,citation_id,"
            "citation_en\n")  # fmt: skip
    return head + "region,demand,2022-01-01,,100,0,1000,true,Bobot tetangga,Weights of the peer\n"


def _describe(folder: Path, added: dict[str, str]) -> None:
    path = folder / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    names = {"id": NAME, "en": "Neighbour Regency"}
    content["name"] = REGION
    content["sejahtera"] |= {
        "region": REGION, "ref_area": AREA, "parent_area": PROVINCE, "name": names,
        "short_name": names,
    }  # fmt: skip
    for name, table in added.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
        is_rows = name != "brand_weights"
        settings = {"role": "dataset", "dataset": name, "layout": "observations"} if is_rows else {
            "role": "reference"}  # fmt: skip
        content["resources"].append(
            {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv",
             "mediatype": "text/csv", "encoding": "utf-8", "sejahtera": settings}
        )  # fmt: skip
    content["resources"] = [r for r in content["resources"] if r["name"] != "agriculture"]
    for resource in content["resources"]:
        if resource["path"].endswith(".csv"):
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as stream:
                columns = next(csv.reader(stream))
            fields = [{"name": column, "type": "number" if column == "obs_value" else "string"}
                      for column in columns]  # fmt: skip
            resource["schema"] = {"fields": fields}
    path.write_text(json.dumps(content), encoding="utf-8")
