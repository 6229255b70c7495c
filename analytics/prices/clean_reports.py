"""Officers' reports without those that the noise guard calls noise: what judges and pages use."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.prices.noise import COLUMNS as JUMP_COLUMNS
from analytics.prices.noise import CONFIRMED, judged_jumps
from analytics.prices.series import SERIES_COLUMNS
from analytics.prices.warning_series import by_item, officer_reports

ITEM_COLUMNS = [name for name in SERIES_COLUMNS if name != "ref_area"]


def clean_reports(edition: Edition, **equal_to: str | list[str]) -> pd.DataFrame:
    """Officers' reports (see `officer_reports`) that raise and show prices: no noise among them.

    `equal_to` must not name areas: whether a jump is noise depends on the other ones.
    """
    reports = officer_reports(edition, **equal_to)
    return without_noise(reports, jumps_by_item(reports))


def jumps_by_item(reports: pd.DataFrame) -> pd.DataFrame:
    """Every jump between two reports with the guard's verdict, and the columns of its series."""
    found = []
    for key, own in by_item(reports):
        jumps = judged_jumps(own.rename(columns={"ref_area": "reporter"}))
        found.append(jumps.assign(**{name: getattr(key, name) for name in ITEM_COLUMNS}))
    kept = [part for part in found if len(part)]
    if not kept:
        return pd.DataFrame(columns=[*JUMP_COLUMNS, *ITEM_COLUMNS])
    return pd.concat(kept, ignore_index=True)


def without_noise(reports: pd.DataFrame, jumps: pd.DataFrame) -> pd.DataFrame:
    """The reports without those that the guard calls noise: they raise nothing anywhere.

    A report that stays where a noisy one stood is no jump any more, and counts.
    """
    noise = jumps[jumps["verdict"] != CONFIRMED].rename(columns={"reporter": "ref_area"})
    key = [*ITEM_COLUMNS, "ref_area", "day"]
    is_noise = pd.MultiIndex.from_frame(reports[key]).isin(pd.MultiIndex.from_frame(noise[key]))
    return reports[~is_noise]
