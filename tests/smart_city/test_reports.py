"""What must not be got wrong on the packs as they are loaded, and on one without Smart City."""

import tomllib
from datetime import UTC, datetime

import pandas as pd
import pytest

from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.i18n import LANGUAGES
from analytics.ledger.programme_entries import Entry, EntryKind
from analytics.pack.reader import read_pack
from analytics.publishing.figure_file import figure_table_to_take_away
from analytics.smart_city import figures
from analytics.smart_city.evidence import evidence_of
from analytics.smart_city.indices import index_report
from analytics.smart_city.iso import iso_report
from analytics.smart_city.measures import measure_rows
from analytics.smart_city.programme_reports import (
    achievement_report,
    budget_by_dimension_report,
    programme_report,
)
from analytics.smart_city.questions import questions, questions_report, with_answers
from analytics.smart_city.rows import has_anything, programmes
from analytics.smart_city.scheme import COMPONENTS, DIMENSIONS, SUB_DIMENSIONS, State
from analytics.smart_city.score_reports import component_report, dimension_report, missing_report
from analytics.smart_city.scores import change_since, evaluation, offered
from analytics.smart_city.year_report import report_years, year_figures
from tests.editions.test_publish import settings_for
from tests.small_pack import write_small_pack

YEAR = 2025
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def blitar(store):
    return store.edition("blitar")


@pytest.fixture(scope="session")
def contoh(store):
    return store.edition("contoh")


@pytest.fixture
def bare(tmp_path):
    """A region whose pack names no programme and no Smart City table."""
    settings = settings_for(tmp_path, "uji")
    pack = read_pack(write_small_pack(settings.pack_dir("uji")))
    store = open_store(settings, "uji")
    publish_pack(store, pack, published_by="pemasang", now=NOW)
    return store.edition()


# Scores


def test_dimension_scores_can_be_recomputed_by_hand_from_the_rows(contoh):
    rows = contoh.observations("smart_city", ref_area=contoh.ref_area)
    of_year = rows[rows["period_start"].dt.year == 2024].set_index(["item", "indicator"])
    value = of_year["obs_value"].to_dict()
    owned = [row.item for row in programmes(contoh).itertuples() if row.dimension == "economy"]
    total = 0.0
    for component in COMPONENTS:
        known = [value[item, f"evaluation_score_{component}"] for item in owned]
        weight = value["evaluasi_tahunan", f"evaluation_weight_{component}"]
        total += weight / 100 * sum(known) / len(known)
    found = evaluation(contoh, year=2024, state=State.VERIFIED).dimension_scores["economy"]
    assert found == pytest.approx(total)


def test_a_programme_without_a_component_has_no_score(contoh):
    now = evaluation(contoh, year=2023, state=State.VERIFIED)
    assert pd.isna(now.scores.loc["co_working", "impact"])
    assert pd.isna(now.programme_scores["co_working"])
    assert now.known_weight_pct["co_working"] == 80
    missing = missing_report(contoh, year=2023, state=State.VERIFIED).frame
    assert missing[["item", "component"]].to_numpy().tolist() == [["co_working", "impact"]]


def test_a_dimension_that_is_not_verified_keeps_the_whole_open(contoh):
    now = evaluation(contoh, year=2025, state=State.VERIFIED)
    lacking = [name for name in DIMENSIONS if pd.isna(now.dimension_scores[name])]
    assert lacking == ["society", "environment"]
    assert pd.isna(now.whole)
    result = dimension_report(contoh, year=2025, state=State.VERIFIED)
    assert "Masyarakat (society) dan Lingkungan" in result.notes[0].words("id")


def test_states_are_never_mixed(contoh):
    assert offered(contoh)[2025] == (State.VERIFIED, State.SELF_ASSESSED)
    own, verified = (evaluation(contoh, year=2024, state=s) for s in State if s is not State.DRAFT)
    assert own.whole != verified.whole
    with pytest.raises(ValueError, match="not compared"):
        change_since(own, verified)
    draft = dimension_report(contoh, year=2026, state=State.DRAFT)
    assert set(draft.frame["series"]) == {"2026"}
    assert "draf" in draft.notes[-1].words("id")


@pytest.mark.parametrize(("state", "status"), [("verified", "A"), ("self_assessed", "E")])
def test_a_state_has_a_status_of_its_own(contoh, state, status):
    frame = component_report(contoh, year=2024, state=State(state), by="item").frame
    assert set(frame.loc[frame["obs_value"].notna(), "obs_status"]) == {status}


def test_drafts_are_provisional_and_what_is_missing_is_marked(contoh):
    frame = component_report(contoh, year=2026, state=State.DRAFT, by="item").frame
    known = frame["obs_value"].notna()
    assert set(frame.loc[known, "obs_status"]) == {"P"}
    assert set(frame.loc[~known, "obs_status"]) == {"M"}


def test_like_for_like_is_not_the_difference_of_results_when_weights_changed(contoh):
    sides = [evaluation(contoh, year=year, state=State.VERIFIED) for year in (2022, 2021)]
    change = change_since(*sides)
    assert not change.as_scored.round(6).equals(change.like_for_like.round(6))


def test_no_ministry_score_is_made_up_for_facts_without_scores(blitar):
    assert offered(blitar) == {}
    parts = {part.code for part in year_figures(blitar, year=YEAR)}
    assert "evaluations" in parts and not parts & {"dimensions", "weights", "budget"}


# Programmes, indices, ISO


def test_the_offices_table_counts_before_the_packs_own(contoh):
    rows = measure_rows(contoh)
    assert not rows.duplicated(["item", "part", "year"]).any()
    targets = rows[(rows["item"] == "ikm_daring") & (rows["part"] == "target")]
    assert len(targets) == 7  # the pack's Smart City table alone has two


def test_unverified_results_never_enter(contoh):
    result = achievement_report(contoh, item="pusat_kendali").frame
    assert 99 not in set(result["obs_value"])


def test_a_measure_that_should_fall_gets_nearer_to_its_target(contoh):
    frame = programme_report(contoh, year=YEAR).frame.set_index("item")
    row = frame.loc["antrean_rsud"]
    assert row["baseline"] > row["realised"] > row["target"]
    assert 0 < row["obs_value"] < 100


def test_budget_of_a_dimension_says_what_was_not_reported(contoh):
    result = budget_by_dimension_report(contoh, year=2023)
    lacking = result.frame.set_index(["dimension", "indicator"])["lacking"]
    assert lacking["economy", "budget_realised"] == 1
    assert "belum diketahui" in result.title.words("id")


def test_no_stretch_of_spbe_crosses_the_change_of_method_or_holds_a_self_assessment(blitar):
    frame = index_report(blitar, code="spbe_index").frame.set_index("year")["stretch"]
    assert frame[[2018, 2019]].tolist() == ["method_0", "method_0"]
    assert (frame[2020], frame[2021]) == ("self_assessed", "method_1")
    words = index_report(blitar, code="spbe_index").sentence("id")
    assert "Tidak ada tahun lain" in words


def test_an_iso_indicator_is_held_only_where_the_edition_has_its_value(blitar, contoh):
    assert "has" not in set(iso_report(blitar).frame["answer"])
    held = iso_report(contoh).frame.query("answer == 'has'")
    assert held["number"].tolist() == ["16.3"]


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_a_number_that_was_not_compared_says_so_on_page_and_in_exports(store, region):
    edition = store.edition(region)
    result = iso_report(edition)
    unchecked = result.frame["checked"] == "not_compared"
    assert 0 < unchecked.sum() < len(result.frame)
    assert (result.frame.loc[~unchecked, "number_source"].str.startswith("http")).all()
    figure = figures.iso_figure(edition, result)
    for language, words in (("id", "nomor belum dicocokkan dengan dokumen standar"),
                            ("en", "number not yet compared with the standard")):  # fmt: skip
        table = figure_table_to_take_away(figure, language=language)
        told = (table.astype(str) == words).any(axis="columns")
        assert told.sum() == unchecked.sum()
        sentence = result.statements[1].words(language)
        assert str(int(unchecked.sum())) in sentence and str(len(result.frame)) in sentence


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_dimensions_and_sub_dimensions_are_those_of_the_scheme(store, region):
    for row in programmes(store.edition(region)).itertuples():
        assert row.sub_dimension in ("", *SUB_DIMENSIONS[row.dimension])


# Evidence and questions


def test_a_score_opens_into_source_document_and_entry(contoh):
    entry = Entry(EntryKind.EVIDENCE, "x", "Foto", "Siti", NOW, 1, "https://example.org/a")
    found = evidence_of(contoh, item="data_terbuka", year=2024, component="output", entries=[entry])
    assert [one.kind for one in found] == ["source", "document", "entry"]
    assert found[1].address.startswith("https://contoh.invalid/")
    assert (found[1].dated.year, bool(found[1].recorded_by)) == (2024, True)


def test_every_evaluation_on_record_without_score_is_asked_for(blitar):
    asked = [one.code for one in questions(blitar, year=YEAR)]
    assert [code for code in asked if code.startswith("score:")] == [
        f"score:evaluasi_tahunan:{year}" for year in (2019, 2020, 2021, 2022, 2023)
    ]
    assert len(asked) == len(set(asked))
    assert "quick_win:e_health:2019" in asked
    assert "index:spbe:2022" in asked


def test_an_answer_takes_its_question_from_the_count(blitar):
    result = questions_report(blitar, year=YEAR)
    code = str(result.frame["question"].iloc[0])
    answered = with_answers(result, {code: ()})
    assert answered.frame["answered"].tolist().count("yes") == 1
    assert f"{len(result.frame) - 1} dari {len(result.frame)}" in answered.title.words("id")


# The yearly report, and regions without anything


@pytest.mark.thorough
@pytest.mark.thorough
@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_every_part_of_the_year_can_be_said_and_tabled(store, region):
    edition = store.edition(region)
    for year in report_years(edition, until=YEAR)[-2:]:
        for part in year_figures(edition, year=year):
            for language in LANGUAGES:
                assert part.figure.title(language)
                assert len(part.figure.table(language).words()) == len(part.figure.frame)


def test_a_pack_without_smart_city_gives_empty_answers(bare):
    assert not has_anything(bare)
    assert offered(bare) == {}
    assert questions(bare, year=YEAR) == ()
    assert report_years(bare, until=YEAR) == ()
    for figure in (
        figures.programme_figure(bare, programme_report(bare, year=YEAR)),
        figures.iso_figure(bare, iso_report(bare)),
        figures.questions_figure(bare, questions_report(bare, year=YEAR)),
    ):
        assert figure.frame.empty
        assert all(figure.result.notes[0].words(language) for language in LANGUAGES)


def test_formulas_name_no_weight():
    from analytics.settings import PROJECT_ROOT

    code = (PROJECT_ROOT / "analytics" / "smart_city" / "formulas.py").read_text(encoding="utf-8")
    assert "weights_pct" in code and "30" not in code


def test_contracts_keep_the_theme_apart():
    from analytics.settings import PROJECT_ROOT

    content = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["id"]: c for c in content["tool"]["importlinter"]["contracts"]}
    assert "analytics.smart_city" in contracts["analytics-themes"]["modules"]
    assert "pages.smart_city" in contracts["page-themes"]["modules"]
