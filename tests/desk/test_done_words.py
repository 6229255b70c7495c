"""What an act changed is told in sentences of whole words, in both languages."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.desk.answers import Shown
from analytics.desk.done_words import View, sentences, series_name, view_of
from analytics.ingest.region import Region, region_of_pack
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT

COUNTS = ["ref_area", "indicator", "new", "changed", "same", "gone"]
TOTALS = ["level", "item", "indicator", "period_start", "period_end", "source_id", "unit", "old",
          "new"]  # fmt: skip


@pytest.fixture(scope="module")
def region() -> Region:
    return region_of_pack(read_pack(PROJECT_ROOT / "data" / "contoh"), today=date(2026, 11, 24))


def own(region: Region) -> list[str]:
    return region.areas.children_of(region.ref_area)


def shown(*counts: tuple, totals: tuple = (), **other: object) -> Shown:
    return Shown(
        edition=2, dataset="agriculture", counts=pd.DataFrame(counts, columns=COUNTS),
        totals=pd.DataFrame(list(totals), columns=TOTALS), stale_forecasts=(), **other,
    )  # fmt: skip


def total(old: float | None, new: float | None) -> tuple:
    year = (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31"))
    return ("kecamatan", "padi", "production", *year, "s", "t", old, new)


def test_values_areas_and_totals_are_told(region: Region) -> None:
    first, second = own(region)[:2]
    found = shown(
        (first, "production", 1, 2, 0, 0), (second, "production", 0, 0, 5, 0),
        totals=(total(1000, 1250.5), total(None, 7), total(7, None)),
    )  # fmt: skip
    assert sentences(found, region, "id") == [
        "Angka baru 1, berubah 2, hilang 0, sama 5.",
        f"Wilayah yang angkanya berubah: {region.areas.name_of(first)}.",
        "Jumlah Produksi Padi seluruh kecamatan, 2025: dari 1.000 menjadi 1.250,5 t.",
        "Jumlah Produksi Padi seluruh kecamatan, 2025: dari belum ada menjadi 7 t.",
        "Jumlah Produksi Padi seluruh kecamatan, 2025: dari 7 t menjadi tidak ada.",
        "Tidak ada prakiraan terbit yang perlu dihitung ulang.",
    ]
    assert sentences(found, region, "en")[2].endswith("2025: from 1,000 to 1,250.5 t.")


def test_long_lists_say_how_many_more(region: Region) -> None:
    found = shown(
        *((code, "production", 1, 0, 0, 0) for code in own(region)[:9]),
        totals=(total(1, 2),) * 6,
    )  # fmt: skip
    found = Shown(**{**vars(found), "stale_forecasts": tuple(f"s{n}" for n in range(10))})
    told = sentences(found, region, "en")
    assert told[1].endswith(", and 1 other.")
    assert told[-2] == "2 other totals changed."
    assert "s7, and 2 others." in told[-1]


def test_nothing_changed_is_told_too(region: Region) -> None:
    found = shown((own(region)[0], "production", 0, 0, 3, 0))
    assert sentences(found, region, "en")[1:3] == [
        "No area's values changed.", "No total of a level of areas changed.",
    ]  # fmt: skip
    assert view_of(found, region) == View()


def test_the_view_is_of_what_changed_most(region: Region) -> None:
    code = own(region)[0]
    found = shown((code, "production", 4, 0, 0, 0), items=("padi", "jagung"))
    assert view_of(found, region) == View("kecamatan", "padi", "production")


def test_forecasts_are_told_by_name_and_not_by_code(region: Region) -> None:
    egg = "prices|99.01|kandang-kabupaten-contoh|telur_ayam_ras||price_producer|IDR/kg|pasar"
    item = region.tables["commodities"].set_index("item")["name_en"]
    code = next(one for one in item.index if "telur" in one)
    egg = egg.replace("telur_ayam_ras", code)
    places = region.tables["places"].set_index("place")["place_name"]
    assert series_name(egg, region, "en") == f"{item[code]}, {places['kandang-kabupaten-contoh']}"
    of_area = egg.replace("kandang-kabupaten-contoh", "")
    assert series_name(of_area, region, "en").endswith(region.areas.name_of("99.01"))
    assert series_name("something else", region, "en") == "something else"
