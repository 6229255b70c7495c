"""The tourism page: every section in both languages, both regions, with and without the switch."""

import subprocess
import sys

import pytest

SECTIONS = ("totals", "monthly", "season", "map", "brand")
# Sections that rest on verified figures alone, whatever the switch says.
VERIFIED = ("perception", "index")


def words_of(app) -> str:
    kinds = (app.title, app.markdown, app.caption, app.info, app.warning)
    return " ".join(element.value for kind in kinds for element in kind)


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("section", [*SECTIONS, *VERIFIED])
def test_every_section_opens(open_page, region, language, section):
    app = open_page("tourism", lang=language, region=region, section=section)
    assert not app.exception
    assert app.query_params["section"] == [section] or app.query_params["section"] == section


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_with_unverified_figures(open_page, section):
    app = open_page("tourism", region="blitar", section=section, unverified="1")
    assert not app.exception
    assert "belum diverifikasi" in words_of(app)


@pytest.mark.parametrize("view", ["opinions", "search", "surveys"])
@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_every_view_of_perception_opens(open_page, view, region):
    app = open_page("tourism", region=region, section="perception", perception_view=view)
    assert not app.exception and not app.error
    if region == "blitar":
        assert "Belum ada" in words_of(app)


def test_sliders_of_weights_leave_the_stored_index_as_it_is(open_page):
    def stored(app):
        return [one.value for one in app.markdown if one.value.startswith("## Indeks internal")]

    app = open_page("tourism", region="contoh", section="index", brand_trial="1")
    before = stored(app)
    app.slider(key="trial_reach").set_value(100).run()
    assert not app.exception
    assert stored(app) == before != []
    assert "dengan bobot percobaan" in words_of(app)


def test_the_real_region_shows_no_index_number(open_page):
    words = words_of(open_page("tourism", region="blitar", section="index"))
    assert "ditahan" in words and "belum ditetapkan" in words.lower()


@pytest.mark.parametrize(
    "view", ["sum", "growth", "recovery", "sites", "areas", "mix", "income", "reporting"]
)
@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_every_view_of_the_panel_opens(open_page, view, region):
    app = open_page("tourism", region=region, section="monthly", view=view, unverified="1")
    assert not app.exception


def test_months_of_unknown_origin_wait_for_the_switch(open_page):
    app = open_page("tourism", region="blitar", section="monthly")
    assert "asalnya belum terkonfirmasi" in words_of(app)
    app.toggle(key="filter_unverified").set_value(True).run()
    assert not app.exception
    assert "Panel tetap" in words_of(app)


def test_training_months_need_no_switch(open_page):
    app = open_page("tourism", region="contoh", section="monthly")
    assert "Panel tetap" in words_of(app)


@pytest.mark.parametrize("language", ["id", "en"])
def test_unknown_choices_in_the_address_give_the_default(open_page, language):
    app = open_page("tourism", lang=language, section="xx", unverified="maybe", years="1,2")
    assert not app.exception
    assert app.segmented_control(key="filter_section").value == "totals"


def test_both_totals_of_lebaran_2024_stand_side_by_side_after_the_switch(open_page):
    without = words_of(open_page("tourism", region="blitar", section="season"))
    assert "104.000" not in without and "142.989" not in without
    shown = words_of(open_page("tourism", region="blitar", section="season", unverified="1"))
    assert "104.000" in shown and "142.989" in shown


def test_pages_of_perception_are_imported_without_a_library_that_trains():
    code = (
        "import sys, pages.tourism.perception, pages.tourism.brand_index"
        "; sys.exit(any(name.partition('.')[0] == 'sklearn' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
