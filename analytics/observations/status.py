"""Observation status: our letters in the manner of SDMX's CL_OBS_STATUS."""

from __future__ import annotations

from enum import StrEnum

UNVERIFIED_CAVEAT = "unverified_source"


class ObsStatus(StrEnum):
    """How far a value can be trusted; shown on map, table, chart and export."""

    NORMAL = "A"
    PROVISIONAL = "P"
    ESTIMATED = "E"
    FORECAST = "F"
    MISSING = "M"
    UNVERIFIED = "U"
