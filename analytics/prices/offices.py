"""Which office of the region a warning belongs to: rows of the pack, the most specific wins."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.concepts import Label
from analytics.prices.names import PRICE_PREFIX
from analytics.prices.series import SeriesKey

TABLE = "offices"


@dataclass(frozen=True)
class Office:
    """An office with what the pack says of its duty."""

    code: str
    name: Label
    note: Label


def office_rows(edition: Edition) -> pd.DataFrame:
    """Rows of the pack's table `offices`; empty when the pack has none."""
    if TABLE not in edition.vocabulary.tables:
        return pd.DataFrame(columns=["office", "name_id", "name_en", "stage", "item_group"])
    return edition.reference(TABLE)


def office_of(edition: Edition, key: SeriesKey) -> str:
    """Code of the office whose duty the series is; empty where the pack names none.

    A row without stage or group fits all; the row that names more of them wins.
    """
    rows = office_rows(edition)
    stage = key.indicator.removeprefix(PRICE_PREFIX)
    group = str(edition.vocabulary.items["group"].get(key.item, ""))
    fits = rows["stage"].isin(["", stage]) & rows["item_group"].isin(["", group])
    named = (rows["stage"] != "").astype(int) + (rows["item_group"] != "").astype(int)
    found = rows[fits].assign(named=named).sort_values("named", ascending=False, kind="stable")
    return str(found["office"].iloc[0]) if len(found) else ""


def office(edition: Edition, code: str) -> Office | None:
    """The office of a code; None for a code the edition does not know."""
    rows = office_rows(edition)
    found = rows[rows["office"] == code]
    if found.empty:
        return None
    row = found.iloc[0]
    return Office(
        code=code,
        name=Label(str(row["name_id"]), str(row["name_en"])),
        note=Label(str(row["note_id"]), str(row["note_en"])),
    )
