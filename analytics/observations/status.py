"""Observation status: our letters in the manner of SDMX's CL_OBS_STATUS."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

UNVERIFIED_CAVEAT = "unverified_source"
# Of a figure that a named verifier has confirmed since.
CONFIRMED_CAVEAT = "confirmed_by_verifier"


class ObsStatus(StrEnum):
    """How far a value can be trusted; shown on map, table, chart and export."""

    NORMAL = "A"
    PROVISIONAL = "P"
    ESTIMATED = "E"
    FORECAST = "F"
    MISSING = "M"
    UNVERIFIED = "U"


# What a value made of several may say of itself: the one that trusts least, missing aside.
DOUBT: tuple[str, ...] = (
    ObsStatus.NORMAL.value,
    ObsStatus.PROVISIONAL.value,
    ObsStatus.ESTIMATED.value,
    ObsStatus.FORECAST.value,
    ObsStatus.UNVERIFIED.value,
)


def weakest_status(statuses: Iterable[str]) -> str:
    """The status that trusts least; missing only when nothing else is there."""
    known = [status for status in statuses if status != ObsStatus.MISSING]
    return max(known, key=DOUBT.index, default=ObsStatus.MISSING.value)
