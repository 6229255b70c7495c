"""Any table written as any layout reads back equal."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.ingest.checking import CheckReport
from analytics.ingest.region import Region
from tests.ingest.writers import MONTHS, STYLES, as_csv, as_ods, as_xlsx

pytestmark = pytest.mark.thorough
AREAS = [f"35.05.{number:02d}" for number in range(1, 23)]
REGENCIES = [f"35.{number:02d}" for number in range(1, 30)]
ITEMS = ["gkp_petani", "jagung_pipilan_kering", "telur_ayam_ras", "bawang_merah"]
FORMATS = {"csv": as_csv, "xlsx": lambda cells: as_xlsx(("1", cells)),
           "ods": lambda cells: as_ods("1", cells)}  # fmt: skip
Key = tuple[str, ...]
Value = float | str
QUIET = settings(max_examples=25, deadline=None,
                 suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip

numbers = st.floats(0, 1e7).map(lambda value: round(value, 2))
values = st.one_of(numbers, st.sampled_from(["-", "…"]))
styles = st.sampled_from(sorted(STYLES))
formats = st.sampled_from(sorted(FORMATS))


def distinct(choices: Sequence, *, least: int = 1, most: int = 5) -> st.SearchStrategy[list]:
    return st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique=True)


def typed(value: Value, style: str, file_format: str) -> object:
    """A figure as it stands in a cell: text in CSV, a stored number in a workbook."""
    if isinstance(value, str):
        return value
    return STYLES[style](value) if file_format == "csv" else value


def found(report: CheckReport, *columns: str) -> dict[Key, Value]:
    """Values by key; what is missing by its mark."""
    marks = {"nihil": "-", "not_available": "…", "not_reported": "-"}
    rows = report.rows
    told = [
        marks[caveat] if pd.isna(value) else float(value)
        for value, caveat in zip(rows["obs_value"], rows["caveat"], strict=True)
    ]
    keys = rows[list(columns)].itertuples(index=False, name=None)
    return dict(zip(keys, told, strict=True))


def resolved(report: CheckReport) -> CheckReport:
    """The report, after making sure that nothing failed to be read (limits may still object)."""
    unread = {"not_a_number", "number_ambiguous", "area_unknown", "area_unknown_far",
              "item_unknown", "period_unreadable", "unit_unknown"}  # fmt: skip
    assert not unread & set(report.findings["kind"])
    return report


def drawn(data: st.DataObject, keys: Sequence[Key]) -> dict[Key, Value]:
    return {key: data.draw(values) for key in keys}


@QUIET
@given(data=st.data(), style=styles, file_format=formats, areas=distinct(REGENCIES, least=2),
       years=distinct(range(2001, 2025), least=2))  # fmt: skip
def test_bps_table_of_years(
    check: Callable[..., CheckReport], region: Region, data: st.DataObject, style: str,
    file_format: str, areas: list[str], years: list[int],
) -> None:  # fmt: skip
    table = drawn(data, list(itertools.product(areas, map(str, years))))
    names = {area: region.areas.name_of(area) for area in areas}
    cells = [
        ["Produksi Padi Menurut Kabupaten/Kota (Ton)", *[""] * len(years)],
        ["Kabupaten/Kota\nRegency/Municipality", *map(str, years)],
        *[[names[a], *[typed(table[a, str(y)], style, file_format) for y in years]] for a in areas],
        ["Sumber: BPS", *[""] * len(years)],
    ]
    report = resolved(check(FORMATS[file_format](cells), "agriculture"))
    report.rows["year"] = report.rows["period_start"].str.slice(0, 4)
    assert report.layout == "bps_table"
    assert found(report, "ref_area", "year") == pytest.approx(table)


@QUIET
@given(data=st.data(), style=styles, areas=distinct(REGENCIES, least=2), first=st.integers(1, 12))
def test_bps_table_of_months_with_the_year_over_the_first(
    check: Callable[..., CheckReport], region: Region, data: st.DataObject, style: str,
    areas: list[str], first: int,
) -> None:  # fmt: skip
    months = [(2022 + (first + n - 1) // 12, (first + n - 1) % 12 + 1) for n in range(15)]
    table = drawn(data, [(a, f"{y}-{m:02d}") for a in areas for y, m in months])
    years = [str(y) if n == 0 or m == 1 else "" for n, (y, m) in enumerate(months)]
    cells = [
        ["Luas Panen Padi Menurut Kabupaten/Kota (ha)"],
        ["", *years],
        ["", *[MONTHS[m - 1] for _, m in months]],
        *[[region.areas.name_of(a), *[typed(table[a, f"{y}-{m:02d}"], style, "csv")
                                      for y, m in months]] for a in areas],
    ]  # fmt: skip
    report = resolved(check(as_csv(cells, delimiter=";"), "rice_monthly"))
    report.rows["month"] = report.rows["period_start"].str.slice(0, 7)
    assert found(report, "ref_area", "month") == pytest.approx(table)


@QUIET
@given(data=st.data(), style=styles, file_format=formats, areas=distinct(AREAS, most=22))
def test_dalam_angka(
    check: Callable[..., CheckReport], region: Region, data: st.DataObject, style: str,
    file_format: str, areas: list[str],
) -> None:  # fmt: skip
    measures = {"harvested_area": "Luas Panen\nHarvested Area (ha)", "production": "Produksi (ton)"}
    table = drawn(data, list(itertools.product(areas, measures)))
    cells = [
        ["Luas Panen dan Produksi Jagung Menurut Kecamatan, 2023"],
        ["Kecamatan\nSubdistrict", *measures.values()],
        ["(1)", "(2)", "(3)"],
        *[[f"{n}. {region.areas.name_of(a)}",
           *[typed(table[a, m], style, file_format) for m in measures]]
          for n, a in enumerate(areas, start=1)],
    ]  # fmt: skip
    report = resolved(check(FORMATS[file_format](cells), "agriculture"))
    assert report.layout == "dalam_angka"
    assert set(report.rows["item"]) == {"jagung"}
    assert found(report, "ref_area", "indicator") == pytest.approx(table)


@QUIET
@given(data=st.data(), days=st.lists(st.dates(date(2016, 1, 1), date(2026, 11, 1)), min_size=1,
                                     max_size=6, unique=True))  # fmt: skip
def test_pihps_export(
    check: Callable[..., CheckReport], region: Region, data: st.DataObject, days: list[date]
) -> None:
    items = ["beras_bawah_1", "bawang_merah", "telur_ayam_ras"]
    prices = st.one_of(st.integers(1, 200_000).map(float), st.just("-"))
    table = {(i, d.isoformat()): data.draw(prices) for i in items for d in days}
    written = {key: v if v == "-" else f"{v:,.0f}" for key, v in table.items()}
    cells = [
        ["No", "Komoditas (Rp)", *[f"{d.day:02d}/ {d.month:02d}/ {d.year}" for d in days]],
        *[[n, region.items.labels[i], *[written[i, d.isoformat()] for d in days]]
          for n, i in enumerate(items, start=1)],
    ]  # fmt: skip
    report = resolved(check(as_xlsx(("Sheet", cells)), "prices", area="35"))
    assert report.layout == "pihps_export"
    assert found(report, "item", "period_start") == pytest.approx(table)


@QUIET
@given(data=st.data(), areas=distinct(AREAS), file_format=formats,
       days=st.lists(st.dates(date(2022, 1, 1), date(2025, 1, 1)), min_size=1, max_size=4,
                     unique=True))  # fmt: skip
def test_producer_daily_wide(
    check: Callable[..., CheckReport], data: st.DataObject, areas: list[str], file_format: str,
    days: list[date],
) -> None:  # fmt: skip
    prices = st.one_of(st.integers(500, 200_000).map(float), st.just("-"))
    reports = list(itertools.product(areas, [d.isoformat() for d in days]))
    table = {(a, d, i): data.draw(prices) for a, d in reports for i in ITEMS}
    cells = [
        ["row_id", "area_code", "date", *ITEMS],
        *[[n, a, d, *[0 if table[a, d, i] == "-" else int(table[a, d, i]) for i in ITEMS]]
          for n, (a, d) in enumerate(reports, start=1)],
    ]  # fmt: skip
    report = resolved(check(FORMATS[file_format](cells), "farmgate_prices"))
    assert report.layout == "producer_daily_wide"
    assert found(report, "ref_area", "period_start", "item") == pytest.approx(table)


@QUIET
@given(data=st.data(), areas=distinct(AREAS), years=distinct(range(1990, 2025)), style=styles,
       file_format=formats)  # fmt: skip
def test_long_form(
    check: Callable[..., CheckReport], data: st.DataObject, areas: list[str], years: list[int],
    style: str, file_format: str,
) -> None:  # fmt: skip
    table = drawn(data, [(a, i, f"{y}-01-01") for a in areas for i in ("padi", "jagung")
                         for y in years])  # fmt: skip
    cells = [
        ["ref_area", "item", "indicator", "period_start", "period_end", "obs_value", "unit"],
        *[[a, i, "production", d, f"{d[:4]}-12-31", typed(v, style, file_format), "t"]
          for (a, i, d), v in table.items()],
    ]  # fmt: skip
    report = resolved(check(FORMATS[file_format](cells), "agriculture"))
    assert set(report.rows["freq"]) == {"A"}
    assert found(report, "ref_area", "item", "period_start") == pytest.approx(table)


@QUIET
@given(data=st.data(), months=distinct(range(1, 13)), file_format=formats)
def test_recap_of_visits(
    check: Callable[..., CheckReport], region: Region, data: st.DataObject, months: list[int],
    file_format: str,
) -> None:  # fmt: skip
    sites = ["candi-penataran", "pantai-serang", "kampung-coklat"]
    counts = st.one_of(st.integers(0, 100_000).map(float), st.just("-"))
    keys = [(s, i, f"2025-{m:02d}") for s in sites for m in months
            for i in ("visits_domestic", "visits_foreign")]  # fmt: skip
    table = {key: data.draw(counts) for key in keys}
    cells = [["Destinasi", "Tahun", "Bulan", "Wisnus", "Wisman"]]
    for site, month in itertools.product(sites, months):
        figures = [table[site, i, f"2025-{month:02d}"] for i in
                   ("visits_domestic", "visits_foreign")]  # fmt: skip
        cells.append([region.places.labels[site], 2025, MONTHS[month - 1],
                      *[v if v == "-" else int(v) for v in figures]])  # fmt: skip
    report = resolved(check(FORMATS[file_format](cells), "visits"))
    report.rows["month"] = report.rows["period_start"].str.slice(0, 7)
    assert found(report, "place", "indicator", "month") == pytest.approx(table)
