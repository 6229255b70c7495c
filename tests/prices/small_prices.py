"""A small region with prices made by hand: monthly, daily, limits, an index, offices, a rule."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.publish import publish_pack
from analytics.editions.store import Store, open_store
from analytics.pack.reader import read_pack
from analytics.settings import Settings, load_settings
from tests.small_pack import HEADER, REFERENCES, write_small_pack

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FIRST_MONTH = "2022-11-01"
WAVE = (10.0, -20.0, 10.0)
DAILY_ITEMS = ("telur", "jagung")
WORDS = {
    "indicators": REFERENCES["indicators"]
    + """price_retail,Harga eceran,Retail price,IDR/kg,0,neither,mean,,,Harga di pasar,Price at the market
reference_low_producer,Batas bawah,Floor,IDR/kg,0,neither,none,,,Batas,Limit
reference_high_producer,Batas atas,Ceiling,IDR/kg,0,neither,none,,,Batas,Limit
reference_low_consumer,Batas bawah,Floor,IDR/kg,0,neither,none,,,Batas,Limit
reference_high_consumer,Batas atas,Ceiling,IDR/kg,0,neither,none,,,Batas,Limit
cpi,Indeks harga konsumen,Consumer price index,index,2,neither,none,,,Indeks,Index
""",  # noqa: E501
    "units": REFERENCES["units"] + "index,,,indeks,index,index,1\n",
    "commodities": REFERENCES["commodities"] + "jagung,Jagung,Maize,tanaman\n",
}
OFFICES = """office,name_id,name_en,stage,item_group,source_id,note_id,note_en
umum,Dinas Umum,General Office,,,s_office,Catatan,Note
ternak,Dinas Ternak,Livestock Office,producer,ternak,s_office,Catatan,Note
"""
BREAK_EVEN = """rule,product_item,feed_item,valid_from,valid_to,fixed_idr_per_kg,feed_kg_per_kg,feed_above_idr_per_kg,is_rule_of_thumb,citation_id,citation_en
patokan,telur,jagung,2021-01-01,,20000,0,6000,true,Kata peternak,Farmers say
"""  # noqa: E501


def flat_months(*newest: float, months: int = 48, level: float = 1000.0) -> pd.Series:
    """Months to October 2026: a level with a small wave of the years, then the newest values."""
    index = pd.date_range(end="2026-10-01", periods=months, freq="MS")
    values = [level + WAVE[(step // 12) % 3] for step in range(months)]
    values[len(values) - len(newest) :] = newest
    return pd.Series(values, index=index)


def monthly_rows(
    prices: pd.Series, *, indicator: str = "price_producer", item: str = "telur",
    area: str = "88.01", place: str = "pasar-uji", unit: str = "IDR/kg",
) -> str:  # fmt: skip
    """Rows of a monthly series; missing months are left out."""
    return "".join(
        f"{area},{place},{item},{indicator},{day.date()},"
        f"{(day + pd.offsets.MonthEnd(0)).date()},M,{price},,{unit},A,s_office,\n"
        for day, price in prices.dropna().items()
    )


def limit_rows(*rules: tuple[str, str, str, float, float], stage: str = "producer") -> str:
    """Rows of floors and ceilings: item, first day, last day (empty: in force), low, high."""
    return "".join(
        f"ID,,{item},reference_{side}_{stage},{start},{end},_O,{value},,IDR/kg,A,s_office,\n"
        for item, start, end, low, high in rules
        for side, value in (("low", low), ("high", high))
    )


def daily_table(reports: Sequence[tuple[str, str, float, float]]) -> str:
    """Officers' reports: area, day, eggs, maize (0: not reported)."""
    lines = [f"{n},{area},Kec,{day},{eggs},{maize}" for n, (area, day, eggs, maize)
             in enumerate(reports, start=1)]  # fmt: skip
    return "row_id,area_code,kecamatan,date,telur,jagung\n" + "\n".join(lines) + "\n"


def build(folder: Path, **tables: str) -> Store:
    """A store with one edition: `prices`, `reference_prices`, `cpi` (rows), `farmgate_prices`,
    `offices`, `break_even` (whole tables), as given.
    """
    pack = folder / "data" / "uji"
    write_small_pack(pack, **{name: WORDS[name] for name in WORDS})
    _add(pack, tables)
    return publish(folder)


def publish(folder: Path) -> Store:
    """Publishes the pack below `folder` as the next edition."""
    settings = settings_of(folder)
    store = open_store(settings, "uji")
    publish_pack(store, read_pack(settings.pack_dir("uji")), published_by="tester", now=NOW)
    return store


def settings_of(folder: Path) -> Settings:
    """SQLite below the folder, whatever the environment says."""
    own = {
        "SEJAHTERA_REGIONS": "uji",
        "SEJAHTERA_REGION": "uji",
        "SEJAHTERA_DATA": str(folder / "data"),
        "SEJAHTERA_HOME": str(folder / "home"),
    }
    return replace(load_settings(environ=own), database_url=None)


def edition_with(folder: Path, **tables: str) -> Edition:
    """The edition of `build`."""
    return build(folder, **tables).edition()


def _add(pack: Path, tables: Mapping[str, str]) -> None:
    """Writes further tables and describes them."""
    path = pack / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for name, content in tables.items():
        is_rows = name in ("prices", "reference_prices", "cpi")
        text = HEADER + content if is_rows else content
        (pack / f"{name}.csv").write_text(text, encoding="utf-8")
        descriptor["resources"].append(_resource(name, text.splitlines()[0].split(",")))
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def _resource(name: str, columns: Sequence[str]) -> dict:
    fields = [
        {"name": column, "type": "number" if column == "obs_value" else "string"}
        for column in columns
    ]
    return {
        "name": name, "path": f"{name}.csv", "type": "table", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": {"fields": fields},
        "sejahtera": _settings(name),
    }  # fmt: skip


def _settings(name: str) -> dict:
    if name in ("offices", "break_even"):
        return {"role": "reference"}
    if name != "farmgate_prices":
        return {"role": "dataset", "dataset": name, "layout": "observations"}
    return {
        "role": "dataset", "dataset": name, "layout": "wide_daily", "row": "row_id",
        "ref_area": "area_code", "date": "date", "items": list(DAILY_ITEMS),
        "indicator": "price_producer", "unit": "IDR/kg", "source_id": "s_office",
        "zero": "not_reported",
    }  # fmt: skip
