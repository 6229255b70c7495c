"""Names become codes; what is not certain is suggested, never guessed."""

from __future__ import annotations

import pytest

from analytics.ingest.places import is_total, section_level
from analytics.ingest.region import Region

FOUND = (
    ("05. Kab. Blitar", "", "35.05"),
    ("21. Kab. N g a w i", "", "35.21"),
    ("Kota Blitar", "", "35.72"),
    ("Sanan Kulon", "kecamatan", "35.05.07"),
    ("S a n a n k u l o n", "", "35.05.07"),
    ("Kec. Bakung", "", "35.05.05"),
    ("Garum1)", "kecamatan", "35.05.11"),
    ("Blitar", "kota", "35.72"),
    ("Blitar", "kabupaten", "35.05"),
    ("Blitar", "kecamatan", "35.05"),
    ("JAWA TIMUR", "kota", "35"),
    ("3505010", "", "35.05.05"),
    ("35.05.01", "", "35.05.01"),
    ("350501", "", "35.05.01"),
    ("3505", "", "35.05"),
)


@pytest.mark.parametrize(("name", "level", "code"), FOUND)
def test_names_of_tables_are_found(region: Region, name: str, level: str, code: str) -> None:
    assert region.areas.find(name, level=level).code == code


def test_the_two_lists_of_codes_are_not_mixed(region: Region) -> None:
    """Wonodadi is 35.05.01 in one list, and 3505010 of the other is Bakung."""
    assert region.areas.name_of(region.areas.find("35.05.01").code) == "Wonodadi"
    assert region.areas.name_of(region.areas.find("3505010").code) == "Bakung"


def test_a_bare_name_of_two_areas_is_ambiguous(region: Region) -> None:
    match = region.areas.find("Malang")
    assert (match.code, match.reason) == ("", "ambiguous")
    assert "Kabupaten Malang (35.07)" in match.near and "Kota Malang (35.73)" in match.near


def test_a_misspelt_name_is_suggested_and_not_taken(region: Region) -> None:
    match = region.areas.find("Sanankuln", level="kecamatan")
    assert (match.code, match.reason, match.near) == ("", "unknown", "Sanankulon (35.05.07)")


@pytest.mark.parametrize("name", ["99.99.99", "9999999", "<b>Bakung</b>x", "🌾", "Kabupaten", "?"])
def test_what_nobody_knows_has_no_code(region: Region, name: str) -> None:
    assert region.areas.find(name).code == ""


def test_names_of_commodities_in_use_are_found(region: Region) -> None:
    names = {
        "Telur Ayam Ras Segar": "telur_ayam_ras",
        "Ayam Potong": "ayam_ras_pedaging",
        "Maize": "jagung",
        "GKP di Petani": "gkp_petani",
        "padi": "padi",
        "2. Jagung": "jagung",
    }
    assert {name: region.items.find(name).code for name in names} == names


def test_sections_and_totals_are_told_from_names() -> None:
    assert section_level("Kabupaten/Regency") == "kabupaten"
    assert section_level("Kota/Municipality") == "kota"
    assert section_level("Kabupaten Blitar") == ""
    assert section_level("Kabupaten/Kota") == ""
    assert is_total("Jumlah/Total") and is_total("Jumlah\nTotal")
    assert not is_total("Jumlah Penduduk")
