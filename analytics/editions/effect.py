"""What a batch does to what is published: values by area and indicator, and totals, old and new."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.keys import key_numbers
from analytics.observations.table import KEY_COLUMNS, key_columns

KINDS: tuple[str, ...] = ("new", "changed", "same", "gone")
COMPARED = ("obs_value", "obs_text", "unit", "obs_status")
TOTAL_KEY = ["level", "item", "indicator", "period_start", "period_end", "source_id", "unit"]
NEEDED = list(dict.fromkeys((*KEY_COLUMNS, *COMPARED, "batch_id")))


@dataclass(frozen=True)
class Effect:
    """The effect of one batch on its dataset.

    `counts`: ref_area, indicator and a column for each of KINDS, most touched first. `totals`:
    TOTAL_KEY with `old` and `new`, sums over the areas of a level where the indicator may be
    summed, for touched periods only; missing where no area has a value. `items`: codes of items
    with a value that is no longer what it was, the most touched first.
    """

    dataset: str
    counts: pd.DataFrame
    totals: pd.DataFrame
    items: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """Values of a kind over all areas and indicators."""
        return int(self.counts[kind].sum())


def effect_of(batch_id: int, dataset: str, *, before: Edition, after: Edition) -> Effect:
    """Compares two editions where the batch gives or gave values.

    `gone` are values that no batch gives any more; a value that an older batch gives again
    counts as changed. Unverified values count like others.
    """
    old, new = _rows(before, dataset), _rows(after, dataset)
    both = pd.concat([old, new], ignore_index=True)
    keys = key_numbers(both, key_columns(dataset))
    old_rows = pd.Series(np.arange(len(old)), index=keys[: len(old)])
    new_rows = pd.Series(np.arange(len(new)), index=keys[len(old) :])
    touched = np.unique(keys[(both["batch_id"] == batch_id).to_numpy()])
    # Daily reports may stand twice in a batch; the last one speaks.
    at_old = old_rows[~old_rows.index.duplicated(keep="last")].reindex(touched)
    at_new = new_rows[~new_rows.index.duplicated(keep="last")].reindex(touched)
    kinds = _kinds(_taken(old, at_old), _taken(new, at_new), at_old, at_new)
    told = _taken(both, (at_new + len(old)).fillna(at_old))
    counts = _counted(told, kinds)
    items = told.loc[kinds != "same", "item"].value_counts(sort=True).index
    return Effect(dataset, counts, _totals(after, old, new, told), tuple(map(str, items)))


def _rows(edition: Edition, dataset: str) -> pd.DataFrame:
    if dataset not in edition.datasets:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in NEEDED})
    return edition.observations(dataset, with_unverified=True)[NEEDED]


def _taken(rows: pd.DataFrame, at: pd.Series) -> pd.DataFrame:
    """Rows at these positions, empty where there is none."""
    return rows.reindex(at.fillna(-1).astype("int64")).reset_index(drop=True)


def _kinds(
    old: pd.DataFrame, new: pd.DataFrame, at_old: pd.Series, at_new: pd.Series
) -> np.ndarray:
    differs = np.zeros(len(old), dtype=bool)
    for name in COMPARED:
        unequal = old[name].ne(new[name]) & ~(old[name].isna() & new[name].isna())
        differs |= unequal.to_numpy()
    return np.select(
        [at_old.isna().to_numpy(), at_new.isna().to_numpy(), differs],
        ["new", "gone", "changed"],
        "same",
    )


def _counted(told: pd.DataFrame, kinds: np.ndarray) -> pd.DataFrame:
    by = told[["ref_area", "indicator"]].assign(kind=kinds)
    table = by.groupby(["ref_area", "indicator", "kind"]).size().unstack(fill_value=0)
    table = table.reindex(columns=list(KINDS), fill_value=0)
    touched = table[["new", "changed", "gone"]].sum(axis="columns")
    order = touched.sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index().rename_axis(columns=None)


def _totals(
    after: Edition, old: pd.DataFrame, new: pd.DataFrame, told: pd.DataFrame
) -> pd.DataFrame:
    """Sums before and after of every total that the batch touches."""
    levels = after.vocabulary.areas["level"]
    summed = after.vocabulary.tables["indicators"].query("aggregate == 'sum'")["indicator"]
    touched = _with_level(told[told["indicator"].isin(summed)], levels)[TOTAL_KEY]
    if touched.empty:
        return pd.DataFrame(columns=[*TOTAL_KEY, "old", "new"])
    sums = [
        _with_level(rows[rows["indicator"].isin(summed)], levels)
        .groupby(TOTAL_KEY, dropna=False)["obs_value"]
        .sum(min_count=1)
        .rename(name)
        for name, rows in (("old", old), ("new", new))
    ]
    totals = touched.drop_duplicates()
    for column in sums:
        totals = totals.merge(column.reset_index(), on=TOTAL_KEY, how="left")
    return totals.sort_values(TOTAL_KEY, ignore_index=True)


def _with_level(rows: pd.DataFrame, levels: pd.Series) -> pd.DataFrame:
    dated = rows.assign(
        period_start=pd.to_datetime(rows["period_start"]),
        period_end=pd.to_datetime(rows["period_end"]),
        obs_value=pd.to_numeric(rows["obs_value"]),
    )
    return dated.assign(level=dated["ref_area"].map(levels).fillna(""))
