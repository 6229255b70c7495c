"""One quantity twice: inside the file, and against what is published."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity
from analytics.observations.table import KEY_COLUMNS

# Daily reports may name a day twice: rules of the pack say which one counts.
DAILY_REPORTS = "farmgate_prices"


def run(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    """Later rows of a key that stood before; keys that are published with another value."""
    key = list(KEY_COLUMNS)
    is_later = rows.duplicated(key)
    if is_later.any():
        of_key = rows[rows.duplicated(key, keep=False)]
        first = of_key.groupby(key, sort=False)["row"].transform("first")
        severity = Severity.WARNING if scene.form.name == DAILY_REPORTS else Severity.ERROR
        expected = first.reindex(rows.index, fill_value=0).astype(str)
        yield Outcome("repeated", severity, is_later, expected=expected)
    yield from _against_published(rows, scene)


def _against_published(rows: pd.DataFrame, scene: Scene) -> Iterator[Outcome]:
    published = scene.published
    if published.empty:
        return
    key = [name for name in KEY_COLUMNS if name != "dataset"]
    newest = published.drop_duplicates(key, keep="last")[[*key, "obs_value", "obs_text"]]
    joined = rows[[*key, "obs_value", "obs_text"]].merge(
        newest, on=key, how="left", suffixes=("", "_old"), indicator=True
    )
    joined.index = rows.index
    is_there = joined["_merge"] == "both"
    is_same = is_there & (
        (joined["obs_value"] == joined["obs_value_old"])
        | (joined["obs_value"].isna() & joined["obs_value_old"].isna()
           & (joined["obs_text"] == joined["obs_text_old"]))
    )  # fmt: skip
    changed = is_there & ~is_same
    if changed.any():
        yield Outcome(
            "changes_published", Severity.WARNING, changed,
            joined["obs_value"], joined["obs_value_old"],
        )  # fmt: skip


CHECK = Check("duplicates", run)
