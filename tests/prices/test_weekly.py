"""Officers' reports by kecamatan and week: reporters, noise left out, what nobody reported."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.geography.levels import edition_boundary, inner_level
from analytics.prices.ratio import ratio_overview
from analytics.prices.series import DAILY_DATASET, SeriesKey, series_key
from analytics.prices.warning_series import officer_reports
from analytics.prices.weekly import UnknownWeek, week_choices, weekly_prices, weekly_reports
from analytics.prices.weekly_map import weekly_answer
from tests.prices.small_prices import BREAK_EVEN, daily_table, edition_with
from tests.store import Store

TODAY = date(2026, 11, 24)
A, B, C = "88.01.01", "88.01.02", "88.01.03"
MONDAY, NEXT = "2026-11-02", "2026-11-09"
# Eggs and maize. One kecamatan alone doubles its price for a day and comes back, another one
# doubles it and reports no more: both are noise.
REPORTS = [
    (A, "2026-11-02", 20000.0, 5000.0), (A, "2026-11-04", 21000.0, 5000.0),
    (B, "2026-11-03", 23000.0, 5200.0),
    (A, "2026-11-09", 22000.0, 5500.0), (A, "2026-11-10", 44000.0, 5500.0),
    (A, "2026-11-11", 22000.0, 5500.0),
    (B, "2026-11-18", 50000.0, 5200.0),
    (A, "2026-11-23", 22000.0, 5500.0),
]  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("weekly")
    return edition_with(folder, farmgate_prices=daily_table(REPORTS), break_even=BREAK_EVEN)


@pytest.fixture(scope="module")
def eggs(edition: Edition) -> SeriesKey:
    columns = ("dataset", "ref_area", "place", "item", "basis", "indicator", "unit", "source_id")
    row = officer_reports(edition, item="telur").iloc[0]
    return SeriesKey(*(str(row[name]) for name in columns))


def shown(edition: Edition, eggs: SeriesKey, week: str) -> pd.DataFrame:
    result = weekly_prices(edition, key=eggs, week=week, today=TODAY)
    return result.frame.set_index("ref_area")


def test_a_week_is_the_median_of_its_reports(edition: Edition, eggs: SeriesKey) -> None:
    frame = shown(edition, eggs, MONDAY)
    assert frame["obs_value"].dropna().to_dict() == {A: 20500.0, B: 23000.0}
    assert frame["reports"].to_dict()[A] == 2
    assert (frame.loc[A, "period_start"], frame.loc[A, "period_end"]) == (
        pd.Timestamp("2026-11-02"), pd.Timestamp("2026-11-08"),
    )  # fmt: skip


def test_who_did_not_report_is_missing_and_named(edition: Edition, eggs: SeriesKey) -> None:
    frame = shown(edition, eggs, NEXT)
    assert pd.isna(frame.loc[B, "obs_value"])
    assert (frame.loc[B, "state"], frame.loc[B, "obs_status"]) == ("unreported", "M")
    assert frame.loc[B, "last_report"] == pd.Timestamp("2026-11-03")
    missing = len(frame) - 1
    result = weekly_prices(edition, key=eggs, week=NEXT, today=TODAY)
    assert f"Belum ada laporan: {missing} dari {len(frame)} " in result.sentence("id")


def test_noise_is_left_out_and_counted(edition: Edition, eggs: SeriesKey) -> None:
    row = shown(edition, eggs, NEXT).loc[A]
    assert (row["obs_value"], row["reports"], row["left_out"]) == (22000.0, 2, 1)
    assert row["noise_price"] == 44000.0


def test_a_week_of_noise_alone_has_no_price_but_says_so(edition: Edition, eggs: SeriesKey) -> None:
    row = shown(edition, eggs, "2026-11-16").loc[B]
    assert (row["state"], row["reports"], row["left_out"]) == ("only_noise", 0, 1)
    assert pd.isna(row["obs_value"]) and row["noise_price"] == 50000.0
    result = weekly_prices(edition, key=eggs, week="2026-11-16", today=TODAY)
    assert "semua laporan dinilai kebisingan" in result.title.words("id")


def test_change_is_against_the_week_before(edition: Edition, eggs: SeriesKey) -> None:
    frame = shown(edition, eggs, NEXT)
    assert frame.loc[A, "change_pct"] == pytest.approx(100 * (22000 / 20500 - 1))
    assert pd.isna(frame.loc[B, "change_pct"])


def test_median_over_reporters_counts_each_once(edition: Edition, eggs: SeriesKey) -> None:
    row = weekly_reports(edition, eggs).reporters.loc[pd.Timestamp(MONDAY)]
    assert (row["y"], row["reporters"]) == ((20500 + 23000) / 2, 2)


def test_a_running_week_says_that_more_may_come(edition: Edition, eggs: SeriesKey) -> None:
    running = weekly_prices(edition, key=eggs, week="2026-11-23", today=TODAY)
    assert "belum berakhir" in running.notes[0].words("id")
    assert "not over" in running.notes[0].words("en")


def test_reports_that_stopped_say_since_when(edition: Edition, eggs: SeriesKey) -> None:
    late = weekly_prices(edition, key=eggs, week=MONDAY, today=date(2027, 6, 1))
    assert "23 November 2026" in late.notes[0].words("id")


@pytest.mark.parametrize("week", ["2026-11-03", "2020-01-06", "x", ""])
def test_a_week_without_reports_is_refused(edition: Edition, eggs: SeriesKey, week: str) -> None:
    with pytest.raises(UnknownWeek):
        weekly_prices(edition, key=eggs, week=week, today=TODAY)


def test_weeks_are_offered_newest_first(edition: Edition, eggs: SeriesKey) -> None:
    assert list(week_choices(edition, eggs)) == [
        "2026-11-23", "2026-11-16", "2026-11-09", "2026-11-02",
    ]  # fmt: skip


# The real packs


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_the_feed_ratio_is_made_of_the_prices_of_the_map(store: Store, region: str) -> None:
    edition = store.edition(region)
    rows = ratio_overview(edition, today=TODAY).frame
    assert len(rows) > 0
    reports = officer_reports(edition, item="telur_ayam_ras")
    found = series_key("|".join(
        str(reports.iloc[0][name]) for name in
        ("dataset", "ref_area", "place", "item", "basis", "indicator", "unit", "source_id")
    ))  # fmt: skip
    for row in rows.itertuples():
        week = str(row.period_start.date())
        map_ = weekly_prices(edition, key=found, week=week, today=TODAY).frame
        own = map_[map_["ref_area"] == row.ref_area].iloc[0]
        assert own["obs_value"] == row.product


@pytest.mark.parametrize("language", ["id", "en"])
def test_legend_counts_who_did_not_report(store: Store, language: str) -> None:
    edition = store.edition("blitar")
    level = inner_level(edition)
    assert level is not None
    reports = officer_reports(edition, item="telur_ayam_ras")
    names = ("dataset", "ref_area", "place", "item", "basis", "indicator", "unit", "source_id")
    eggs = SeriesKey(*(str(reports.iloc[0][name]) for name in names))
    assert eggs.dataset == DAILY_DATASET
    answer = weekly_answer(
        edition, key=eggs, week="2025-01-20", today=TODAY, language=language,
        boundary=edition_boundary(edition, level=level), focus="35.05.16",
    )  # fmt: skip
    words = " ".join(entry.words for entry in answer.layer.legend(theme="light"))
    expected = {"id": "belum ada laporan: 15 dari 22 kecamatan",
                "en": "no report yet: 15 of 22 subdistricts"}  # fmt: skip
    assert expected[language] in words
    assert answer.layer.selected == "35.05.16"
    told = {area.code: area.lines for area in answer.layer.areas}
    assert any("1 pelapor" in line or "1 reporter" in line for line in told["35.05.16"])


def test_limits_of_the_colours_are_the_same_in_every_week(store: Store) -> None:
    edition = store.edition("contoh")
    level = inner_level(edition)
    assert level is not None
    reports = officer_reports(edition, item="telur_ayam_ras")
    names = ("dataset", "ref_area", "place", "item", "basis", "indicator", "unit", "source_id")
    eggs = SeriesKey(*(str(reports.iloc[0][name]) for name in names))
    boundary = edition_boundary(edition, level=level)
    breaks = {
        weekly_answer(edition, key=eggs, week=week, today=TODAY, language="id",
                      boundary=boundary).layer.classes.breaks
        for week in list(week_choices(edition, eggs))[::30]
    }  # fmt: skip
    assert len(breaks) == 1
