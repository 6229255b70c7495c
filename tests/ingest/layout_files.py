# ruff: noqa: E501  files are easier to read unbroken
"""One small file of every layout, as its maker writes it, and the rows that must come of it.

Rows are drawn as lines: area place item indicator start end value unit status caveat; a point
stands for nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tests.ingest.spatial_files import as_geojson
from tests.ingest.writers import MONTHS, as_csv, as_ods, as_xlsx


@dataclass(frozen=True)
class Example:
    """A file, the dataset it is for, the layout it has, and its rows."""

    name: str
    dataset: str
    layout: str
    content: bytes
    rows: str
    said: dict[str, object] = field(default_factory=dict)


def _bps_months() -> bytes:
    """As BPS Jawa Timur publishes rice by month: the title to the right, years over months."""
    head = ["Kabupaten/Kota Se Jawa Timur", "Produksi Padi Menurut Kabupaten/Kota (Ton)"]
    years = ["", "2018", *[""] * 12, "2019*"]
    months = ["", *MONTHS, "Tahunan", *MONTHS[:2]]
    blitar = ["Kabupaten Blitar", "2123.29", "9013.42", *["1.25"] * 10, "11149.21", "7160.03", "-"]
    ngawi = ["21. Kab. N g a w i", "10", "…", *[""] * 10, "10", "3.5", "4"]
    return as_csv([head, years, months, blitar, ngawi])


BPS_ANSWER = {
    "status": "OK",
    "data-availability": "available",
    "var": [{"val": 45, "label": "Produksi Padi", "unit": "Ton"}],
    "labelvervar": "Kabupaten/Kota",
    "vervar": [{"val": 3505, "label": "Blitar"}, {"val": 3572, "label": "Kota Blitar"}],
    "turvar": [{"val": 0, "label": "Tidak Ada"}],
    "tahun": [{"val": 123, "label": "2023"}],
    "turtahun": [{"val": 0, "label": "Tahun"}],
    "datacontent": {"35054501230": 240224.41, "35724501230": 4020.5},
}


def _bps_sections() -> bytes:
    """Years across, sections of regencies and cities after which bare names repeat, notes."""
    return as_csv(
        [
            [
                "Luas Panen Padi Menurut Kabupaten/Kota di Provinsi Jawa Timur (ha), 2022-2023",
                "",
                "",
                "",
            ],
            [],
            ["Kabupaten/Kota\nRegency/Municipality", "2022", "", "2023*"],
            ["(1)", "(2)", "", "(3)"],
            ["Kabupaten/Regency", "", "", ""],
            ["05. Blitar", "38 452,6", "", "41 203,0"],
            ["07. Malang", "45 100,0", "", "-"],
            ["Kota/Municipality", "", "", ""],
            ["72. Blitar", "610,5", "", "…"],
            ["JAWA TIMUR", "1 693 211,0", "", "1 700 000,5"],
            ["Catatan: * angka sementara", "", "", ""],
            ["Sumber: BPS, Survei KSA", "", "", ""],
        ],
        delimiter=";",
        encoding="cp1252",
    )


def _bps_commodities() -> bytes:
    """The commodities of one regency down the side, a sheet for a measure."""
    return as_xlsx(
        (
            "Tabel",
            [
                ["Produksi Tanaman Pangan di Kabupaten Blitar (ton), 2022-2023"],
                ["Jenis Tanaman", 2022, "2023*"],
                ["1. Jagung", 310250.5, 298400],
                ["2. Ubi Kayu/Cassava", 12045, "-"],
                ["Sumber: Dinas Pertanian", None, None],
            ],
        )
    )


def _accounts() -> bytes:
    """Regional revenue by account, one year, from the treasury's sheet."""
    return as_csv(
        [
            ["Uraian", "Tahun", "Target PAD (Rp)", "Realisasi PAD (Rp)"],
            ["Pajak Hotel", "2025", "1.250.000.000", "1.301.450.250"],
            ["Retribusi Tempat Rekreasi", "2025", "900.000.000", "…"],
        ],
        delimiter=";",
    )


def _dalam_angka() -> bytes:
    """Bilingual headings with line breaks, a numbering row, footnotes, a total, two sheets."""
    table = [
        ["Tabel 5.1.3"],
        ["Luas Panen dan Produksi Padi Menurut Kecamatan di Kabupaten Blitar, 2023"],
        [],
        [
            "Kecamatan\nSubdistrict",
            "Luas Panen\nHarvested Area\n(ha)",
            "Produksi\nProduction\n(ton)",
        ],
        ["(1)", "(2)", "(3)"],
        ["1. Bakung", 1234.5, 7407],
        ["2. Sanan Kulon1)", "-", "…"],
        ["Blitar", 1234.5, 7407],
        ["Catatan/Note: 1) angka sementara"],
    ]
    return as_xlsx(("Padi", table), ("Kosong", [[]]))


def _livestock() -> bytes:
    table = [
        ["Populasi Ternak Menurut Kecamatan dan Jenis Ternak (ekor), 2024"],
        ["Kecamatan", "Sapi Potong\nBeef Cattle", "Kambing\nGoats", "Ayam Petelur\nLayers"],
        ["Ponggok", "12.345", "9.876", "4.500.000"],
        ["Srengat", "1.002", "87", "3.250.500"],
    ]
    return as_ods("Tabel", table)


def _population() -> bytes:
    table = [
        ["Jumlah Penduduk Menurut Kecamatan dan Jenis Kelamin, 2024"],
        ["Kecamatan", "Penduduk/Population (jiwa)", "", ""],
        ["", "Laki-laki", "Perempuan", "Jumlah"],
        ["Wates", "14 531", "14 002", "28 533"],
    ]
    return as_csv(table)


def _wfp(*, with_tags: bool) -> bytes:
    head = "date,admin1,admin2,market,latitude,longitude,category,commodity,unit,priceflag,pricetype,currency,price,usdprice"
    tags = "#date,#adm1+name,#adm2+name,#loc+market+name,#geo+lat,#geo+lon,#item+type,#item+name,#item+unit,#item+price+flag,#item+price+type,#currency,#value,#value+usd"
    rows = (
        "2020-01-15,JAWA TIMUR,KOTA KEDIRI,Kediri,-7.8,112.0,cereals and tubers,Rice,KG,actual,Retail,IDR,11500.5,0.84",
        "2020-01-15,JAWA BARAT,KOTA BANDUNG,Bandung,-6.9,107.6,cereals and tubers,Rice,KG,actual,Retail,IDR,12000,0.88",
        "2020-02-15,,,National Average,,,oil and fats,Oil (vegetable),L,aggregate,Wholesale,IDR,14000,1.0",
    )
    return "\n".join([head, *([tags] if with_tags else []), *rows, ""]).encode()


def _pihps() -> bytes:
    return as_xlsx(
        (
            "Sheet",
            [
                ["No", "Komoditas (Rp)", "03/ 01/ 2022", "04/ 01/ 2022"],
                ["I", "Beras", "11,700", "11,750"],
                ["1", "Beras Kualitas Bawah I", "10,900", "10,950"],
                ["2", "Beras Kualitas Super II", "12,600", "-"],
                ["II", "Minyak Goreng", "18,000", "18,000"],
                ["1", "Minyak Goreng Curah", "17,850", "17,900"],
            ],
        )
    )


def _panel_long() -> bytes:
    return as_csv(
        [
            ["Tanggal", "Provinsi", "Kab/Kota", "Komoditas", "Harga", "Satuan"],
            ["3 Januari 2024", "Jawa Timur", "Kab. Blitar", "Telur Ayam Ras", "27.500", "Rp./Kg"],
            ["3 Januari 2024", "Jawa Timur", "Kab. Blitar", "Minyak Goreng Curah", "", "Rp./Liter"],
        ]
    )


def _panel_wide() -> bytes:
    return as_xlsx(
        (
            "Data",
            [
                ["Panel Harga Pangan Tingkat Konsumen"],
                ["No", "Komoditas", "Satuan", "Jan 2024", "Februari 2024"],
                [1, "Bawang Merah", "Rp./Kg", 31250, 30100],
                [2, "Minyak Goreng Curah", "Rp./Liter", 15500, "-"],
                ["Sumber: Badan Pangan Nasional"],
            ],
        )
    )


def _siskaperbapo_day() -> bytes:
    return json.dumps(
        {
            "date": "2016-08-02",
            "source": "SISKAPERBAPO Jatim",
            "type": "produsen",
            "Telur": {"UD. Telur Intan Kabupaten Blitar": 17800},
            "Cabe Besar": {"Pasar Pare Kabupaten Kediri": 19000},
        }
    ).encode()


def _siskaperbapo_archive() -> bytes:
    prices = {"2026-07-19": [24000, None], "2026-07-20": [24100, 23500]}
    columns = ["UD. Telur Intan Kabupaten Blitar", "Peternak Kec. Srengat Kabupaten Kediri"]
    return json.dumps(
        {
            "source": "SISKAPERBAPO Jatim",
            "type": "produsen",
            "commodities": {"Telur": {"columns": columns, "days": 2, "prices": prices}},
        }
    ).encode()


def _siskaperbapo_table() -> bytes:
    return as_csv(
        [
            ["Harga Rata-rata di Kabupaten Blitar tanggal 24 November 2026"],
            [
                "No.",
                "Nama Komoditas",
                "Satuan",
                "Harga Kemarin",
                "Harga Sekarang",
                "Perubahan (Rp)",
            ],
            ["1", "Telur Ayam Ras", "kg", "27.500", "27.750", "250"],
            ["2", "- Minyak Goreng Curah", "liter", "15.500", "-", "0"],
        ],
        delimiter=";",
    )


def _pink_sheet() -> bytes:
    return as_xlsx(
        ("AFOSHEET", [["Description"]]),
        (
            "Monthly Prices",
            [
                ["World Bank Commodity Price Data (The Pink Sheet)"],
                ["monthly prices in nominal US dollars, 1960 to present"],
                ["Updated on November 03, 2026"],
                [],
                ["", "Crude oil, average", "Rice, Thai 5% ", "Maize", "Urea **"],
                ["", "($/bbl)", "($/mt)", "($/mt)", "($/mt)"],
                ["1960M01", 1.63, 104.5, 45, "…"],
                ["1960M02", 1.63, 104.25, 44, 42.25],
            ],
        ),
    )


def _producer_daily() -> bytes:
    return as_csv(
        [
            ["row_id", "area_code", "kecamatan", "date", "gkp_petani", "telur_ayam_ras", "jeruk"],
            ["1", "35.05.09", "Nglegok", "2022-03-23", "4200", "20000", "0"],
            ["2", "35.05.01", "Wonodadi", "2022-03-24", "0", "22500", ""],
        ]
    )


def _nixtla() -> bytes:
    name = "prices|35.05||telur_ayam_ras||price_retail|IDR/kg|panelharga_kab_blitar"
    return as_csv(
        [["unique_id", "ds", "y"], [name, "2024-01-01", "27500.5"], [name, "2024-02-01", ""]]
    )


def _visits_records() -> bytes:
    return as_csv(
        [
            ["REKAPITULASI KUNJUNGAN WISATA TAHUN 2025"],
            ["No", "Nama Destinasi", "Bulan", "Wisnus", "Wisman", "Hari Buka", "Pendapatan (Rp)"],
            ["1", "Candi Penataran", "Januari", "12.345", "67", "31", "61.725.000"],
            ["2", "Pantai Serang", "Januari", "-", "0", "28", "…"],
        ],
        delimiter=";",
    )


def _visits_across() -> bytes:
    return as_xlsx(
        (
            "Rekap",
            [
                ["Rekap Kunjungan Wisatawan per Destinasi Tahun 2025"],
                ["Destinasi", "Januari", "", "Februari", ""],
                ["", "Wisnus", "Wisman", "Wisnus", "Wisman"],
                ["Candi Penataran", 12345, 67, 11000, 50],
                ["Kampung Coklat", 40211, 12, "-", "-"],
            ],
        ),
        merged=["B2:C2", "D2:E2"],
    )


def _field_report() -> bytes:
    head = ["Kecamatan", "Desa", "Komoditas", "Tahun", "Bulan", "Periode ke", "Tanam (ha)",
            "Tanaman Akhir (ha)", "Panen (ha)", "Puso (ha)", "Serangan OPT (ha)"]  # fmt: skip
    return as_xlsx(
        ("Laporan", [["Laporan Penyuluh"], head,
                     ["Garum", "Slorok", "Padi", 2026, "Oktober", "II", 12.5, 80, 0, None, 1.5]])
    )  # fmt: skip


def _trends() -> bytes:
    return (
        b"Category: All categories\n\nMinggu,Candi Penataran: (Indonesia),Kampung Coklat: (Indonesia)\n"
        b"2026-10-04,45,<1\n2026-10-11,100,3\n"
    )


def _reviews() -> bytes:
    return (
        b"Nama,Tanggal,Ulasan,Bintang,Tempat\n"
        b"Seseorang,2026-10-04T10:00:00Z,Tempatnya bagus,5 bintang,Candi Penataran\n"
        b"Orang lain,2026-10-05,Biasa saja,,Candi Penataran\n"
    )


def _long_form() -> bytes:
    return as_csv(
        [
            ["ref_area", "place", "item", "indicator", "period_start", "period_end", "freq",
             "obs_value", "obs_text", "unit", "obs_status", "source_id", "caveat"],
            ["35.05.01", "", "padi", "production", "2024-01-01", "2024-12-31", "A", "1234.567", "",
             "t", "E", "", ""],
            ["35.05.02", "", "padi", "production", "2024-01-01", "2024-12-31", "A", "", "", "t", "M",
             "", ""],
        ]
    )  # fmt: skip


def _mapped() -> bytes:
    return as_csv([["Nama Kec", "Thn", "Prod Padi"], ["Bakung", "2024", "77,5"], ["Doko", "2024", "0"]],
                  delimiter=";")  # fmt: skip


PROFILE = {
    "dataset": "agriculture",
    "columns": {"Nama Kec": "area", "Thn": "year"},
    "measures": {"Prod Padi": {"indicator": "production", "unit": "t", "item": "padi"}},
    "zero_is_missing": True,
}

EXAMPLES = (
    Example(
        "bps_webapi", "agriculture", "bps_webapi", json.dumps(BPS_ANSWER).encode(),
        """
        35.05 . padi production 2023-01-01 2023-12-31 240224.41 t A .
        35.72 . padi production 2023-01-01 2023-12-31 4020.5 t A .
        """,
    ),
    Example(
        "spatial", "agriculture", "spatial", as_geojson(),
        """
        35.05.05 . padi production 2024-01-01 2024-12-31 1234.5 t A .
        35.05.08 . padi production 2024-01-01 2024-12-31 820 t P .
        """,
    ),
    Example("bps_months", "rice_monthly", "bps_table", _bps_months(), """
35.05 . padi production 2018-01-01 2018-01-31 2123.29 t A .
35.05 . padi production 2018-02-01 2018-02-28 9013.42 t A .
""" + "".join(f"35.05 . padi production 2018-{m:02d}-01 2018-{m:02d}-{d} 1.25 t A .\n" for m, d in
              zip(range(3, 13), (31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)) + """
35.05 . padi production 2018-01-01 2018-12-31 11149.21 t A .
35.05 . padi production 2019-01-01 2019-01-31 7160.03 t P .
35.05 . padi production 2019-02-01 2019-02-28 . t M nihil
35.21 . padi production 2018-01-01 2018-01-31 10 t A .
35.21 . padi production 2018-02-01 2018-02-28 . t M not_available
35.21 . padi production 2018-01-01 2018-12-31 10 t A .
35.21 . padi production 2019-01-01 2019-01-31 3.5 t P .
35.21 . padi production 2019-02-01 2019-02-28 4 t P .
"""),
    Example("bps_sections", "agriculture", "bps_table", _bps_sections(), """
35.05 . padi harvested_area 2022-01-01 2022-12-31 38452.6 ha A .
35.05 . padi harvested_area 2023-01-01 2023-12-31 41203 ha P .
35.07 . padi harvested_area 2022-01-01 2022-12-31 45100 ha A .
35.07 . padi harvested_area 2023-01-01 2023-12-31 . ha M nihil
35.72 . padi harvested_area 2022-01-01 2022-12-31 610.5 ha A .
35.72 . padi harvested_area 2023-01-01 2023-12-31 . ha M not_available
35 . padi harvested_area 2022-01-01 2022-12-31 1693211 ha A .
35 . padi harvested_area 2023-01-01 2023-12-31 1700000.5 ha P .
"""),
    Example("bps_commodities", "agriculture", "bps_table", _bps_commodities(), """
35.05 . jagung production 2022-01-01 2022-12-31 310250.5 t A .
35.05 . jagung production 2023-01-01 2023-12-31 298400 t P .
35.05 . ubi_kayu production 2022-01-01 2022-12-31 12045 t A .
35.05 . ubi_kayu production 2023-01-01 2023-12-31 . t M nihil
"""),
    Example("accounts", "pad", "template", _accounts(), """
35.05 . pajak_hotel revenue_target 2025-01-01 2025-12-31 1250000000 IDR A .
35.05 . retribusi_rekreasi revenue_target 2025-01-01 2025-12-31 900000000 IDR A .
35.05 . pajak_hotel revenue_realised 2025-01-01 2025-12-31 1301450250 IDR A .
35.05 . retribusi_rekreasi revenue_realised 2025-01-01 2025-12-31 . IDR M not_available
""", {"area": "35.05"}),
    Example("dalam_angka", "agriculture", "dalam_angka", _dalam_angka(), """
35.05.05 . padi harvested_area 2023-01-01 2023-12-31 1234.5 ha A .
35.05.05 . padi production 2023-01-01 2023-12-31 7407 t A .
35.05.07 . padi harvested_area 2023-01-01 2023-12-31 . ha M nihil
35.05.07 . padi production 2023-01-01 2023-12-31 . t M not_available
35.05 . padi harvested_area 2023-01-01 2023-12-31 1234.5 ha A total_as_printed
35.05 . padi production 2023-01-01 2023-12-31 7407 t A total_as_printed
"""),
    Example("livestock", "agriculture", "dalam_angka", _livestock(), """
35.05.06 . sapi_potong livestock_population 2024-01-01 2024-12-31 12345 head A .
35.05.06 . kambing livestock_population 2024-01-01 2024-12-31 9876 head A .
35.05.06 . ayam_ras_petelur livestock_population 2024-01-01 2024-12-31 4500000 head A .
35.05.03 . sapi_potong livestock_population 2024-01-01 2024-12-31 1002 head A .
35.05.03 . kambing livestock_population 2024-01-01 2024-12-31 87 head A .
35.05.03 . ayam_ras_petelur livestock_population 2024-01-01 2024-12-31 3250500 head A .
"""),
    Example("population", "population", "dalam_angka", _population(), """
35.05.20 . penduduk population_male 2024-01-01 2024-12-31 14531 person A .
35.05.20 . penduduk population_female 2024-01-01 2024-12-31 14002 person A .
35.05.20 . penduduk population 2024-01-01 2024-12-31 28533 person A .
"""),
    *(Example(f"wfp_{with_tags}", "prices", "wfp_hdx", _wfp(with_tags=with_tags), """
35.71 kediri beras price_retail 2020-01-01 2020-01-31 11500.5 IDR/kg A .
ID . minyak_goreng price_wholesale 2020-02-01 2020-02-29 14000 IDR/l A .
""") for with_tags in (True, False)),
    Example("pihps", "prices", "pihps_export", _pihps(), """
35.05 . beras_bawah_1 price_retail 2022-01-03 2022-01-03 10900 IDR/kg A .
35.05 . beras_bawah_1 price_retail 2022-01-04 2022-01-04 10950 IDR/kg A .
35.05 . beras_super_2 price_retail 2022-01-03 2022-01-03 12600 IDR/kg A .
35.05 . beras_super_2 price_retail 2022-01-04 2022-01-04 . IDR/kg M not_reported
35.05 . minyak_goreng_curah price_retail 2022-01-03 2022-01-03 17850 IDR/l A .
35.05 . minyak_goreng_curah price_retail 2022-01-04 2022-01-04 17900 IDR/l A .
""", {"area": "35.05"}),
    Example("panel_long", "prices", "panel_harga", _panel_long(), """
35.05 . telur_ayam_ras price_retail 2024-01-03 2024-01-03 27500 IDR/kg A .
35.05 . minyak_goreng_curah price_retail 2024-01-03 2024-01-03 . IDR/l M not_reported
"""),
    Example("panel_wide", "prices", "panel_harga", _panel_wide(), """
35.05 . bawang_merah price_retail 2024-01-01 2024-01-31 31250 IDR/kg A .
35.05 . bawang_merah price_retail 2024-02-01 2024-02-29 30100 IDR/kg A .
35.05 . minyak_goreng_curah price_retail 2024-01-01 2024-01-31 15500 IDR/l A .
35.05 . minyak_goreng_curah price_retail 2024-02-01 2024-02-29 . IDR/l M not_reported
""", {"area": "35.05"}),
    Example("siskaperbapo_day", "prices", "siskaperbapo", _siskaperbapo_day(), """
35.05 ud-telur-intan telur_ayam_ras price_producer 2016-08-02 2016-08-02 17800 IDR/kg A .
35.06 pasar-pare-kabupaten-kediri cabai_besar price_producer 2016-08-02 2016-08-02 19000 IDR/kg A .
"""),
    Example("siskaperbapo_archive", "prices", "siskaperbapo", _siskaperbapo_archive(), """
35.05 ud-telur-intan telur_ayam_ras price_producer 2026-07-19 2026-07-19 24000 IDR/kg A .
35.05 ud-telur-intan telur_ayam_ras price_producer 2026-07-20 2026-07-20 24100 IDR/kg A .
35.06 peternak-kec-srengat telur_ayam_ras price_producer 2026-07-20 2026-07-20 23500 IDR/kg A .
"""),
    Example("siskaperbapo_table", "prices", "siskaperbapo", _siskaperbapo_table(), """
35.05 . telur_ayam_ras price_retail 2026-11-24 2026-11-24 27750 IDR/kg A .
35.05 . minyak_goreng_curah price_retail 2026-11-24 2026-11-24 . IDR/l M not_reported
"""),
    Example("pink_sheet", "prices", "pink_sheet", _pink_sheet(), """
WLD . beras_thai_5_persen price_world 1960-01-01 1960-01-31 104.5 USD/t A .
WLD . jagung price_world 1960-01-01 1960-01-31 45 USD/t A .
WLD . urea price_world 1960-01-01 1960-01-31 . USD/t M not_available
WLD . beras_thai_5_persen price_world 1960-02-01 1960-02-29 104.25 USD/t A .
WLD . jagung price_world 1960-02-01 1960-02-29 44 USD/t A .
WLD . urea price_world 1960-02-01 1960-02-29 42.25 USD/t A .
"""),
    Example("producer_daily", "farmgate_prices", "producer_daily_wide", _producer_daily(), """
35.05.09 . gkp_petani price_producer 2022-03-23 2022-03-23 4200 IDR/kg A .
35.05.09 . telur_ayam_ras price_producer 2022-03-23 2022-03-23 20000 IDR/kg A .
35.05.09 . jeruk price_producer 2022-03-23 2022-03-23 . IDR/kg M not_reported
35.05.01 . gkp_petani price_producer 2022-03-24 2022-03-24 . IDR/kg M not_reported
35.05.01 . telur_ayam_ras price_producer 2022-03-24 2022-03-24 22500 IDR/kg A .
35.05.01 . jeruk price_producer 2022-03-24 2022-03-24 . IDR/kg M not_reported
"""),
    Example("nixtla", "prices", "nixtla_long", _nixtla(), """
35.05 . telur_ayam_ras price_retail 2024-01-01 2024-01-31 27500.5 IDR/kg A .
35.05 . telur_ayam_ras price_retail 2024-02-01 2024-02-29 . IDR/kg M not_reported
"""),
    Example("visits_records", "visits", "tourism_recap", _visits_records(), """
35.05.09 candi-penataran kunjungan visits_domestic 2025-01-01 2025-01-31 12345 visits A .
35.05.13 pantai-serang kunjungan visits_domestic 2025-01-01 2025-01-31 . visits M nihil
35.05.09 candi-penataran kunjungan visits_foreign 2025-01-01 2025-01-31 67 visits A .
35.05.13 pantai-serang kunjungan visits_foreign 2025-01-01 2025-01-31 0 visits A .
35.05.09 candi-penataran kunjungan days_open 2025-01-01 2025-01-31 31 day A .
35.05.13 pantai-serang kunjungan days_open 2025-01-01 2025-01-31 28 day A .
35.05.09 candi-penataran kunjungan site_income 2025-01-01 2025-01-31 61725000 IDR A .
35.05.13 pantai-serang kunjungan site_income 2025-01-01 2025-01-31 . IDR M not_available
"""),
    Example("visits_across", "visits", "tourism_recap", _visits_across(), """
35.05.09 candi-penataran kunjungan visits_domestic 2025-01-01 2025-01-31 12345 visits A .
35.05.09 candi-penataran kunjungan visits_foreign 2025-01-01 2025-01-31 67 visits A .
35.05.09 candi-penataran kunjungan visits_domestic 2025-02-01 2025-02-28 11000 visits A .
35.05.09 candi-penataran kunjungan visits_foreign 2025-02-01 2025-02-28 50 visits A .
35.05.04 kampung-coklat kunjungan visits_domestic 2025-01-01 2025-01-31 40211 visits A .
35.05.04 kampung-coklat kunjungan visits_foreign 2025-01-01 2025-01-31 12 visits A .
35.05.04 kampung-coklat kunjungan visits_domestic 2025-02-01 2025-02-28 . visits M nihil
35.05.04 kampung-coklat kunjungan visits_foreign 2025-02-01 2025-02-28 . visits M nihil
"""),
    Example("field_report", "planting", "field_report", _field_report(), """
35.05.11 desa-slorok padi planted_area 2026-10-16 2026-10-31 12.5 ha A .
35.05.11 desa-slorok padi standing_area 2026-10-16 2026-10-31 80 ha A .
35.05.11 desa-slorok padi harvested_area 2026-10-16 2026-10-31 0 ha A .
35.05.11 desa-slorok padi pest_area 2026-10-16 2026-10-31 1.5 ha A .
"""),
    Example("trends", "search_interest", "google_trends", _trends(), """
35.05 candi-penataran pencarian search_interest 2026-10-04 2026-10-10 45 index A .
35.05 kampung-coklat pencarian search_interest 2026-10-04 2026-10-10 . index A below_detection
35.05 candi-penataran pencarian search_interest 2026-10-11 2026-10-17 100 index A .
35.05 kampung-coklat pencarian search_interest 2026-10-11 2026-10-17 3 index A .
"""),
    Example("reviews", "reviews", "review_export", _reviews(), """
35.05.09 candi-penataran ulasan review_text 2026-10-04 2026-10-04 5 index A .
35.05.09 candi-penataran ulasan review_text 2026-10-05 2026-10-05 . index A .
"""),
    Example("search_console", "search_interest", "search_console",
            b"Tanggal,Klik,Tayangan,CTR,Posisi\n2026-10-04,12,340,3.5%,8.1\n2026-10-05,0,90,0%,11\n", """
35.05 . pencarian search_clicks 2026-10-04 2026-10-04 12 click A .
35.05 . pencarian search_clicks 2026-10-05 2026-10-05 0 click A .
"""),
    Example("long_form", "agriculture", "template", _long_form(), """
35.05.01 . padi production 2024-01-01 2024-12-31 1234.567 t E .
35.05.02 . padi production 2024-01-01 2024-12-31 . t M not_reported
"""),
    Example("mapped", "agriculture", "mapped", _mapped(), """
35.05.05 . padi production 2024-01-01 2024-12-31 77.5 t A .
35.05.18 . padi production 2024-01-01 2024-12-31 . t M not_reported
""", {"profile": PROFILE}),
)  # fmt: skip
