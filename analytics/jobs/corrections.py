"""Proposes corrections of slips in a pack's daily reports, for a person to review."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analytics.pack.layouts import wide_daily_columns
from analytics.pack.reader import Resource, read_pack, read_text_table
from analytics.pack.slips import describe_candidates, propose_corrections
from analytics.settings import SettingsError


def candidates(pack_dir: Path, dataset: str, *, with_left_alone: bool) -> pd.DataFrame:
    """Proposed corrections, or every candidate. Raises SettingsError for another dataset."""
    resource = _daily_resource(pack_dir, dataset)
    rules = _rules(pack_dir, resource)
    table = raw_table(resource)
    describe = describe_candidates if with_left_alone else propose_corrections
    return describe(table, rules=rules)


def _daily_resource(pack_dir: Path, dataset: str) -> Resource:
    for resource in read_pack(pack_dir).with_role("dataset"):
        is_daily = resource.settings.get("layout") == "wide_daily"
        if resource.settings.get("dataset") == dataset and is_daily:
            return resource
    raise SettingsError(f"'{dataset}' is not a dataset of daily reports in {pack_dir}.")


def _rules(pack_dir: Path, resource: Resource) -> Mapping[str, object]:
    if "rules" not in resource.settings:
        return {}
    path = pack_dir / str(resource.settings["rules"])
    return tomllib.loads(path.read_text(encoding="utf-8"))


def raw_table(resource: Resource) -> pd.DataFrame:
    """The daily table as entered: row_id, area_code, date as text, items as numbers."""
    columns = wide_daily_columns(resource.settings)
    items = list(resource.settings["items"])  # type: ignore[call-overload]
    table = read_text_table(resource.path)
    wide = table[[columns["row"], columns["ref_area"], columns["date"], *items]]
    wide = wide.set_axis(["row_id", "area_code", "date", *items], axis=1)
    return wide.assign(
        row_id=wide["row_id"].astype("int64"), **{item: pd.to_numeric(wide[item]) for item in items}
    )
