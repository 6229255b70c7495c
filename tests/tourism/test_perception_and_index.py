"""What demand, perception and the internal index must not get wrong, on packs as loaded."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.figures.result import Statement
from analytics.perception.opinions import WHOLE, Perceived
from analytics.publishing.figure_file import figure_table_to_take_away
from analytics.tourism import brand_figures, perception_report
from analytics.tourism.brand_index import (
    index_report,
    parts_report,
    sub_brands_report,
    trial_report,
    weights_of,
)
from analytics.tourism.brand_peers import peers_report
from analytics.tourism.perception_report import scores_report, words_report
from analytics.tourism.search import promotion_gap_report, search_rows, search_share_report
from analytics.tourism.surveys import nps_report, support_report

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def blitar(store):
    return open_store(store.settings, "blitar").edition()


@pytest.fixture(scope="module")
def contoh(store):
    return open_store(store.settings, "contoh").edition()


def keys(statements):
    return [statement.key for statement in statements]


# Blitar: nothing is invented


@pytest.mark.parametrize(
    "report",
    [scores_report, words_report, search_share_report, promotion_gap_report, nps_report,
     support_report],
    ids=lambda report: report.__name__,
)  # fmt: skip
def test_what_the_real_region_lacks_is_empty_and_says_how_to_bring_it(blitar, report):
    result = report(blitar)
    assert result.is_empty and len(result.notes) == 2
    assert all(note.words(language) for note in result.notes for language in ("id", "en"))


def test_the_index_of_the_real_region_is_withheld_with_reasons(blitar):
    parts, index = parts_report(blitar), index_report(blitar)
    assert index.is_empty and "brand.missing.too_few" in keys(index.notes)
    missing = parts.frame.loc[parts.frame["obs_value"].isna(), "part"]
    assert {f"brand.part.{part}.missing" for part in missing} == set(keys(parts.notes))
    # Months of unconfirmed origin never make a part: only what is verified counts.
    assert set(parts.frame["part"]) - set(missing) == {"economy"}


def test_weights_that_nobody_decided_say_so(blitar):
    assert not any(weight.is_decided for weight in weights_of(blitar))


# The index


def test_the_index_is_recomputed_by_hand_from_the_download(contoh):
    figure = brand_figures.parts_figure(contoh, parts_report(contoh))
    taken = figure_table_to_take_away(figure, language="en")
    score = taken["Score of the part, internal index (points)"]
    by_ends = (
        100
        * (taken["Value of the part"] - taken["Value that scores 0"])
        / (taken["Value that scores 100"] - taken["Value that scores 0"])
    )
    assert by_ends.clip(0, 100).tolist() == pytest.approx(score.tolist())
    by_hand = (taken["Weight"] * score).sum() / taken.loc[score.notna(), "Weight"].sum()
    index = index_report(contoh).frame.set_index("year")["obs_value"]
    assert by_hand == pytest.approx(index[int(taken["period_start"].iloc[0].year)])
    assert taken["Contribution to the index"].sum() == pytest.approx(by_hand)


def test_a_moved_weight_never_changes_the_stored_index(contoh):
    before = index_report(contoh).frame.to_json()
    files = {name: (contoh.folder / name).read_bytes() for name in contoh.files()}
    sizes = tuple((w.part, 99.0 if w.part == "reach" else 0.0) for w in weights_of(contoh))
    trial = trial_report(contoh, sizes=sizes).frame.set_index("which")["obs_value"]
    assert trial["tried"] != pytest.approx(trial["stored"])
    assert trial["stored"] == pytest.approx(json.loads(before)["obs_value"]["2"])
    assert index_report(contoh).frame.to_json() == before
    assert files == {name: (contoh.folder / name).read_bytes() for name in contoh.files()}


def test_weights_are_those_in_force_on_the_day(contoh):
    early = {w.part: w.weight for w in weights_of(contoh, day=pd.Timestamp(2023, 6, 1).date())}
    now = {w.part: w.weight for w in weights_of(contoh)}
    assert early["demand"] == 30 and now["demand"] == 20
    assert weights_of(contoh, day=pd.Timestamp(2020, 1, 1).date()) == ()


def test_every_part_has_n_date_and_interval_unless_it_is_a_count(contoh):
    frame = parts_report(contoh).frame
    assert frame["n"].notna().all() and frame["day"].notna().all()
    sampled = frame[frame["part"] != "economy"]
    assert (sampled["low"] <= sampled["obs_value"]).all()
    assert (sampled["obs_value"] <= sampled["high"]).all()
    assert frame.loc[frame["part"] == "economy", "low"].isna().all()


def test_the_index_has_an_interval_and_ranks_over_weightings(contoh):
    frame = index_report(contoh).frame
    assert ((frame["low"] < frame["obs_value"]) & (frame["obs_value"] < frame["high"])).all()
    ranked = frame[frame["rank_low"].notna()]
    assert len(ranked) > 1 and (ranked["rank_low"] <= ranked["rank_high"]).all()


def test_there_are_three_sub_brands(contoh):
    assert list(sub_brands_report(contoh).frame["brand"]) == ["tourism", "business", "appearance"]


def test_training_is_never_put_beside_real(contoh, blitar):
    assert peers_report(contoh, peers=(blitar,)).is_empty
    twin = replace(contoh, stamp=replace(contoh.stamp, region="kembar"))
    beside = peers_report(contoh, peers=(twin,)).frame
    assert set(beside["region"]) == {contoh.stamp.region, "kembar"}


def test_the_word_internal_stands_in_every_title_and_indicator(contoh, blitar):
    for edition in (contoh, blitar):
        for report in (parts_report, index_report, peers_report):
            result = report(edition)
            for language, word in (("id", "ndeks internal"), ("en", "nternal index")):
                told = [result.title.words(language), result.indicator.name.in_language(language)]
                assert any(word in words for words in told), told


# Searches, promotion, surveys


def test_a_name_shared_by_regency_and_city_counts_for_neither(contoh):
    rows = search_rows(contoh)
    assert set(rows.loc[rows["is_shared"], "place"]) == {"cari-contoh"}
    result = search_share_report(contoh)
    assert keys(result.notes) == ["perception.search.note.shared"]
    assert result.frame["obs_value"].sum() == pytest.approx(100)
    assert result.frame["terms"].sum() == rows["place"].nunique() - 1


def test_shares_of_search_by_hand(contoh):
    rows = search_rows(contoh)
    newest = rows[(rows["year"] == rows["year"].max()) & ~rows["is_shared"]]
    by_month = newest.pivot_table(
        index="period_start", columns="area", values="obs_value", aggfunc="sum"
    )
    by_hand = (100 * by_month.div(by_month.sum(axis="columns"), axis="index")).mean()
    found = search_share_report(contoh).frame.set_index("ref_area")["obs_value"]
    assert found.to_dict() == pytest.approx(by_hand.to_dict())


def test_unmeasured_topics_are_left_out_and_named(contoh):
    result = promotion_gap_report(contoh)
    assert "perception.gap.note.unmeasured" in keys(result.notes)
    assert result.frame.groupby("side")["obs_value"].sum().to_dict() == pytest.approx(
        {"searched": 100.0, "promoted": 100.0}
    )


def test_support_and_nps_have_margins(contoh):
    for report in (nps_report, support_report):
        frame = report(contoh).frame
        assert ((frame["low"] < frame["obs_value"]) & (frame["obs_value"] < frame["high"])).all()


# Perception


def test_scores_say_who_spoke_and_how_right_it_was(contoh):
    result = scores_report(contoh)
    assert len(result.frame) == 5
    told = keys(result.statements)
    assert "perception.speaker.trained" in told and "perception.speaker.measured_model" in told
    assert (result.frame["texts"] >= 30).all()


def with_opinions(monkeypatch, counts):
    """Perceived opinions of 2025: texts by aspect and label."""
    rows = [
        {"place": "a", "day": pd.Timestamp(2025, 5, 1), "aspect": aspect, "label": label,
         "is_rated": True, "texts": n, "source_id": ""}
        for aspect, labels in counts.items()
        for label, n in labels.items()
    ]  # fmt: skip
    found = Perceived(pd.DataFrame(rows), pd.DataFrame(), "seed_lexicon", 1, 0, None, None)
    monkeypatch.setattr(perception_report, "perceived", lambda _edition: found)


def test_nothing_is_shown_under_thirty_texts(contoh, monkeypatch):
    with_opinions(monkeypatch, {WHOLE: {"positive": 29}, "price": {"positive": 29}})
    result = scores_report(contoh)
    assert result.is_empty and keys(result.notes)[0] == "perception.missing.few_reviews"


def test_a_score_of_few_remarks_is_missing_while_others_stand(contoh, monkeypatch):
    with_opinions(
        monkeypatch,
        {WHOLE: {"positive": 40, "negative": 20}, "price": {"positive": 29},
         "service": {"positive": 20, "negative": 20}},
    )  # fmt: skip
    result = scores_report(contoh)
    known = result.frame.set_index("score")["obs_value"]
    assert pd.isna(known["value"]) and known["hospitality"] == pytest.approx(
        (40 * 50 + 30 * 100 * 49 / 69) / 70
    )
    assert isinstance(result.notes[0], Statement) and result.notes[0].key.endswith("note.few")
