"""The board's scenes: every one ends in who does what until when, and old figures are called so."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from analytics.figures.map_svg import map_svg
from analytics.figures.result import Label, Statement
from analytics.geography.levels import edition_boundary
from analytics.ledger.board import BoardPlan, SceneChoice
from analytics.overview.board import SCENES, known_scenes, usual_plan, with_own_duty
from analytics.overview.board_feeds import feeds, feeds_scene
from analytics.overview.board_map import (
    map_scene,
    measure_code,
    measure_of_week,
    weekly_measures,
)
from analytics.overview.board_prices import prices_scene, quotes
from analytics.overview.board_programmes import programmes_scene
from analytics.overview.board_scene import Tone, due_on, is_late, sender
from analytics.overview.board_visits import visits_scene
from analytics.overview.board_warnings import warnings_scene
from analytics.overview.methods import SPEC_FOLDER

TODAY = date(2026, 11, 24)
REGIONS = ("blitar", "contoh")


@pytest.fixture(scope="module", params=REGIONS)
def edition(request, store):
    return store.edition(request.param)


@pytest.fixture(scope="module")
def blitar(store):
    return store.edition("blitar")


def scenes(edition):
    found = measure_of_week(edition, today=TODAY)
    outlines = edition_boundary(edition, level=found[0].code)
    return {
        "warnings": warnings_scene(edition, (), None),
        "prices": prices_scene(edition, today=TODAY),
        "map": map_scene(edition, language="id", today=TODAY, boundary=outlines),
        "visits": visits_scene(edition, today=TODAY),
        "smart_city": programmes_scene(edition, today=TODAY),
        "feeds": feeds_scene(edition, today=TODAY),
    }


def spoken(words):
    return words.in_language("id") if isinstance(words, Label) else words.words("id")


def test_due_as_drawn():
    drawn = tomllib.loads((SPEC_FOLDER / "overview_feed_due.toml").read_text(encoding="utf-8"))
    found = [due_on(date.fromisoformat(end), freq) for end, freq in drawn["rows"]]
    assert [str(day or "") for day in found] == drawn["expected"]["due"]


def test_a_feed_is_late_only_after_its_day():
    assert not is_late(date(2026, 8, 31), "M", today=date(2026, 10, 31))
    assert is_late(date(2026, 8, 31), "M", today=date(2026, 11, 1))
    assert not is_late(date(2000, 1, 1), "_O", today=TODAY)


@pytest.mark.thorough
def test_every_scene_has_a_title_rows_and_words_in_both_languages(edition):
    found = scenes(edition)
    assert set(found) == set(SCENES)
    for name, scene in found.items():
        assert scene.name == name
        assert name == "warnings" or scene.rows, name
        for language in ("id", "en"):
            scene.result.title.words(language)
            for row in scene.rows:
                assert len(row) == len(scene.headings), name
                texts = [
                    cell.words.in_language(language)
                    if isinstance(cell.words, Label)
                    else cell.words.words(language)
                    for cell in row
                ]
                assert all(texts), name


def test_late_feeds_are_marked_and_end_in_a_duty(blitar):
    scene = feeds_scene(blitar, today=TODAY)
    late = [feed for feed in feeds(blitar, today=TODAY) if feed.is_late]
    assert late and scene.stale is not None
    assert [row[0].tone for row in scene.rows].count(Tone.BAD) == len(late)
    assert len(scene.duties) == min(2, len(late))
    assert all(duty.is_late and spoken(duty.until) for duty in scene.duties)
    assert scene.result.frame["is_late"].sum() == len(late)


def test_nothing_is_late_on_the_day_of_the_newest_figures(blitar):
    scene = feeds_scene(blitar, today=date(2018, 1, 1))
    assert scene.stale is None or all(duty.is_late for duty in scene.duties)
    fresh = [feed for feed in feeds(blitar, today=date(2025, 1, 24)) if not feed.is_late]
    assert "farmgate_prices" in {feed.dataset for feed in fresh}


def test_a_named_owner_stands_before_the_last_sender(blitar):
    source = str(blitar.observations("visits")["source_id"].iloc[0])
    unnamed = sender(blitar, dataset="visits", source_id=source, owners={})
    assert isinstance(unnamed, Statement) and unnamed.key == "board.who.last_from"
    named = sender(blitar, dataset="visits", source_id=source, owners={"visits": "Disparbud"})
    assert spoken(named) == "Disparbud"


@pytest.mark.thorough
def test_prices_stand_against_the_step_before_and_the_limits_in_force(edition):
    for quote in quotes(edition, today=TODAY):
        assert quote.end <= TODAY
        if quote.band is None:
            assert quote.position == "none"
        elif quote.price < quote.band.low:
            assert quote.position == "below"
        elif quote.price > quote.band.high:
            assert quote.position == "above"
        else:
            assert quote.position == "within"


def test_daily_reports_are_medians_of_seven_days(store):
    edition = store.edition("contoh")
    quote = next(one for one in quotes(edition, today=TODAY) if one.freq == "D")
    rows = edition.observations("farmgate_prices", item=quote.key.item).dropna(subset=["obs_value"])
    rows = rows[rows["period_start"].dt.date <= TODAY]
    age = (rows["period_start"].max() - rows["period_start"]).dt.days
    assert quote.price == rows.loc[age < 7, "obs_value"].median()
    assert quote.before == rows.loc[age.between(7, 13), "obs_value"].median()


@pytest.mark.thorough
def test_a_price_outside_names_the_deadline_of_its_warning(blitar):
    outside = next(
        one for one in quotes(blitar, today=TODAY)[:4] if one.position in ("below", "above")
    )
    until = date(2026, 12, 1)
    with_deadline = prices_scene(blitar, today=TODAY, deadlines={outside.key.unique_id: until})
    assert "1 Desember 2026" in spoken(with_deadline.duties[0].until)
    without = prices_scene(blitar, today=TODAY)
    assert without.duties[0].until == Statement("board.until.unset")


def test_map_changes_with_the_week_unless_one_is_chosen(edition):
    offered = weekly_measures(edition)
    weeks = [date.fromordinal(TODAY.toordinal() + 7 * week) for week in range(len(offered))]
    shown = {measure_code(measure_of_week(edition, today=day)[1]) for day in weeks}
    assert shown == {measure_code(measure) for _, measure in offered}
    chosen = measure_code(offered[-1][1])
    assert {measure_code(measure_of_week(edition, today=day, chosen=chosen)[1]) for day in weeks} \
        == {chosen}  # fmt: skip
    monday = date(2026, 11, 23)
    same_week = {
        measure_code(measure_of_week(edition, today=date.fromordinal(monday.toordinal() + day))[1])
        for day in range(7)
    }
    assert len(same_week) == 1


@pytest.mark.thorough
def test_map_draws_every_area_and_the_numbers_of_its_list(edition):
    scene = scenes(edition)["map"]
    outlines = edition_boundary(edition, level=scene.layer.level)
    code = outlines.codes[0]
    svg = map_svg(scene.layer, outlines, theme="dark", labels={code: "<1>"}, letter_share=0.09)
    assert svg.count("fill-rule='evenodd'") == len(outlines.areas)
    assert "&lt;1&gt;" in svg and "<1>" not in svg


def test_programmes_owe_what_their_target_year_lacks(blitar):
    scene = programmes_scene(blitar, today=TODAY)
    words = [spoken(duty.what) for duty in scene.duties]
    assert words == ["laporkan Indeks SPBE tahun 2023"]
    assert scene.stale is not None
    early = programmes_scene(blitar, today=date(2023, 6, 1))
    assert early.duties == ()


def test_visits_name_holidays_to_come_and_whether_their_day_is_decided(blitar):
    words = [[spoken(cell.words) for cell in row] for row in visits_scene(blitar, today=TODAY).rows]
    holidays = [row for row in words if row[0].startswith("Berikutnya")]
    assert len(holidays) == 3
    assert "25 Desember 2026" in holidays[0][1] and "sudah ditetapkan" in holidays[0][2]
    assert "baru perhitungan" in holidays[1][2]


def test_where_nobody_looked_for_warnings_the_board_says_so(blitar):
    scene = warnings_scene(blitar, (), None)
    assert spoken(scene.result.title) == "Belum pernah diperiksa."
    assert scene.duties[0].is_late


def test_an_action_of_the_team_comes_first_and_turns_late(blitar):
    scene = feeds_scene(blitar, today=TODAY)
    choice = SceneChoice("feeds", what="Rapat data", who="Diskominfo", due=TODAY)
    own = with_own_duty(scene, choice, today=TODAY)
    assert spoken(own.duties[0].what) == "Rapat data" and not own.duties[0].is_late
    tomorrow = date.fromordinal(TODAY.toordinal() + 1)
    assert with_own_duty(scene, choice, today=tomorrow).duties[0].is_late
    assert with_own_duty(scene, SceneChoice("feeds"), today=TODAY) == scene
    open_end = with_own_duty(scene, replace(choice, due=None, who=""), today=TODAY).duties[0]
    assert spoken(open_end.until) == "tenggat belum ditetapkan"
    assert spoken(open_end.who) == "Dinas belum ditetapkan"


def test_a_scene_that_is_gone_is_left_out():
    plan = BoardPlan(scenes=(SceneChoice("retired"), SceneChoice("feeds")))
    assert [choice.name for choice in known_scenes(plan)] == ["feeds"]
    assert tuple(choice.name for choice in usual_plan().scenes) == SCENES
