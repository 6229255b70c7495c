"""Editions to ask: the two packs, and a pack of a few rows written by a test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.editions.edition import Edition
from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.pack.reader import read_pack
from analytics.settings import Settings
from tests.small_pack import HEADER, write_small_pack
from tests.store import Store

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNITS = """unit,symbol_id,symbol_en,name_id,name_en,base_unit,factor
t,t,t,ton,tonne,t,1
kw,kw,kw,kuintal,quintal,t,0.1
ha,ha,ha,hektare,hectare,ha,1
t/ha,t/ha,t/ha,ton per hektare,tonnes per hectare,t/ha,1
kw/ha,kw/ha,kw/ha,kuintal per hektare,quintals per hectare,t/ha,0.1
percent,persen,percent,persen,percent,percent,1
text,teks,text,teks,text,text,1
"""
INDICATORS = (
    "indicator,name_id,name_en,unit,decimals,better,aggregate,numerator,denominator,"
    "definition_id,definition_en\n"
    "production,Produksi,Production,t,2,up,sum,,,Hasil panen,Harvest\n"
    "harvested_area,Luas panen,Harvested area,ha,0,up,sum,,,Luas dipanen,Area harvested\n"
    "yield,Produktivitas,Yield,t/ha,2,up,recompute,,,Hasil per hektare,Per hectare\n"
    "irrigated_share,Bagian irigasi,Irrigated share,percent,1,up,none,,,Bagian,Share\n"
)


@pytest.fixture(scope="session")
def blitar(store: Store) -> Edition:
    return open_store(store.settings, "blitar").edition()


@pytest.fixture(scope="session")
def contoh(store: Store) -> Edition:
    return open_store(store.settings, "contoh").edition()


@pytest.fixture
def edition_of(tmp_path: Path) -> Callable[[str], Edition]:
    """`edition_of("88.01.01,,padi,production,2023,5,t")`: an edition of these rows only.

    A line holds area, place, item, indicator, year, value, unit and, if wanted, status and source.
    """

    def build(lines: str) -> Edition:
        rows = "".join(_row(line.strip()) for line in lines.strip().splitlines())
        write_small_pack(
            tmp_path / "data" / "uji", units=UNITS, indicators=INDICATORS, agriculture=HEADER + rows
        )
        settings = Settings(
            regions=("uji",), default_region="uji", language="id", data_dir=tmp_path / "data",
            home=tmp_path / "var", database_url=None, port=8501, public_url=None,
        )  # fmt: skip
        store = open_store(settings, "uji")
        pack = read_pack(settings.pack_dir("uji"))
        publish_pack(store, pack, published_by="tester", now=NOW)
        return store.edition()

    return build


def _row(line: str) -> str:
    parts = [*line.split(","), "", ""]
    area, place, item, indicator, year, value, unit, status, source = parts[:9]
    status = status or "A"
    caveat = "unverified_source" if status == "U" else ""
    span = f"{year}-01-01,{year}-12-31,A"
    source = source or "s_official"
    return f"{area},{place},{item},{indicator},{span},{value},,{unit},{status},{source},{caveat}\n"
