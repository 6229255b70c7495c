"""Headlines: the pack chooses, the data speak, an older method never continues the line."""

from datetime import date

import pytest

from analytics.overview.cards import headline_fact, headline_trend
from analytics.overview.freshness import dataset_ages
from analytics.overview.headlines import change_pct, headline_specs, headlines


@pytest.fixture(scope="module")
def edition(store):
    return store.edition("blitar")


def by_indicator(edition, indicator):
    return next(r for r in headlines(edition) if r.parameters["indicator"] == indicator)


def test_every_headline_of_each_pack_has_figures(store):
    for region in ("blitar", "contoh"):
        found = headlines(store.edition(region))
        assert 6 <= len(found) <= 8
        assert not [result.name for result in found if result.is_empty]


def test_rice_starts_with_the_area_sampling_frame_and_ends_with_its_newest_year(edition):
    rice = by_indicator(edition, "production")
    assert [day.year for day in rice.frame["period_start"]] == list(range(2018, 2025))
    assert set(rice.frame["source_id"]) == {"bps_jatim_ksa_prod_2018_2024"}
    assert rice.frame.set_index(rice.frame["period_start"].dt.year)["obs_value"][2023] == 240224.41


def test_the_sentence_holds_the_numbers_of_the_frame(edition):
    visits = by_indicator(edition, "visits")
    sentence = visits.sentence("id")
    assert "kunjungan" in sentence and str(visits.frame["period_start"].iloc[-1].year) in sentence
    assert visits.statements[0].key in ("overview.change.up", "overview.change.down")
    assert change_pct(visits.frame) == pytest.approx(
        (visits.frame["obs_value"].iloc[-1] / visits.frame["obs_value"].iloc[-2] - 1) * 100
    )


def test_an_index_changes_by_points(edition):
    index = by_indicator(edition, "innovation_index")
    assert "11,17 poin" in index.sentence("id")
    assert "11.17 points" in index.sentence("en")


def test_a_self_assessed_year_is_not_part_of_the_official_index(edition):
    spbe = by_indicator(edition, "spbe_index")
    assert [day.year for day in spbe.frame["period_start"]] == [2018, 2019, 2021]


def test_cards_carry_unit_period_status_and_source(edition):
    for result in headlines(edition):
        fact = headline_fact(result)
        assert fact.period == result.period
        assert fact.source is not None and fact.status in "APE"
        assert fact.value.words("id") != ""


def test_two_values_are_no_trend(edition):
    assert headline_trend(by_indicator(edition, "innovation_index")) is None
    assert headline_trend(by_indicator(edition, "price_producer")) is not None


def test_ages_count_from_the_day_given(edition):
    ages = {age.dataset: age for age in dataset_ages(edition, today=date(2026, 11, 24))}
    assert set(ages) == set(edition.datasets)
    assert all(age.is_changed for age in ages.values())
    assert ages["prices"].newest == date(2026, 8, 31)
    assert ages["prices"].age_months == 2
    assert ages["farmgate_prices"].newest == date(2025, 1, 24)
    assert ages["farmgate_prices"].rejected == 17
    assert ages["visits"].unverified == 1622


def test_specs_name_codes_that_the_edition_knows(edition):
    for spec in headline_specs(edition):
        assert spec["dataset"] in edition.datasets
        edition.vocabulary.indicator(spec["indicator"])
