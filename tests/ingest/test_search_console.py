"""Search Console exports as they are downloaded: every sheet, in both languages, XLSX and ZIP."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from analytics.ingest.findings import FileRefused
from analytics.ingest.layouts.search_console import attraction_of
from tests.ingest.conftest import drawn
from tests.ingest.writers import as_csv, as_xlsx

MEASURES = {"en": ("Clicks", "Impressions", "CTR", "Position"),
            "id": ("Klik", "Tayangan", "CTR", "Posisi")}  # fmt: skip
SHEETS = {
    "en": {"days": ("Chart", "Date"), "queries": ("Queries", "Top queries"),
           "pages": ("Pages", "Top pages"), "countries": ("Countries", "Country"),
           "devices": ("Devices", "Device"), "looks": ("Search appearance", "Search Appearance")},
    "id": {"days": ("Bagan", "Tanggal"), "queries": ("Kueri", "Kueri teratas"),
           "pages": ("Halaman", "Halaman teratas"), "countries": ("Negara", "Negara"),
           "devices": ("Perangkat", "Perangkat"),
           "looks": ("Tampilan penelusuran", "Tampilan Penelusuran")},
}  # fmt: skip
FILTERS = {
    "en": ("Filters", [("Filter", "Value"), ("Search type", "Web"), ("Date", "Last 3 months")]),
    "id": ("Filter", [("Filter", "Nilai"), ("Jenis penelusuran", "Web"),
                      ("Tanggal", "3 bulan terakhir")]),
}  # fmt: skip
ROWS = {
    "days": [("2026-06-01", 7, 300, "2.33%", 8.1), ("2026-06-02", 0, 90, "0%", 11)],
    "queries": [
        ("candi penataran", 40, 1200, "3.33%", 3.2),
        ("blitar", 9, 2500, "0.36%", 22.4),
        ("tiket masuk candi penataran blitar", 11, 310, "3.55%", 2.5),
        ("Kampung Coklat", 25, 900, "2.78%", 4),
        ("kampung coklat dan candi penataran", 3, 40, "7.5%", 6),
        ("wisata blitar", 5, 700, "0.71%", 14),
    ],
    "pages": [("https://wisata.example/penataran", 55, 1600, "3.44%", 5)],
    "countries": [("Indonesia", 90, 5200, "1.73%", 9)],
    "devices": [("Mobile", 80, 4800, "1.67%", 9), ("Desktop", 13, 850, "1.53%", 12)],
    "looks": [],
}
GOLDEN = [
    ("35.05", "", "search_clicks", "2026-06-01", "2026-06-01", 7, "click"),
    ("35.05", "", "search_clicks", "2026-06-02", "2026-06-02", 0, "click"),
    ("35.05.09", "candi-penataran", "search_clicks", "2026-06-01", "2026-06-02", 51, "click"),
    ("35.05.04", "kampung-coklat", "search_clicks", "2026-06-01", "2026-06-02", 25, "click"),
    ("35.05.09", "candi-penataran", "search_impressions", "2026-06-01", "2026-06-02", 1510,
     "impression"),
    ("35.05.04", "kampung-coklat", "search_impressions", "2026-06-01", "2026-06-02", 900,
     "impression"),
]  # fmt: skip
SHOWN = ("ref_area", "place", "indicator", "period_start", "period_end", "obs_value", "unit")


def sheets(language, *, only=tuple(ROWS), filters=None):
    """Sheets of an export by name, the filters last, as the download has them."""
    found = {}
    for part in only:
        name, label = SHEETS[language][part]
        found[name] = [(label, *MEASURES[language]), *ROWS[part]]
    name, lines = FILTERS[language]
    found[name] = lines if filters is None else [lines[0], *filters]
    return found


def zipped(tables):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, cells in tables.items():
            archive.writestr(f"{name}.csv", as_csv(cells))
    return stream.getvalue()


def workbook(tables):
    return as_xlsx(*tables.items())


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("write", [workbook, zipped], ids=["xlsx", "zip"])
def test_a_whole_export_comes_in_as_drawn(check, language, write):
    report = check(write(sheets(language)), "search_interest", source="T001")
    assert report.layout == "search_console" and report.is_clean
    assert drawn(report.rows, *SHOWN) == GOLDEN
    left = report.findings.set_index("kind").loc["search_queries_left_out"]
    assert left["found"] == "3"
    assert left["expected"] == "blitar, kampung coklat dan candi penataran, wisata blitar"


@pytest.mark.parametrize(
    ("words", "span"),
    [("Aug 28, 2026-Sep 3, 2026", ("2026-08-28", "2026-09-03")),
     ("28 Agu 2026-3 Sep 2026", ("2026-08-28", "2026-09-03")),
     ("2026-08-28 - 2026-09-03", ("2026-08-28", "2026-09-03"))],
)  # fmt: skip
def test_custom_dates_of_the_filter_go_before_the_dated_sheet(check, words, span):
    asked = sheets("en", filters=[("Search type", "Web"), ("Date", words)])
    rows = check(zipped(asked), "search_interest", source="T001").rows
    of_queries = rows[rows["place"] != ""]
    assert set(zip(of_queries["period_start"], of_queries["period_end"], strict=True)) == {span}


def test_queries_without_any_day_are_refused_with_the_cure(check):
    alone = as_csv([("Top queries", *MEASURES["en"]), *ROWS["queries"]])
    with pytest.raises(FileRefused) as refused:
        check(alone, "search_interest", name="Queries.csv")
    assert refused.value.kind == "search_period"
    with pytest.raises(FileRefused) as relative:
        check(workbook(sheets("id", only=["queries"])), "search_interest")
    assert "3 bulan terakhir" in relative.value.words("id")
    named = check(alone, "search_interest", name="Queries 2026-01-01 2026-03-31.csv")
    assert set(named.rows["period_end"]) == {"2026-03-31"} and set(named.rows["freq"]) == {"Q"}


def test_a_part_of_the_searches_is_told(check):
    part = [("Search type", "Image"), ("Date", "Last 3 months"), ("Country", "Indonesia")]
    report = check(workbook(sheets("en", filters=part)), "search_interest", source="T001")
    told = report.findings.set_index("kind")["found"]
    assert told["search_filtered"] == "Search type: Image; Country: Indonesia"
    whole = check(workbook(sheets("en")), "search_interest", source="T001")
    assert "search_filtered" not in set(whole.findings["kind"])


def test_two_years_need_a_tick(check):
    long = sheets("en", filters=[("Date", "Nov 1, 2025-Jan 31, 2026")])
    report = check(zipped(long), "search_interest", source="T001")
    kinds = dict(zip(report.findings["kind"], report.findings["severity"], strict=True))
    assert kinds["search_span_of_years"] == "warning"


def test_a_count_that_is_none_is_refused_at_its_cell(check):
    broken = sheets("en")
    broken["Queries"] = [*broken["Queries"], ("kampung coklat buka", "~", 12, "0%", 3)]
    report = check(zipped(broken), "search_interest", source="T001")
    fault = report.findings[report.findings["severity"] == "error"].iloc[0]
    assert (fault["sheet"], fault["row"], fault["column"]) == ("Queries", 8, "B")


def test_thousands_are_read_in_either_writing(check):
    many = sheets("id", only=["days", "queries"])
    many["Kueri"] = [many["Kueri"][0], ("kampung coklat", "1.250", "12,500", "10%", "3,1")]
    rows = check(zipped(many), "search_interest", source="T001").rows
    assert rows.loc[rows["place"] != "", "obs_value"].tolist() == [1250, 12500]


@pytest.mark.parametrize(
    ("query", "place"),
    [("pantai serang", "pantai-serang"), ("serang", ""), ("makam bung karno", ""), ("", "")],
)
def test_only_a_whole_name_maps(region, query, place):
    assert attraction_of(query, region) == place


def test_a_name_of_two_destinations_maps_to_neither(region):
    table = region.tables["places"]
    twin = table[table["place"] == "candi-penataran"].assign(place="kembar")
    both = replace(region, tables={**region.tables, "places": pd.concat([table, twin])})
    assert attraction_of("candi penataran", both) == ""


def test_an_archive_of_other_files_stays_refused(check):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Queries.csv", as_csv([("Top queries", *MEASURES["en"])]))
        archive.writestr("setup.exe", b"MZ")
    with pytest.raises(FileRefused, match="ZIP"):
        check(stream.getvalue(), "search_interest")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Queries.csv", b"%PDF-1.7")
    with pytest.raises(FileRefused, match="PDF"):
        check(stream.getvalue(), "search_interest")
