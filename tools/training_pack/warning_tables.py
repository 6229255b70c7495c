"""What price warnings need beside prices: offices, break-even rules, a consumer price index."""

import math
from datetime import date

from training_pack.price_paths import FIRST_MONTH, LAST_MONTH
from training_pack.randomness import stream
from training_pack.region import PROVINCE_CODE
from training_pack.rows import Row, month_period, months, observation
from training_pack.sources import MARKET, REGISTER

CPI = "cpi"
ALL_GOODS = "harga_umum"
CPI_MONTHS = months(first=FIRST_MONTH, last=LAST_MONTH)
CPI_GROWTH_PER_YEAR = 0.028
CPI_SD = 0.0015

_OFFICES = (
    ("pertanian", "Dinas Pertanian Kabupaten Contoh", "Office of Agriculture", "", ""),
    ("peternakan", "Dinas Peternakan Kabupaten Contoh", "Office of Livestock", "producer",
     "peternakan"),
    ("perdagangan", "Dinas Perdagangan Kabupaten Contoh", "Office of Trade", "retail", ""),
)  # fmt: skip


def office_rows() -> list[dict[str, str]]:
    """offices.csv: invented offices; the first takes what no other is in charge of."""
    return [
        {
            "office": code,
            "name_id": f"{name_id} (rekaan)",
            "name_en": f"{name_en} of Kabupaten Contoh (invented)",
            "stage": stage,
            "item_group": group,
            "source_id": REGISTER,
            "note_id": "Pembagian tugas rekaan untuk latihan.",
            "note_en": "A division of duties invented for training.",
        }
        for code, name_id, name_en, stage, group in _OFFICES
    ]


def break_even_rows() -> list[dict[str, str]]:
    """break_even.csv: one invented rule that was replaced, and the one in force."""
    steps = ((date(2020, 1, 1), date(2024, 12, 31), 8000), (date(2025, 1, 1), None, 9000))
    return [
        {
            "rule": f"contoh_{start.year}",
            "product_item": "telur_ayam_ras",
            "feed_item": "jagung_pipilan_kering",
            "valid_from": start.isoformat(),
            "valid_to": end.isoformat() if end else "",
            "fixed_idr_per_kg": str(fixed),
            "feed_kg_per_kg": "2.2",
            "feed_above_idr_per_kg": "0",
            "is_rule_of_thumb": "false",
            "citation_id": f"Hitungan biaya rekaan untuk latihan ({start.year}).",
            "citation_en": f"An invented account of costs for training ({start.year}).",
        }
        for start, end, fixed in steps
    ]


def cpi_rows() -> list[Row]:
    """The dataset `cpi`: an invented index of the province by month, 100 in November 2016."""
    noise = stream(CPI)
    level, rows = 0.0, []
    for step, month in enumerate(CPI_MONTHS):
        level += noise.gauss(0, CPI_SD) if step else 0.0
        value = 100 * math.exp(math.log(1 + CPI_GROWTH_PER_YEAR) * step / 12 + level)
        rows.append(
            observation(
                ref_area=PROVINCE_CODE,
                item=ALL_GOODS,
                indicator=CPI,
                period=month_period(month),
                unit="index",
                source_id=MARKET,
                value=round(value, 2),
            )
        )
    return rows
