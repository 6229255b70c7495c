"""How many values a line of context tells, and with which status."""

import pandas as pd
import pytest

from analytics.figures.sentences import status_summary


def frame(**rows):
    """A frame with so many rows of each status; M rows have no value."""
    statuses = [status for status, count in rows.items() for _ in range(count)]
    values = [None if status == "M" else 1.0 for status in statuses]
    return pd.DataFrame({"obs_status": statuses, "obs_value": values})


@pytest.mark.parametrize(
    ("rows", "language", "words"),
    [
        ({"A": 38}, "id", "38 angka"),
        ({"A": 38}, "en", "38 values"),
        ({"A": 1}, "en", "1 value"),
        ({"A": 30, "P": 8}, "id", "30 angka normal · 8 angka sementara"),
        ({"P": 1, "A": 30}, "en", "30 normal values · 1 provisional value"),
        ({"A": 37, "M": 1}, "id", "37 angka normal · 1 belum ada data"),
        ({"P": 8}, "id", "8 angka sementara"),
        ({}, "id", ""),
    ],
)
def test_status_is_told_only_where_it_is_not_normal(rows, language, words):
    assert status_summary(frame(**rows), language=language) == words
