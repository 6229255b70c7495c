"""Numbers, prices and dates as the product writes them."""

from datetime import date

import pytest

from analytics.i18n import MINUS, MISSING, Formatter

INDONESIAN = Formatter("id")
ENGLISH = Formatter("en")
NAN = float("nan")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (INDONESIAN.rupiah(15000), "Rp15.000"),
        (INDONESIAN.rupiah(-15000), f"{MINUS}Rp15.000"),
        (INDONESIAN.points(2.48), "2,48 poin"),
        (INDONESIAN.percent(10), "10 persen"),
        (INDONESIAN.compact(1_200_000_000), "1,2\u00a0M"),
        (INDONESIAN.rupiah_compact(12_500_000), "Rp12,5\u00a0jt"),
        (INDONESIAN.number(240224.41), "240.224,41"),
        (INDONESIAN.number(-3, 1), f"{MINUS}3,0"),
        (INDONESIAN.significant(240224.41), "240.224"),
        (INDONESIAN.signed_percent(10.5), "+10,5%"),
        (INDONESIAN.weekday_date(date(2026, 8, 17)), "Senin, 17 Agustus 2026"),
        (ENGLISH.number(240224.41), "240,224.41"),
        (ENGLISH.compact(1_200_000_000), "1.2\u00a0bn"),
        (ENGLISH.points(2.48), "2.48 points"),
        (ENGLISH.date(date(2026, 8, 17)), "17 August 2026"),
    ],
)
def test_values_are_written_as_people_write_them(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    "style",
    ["number", "significant", "compact", "rupiah", "rupiah_compact", "percent", "percent_sign",
     "points", "signed_percent", "date", "weekday_date", "month", "month_short"],
)  # fmt: skip
@pytest.mark.parametrize("nothing", [None, NAN])
def test_missing_is_a_dash_in_every_style(style, nothing):
    assert getattr(INDONESIAN, style)(nothing) == MISSING


@pytest.mark.parametrize(
    ("start", "end", "freq", "indonesian", "english"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), "A", "2023", "2023"),
        (date(2018, 1, 1), date(2024, 12, 31), "A", "2018–2024", "2018–2024"),
        (date(2024, 4, 1), date(2024, 6, 30), "Q", "triwulan 2 2024", "Q2 2024"),
        (date(2024, 3, 1), date(2024, 3, 31), "M", "Maret 2024", "March 2024"),
        (date(2022, 4, 30), date(2022, 5, 8), "_O", "30 April 2022–8 Mei 2022",
         "30 April 2022–8 May 2022"),
        (date(2025, 1, 1), None, "_O", "sejak 1 Januari 2025", "since 1 January 2025"),
        (None, None, "_U", "tanpa tahun", "undated"),
        (date(2025, 1, 20), date(2025, 1, 26), "W", "20–26 Januari 2025", "20–26 January 2025"),
        (date(2025, 1, 27), date(2025, 2, 2), "W", "27 Januari–2 Februari 2025",
         "27 January–2 February 2025"),
        (date(2024, 12, 30), date(2025, 1, 5), "W", "30 Desember 2024–5 Januari 2025",
         "30 December 2024–5 January 2025"),
    ],
)  # fmt: skip
def test_periods_are_written_in_words(start, end, freq, indonesian, english):
    assert INDONESIAN.period(start, end, freq) == indonesian
    assert ENGLISH.period(start, end, freq) == english


def test_almost_a_million_is_not_a_thousand_thousands():
    assert INDONESIAN.compact(999_999) == "1\u00a0jt"


def test_zero_has_no_minus():
    assert INDONESIAN.number(-0.0001, 0) == "0"
