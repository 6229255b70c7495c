"""A peer region with codes, sites and sources of its own, and with parts missing."""

from dataclasses import replace

import pytest

from analytics.editions.store import open_store
from analytics.publishing.figure_file import figure_table_to_take_away
from analytics.tourism import brand_figures
from analytics.tourism.brand_formulas import scaled, weighted_index
from analytics.tourism.brand_index import index_report, indices, weights_of
from analytics.tourism.brand_parts import part_values
from analytics.tourism.brand_peers import peers_report
from analytics.tourism.search import search_share_report, voice_report
from tests.editions.test_publish import settings_for
from tests.peer_pack import AREA, REGION, write_peer_pack
from tests.small_desk import Desk

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def contoh(store):
    return open_store(store.settings, "contoh").edition()


def loaded(folder, **said):
    write_peer_pack(folder / "data" / REGION, **said)
    settings = settings_for(folder, REGION)
    desk = Desk(settings, region=REGION)
    desk.load()
    return desk.store.edition()


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("peer"))


def test_a_peer_with_other_codes_is_put_beside(contoh, peer):
    result = peers_report(contoh, peers=(peer,))
    frame = result.frame.set_index("region")
    assert set(frame.index) == {"contoh", REGION}
    assert frame["parts"].nunique() == 1 and frame["year"].nunique() == 1
    assert frame.loc[REGION, "edition"] == peer.stamp.number


def test_both_are_made_of_the_same_parts_with_the_same_weights(contoh, peer):
    """By hand from the parts of both; the peer's own weights do not count."""
    result = peers_report(contoh, peers=(peer,))
    year = int(result.frame["year"].iloc[0])
    weights = {weight.part: weight for weight in weights_of(contoh)}
    known = {
        one.stamp.region: {v.part: v.value for v in part_values(one) if v.year == year}
        for one in (contoh, peer)
    }
    shared = set(known["contoh"]) & set(known[REGION]) & set(weights)
    assert shared == {"demand", "experience", "economy", "resident_support"}
    for region, value in result.frame.set_index("region")["obs_value"].items():
        scores = {
            p: scaled(known[region][p], floor=weights[p].floor, ceiling=weights[p].ceiling)
            for p in shared
        }
        by_hand = weighted_index(scores, {p: weights[p].weight for p in shared})
        assert value == pytest.approx(by_hand)


def test_what_was_compared_is_said(contoh, peer):
    notes = peers_report(contoh, peers=(peer,)).notes
    assert [note.key for note in notes] == ["brand.peers.note.alike"]
    for language in ("id", "en"):
        assert "2025" in notes[0].words(language)


def test_sources_of_both_packs_are_named(contoh, peer):
    titles = [source.title for source in peers_report(contoh, peers=(peer,)).sources]
    assert "Daftar dinas tetangga" in titles and len(titles) > 1


def test_one_code_of_two_packs_stays_two_sources(contoh, peer):
    """The peer's code names another publisher than this region's would."""
    result = peers_report(contoh, peers=(peer,))
    assert (
        result.frame["source_id"].str.split("/").str[0].tolist() == result.frame["region"].tolist()
    )
    assert set(result.frame["source_id"]) <= {source.source_id for source in result.sources}


def test_figure_and_download_of_the_comparison(contoh, peer):
    result = peers_report(contoh, peers=(peer,))
    names = {one.stamp.region: one.stamp.region_name for one in (contoh, peer)}
    figure = brand_figures.peers_figure(result, regions=names)
    for language in ("id", "en"):
        assert figure.result.title.words(language)
        assert all(note.words(language) for note in figure.result.notes)
    for language, words in (("id", "Kabupaten Tetangga"), ("en", "Neighbour Regency")):
        told = figure_table_to_take_away(figure, language=language).astype(str).to_csv()
        assert words in told and "Dinas tetangga" in told


def test_a_peer_that_knows_too_little_is_left_out_by_name(contoh, peer, tmp_path):
    poor = loaded(tmp_path, with_visits=False)
    alone = peers_report(contoh, peers=(poor,))
    assert alone.is_empty and alone.notes[0].key == "brand.peers.note.no_index"
    poor = replace(poor, stamp=replace(poor.stamp, region="miskin"))
    both = peers_report(contoh, peers=(poor, peer))
    assert set(both.frame["region"]) == {"contoh", REGION}
    assert both.notes[-1].key == "brand.peers.note.left_out"


def test_a_region_without_weights_or_parts_has_no_peers(contoh, peer):
    assert peers_report(peer, peers=(contoh,)).is_empty is False
    assert indices(peer, weights=()) == ()


def test_the_peer_alone_answers_or_says_what_is_missing(peer):
    assert peer.ref_area == AREA
    assert search_share_report(peer).is_empty and voice_report(peer).is_empty
    assert not index_report(peer).is_empty
