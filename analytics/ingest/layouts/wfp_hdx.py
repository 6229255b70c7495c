"""WFP food prices on HDX: one record a market, commodity and month, with or without the HXL row.

From documentation only (columns of wfp_food_prices_<iso>.csv and the HXL tags of its second row):
date, admin1, admin2, market, latitude, longitude, category, commodity, unit, priceflag, pricetype,
currency, price, usdprice; newer files add market_id and commodity_id. The fifteenth of a month
stands for the month. The file holds the whole country: other provinces are left out and counted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.ingest.entries import Reading, entries_of
from analytics.ingest.findings import Severity, finding_of_file, no_findings
from analytics.ingest.grids import Book, Grid
from analytics.ingest.layouts.layout import Layout, Task
from analytics.ingest.numbers import Style
from analytics.ingest.places import split_level

NAME = "wfp_hdx"
DATASETS = ("prices",)
REQUIRED = frozenset(
    {"date", "admin1", "admin2", "market", "commodity", "unit", "pricetype", "currency", "price"}
)
NATIONAL = "national average"
COUNTRY = "ID"
UNITS = {"KG": "IDR/kg", "L": "IDR/l", "LITER": "IDR/l"}
STATUSES = {"actual": "A", "aggregate": "A", "actual,aggregate": "A", "forecast": "F"}


def recognise(book: Book, _task: Task) -> float:
    """Certain when the columns of the service are all there."""
    names = {cell.lower() for grid in book.grids[:1] for cell in grid.head[0]}
    return 1.0 if names >= REQUIRED else 0.0


def read(book: Book, task: Task) -> Reading:
    """Entries of the region's province and of the national average."""
    grid = book.grids[0]
    position = {cell.lower(): at for at, cell in enumerate(grid.head[0])}
    table = {name: grid.column(at).str.strip() for name, at in position.items() if name}
    first = 2 if grid.height > 1 and any(c.startswith("#") for c in grid.head[1]) else 1
    inside = _is_inside(table, task)
    rows = np.flatnonzero(inside.to_numpy() & (np.arange(grid.height) >= first))
    left_out = grid.height - first - len(rows)
    return Reading(
        layout=NAME,
        entries=_entries(grid, rows, table, position),
        findings=_told(left_out),
        style=Style.DOT,
        keeps_empty=True,
        may_name_places=True,
    )


def _told(left_out: int) -> pd.DataFrame:
    if not left_out:
        return no_findings()
    return finding_of_file("rows_outside", Severity.NOTE, found=str(left_out))


def _is_inside(table: dict[str, pd.Series], task: Task) -> pd.Series:
    """Rows of the region's own province, or of the whole country."""
    areas = task.region.areas
    province = split_level(areas.name_of(task.region.parent_area))[1]
    names = pd.unique(table["admin1"])
    own = [name for name in names if split_level(str(name))[1] == province]
    is_national = table["market"].str.lower() == NATIONAL
    return table["admin1"].isin(own) | is_national


def _entries(
    grid: Grid, rows: np.ndarray, table: dict[str, pd.Series], position: dict[str, int]
) -> pd.DataFrame:
    taken = {name: series.iloc[rows] for name, series in table.items()}
    is_national = taken["market"].str.lower() == NATIONAL
    area = taken["admin2"].where(taken["admin2"] != "", taken["admin1"])
    unit = taken["unit"].str.upper()
    is_rupiah = taken["currency"].str.upper() == "IDR"
    flags = taken.get("priceflag", pd.Series("", index=unit.index)).str.lower()
    priced = unit.map(UNITS).where(is_rupiah).fillna(taken["currency"] + "/" + taken["unit"])
    return entries_of(
        grid,
        rows=rows,
        columns=np.full(len(rows), position["price"]),
        area=area.mask(is_national, COUNTRY).to_numpy(),
        place=taken["market"].mask(is_national, "").to_numpy(),
        item=taken["commodity"].to_numpy(),
        indicator=taken["pricetype"].to_numpy(),
        period=taken["date"].str.slice(0, 7).to_numpy(),
        unit=priced.to_numpy(),
        status=flags.map(STATUSES).fillna("").to_numpy(),
    )


LAYOUT = Layout(NAME, DATASETS, recognise, read)
