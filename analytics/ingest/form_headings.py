"""Headings of our own forms: what a template, an entry form and the reader of both agree on."""

from __future__ import annotations

from analytics.ingest.datasets import DatasetForm
from analytics.ingest.periods import MONTHS
from analytics.ingest.region import Region

MONTH_NAMES = [name.capitalize() for name, number in MONTHS.items() if name in {
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
    "oktober", "november", "desember"} and number]  # fmt: skip
UNIT_HEADING = "Satuan"
# Datasets whose rows are the regency's alone.
OF_REGENCY = frozenset({"cpi", "pad", "hotel_survey", "search_interest", "visitor_survey",
                        "promotion", "budget", "performance", "events"})  # fmt: skip


def headings(region: Region, form: DatasetForm) -> list[str]:
    """Headings of the form, in Indonesian: who, what, when, then one column a measure."""
    who = ["Kode wilayah", "Wilayah"]
    what = ["Destinasi"] if form.place else ["Komoditas"]
    if form.name in OF_REGENCY:
        what = ["Tempat", "Uraian"] if form.new_places else ["Uraian"]
    if form.name == "planting":
        what = ["Desa", "Komoditas"]
    unit = [UNIT_HEADING] if form.asks_unit else []
    return [
        *who, *what, *period_headings(form), *unit, *_measure_headings(region, form), "Catatan"
    ]  # fmt: skip


def period_headings(form: DatasetForm) -> list[str]:
    """Headings of the period, by the step in which the dataset is asked."""
    first = form.freqs[0]
    if first == "A":
        return ["Tahun"]
    if first == "D":
        return ["Tanggal"]
    return ["Tahun", "Bulan", "Setengah bulan"] if form.name == "planting" else ["Tahun", "Bulan"]


def _measure_headings(region: Region, form: DatasetForm) -> list[str]:
    """`Luas panen (ha)`: the indicator's name and the symbol of the unit it is asked in."""
    table = region.tables["indicators"].set_index("indicator")["name_id"]
    symbols = region.tables["units"].set_index("unit")["symbol_id"]
    found = []
    for code in form.template_indicators:
        unit = next(iter(region.allowed_units.get(code, ())), "")
        symbol = symbols.get(unit, "")
        found.append(f"{table[code]} ({symbol})" if symbol else str(table[code]))
    return found
