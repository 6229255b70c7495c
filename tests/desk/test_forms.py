"""What is typed into an entry form becomes a template that the checks of files read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.desk.forms import FORMS, Context, form_file
from analytics.desk.mapping import header_of, suggested
from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.datasets import dataset_form
from analytics.ingest.findings import Finding
from analytics.ingest.region import Region, region_of_pack
from analytics.ledger.desk import DeskRefused
from analytics.observations.table import EDITION_COLUMNS
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def region() -> Region:
    return region_of_pack(read_pack(PROJECT_ROOT / "data" / "contoh"), today=TODAY)


@pytest.fixture(scope="module")
def area(region: Region) -> str:
    return region.areas.children_of(region.ref_area)[0]


def read(
    region: Region, code: str, context: Context, typed: Mapping[str, str]
) -> CheckReport:  # fmt: skip
    file = form_file(FORMS[code], region, context, typed)
    source = next(iter(region.sources))
    return check_file(file.name, file.content, region=region, dataset=FORMS[code].dataset,
                      source=source)  # fmt: skip


def values(report: CheckReport) -> dict[str, float]:
    assert not report.refused_count, [one.words("en") for one in report.listed()]
    return dict(zip(report.rows["indicator"], report.rows["obs_value"], strict=True))


def test_prices_of_a_day(region: Region, area: str) -> None:
    context = Context(area=area, start=TODAY, end=TODAY)
    typed = {"telur_ayam_ras": " 27.500 ", "jagung_pipilan_kering": "", "gkp_petani": "6750"}
    report = read(region, "prices", context, typed)
    found = dict(zip(report.rows["item"], report.rows["obs_value"], strict=True))
    assert found == {"telur_ayam_ras": 27500, "gkp_petani": 6750}
    assert set(report.rows["period_start"]) == {"2026-11-24"}
    assert set(report.rows["ref_area"]) == {area}


def test_a_month_of_visits(region: Region) -> None:
    table = region.tables["places"]
    site = table.loc[table["kind"] == "destination", "place"].iloc[0]
    context = Context(place=site, start=date(2026, 10, 1), end=date(2026, 10, 31))
    typed = {"visits_domestic": "1200", "visits_foreign": "5", "days_open": "30"}
    report = read(region, "visits", context, typed)
    assert values(report) == {"visits_domestic": 1200, "visits_foreign": 5, "days_open": 30}
    assert set(report.rows["place"]) == {site}


def test_a_field_report(region: Region, area: str) -> None:
    context = Context(area=area, item="padi", start=date(2026, 11, 1), half="II")
    report = read(region, "planting", context, {"village": "Sumberejo", "planted_area": "12,5",
                                                "failed_area": "3"})  # fmt: skip
    assert values(report) == {"planted_area": 12.5, "failed_area": 3}
    assert set(report.rows["period_start"]) == {"2026-11-16"}
    assert report.rows["place"].iloc[0] == "desa-sumberejo"


def test_an_event(region: Region, area: str) -> None:
    context = Context(area=area, start=date(2026, 11, 20), end=date(2026, 11, 22))
    report = read(region, "event", context, {"event": "Festival Serabi", "event_visitors": "900"})
    assert values(report) == {"event_visitors": 900}
    span = report.rows[["period_start", "period_end"]].iloc[0].tolist()
    assert span == ["2026-11-20", "2026-11-22"]


def test_a_programme_result(region: Region) -> None:
    table = region.tables["programmes"]
    for programme in table["item"]:
        context = Context(area=region.ref_area, item=programme, start=date(2025, 1, 1))
        fields = FORMS["programme"].fields(region, context, "id")
        asked = [one.name for one in fields]
        assert asked[-2:] == ["performance_target", "performance_realised"]
        typed = {"performance_target": "10", "performance_realised": "8,5", "unit": "orang"}
        report = read(region, "programme", context, {name: typed.get(name, "") for name in asked})
        assert values(report) == {"performance_target": 10, "performance_realised": 8.5}
        assert set(report.rows["item"]) == {programme}


def test_a_form_without_a_figure_makes_no_file(region: Region, area: str) -> None:
    for code, typed in (("prices", {"telur_ayam_ras": " "}), ("event", {"event": "Festival"})):
        with pytest.raises(DeskRefused, match="figure"):
            form_file(FORMS[code], region, Context(area=area, start=TODAY, end=TODAY), typed)


def with_egg_price(region: Region, area: str, day: str, price: float) -> Region:
    row = dict.fromkeys(EDITION_COLUMNS, "") | {
        "dataset": "farmgate_prices", "ref_area": area, "item": "telur_ayam_ras", "batch_id": 1,
        "indicator": "price_producer", "period_start": pd.Timestamp(day), "freq": "D",
        "period_end": pd.Timestamp(day), "obs_value": price, "unit": "IDR/kg", "source_row": 1,
        "obs_status": "A", "source_id": "contoh_petugas",
    }  # fmt: skip
    return replace(region, published=lambda _dataset: pd.DataFrame([row]))


def test_a_price_far_from_the_last_one_is_warned_of(region: Region, area: str) -> None:
    known = with_egg_price(region, area, "2026-11-20", 26_000)
    context = Context(area=area, start=TODAY, end=TODAY)
    (field,) = FORMS["prices"].fields(known, context, "id")
    assert (field.name, field.unit, field.last) == (
        "telur_ayam_ras", "Rp/kg", "terakhir 26.000 (20 November 2026)",
    )  # fmt: skip
    for typed, kind in (("27.000", []), ("2.700", ["factor_ten"]), ("59.000", ["jump"])):
        report = read(known, "prices", context, {"telur_ayam_ras": typed})
        warned = report.findings[report.findings["severity"] == "warning"]
        assert warned["kind"].tolist() == kind, typed


def test_columns_are_suggested_from_their_headings(region: Region) -> None:
    rows = [["Tabel 1", "", ""], ["Kecamatan", "Produksi padi (ton)", "Xyz"], ["A", "1", "2"]]
    form = dataset_form("agriculture")
    assert header_of(rows) == 1
    assert list(suggested(rows[1], region, form).values()) == [
        "area", "measure:production", "ignored",
    ]  # fmt: skip


def test_a_finding_in_a_form_names_the_field() -> None:
    found = Finding("jump", "warning", "", 2, "E", "5400", "12400")
    assert found.words("id").startswith("Sel E2: 5.400")
    assert found.words("id", field="Beras medium").startswith("Beras medium: 5.400")
