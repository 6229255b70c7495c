"""Two periods of one measure, only where they compare: one method, the same sites."""

from __future__ import annotations

import pandas as pd

from analytics.agriculture.answers import rows_of
from analytics.agriculture.measures import Measure
from analytics.agriculture.rows import MapRows, weakest_status
from analytics.observations.status import ObsStatus

COLUMNS = ("before", "after", "obs_status", "sites_compared", "is_other_method")


def compared(rows: MapRows, measure: Measure, *, before: str | None, after: str) -> pd.DataFrame:
    """Value before and after of each area that has both, by area code.

    Counts at sites are added up over the sites that reported in both periods. Values of two
    methods are not compared: `is_other_method` says so and both values are missing. Without a
    period before, nothing is compared.
    """
    if before is None:
        return _nothing()
    sites = rows.by_site
    of_measure = (sites["item"] == measure.item) & (sites["indicator"] == measure.indicator.code)
    if of_measure.any():
        return _on_common_sites(sites[of_measure], before=before, after=after)
    return _side_by_side(
        rows_of(rows, measure, before),
        rows_of(rows, measure, after),
        is_about_areas=measure.is_about_areas,
    )


def _nothing() -> pd.DataFrame:
    frame = pd.DataFrame(columns=list(COLUMNS), index=pd.Index([], name="ref_area"))
    return frame.astype({"before": float, "after": float, "is_other_method": bool})


def _side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, *, is_about_areas: bool
) -> pd.DataFrame:
    columns = ["ref_area", "obs_value", "obs_status", "method"]
    both = before[columns].merge(after[columns], on="ref_area", suffixes=("_before", "_after"))
    both = both[both["obs_value_before"].notna() & both["obs_value_after"].notna()]
    differs = (both["method_before"] != both["method_after"]) & (not is_about_areas)
    return _answer(both, is_other_method=differs)


def _on_common_sites(sites: pd.DataFrame, *, before: str, after: str) -> pd.DataFrame:
    columns = ["ref_area", "place", "obs_value", "obs_status"]
    reported = sites[sites["obs_value"].notna()]
    pairs = reported.loc[reported["period"] == before, columns].merge(
        reported.loc[reported["period"] == after, columns],
        on=["ref_area", "place"], suffixes=("_before", "_after"),
    )  # fmt: skip
    groups = pairs.groupby("ref_area", sort=True)
    both = groups[["obs_value_before", "obs_value_after"]].sum().assign(
        sites_compared=groups.size(),
        obs_status_before=groups["obs_status_before"].agg(weakest_status),
        obs_status_after=groups["obs_status_after"].agg(weakest_status),
    ) if len(pairs) else _no_pairs()  # fmt: skip
    return _answer(both.reset_index(), is_other_method=pd.Series(False, index=range(len(both))))


def _no_pairs() -> pd.DataFrame:
    columns = [
        "obs_value_before", "obs_value_after", "sites_compared",
        "obs_status_before", "obs_status_after",
    ]  # fmt: skip
    return pd.DataFrame(columns=columns, index=pd.Index([], name="ref_area"), dtype=float)


def _answer(both: pd.DataFrame, *, is_other_method: pd.Series) -> pd.DataFrame:
    statuses = zip(both["obs_status_before"], both["obs_status_after"], strict=True)
    weakest = [weakest_status(pair) for pair in statuses]
    answer = pd.DataFrame(
        {
            "ref_area": both["ref_area"],
            "before": both["obs_value_before"].astype(float).mask(is_other_method),
            "after": both["obs_value_after"].astype(float).mask(is_other_method),
            "obs_status": pd.Series(weakest, index=both.index, dtype=object).mask(
                is_other_method, ObsStatus.MISSING.value
            ),
            "sites_compared": both["sites_compared"] if "sites_compared" in both else float("nan"),
            "is_other_method": is_other_method.astype(bool),
        }
    )
    return answer.set_index("ref_area")
