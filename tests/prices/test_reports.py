"""Price reports on the real pack: what must not be got wrong, words that agree with the frame."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.editions.store import open_store
from analytics.prices.catalogue import is_stopped, price_catalogue, series_list
from analytics.prices.comparison import common_months, price_comparison
from analytics.prices.course import price_course, standing_of
from analytics.prices.daily import daily_course, raw_entries
from analytics.prices.figures import course_figure, entries_figure, list_figure
from analytics.prices.lebaran import decided_dates, lebaran_changes, lebaran_steps, opposite_pair
from analytics.prices.outlook import price_outlook
from analytics.prices.references import band_of_month, reference_kinds, reference_prices
from analytics.prices.season import month_pattern, price_by_year
from analytics.prices.series import UnknownSeries, daily_prices, series_key, series_prices
from tests.store import Store

TODAY = date(2026, 11, 24)
EGGS = "prices|35.05|ud-telur-intan|telur_ayam_ras||price_producer|IDR/kg|siskaperbapo_produsen"
BROILERS = (
    "prices|35.05|peternak-desa-kambingan|ayam_ras_pedaging||price_producer|IDR/kg"
    "|siskaperbapo_produsen"
)
SRENGAT = (
    "prices|35.06|peternak-kec-srengat|telur_ayam_ras||price_producer|IDR/kg|siskaperbapo_produsen"
)
WORLD_MAIZE = "prices|WLD||jagung||price_world|USD/t|worldbank_pink_sheet"
FARM = (
    "farmgate_prices|35.05.16||telur_ayam_ras||price_producer|IDR/kg|sip_kabblitar_harga_produsen"
)
BEEF = (
    "farmgate_prices|35.05.04||daging_sapi|beef_live_weight|price_producer|IDR/kg"
    "|sip_kabblitar_harga_produsen"
)


@pytest.fixture(scope="module")
def edition(store: Store) -> Edition:
    return open_store(store.settings, "blitar").edition()


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_series_of_every_stage_and_unit_has_its_figure(store: Store, region: str) -> None:
    edition = store.edition(region)
    keys = [listed.key for listed in price_catalogue(edition).series]
    one_of_each = {(key.dataset, key.indicator, key.unit): key.unique_id for key in keys}
    assert any(indicator == "price_retail" for _, indicator, _ in one_of_each)
    for series in one_of_each.values():
        figure = course_figure(edition, series=series, today=TODAY)
        assert not figure.is_empty


# What must not be got wrong


def test_zero_is_not_reported_and_never_a_price(edition: Edition) -> None:
    daily = daily_prices(edition)
    assert not (daily["obs_value"] == 0).any()
    as_typed = daily[(daily["raw_value"] == 0) & (daily["correction"] == "")]
    assert (as_typed["obs_status"] == "M").all()


def test_beef_of_two_bases_is_never_one_series(edition: Edition) -> None:
    beef = series_prices(edition, BEEF)["obs_value"]
    meat = series_prices(edition, BEEF.replace("beef_live_weight", "beef_meat"))["obs_value"]
    assert beef.max() < 70_000 <= 80_000 <= meat.min()


def test_raw_entry_stays_beside_its_correction(edition: Edition) -> None:
    series = FARM.replace("35.05.16||telur_ayam_ras", "35.05.06||jagung_pipilan_kering")
    entries = raw_entries(edition, series=series).frame
    corrected = entries[entries["outcome"] == "corrected"]
    assert len(corrected) > 0
    assert (corrected["raw_value"] != corrected["obs_value"]).all()


def test_series_of_one_observation_a_month_says_so(edition: Edition) -> None:
    result = price_course(edition, series=EGGS, today=TODAY)
    assert "satu pengamatan" in result.sentence("id")
    assert "not a monthly mean" in result.sentence("en")


def test_srengat_farm_follows_its_source_and_says_so(edition: Edition) -> None:
    result = price_course(edition, series=SRENGAT, today=TODAY)
    assert any("Srengat" in caveat.id for caveat in result.caveats)
    assert set(result.frame["ref_area"]) == {"35.06"}


def test_eggs_fall_before_lebaran_while_broilers_rise(edition: Edition) -> None:
    steps = lebaran_steps(edition, series=EGGS).frame
    pair = opposite_pair(steps)
    assert pair is not None
    fall, rise = pair
    assert (fall["item"], rise["item"]) == ("telur_ayam_ras", "ayam_ras_pedaging")
    assert -14 < fall["obs_value"] < -10
    assert 8 < rise["obs_value"] < 12
    assert (fall["falls"], rise["rises"]) == (8, 8)
    assert fall["high"] > 0
    assert "arahnya belum pasti" in lebaran_steps(edition, series=EGGS).title.words("id")
    eggs = lebaran_changes(edition, series=EGGS).frame["obs_value"]
    broilers = lebaran_changes(edition, series=BROILERS).frame["obs_value"]
    assert eggs.mean() < 0 < broilers.mean()


def test_only_decided_dates_count(edition: Edition) -> None:
    assert decided_dates(edition).max() == pd.Timestamp("2026-03-21")
    assert len(lebaran_changes(edition, series=EGGS).frame) == 10


# Catalogue


def test_flagship_has_most_months_and_is_of_the_region(edition: Edition) -> None:
    catalogue = price_catalogue(edition)
    assert catalogue.series[0].key.unique_id == EGGS
    assert catalogue.series[0].months == 121


def test_every_series_reads_differently_within_its_commodity(edition: Edition) -> None:
    catalogue = price_catalogue(edition)
    for item in catalogue.items:
        labels = [one.label.id for one in catalogue.of_item(item)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("last", "stopped"), [("2026-08-01", False), ("2026-07-01", True), ("2025-01-01", True)]
)
def test_stopped_is_more_than_three_months_old(last: str, stopped: bool) -> None:
    assert is_stopped(pd.Timestamp(last), today=TODAY) is stopped


def test_list_counts_running_and_stopped(edition: Edition) -> None:
    frame = series_list(edition, today=TODAY).frame
    assert set(frame.loc[frame["state"] == "running", "period_end"]) == {pd.Timestamp("2026-08-31")}
    assert len(list_figure(edition, today=TODAY).table("en").frame) == len(frame)


def test_unknown_series_is_refused(edition: Edition) -> None:
    with pytest.raises(UnknownSeries):
        series_prices(edition, "telur")
    with pytest.raises(UnknownSeries):
        series_prices(edition, EGGS.replace("telur_ayam_ras", "emas"))


# Course


def test_standing_agrees_with_the_frame(edition: Edition) -> None:
    frame = series_prices(edition, EGGS)
    standing = standing_of(edition, series_key(EGGS), frame, reference="producer")
    assert standing is not None
    last, before = frame["obs_value"].iloc[-1], frame["obs_value"].iloc[-2]
    assert standing.price == last
    assert standing.month_change_pct == pytest.approx(100 * (last / before - 1))
    assert standing.cheaper == (frame["obs_value"].iloc[-60:-1] < last).sum()
    assert standing.band is not None and standing.band.low == 26_500


@pytest.mark.parametrize("series", [EGGS, BROILERS, SRENGAT, WORLD_MAIZE, FARM, BEEF])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_view_of_a_series_speaks(edition: Edition, series: str, language: str) -> None:
    results = [
        price_course(edition, series=series, today=TODAY),
        price_by_year(edition, series=series, today=TODAY),
        month_pattern(edition, series=series),
        lebaran_changes(edition, series=series),
        lebaran_steps(edition, series=series),
        price_outlook(edition, series=series, issued=None, today=TODAY),
    ]
    for result in results:
        words = [result.title, *result.statements, *result.notes]
        assert all(statement.words(language).strip() for statement in words)


def test_farmgate_value_names_its_reports_and_areas(edition: Edition) -> None:
    result = price_course(edition, series=FARM, today=TODAY)
    last = result.frame.iloc[-1]
    assert f"{last['reports']} laporan harian" in result.sentence("id")
    assert last["areas"] >= 1
    headings = course_figure(edition, series=FARM, today=TODAY).table("id").frame.columns
    assert {"Laporan harian", "Kecamatan melapor"} <= set(headings)


def test_missing_month_is_a_row_without_value(edition: Edition) -> None:
    frame = series_prices(edition, FARM)
    months = pd.date_range(frame["ds"].min(), frame["ds"].max(), freq="MS")
    assert list(frame["ds"]) == list(months)
    assert (frame.loc[frame["obs_value"].isna(), "obs_status"] == "M").all()


def test_earlier_years_are_no_stopped_series(edition: Edition) -> None:
    assert price_course(edition, series=EGGS, today=TODAY, years=(2018, 2020)).notes == ()


def test_years_without_data_say_why(edition: Edition) -> None:
    result = price_course(edition, series=FARM, today=TODAY, years=(2016, 2018))
    assert result.is_empty and len(result.notes) == 2


# Reference prices


def test_nothing_is_in_force_between_rules_of_unknown_dates(edition: Edition) -> None:
    key = series_key(EGGS)
    assert reference_kinds(edition, key) == ("producer",)
    rules = reference_prices(edition, key, kind="producer")
    assert band_of_month(rules, pd.Timestamp("2024-06-01")) is None
    band = band_of_month(rules, pd.Timestamp("2023-01-01"))
    assert band is not None and (band.low, band.high) == (22_000, 24_000)


def test_world_prices_have_no_reference(edition: Edition) -> None:
    assert reference_kinds(edition, series_key(WORLD_MAIZE)) == ()


# Comparison and days


def test_other_units_are_refused_and_an_index_is_offered(edition: Edition) -> None:
    result = price_comparison(edition, series=(EGGS, WORLD_MAIZE), today=TODAY)
    assert result.is_empty and "indeks" in result.notes[1].words("id")


def test_index_is_a_hundred_in_its_base_month(edition: Edition) -> None:
    series = (EGGS, BROILERS, WORLD_MAIZE)
    base = common_months(edition, series=series)[0]
    frame = price_comparison(edition, series=series, today=TODAY, indexed_to=base).frame
    at_base = frame[frame["ds"] == pd.Timestamp(f"{base}-01")]
    assert list(at_base["obs_value"]) == [100.0, 100.0, 100.0]


def test_world_price_keeps_its_own_unit(edition: Edition) -> None:
    assert "US$/t" in price_course(edition, series=WORLD_MAIZE, today=TODAY).title.words("id")


def test_pause_of_reports_breaks_the_line(edition: Edition) -> None:
    frame = daily_course(edition, series=FARM, today=TODAY).frame
    pauses = frame[frame["obs_value"].isna()]
    lengths = pauses["period_end"] - pauses["period_start"]
    assert len(pauses) > 0 and (lengths >= pd.Timedelta(days=13)).all()


def test_entries_tell_what_became_of_each(edition: Edition) -> None:
    figure = entries_figure(edition, series=FARM)
    assert {"published", "repeated"} <= set(figure.frame["outcome"])
    assert figure.table("id").frame["Yang terjadi"].ne("").all()


def test_monthly_series_has_no_daily_reports(edition: Edition) -> None:
    with pytest.raises(UnknownSeries):
        daily_course(edition, series=EGGS, today=TODAY)
