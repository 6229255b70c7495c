"""What searched topics are made of where only Search Console speaks."""

import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.tourism.search import INTEREST, SHOWN, apart_in_time, promotion_gap_report


def spans(*pairs):
    frame = pd.DataFrame(pairs, columns=["period_start", "period_end"]).apply(pd.to_datetime)
    return frame.assign(obs_value=1.0)


def test_overlapping_exports_count_once_and_the_longer_stays():
    rows = spans(("2026-01-01", "2026-03-31"), ("2026-03-01", "2026-04-30"),
                 ("2026-05-01", "2026-05-31"), ("2025-12-01", "2026-02-28"))  # fmt: skip
    kept = apart_in_time(rows)
    assert sorted(kept["period_start"].dt.strftime("%Y-%m")) == ["2026-01", "2026-05"]


def test_a_span_of_two_years_counts_for_neither():
    assert apart_in_time(spans(("2025-11-01", "2026-01-31"))).empty
    assert apart_in_time(spans().astype({"obs_value": float})).empty


class OnlySearchConsole:
    """An edition whose interest was measured by Search Console: same rows, another indicator."""

    def __init__(self, edition):
        self._edition = edition

    def __getattr__(self, name):
        return getattr(self._edition, name)

    def observations(self, dataset, **asked):
        if asked.get("indicator") == INTEREST:
            return self._edition.observations(dataset, **asked).head(0)
        if asked.get("indicator") == SHOWN:
            rows = self._edition.observations(dataset, **{**asked, "indicator": INTEREST})
            return rows.assign(indicator=SHOWN)
        return self._edition.observations(dataset, **asked)


@pytest.mark.thorough
def test_impressions_stand_in_for_interest_and_the_notes_say_so(store):
    contoh = open_store(store.settings, "contoh").edition()
    by_trends, by_console = (
        promotion_gap_report(edition) for edition in (contoh, OnlySearchConsole(contoh))
    )
    told = [{note.key for note in result.notes} for result in (by_trends, by_console)]
    assert "perception.gap.note.impressions" not in told[0]
    assert "perception.gap.note.impressions" in told[1]
    assert by_console.frame["gap_points"].tolist() == pytest.approx(
        by_trends.frame["gap_points"].tolist()
    )
