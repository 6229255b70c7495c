"""What an edition changed against an earlier one: values added, changed and gone, by area."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.table import KEY_COLUMNS, key_columns

TOLD = ["obs_value", "obs_text", "unit", "obs_status"]


@dataclass(frozen=True)
class Counts:
    """How many values are new, have another value, unit or status, or are no longer there."""

    added: int
    changed: int
    removed: int

    @property
    def total(self) -> int:
        return self.added + self.changed + self.removed


@dataclass(frozen=True)
class DatasetChange:
    """The changes of one dataset; `areas` are those with a change, the most changed first."""

    dataset: str
    whole: Counts
    areas: tuple[tuple[str, Counts], ...]


def changes_since(edition: Edition, *, previous: Edition) -> tuple[DatasetChange, ...]:
    """Every dataset that differs between two editions of a region, the most changed first.

    Compared are published values, unverified ones left out: a value is the same when its number,
    text, unit and status are. A gap that stays a gap is no change; a gap that is filled counts
    as changed. Raises ValueError for editions of two regions.
    """
    if edition.stamp.region != previous.stamp.region:
        raise ValueError("Editions of two regions do not compare.")
    datasets = dict.fromkeys((*edition.datasets, *previous.datasets))
    found = (_dataset_change(edition, previous, name) for name in datasets)
    return tuple(
        sorted((one for one in found if one.whole.total), key=lambda one: -one.whole.total)
    )


def _dataset_change(edition: Edition, previous: Edition, dataset: str) -> DatasetChange:
    if _is_same_file(edition, previous, dataset):
        return DatasetChange(dataset, Counts(0, 0, 0), ())
    key = list(key_columns(dataset))
    kinds = _kinds(_rows(previous, dataset, key), _rows(edition, dataset, key), key)
    by_area = kinds.groupby(["ref_area", "kind"]).size().unstack(fill_value=0)
    table = by_area.reindex(columns=["added", "changed", "removed"], fill_value=0)
    order = table.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    areas = tuple((str(area), _counts(table.loc[area])) for area in order)
    return DatasetChange(dataset, _counts(table.sum()), areas)


def _is_same_file(edition: Edition, previous: Edition, dataset: str) -> bool:
    """Files are named by their content: the same name is the same dataset."""
    if not {dataset} <= set(edition.datasets) & set(previous.datasets):
        return False
    files = [each.dataset_facts(dataset)["file"] for each in (edition, previous)]
    return files[0] == files[1]


def _rows(edition: Edition, dataset: str, key: list[str]) -> pd.DataFrame:
    columns = list(dict.fromkeys([*KEY_COLUMNS, *TOLD]))
    if dataset not in edition.datasets:
        return pd.DataFrame(columns=columns)
    rows = edition.observations(dataset)[columns]
    return rows.drop_duplicates(key, keep="last")


def _kinds(before: pd.DataFrame, after: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """`ref_area` and `kind` (added, changed or removed) of every value that differs."""
    typed = [part.astype({"period_start": "datetime64[ns]", "period_end": "datetime64[ns]",
                          "obs_value": float}) for part in (before, after)]  # fmt: skip
    both = typed[0].merge(typed[1], on=keys, how="outer", indicator=True, suffixes=("", "_after"))
    kind = both["_merge"].map({"left_only": "removed", "right_only": "added", "both": ""})
    kind = kind.astype(str).mask((both["_merge"] == "both") & _differs(both), "changed")
    return both.assign(kind=kind).loc[kind != "", ["ref_area", "kind"]]


def _differs(both: pd.DataFrame) -> pd.Series:
    numbers = both["obs_value"].ne(both["obs_value_after"]) & ~(
        both["obs_value"].isna() & both["obs_value_after"].isna()
    )
    for name in TOLD[1:]:
        if f"{name}_after" in both:  # words that are part of the key are the same in both
            numbers |= both[name].fillna("") != both[f"{name}_after"].fillna("")
    return numbers


def _counts(row: pd.Series) -> Counts:
    return Counts(int(row["added"]), int(row["changed"]), int(row["removed"]))
