"""Offices and break-even rules of every pack: known sources, groups and goods, said in words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT

PACKS = sorted(path.parent for path in (PROJECT_ROOT / "data").glob("*/datapackage.json"))


def rows_of(pack: Path, table: str) -> list[dict[str, str]]:
    with (pack / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes_of(pack: Path, table: str, column: str) -> set[str]:
    return {row[column] for row in rows_of(pack, table)}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_offices_name_known_sources_and_groups(pack: Path) -> None:
    offices = rows_of(pack, "offices")
    groups = codes_of(pack, "commodity_groups", "group") | {""}
    assert {row["source_id"] for row in offices} <= codes_of(pack, "sources", "source_id")
    assert {row["item_group"] for row in offices} <= groups
    assert all(row["note_id"] and row["note_en"] for row in offices)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_some_office_takes_what_no_other_is_in_charge_of(pack: Path) -> None:
    general = [row for row in rows_of(pack, "offices") if not row["stage"] + row["item_group"]]
    assert len(general) == 1


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_break_even_rules_are_dated_and_cited(pack: Path) -> None:
    items = codes_of(pack, "commodities", "item")
    for row in rows_of(pack, "break_even"):
        assert {row["product_item"], row["feed_item"]} <= items
        assert row["valid_from"] and row["citation_id"] and row["citation_en"]


def test_the_only_real_rule_is_what_farmers_said_in_2021() -> None:
    (rule,) = rows_of(PROJECT_ROOT / "data" / "blitar", "break_even")
    assert (rule["fixed_idr_per_kg"], rule["feed_above_idr_per_kg"]) == ("20000", "6000")
    assert (rule["feed_kg_per_kg"], rule["is_rule_of_thumb"]) == ("0", "true")
    assert "2021" in rule["citation_id"]
