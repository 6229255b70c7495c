"""From a dataset file of the pack to raw observation rows. One function a file layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analytics.observations.table import PACK_COLUMNS, PUBLISHED
from analytics.pack.reader import Resource, read_text_table

FIRST_FILE_ROW = 2


def raw_observations(resource: Resource) -> pd.DataFrame:
    """Every row of a dataset file as entered: the pack's columns, source_row and raw_value.

    `source_row` is the row's own number where the file has one, else its line in the file.
    Values are text here; nothing is corrected, nothing is left out.
    """
    layout = LAYOUTS[str(resource.settings["layout"])]
    rows = layout(read_text_table(resource.path), resource.settings)
    return rows.assign(dataset=str(resource.settings["dataset"]))


def from_observations(table: pd.DataFrame, _settings: Mapping[str, object]) -> pd.DataFrame:
    """Layout `observations`: one row an observation, columns named as in the long table."""
    rows = table.reindex(columns=list(PACK_COLUMNS), fill_value="")
    return rows.assign(
        source_row=range(FIRST_FILE_ROW, FIRST_FILE_ROW + len(rows)), raw_value=rows["obs_value"]
    )


def from_wide_daily(table: pd.DataFrame, settings: Mapping[str, object]) -> pd.DataFrame:
    """Layout `wide_daily`: one row a place and day, one column an item."""
    columns = wide_daily_columns(settings)
    long = table.melt(
        id_vars=[columns["row"], columns["ref_area"], columns["date"]],
        value_vars=list(settings["items"]),  # type: ignore[call-overload]
        var_name="item",
        value_name="obs_value",
    )
    rows = pd.DataFrame(
        {
            "ref_area": long[columns["ref_area"]],
            "place": "",
            "item": long["item"],
            "indicator": str(settings["indicator"]),
            "period_start": long[columns["date"]],
            "period_end": long[columns["date"]],
            "freq": "D",
            "obs_value": long["obs_value"],
            "obs_text": "",
            "unit": str(settings["unit"]),
            "obs_status": "A",
            "source_id": str(settings["source_id"]),
            "caveat": "",
            "source_row": long[columns["row"]].astype("int64"),
            "raw_value": long["obs_value"],
        }
    )
    return rows.sort_values(["source_row", "item"], ignore_index=True)


def wide_daily_columns(settings: Mapping[str, object]) -> dict[str, str]:
    """Names of the row, area and date columns of a `wide_daily` file."""
    return {name: str(settings[name]) for name in ("row", "ref_area", "date")}


def as_published(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a layout that needs no cleaning: all published, nothing corrected."""
    return rows.assign(correction="", row_state=PUBLISHED, row_reason="")


LAYOUTS: dict[str, Callable[[pd.DataFrame, Mapping[str, object]], pd.DataFrame]] = {
    "observations": from_observations,
    "wide_daily": from_wide_daily,
}
