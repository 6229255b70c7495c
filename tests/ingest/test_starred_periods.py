"""A star at the year, the month or the period marks the figure as provisional, never another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analytics.ingest.checking import CheckReport
from tests.ingest.writers import as_csv

ROW = ["35.05", "padi", "production", "12.5", "t"]
HEAD = ["Kode wilayah", "Komoditas", "indicator", "nilai", "unit"]
STARRED = (
    ({"Tahun": "2024*", "Bulan": "Maret"}, "2024-03-01", "M"),
    ({"Tahun": "2024**", "Bulan": "3"}, "2024-03-01", "M"),
    ({"Tahun": "2024", "Bulan": "Maret*"}, "2024-03-01", "M"),
    ({"Periode": "2024*", "Bulan": "Maret"}, "2024-03-01", "M"),
    ({"Tahun": "2024*"}, "2024-01-01", "A"),
    ({"Tahun": "2024*", "Bulan": "Maret", "Setengah bulan": "II"}, "2024-03-16", "_O"),
    ({"Periode": "Maret 2024*", "Setengah bulan": "I"}, "2024-03-01", "_O"),
)


@pytest.mark.parametrize(("period", "start", "freq"), STARRED)
def test_a_starred_period_in_parts_is_read_and_provisional(
    check: Callable[..., CheckReport], period: dict[str, str], start: str, freq: str
) -> None:
    report = check(as_csv([[*HEAD, *period], [*ROW, *period.values()]]), "agriculture")
    row = report.rows.iloc[0]
    assert (row["period_start"], row["freq"], row["obs_status"]) == (start, freq, "P")


def test_a_year_without_star_stays_normal(check: Callable[..., CheckReport]) -> None:
    content = as_csv([[*HEAD, "Periode", "Bulan"], [*ROW, "2024", "Maret"]])
    row = check(content, "agriculture").rows.iloc[0]
    assert (row["period_start"], row["obs_status"]) == ("2024-03-01", "A")


def test_a_month_that_is_none_is_refused(check: Callable[..., CheckReport]) -> None:
    report = check(as_csv([[*HEAD, "Tahun", "Bulan"], [*ROW, "2024*", "Pasaran"]]), "agriculture")
    assert "period_unreadable" in set(report.findings["kind"])
    assert report.refused_count == 1
