"""One quantity twice: inside the file, and against what is published. Each pair is listed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.i18n import MISSING
from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity
from analytics.observations.table import VOICES, key_columns

# Daily reports may name a day twice: rules of the pack say which one counts.
DAILY_REPORTS = "farmgate_prices"
VALUES = ["obs_value", "obs_text"]
PLACE = ["batch_id", "source_row"]


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Later rows of a key that stood before, and keys that are published already."""
    key = list(key_columns(scene.form.name))
    is_later = rows.duplicated(key)
    if is_later.any():
        first = _first_of_key(rows[rows.duplicated(key, keep=False)], key).reindex(rows.index)
        yield Outcome(
            "repeated", _severity(scene.form.name), is_later,
            found=told(rows), expected=first["value"], other_row=first["at"],
        )  # fmt: skip
    yield from _against_published(rows, scene)


def _severity(dataset: str) -> Severity:
    """Two visitors may say the same on one day; two figures for one quantity are a mistake."""
    if dataset in VOICES:
        return Severity.NOTE
    return Severity.WARNING if dataset == DAILY_REPORTS else Severity.ERROR


def _first_of_key(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Value and place of the first row with the same key, for every row.

    Where the file has several sheets the place is written as spreadsheets do: `Tabel!12`.
    """
    at = rows["row"].astype(str)
    if rows["sheet"].nunique() > 1:
        at = rows["sheet"] + "!" + at
    groups = rows.assign(value=told(rows), at=at).groupby(key, sort=False)
    return groups[["value", "at"]].transform("first")


def told(rows: pd.DataFrame) -> pd.Series:
    """The value of each row as text: its number, else its words, else the sign for missing."""
    numbers = rows["obs_value"].map(lambda value: f"{value:.15g}", na_action="ignore")
    return numbers.astype(object).fillna(rows["obs_text"]).replace("", MISSING)


def _against_published(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    published = scene.published
    if published.empty:
        return
    key = [name for name in key_columns(scene.form.name) if name != "dataset"]
    values = [name for name in VALUES if name not in key]
    newest = published.drop_duplicates(key, keep="last").reindex(columns=[*key, *values, *PLACE])
    joined = rows[[*key, *values]].merge(
        newest, on=key, how="left", suffixes=("", "_old"), indicator=True
    )
    joined.index = rows.index
    if "obs_text" in key:
        joined["obs_text_old"] = joined["obs_text"]
    is_there = joined["_merge"] == "both"
    is_same = is_there & _is_same(joined)
    for kind, severity, met in (
        ("changes_published", Severity.WARNING, is_there & ~is_same),
        ("same_as_published", Severity.NOTE, is_same),
    ):
        if met.any():
            yield _meeting(kind, severity, joined, met)


def _is_same(joined: pd.DataFrame) -> pd.Series:
    """Equal numbers, or equal words where both have no number."""
    without = joined["obs_value"].isna() & joined["obs_value_old"].isna()
    same_words = joined["obs_text"] == joined["obs_text_old"]
    return (joined["obs_value"] == joined["obs_value_old"]) | (without & same_words)


def _meeting(kind: str, severity: Severity, joined: pd.DataFrame, met: pd.Series) -> Outcome:
    """Rows that meet a published one: both values, and the batch and row of the other."""
    own = joined[met]
    old = pd.DataFrame({name: own[f"{name}_old"] for name in VALUES})
    whole = own[PLACE].astype("Int64").astype(str).replace("<NA>", MISSING)
    parts = {"found": told(own[VALUES]), "expected": told(old),
             "other_batch": whole["batch_id"], "other_row": whole["source_row"]}  # fmt: skip
    filled = {name: part.reindex(joined.index, fill_value="") for name, part in parts.items()}
    return Outcome(kind, severity, met, **filled)


CHECK = Check("duplicates", run)
