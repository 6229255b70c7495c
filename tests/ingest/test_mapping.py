"""A strange table is mapped once; the saved mapping reads it again wherever its columns stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

import pytest

from analytics.ingest.checking import CheckReport
from analytics.ingest.findings import FileRefused
from analytics.ingest.profiles import Profile, read_profile
from tests.ingest.conftest import drawn
from tests.ingest.writers import as_csv

PROFILE = Profile(
    dataset="prices",
    columns={"Nama Barang": "item", "Hrg": "value", "Tgl Catat": "period"},
    constants={"area": "35.05", "indicator": "price_retail", "unit": "IDR/kg"},
    zero_is_missing=True,
)
ROWS = [["17-08-2025", "Telor", "27.500"], ["18-08-2025", "Bawang Merah", "0"]]
HEAD = ["Tgl Catat", "Nama Barang", "Hrg"]


def test_a_strange_table_is_refused_before_and_read_after(
    check: Callable[..., CheckReport],
) -> None:
    content = as_csv([["Pasar Wlingi"], HEAD, *ROWS[1:]])
    with pytest.raises(FileRefused) as caught:
        check(content, "prices")
    assert caught.value.kind == "layout"
    report = check(content, "prices", profile=asdict(PROFILE))
    assert report.layout == "mapped"
    assert drawn(report.rows, "item", "period_start", "obs_value", "obs_status", "caveat") == [
        ("bawang_merah", "2025-08-18", None, "M", "not_reported")
    ]


def test_columns_may_stand_in_another_order(check: Callable[..., CheckReport]) -> None:
    content = as_csv([["Hrg", "x", "Nama Barang", "Tgl Catat"], ["27.500", "", "Telur",
                                                                  "17-08-2025"]])  # fmt: skip
    report = check(content, "prices", profile=asdict(PROFILE))
    assert drawn(report.rows, "item", "obs_value") == [("telur_ayam_ras", 27500.0)]


def test_what_a_mapping_cannot_know_is_still_checked(check: Callable[..., CheckReport]) -> None:
    report = check(as_csv([HEAD, *ROWS]), "prices", profile=asdict(PROFILE))
    assert report.listed()[0].kind in ("item_unknown", "item_unknown_far")
    assert report.rows["is_refused"].tolist() == [True, False]


# A table that the desk takes for its own template: its "Produksi" are last year's targets.
WRONGLY_READ = as_csv(
    [["Wilayah", "Komoditas", "Tahun", "Produksi (ton)", "Hasil nyata"],
     ["Bakung", "Padi", "2024", "9000", "7407,25"]], delimiter=";",
)  # fmt: skip
BY_HAND = Profile(
    dataset="agriculture",
    columns={"Wilayah": "area", "Komoditas": "item", "Tahun": "year"},
    measures={"Hasil nyata": {"indicator": "production", "unit": "t"}},
)


def test_what_a_person_says_goes_before_what_is_recognised(
    check: Callable[..., CheckReport],
) -> None:
    thought = check(WRONGLY_READ, "agriculture")
    assert (thought.layout, thought.accepted["obs_value"].tolist()) == ("template", [9000.0])
    said = check(WRONGLY_READ, "agriculture", profile=asdict(BY_HAND))
    assert (said.layout, said.accepted["obs_value"].tolist()) == ("mapped", [7407.25])


def test_a_mapping_that_does_not_fit_is_told_and_nothing_else_reads_the_file(
    check: Callable[..., CheckReport],
) -> None:
    with pytest.raises(FileRefused) as caught:
        check(
            WRONGLY_READ, "agriculture", profile=asdict(replace(BY_HAND, columns={"Kec": "area"}))
        )
    assert caught.value.kind == "profile_unfit"
    assert "Kec, Hasil nyata" in caught.value.words("id")
    with pytest.raises(FileRefused) as caught:
        check(WRONGLY_READ, "visits", profile=asdict(BY_HAND))
    assert caught.value.kind == "profile_dataset"
    assert "'agriculture', not 'visits'" in caught.value.words("en")


def test_a_saved_mapping_is_the_same_when_read() -> None:
    assert read_profile(PROFILE.as_json().encode(), name="pasar.json") == PROFILE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{", "json"),
        (b"[]", "profile"),
        (b'{"dataset": "prices", "columns": {"A": "nonsense"}}', "profile"),
        (b'{"dataset": "prices", "columns": {}, "__class__": "x"}', "profile"),
        (b'{"columns": {"A": "item"}}', "profile"),
    ],
)
def test_a_mapping_that_is_none_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_profile(content, name="pasar.json")
    assert caught.value.kind == kind
