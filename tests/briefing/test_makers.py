"""Figures of visits, brand and Smart City in a briefing: recipes, words of outlines, answers."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from pptx import Presentation

from analytics.briefing.draft import outline_names, read_outline
from analytics.briefing.making import BadRecipe, CannotMake, Kitchen
from analytics.briefing.model import Gap
from analytics.briefing.resolve import resolved
from analytics.briefing.smart_city_year import draft_of_year
from analytics.briefing.stamps import plain_choices
from analytics.editions.store import open_store
from analytics.figures.figure import Figure, Kind
from analytics.figures.names import in_both
from analytics.figures.recipe import Recipe, recipe_from
from analytics.figures.result import Label, Period, Result, Statement
from analytics.ledger.programme_entries import Entry, EntryKind, add_entry
from analytics.publishing.crosswise import crosswise_table
from analytics.publishing.slides import briefing_pptx
from analytics.smart_city.scheme import State
from analytics.smart_city.year_report import year_figures
from tests.briefing.conftest import office_of
from tests.store import Store

DAY = date(2026, 11, 24)
YEAR = 2024
# Bulk that nobody presents: the page's workbook holds it.
ONLY_IN_THE_WORKBOOK = {"smart_city/evidence"}


@pytest.mark.parametrize("region", [pytest.param("contoh", marks=pytest.mark.thorough), "blitar"])
def test_every_part_of_the_smart_city_year_is_made_again_from_its_recipe(
    store: Store, region: str
) -> None:
    office = office_of(store, region)
    edition = office.edition()
    kitchen = office.builder(edition, language="id", today=DAY).kitchen
    for part in year_figures(edition, year=YEAR):
        assert part.figure.made_by is not None, part.code
        again = kitchen.make(recipe_from(json.loads(part.figure.made_by.key))).figure
        assert again.title("id") == part.figure.title("id"), part.code
        pd.testing.assert_frame_equal(again.frame, part.figure.frame)


def test_the_outline_tells_every_part_of_the_smart_city_year(store: Store) -> None:
    edition = store.edition("contoh")
    told = {recipe.maker for recipe in read_outline("smart-city").recipes}
    parts = {part.figure.made_by.maker for part in year_figures(edition, year=YEAR)}  # type: ignore[union-attr]
    assert parts - told == ONLY_IN_THE_WORKBOOK


@pytest.mark.thorough
def test_the_year_that_was_chosen_stands_in_title_and_figures(store: Store) -> None:
    office = office_of(store, "contoh")
    draft = draft_of_year(YEAR)
    edition = office.edition()
    briefing = office.briefing(draft, edition, language="id")
    assert str(YEAR) in briefing.cover.title
    assert edition.stamp.region_name.id in briefing.cover.title
    scores = next(e for e in briefing.exhibits if e.recipe.maker == "smart_city/dimensions")
    assert scores.recipe.choices == {"year": YEAR, "state": "verified"}
    assert set(scores.figure.frame["series"]) == {str(YEAR - 1), str(YEAR)}


@pytest.mark.thorough
@pytest.mark.parametrize("region", ["contoh", "blitar"])
@pytest.mark.parametrize("name", outline_names())
def test_an_outline_is_filled_or_says_what_is_missing(store: Store, name: str, region: str) -> None:
    office = office_of(store, region)
    briefing = office.briefing(read_outline(name), office.edition(), language="en")
    parts = [part for section in briefing.sections for part in section.parts]
    assert len(parts) == sum(len(section.parts) for section in read_outline(name).sections)
    assert all(gap.heading and gap.reason and gap.cure for gap in parts if isinstance(gap, Gap))
    assert {e.figure.result.edition.region for e in briefing.exhibits} <= {region}


@pytest.mark.thorough
def test_a_long_table_says_on_its_last_slide_how_many_rows_are_left_out(store: Store) -> None:
    office = office_of(store, "blitar")
    briefing = office.briefing(read_outline("smart-city"), office.edition(), language="id")
    asked = next(e for e in briefing.exhibits if e.recipe.maker == "smart_city/questions")
    slides = Presentation(io.BytesIO(briefing_pptx(briefing))).slides
    words = [
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    ]
    assert any(f"dari {len(asked.figure.frame)}; semuanya ada di buku kerja" in w for w in words)


def test_words_of_an_outline_become_codes_of_the_edition(store: Store) -> None:
    edition = store.edition("contoh")
    scored = {"year": "@smart_city_year", "state": "@smart_city_state"}
    told = resolved(Recipe("smart_city/dimensions", scored), edition).choices
    assert told["year"] < edition.stamp.published_on.year
    assert told["state"] in set(State)
    weekly = resolved(
        Recipe("prices/weekly", {"key": "@reported:telur_ayam_ras", "week": "@week"}), edition
    ).choices
    monday = date.fromisoformat(weekly["week"])
    assert monday.weekday() == 0
    assert (edition.stamp.published_on - monday).days >= 7
    assert weekly["key"]["item"] == "telur_ayam_ras"


def test_what_no_edition_knows_cannot_be_made(store: Store) -> None:
    edition = store.edition("blitar")
    asked = {"year": 2024, "state": "@smart_city_state"}
    with pytest.raises(CannotMake, match="2024"):
        resolved(Recipe("smart_city/dimensions", asked), edition)
    with pytest.raises(CannotMake, match="event"):
        resolved(Recipe("tourism/effect", {"choice": "@newest_event"}), edition)


def test_a_state_that_does_not_exist_is_refused(store: Store) -> None:
    kitchen = Kitchen(store.edition("contoh"), "id", DAY)
    with pytest.raises(BadRecipe, match="guessed"):
        kitchen.make(Recipe("smart_city/change", {"year": YEAR, "state": "guessed"}))


def test_a_series_of_prices_is_no_series_of_visits(store: Store) -> None:
    office = office_of(store, "contoh")
    kitchen = office.builder(office.edition(), language="id", today=DAY).kitchen
    with pytest.raises(CannotMake, match="no series of visits"):
        kitchen.make(Recipe("tourism/outlook", {"series": "prices|99.01|||||||"}))


def test_enumerations_are_kept_as_plain_words() -> None:
    assert plain_choices({"state": State.DRAFT}) == {"state": "draft"}
    assert type(plain_choices({"state": State.DRAFT})["state"]) is str


def test_later_answers_change_no_figure_that_was_made_before(copy_of_store: Store) -> None:
    office = office_of(copy_of_store, "contoh")
    edition = office.edition()
    recipe = Recipe("smart_city/questions", {"year": YEAR})
    before = _kitchen(office).make(recipe).figure
    code = str(before.frame["question"].iloc[0])
    with open_store(copy_of_store.settings, "contoh").engine.begin() as connection:
        moment = datetime(2026, 11, 24, tzinfo=UTC)
        add_entry(
            connection,
            Entry(EntryKind.ANSWER, code, "Sudah ada.", "Siti", moment, edition.stamp.number),
        )
    assert before.made_by is not None
    again = _kitchen(office).make(before.made_by).figure
    assert set(again.frame["answered"]) == {"no"}
    now = _kitchen(office).make(recipe).figure.frame.set_index("question")["answered"]
    assert now[code] == "yes"
    assert (now == "yes").sum() == 1


def _kitchen(office) -> Kitchen:  # type: ignore[no-untyped-def]
    kitchen: Kitchen = office.builder(office.edition(), language="id", today=DAY).kitchen
    return kitchen


def test_only_questions_to_the_chosen_office_are_shown(store: Store) -> None:
    kitchen = _kitchen(office_of(store, "contoh"))
    every = kitchen.make(Recipe("smart_city/questions", {"year": YEAR})).figure.frame
    owner = str(every["owner"].iloc[0])
    asked = Recipe("smart_city/questions", {"year": YEAR, "owner": owner})
    own = kitchen.make(asked).figure.frame
    assert len(own) == (every["owner"] == owner).sum() < len(every)


def test_cells_stand_across_with_a_dash_where_nothing_is_known(small_office) -> None:
    edition = small_office.edition()
    frame = pd.DataFrame(
        {
            "dimension": ["a", "a", "b", "b"],
            "component": ["x", "y", "x", "y"],
            "obs_value": [1.0, 4.0, None, 0.0],
            "obs_status": ["A", "A", "M", "A"],
        }
    )
    indicator = edition.vocabulary.indicator("production", unit="t")
    result = Result(
        name="cells", frame=frame, indicator=indicator, sources=(), edition=edition.stamp,
        period=Period(None, None), title=Statement("briefing.gap.reason"),
    )  # fmt: skip
    names = {
        "dimension": {"a": Label("Tata", "Rule"), "b": Label("Citra", "Image")},
        "component": {"x": Label("Keluaran", "Output"), "y": Label("Hasil", "Outcome")},
    }
    figure = Figure(
        result, Kind.MATRIX, category="dimension", series="component", names=names,
        headings={"dimension": in_both("briefing.slide.year")}, limits=(0.0, 4.0),
    )  # fmt: skip
    table = crosswise_table(figure, "id")
    assert table.columns == ("Tahun", "Keluaran", "Hasil")
    assert table.rows == (("Tata", "1,00", "4,00"), ("Citra", "–", "0,00"))
    assert set(table.fills) == {(0, 1), (0, 2), (1, 2)}
    assert table.fills[0, 2] != table.fills[1, 2]


def test_the_weekly_map_is_drawn_in_a_briefing(store: Store) -> None:
    office = office_of(store, "contoh")
    edition = office.edition()
    asked = {"key": "@reported:telur_ayam_ras", "week": "@week", "level": "@inside"}
    made = _kitchen(office).make(resolved(Recipe("prices/weekly", asked), edition))
    assert made.figure.kind is Kind.MAP
    assert made.drawing is not None
    assert {area.code for area in made.drawing.layer.areas} == set(made.figure.frame["ref_area"])
