"""Checks against what is published, neighbours and limits: each on a small drawn table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.checks import checks
from analytics.ingest.region import Region
from analytics.pack.reader import read_text_table
from analytics.settings import PROJECT_ROOT
from tests.ingest.writers import as_csv

HEAD = ["ref_area", "item", "indicator", "year", "nilai", "unit", "source_id"]
SOURCE = "bps_jatim_ksa_prod_2018_2024"
UNITS = {"production": "t", "harvested_area": "ha", "yield": "kw/ha", "price_retail": "IDR/kg"}
COLUMNS = ("ref_area", "item", "indicator", "year", "obs_value")


def long_table(*rows: tuple[object, ...]) -> bytes:
    """Rows of (area, item, indicator, year, value)."""
    return as_csv([HEAD, *[[a, i, n, y, v, UNITS[n], SOURCE] for a, i, n, y, v in rows]])


def published(*rows: tuple[object, ...]) -> pd.DataFrame:
    """The same rows as an edition holds them."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    year = frame.pop("year").astype(str)
    return frame.assign(
        dataset="agriculture", place="", period_start=pd.to_datetime(year + "-01-01"),
        period_end=pd.to_datetime(year + "-12-31"), freq="A", obs_text="", source_id=SOURCE,
        unit=frame["indicator"].map(UNITS), batch_id=7, source_row=range(2, len(frame) + 2),
    )  # fmt: skip


@pytest.fixture
def against(region: Region) -> Callable[..., CheckReport]:
    """`against(published_rows, file_rows)`: the report on a file where these are in force."""

    def run(before: list[tuple[object, ...]], now: list[tuple[object, ...]]) -> CheckReport:
        known = replace(region, published=lambda _dataset: published(*before))
        return check_file("a.csv", long_table(*now), region=known, dataset="agriculture")

    return run


def told(report: CheckReport) -> list[tuple[str, int, str, str]]:
    """Kind, row, found and expected of everything but notes."""
    findings = report.findings[report.findings["severity"] != "note"]
    columns = ["kind", "row", "found", "expected"]
    return list(findings[columns].itertuples(index=False, name=None))


def areas(*values: float, year: int, indicator: str = "production") -> list[tuple[object, ...]]:
    return [
        (f"35.05.{number:02d}", "padi", indicator, year, value)
        for number, value in enumerate(values, start=1)
    ]


def test_a_usual_year_is_not_objected_to(against: Callable[..., CheckReport]) -> None:
    assert told(against(areas(100, 200, 300, year=2022), areas(110, 190, 310, year=2023))) == []


def test_a_lost_zero_is_seen_against_the_year_before(against: Callable[..., CheckReport]) -> None:
    report = against(areas(1000, 2000, 3000, year=2022), areas(101, 2100, 2900, year=2023))
    assert told(report) == [("factor_ten", 2, "101", "1000")]
    assert report.is_clean, "it needs a tick, it is not refused"


def test_columns_that_changed_places_are_seen(against: Callable[..., CheckReport]) -> None:
    before = [("35.05.01", "padi", "production", 2022, 5200.0),
              ("35.05.01", "padi", "harvested_area", 2022, 1000.0)]  # fmt: skip
    now = [("35.05.01", "padi", "production", 2023, 990.0),
           ("35.05.01", "padi", "harvested_area", 2023, 5100.0)]  # fmt: skip
    assert told(against(before, now)) == [
        ("columns_swapped", 2, "990", "harvested_area"),
        ("columns_swapped", 3, "5100", "production"),
    ]


def test_a_jump_of_one_area_is_told_and_of_all_together_not(
    against: Callable[..., CheckReport],
) -> None:
    before = areas(100, 200, 300, 400, 500, year=2022)
    one = against(before, areas(100, 200, 300, 400, 1600, year=2023))
    assert told(one) == [("jump", 6, "1600", "500")]
    assert told(against(before, areas(300, 600, 900, 1200, 1500, year=2023))) == []


def test_a_figure_that_is_published_may_only_be_replaced_with_a_tick(
    against: Callable[..., CheckReport],
) -> None:
    report = against(areas(100, 200, year=2023), areas(100, 205, year=2023))
    assert told(report) == [("changes_published", 3, "205", "200")]


def test_every_row_that_meets_a_published_one_is_listed_with_both_values_and_its_place(
    against: Callable[..., CheckReport],
) -> None:
    report = against(areas(100, 200, 1200, year=2023), areas(100, 205, year=2023))
    met = [(f.kind, f.row, f.found, f.expected, f.other_batch, f.other_row)
           for f in report.listed()]  # fmt: skip
    assert met == [
        ("changes_published", 3, "205", "200", "7", "3"),
        ("same_as_published", 2, "100", "100", "7", "2"),
    ]
    assert "batch 7, row 3" in report.listed()[0].words("en")
    assert "kiriman 7 baris 2" in report.listed()[1].words("id")


def test_the_second_of_two_equal_keys_is_refused(against: Callable[..., CheckReport]) -> None:
    row = ("35.05.01", "padi", "production", 2023, 100)
    report = against([], [row, row])
    assert told(report) == [("repeated", 3, "100", "100")]
    assert report.listed()[0].other_row == "2"
    assert report.rows["is_refused"].tolist() == [False, True]


def test_kecamatan_must_add_up_to_the_printed_total(against: Callable[..., CheckReport]) -> None:
    whole = areas(*[100.0] * 22, year=2023)
    assert told(against([], [*whole, ("35.05", "padi", "production", 2023, 2200)])) == []
    wrong = against([], [*whole, ("35.05", "padi", "production", 2023, 2300)])
    assert told(wrong) == [("sum_differs", 24, "2300", "2200")]
    part = areas(*[100.0] * 3, year=2023)
    assert told(against([], [*part, ("35.05", "padi", "production", 2023, 2300)])) == []
    more = against([], [*part, ("35.05", "padi", "production", 2023, 250)])
    assert told(more) == [("sum_differs", 5, "250", "300")]


def test_yields_follow_from_production_and_area(against: Callable[..., CheckReport]) -> None:
    def year(produced: float, area: float, printed: float) -> list[tuple[str, int, str, str]]:
        rows = [("35.05.01", "padi", "production", 2023, produced),
                ("35.05.01", "padi", "harvested_area", 2023, area),
                ("35.05.01", "padi", "yield", 2023, printed)]  # fmt: skip
        return told(against([], rows))

    assert year(5200, 1000, 52.0) == []
    assert year(5200, 1000, 60.0) == [("yield_not_made", 4, "6", "5.2")]
    assert year(52000, 1000, 52.0)[0] == ("yield_impossible", 2, "52", "12")
    assert year(5200, 0, 52.0)[0][:2] == ("nothing_harvested", 2)


def test_slips_of_daily_prices_are_judged_by_the_rules_of_the_pack(
    check: Callable[..., CheckReport],
) -> None:
    days = [f"2024-03-{day:02d}" for day in range(1, 21)]
    rows = [[str(n), "35.05.09", day, "5000", "20000", "31000"] for n, day in enumerate(days)]
    rows[9][3] = "50000"
    head = ["row_id", "area_code", "date", "gkp_petani", "telur_ayam_ras", "bawang_merah"]
    report = check(as_csv([head, *rows]), "farmgate_prices")
    assert told(report) == [("slip_corrected", 11, "50000", "5000")]
    assert report.rows.loc[report.rows["row"] == 11, "obs_value"].tolist()[0] == 50000


@pytest.mark.long
def test_the_real_daily_table_gives_the_corrections_of_the_pack(
    check: Callable[..., CheckReport],
) -> None:
    """Every slip that the pack corrects is told at its cell, and no other is."""
    folder = PROJECT_ROOT / "data" / "blitar"
    report = check((folder / "farmgate_prices.csv").read_bytes(), "farmgate_prices")
    accepted = read_text_table(folder / "corrections" / "farmgate_prices.csv")
    slips = report.findings[report.findings["kind"].isin(["slip_corrected", "slip_withdrawn"])]
    row_ids = read_text_table(folder / "farmgate_prices.csv")["row_id"].astype(int)
    items = report.rows.set_index(["row", "column"])["item"]
    found = {(row_ids[row - 2], items[row, column], value) for row, column, value in
             slips[["row", "column", "expected"]].itertuples(index=False, name=None)}  # fmt: skip
    columns = ["row_id", "field", "corrected_value"]
    assert found == {(int(row), field, value) for row, field, value in
                     accepted[columns].itertuples(index=False, name=None)}  # fmt: skip


def test_text_that_looks_like_markup_or_a_formula_is_told(
    check: Callable[..., CheckReport],
) -> None:
    head = ["ref_area", "item", "indicator", "year", "obs_text", "unit"]
    rows = [["35.05", "acara_budaya", "event_held", "2025", words, "text"] for words in
            ("<b>Larung</b>", "=HYPERLINK(1)", "Larung Sesaji")]  # fmt: skip
    for number, row in enumerate(rows):
        row[3] = str(2023 + number)
    report = check(as_csv([head, *rows]), "events")
    assert {kind for kind, *_ in told(report)} == {"markup", "formula_like"}
    assert report.rows["obs_text"].tolist() == [row[4] for row in rows]


def test_every_check_leaves_its_rows_as_they_were(region: Region) -> None:
    from analytics.ingest.checks.check import Scene
    from analytics.ingest.datasets import dataset_form

    content = long_table(*areas(100, 100, year=2022), *areas(1000, 100, year=2023))
    rows = check_file("a.csv", content, region=region, dataset="agriculture").rows
    before = rows.copy(deep=True)
    for one in checks():
        list(one.run(rows, Scene(region, dataset_form("agriculture"))))
    pd.testing.assert_frame_equal(rows, before)
