"""Issued forecasts by hand, beside the prices of an edition: for tests of the record."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

COLUMNS = ["unique_id", "ds", "forecast", "lo_80", "hi_80", "lo_95", "hi_95"]


def issued_rows(
    rows: list[tuple[object, ...]], *, edition: int = 1, run: int = 1, status: str = "issued"
) -> pd.DataFrame:
    """Rows of COLUMNS as the ledger gives them (`every_forecast`)."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    made = pd.Timestamp(datetime(2026, 11, 24))
    frame = frame.assign(
        ds=pd.to_datetime(frame["ds"]), run_id=run, status=status, model="combination",
        edition=edition, as_of=made, created_at=made,
    )  # fmt: skip
    return frame.assign(horizon=frame.groupby("unique_id").cumcount() + 1)
