"""Outlines: read with their place named when they are wrong, filled from real data."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from datetime import date

import pytest

from analytics.briefing.draft import (
    BadOutline,
    as_plain,
    draft_from,
    outline_names,
    outline_of_file,
    read_outline,
)
from analytics.briefing.makers import MAKERS
from analytics.briefing.making import BadRecipe, CannotMake, Kitchen, maker_of
from analytics.briefing.model import Briefing, Exhibit, Gap
from analytics.briefing.resolve import resolved
from analytics.figures.recipe import Recipe, recipe_from
from tests.app.test_every_figure import (
    is_among,
    numbers_declared,
    numbers_in,
    numbers_of_frame,
    words_of,
)
from tests.briefing.conftest import SMALL, office_of
from tests.store import Store

LANGUAGES = ("id", "en")
# What a text may say by itself: the levels of the bands.
WRITTEN_IN_TEXTS = {80.0, 95.0}


@pytest.mark.parametrize("name", outline_names())
def test_every_outline_names_only_known_makers_and_both_languages(name: str) -> None:
    draft = read_outline(name)
    assert {recipe.maker for recipe in draft.recipes} <= set(MAKERS)
    for section in draft.sections:
        assert section.heading.id
        assert section.heading.en


@pytest.mark.parametrize("name", outline_names())
def test_a_draft_survives_the_way_through_json(name: str) -> None:
    draft = read_outline(name)
    assert draft_from(as_plain(draft)) == draft


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colour": "pink"}, "colour"),
        ({"day": "soon"}, "day"),
        ({"strange": 1}, "unknown strange"),
        ({"title": {"id": "a"}}, "title"),
        ({"section": [{"part": [{"kind": "film"}]}]}, "section 1, part 1: kind 'film'"),
        ({"section": [{"part": [{"kind": "figure"}]}]}, "needs a maker"),
        ({"legal_basis": "UU 23"}, "legal_basis"),
    ],
)
def test_a_wrong_outline_is_refused_naming_the_place(change: dict, told: str) -> None:
    with pytest.raises(BadOutline, match=told):
        draft_from({**SMALL, **change})


def test_a_file_that_is_no_toml_is_refused_by_its_name(tmp_path) -> None:
    path = tmp_path / "rusak.toml"
    path.write_text("title = \n", encoding="utf-8")
    with pytest.raises(BadOutline, match=r"rusak\.toml"):
        outline_of_file(path)


def test_a_recipe_of_an_unknown_maker_is_refused() -> None:
    with pytest.raises(BadRecipe, match="os"):
        maker_of(Recipe("os:system", {"command": "true"}))


def test_a_recipe_comes_back_from_plain_values_and_equal_ones_have_one_key() -> None:
    recipe = Recipe("prices/comparison", {"series": ("a", "b"), "years": (2020, 2024)})
    assert recipe_from(recipe.as_plain()) == recipe
    assert recipe.key == recipe_from(recipe.as_plain()).key


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_every_maker_of_the_list_can_be_imported(name: str) -> None:
    maker = MAKERS[name]
    for function in (maker.report, maker.draw, maker.ground, *maker.classes.values()):
        module, _, attribute = function.partition(":")
        assert not function or callable(getattr(importlib.import_module(module), attribute))


def test_choices_that_a_maker_does_not_take_are_refused(small_office) -> None:
    kitchen = Kitchen(small_office.edition(), "id", date(2026, 11, 24))
    with pytest.raises(BadRecipe, match="colour"):
        kitchen.make(Recipe("data/series", {"dataset": "agriculture", "colour": "red"}))


def test_an_unknown_word_cannot_be_made(small_office) -> None:
    with pytest.raises(CannotMake, match="@moon"):
        resolved(Recipe("data/series", {"dataset": "@moon"}), small_office.edition())


def test_the_lkpj_of_agriculture_has_at_least_twelve_filled_figures(
    lkpj: Callable[[str, str], Briefing],
) -> None:
    briefing = lkpj("blitar", "id")
    filled = [e for e in briefing.exhibits if not e.figure.is_empty]
    assert len(filled) >= 12
    assert {exhibit.figure.result.edition.region for exhibit in filled} == {"blitar"}


def test_blanks_say_why_and_how_to_fill_them(lkpj: Callable[[str, str], Briefing]) -> None:
    gaps = lkpj("blitar", "id").gaps
    assert any("template performance" in gap.cure for gap in gaps)
    assert any("template budget" in gap.cure for gap in gaps)
    assert all(gap.heading and gap.reason and gap.cure for gap in gaps)


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_words_of_an_outline_is_in_the_data(
    lkpj: Callable[[str, str], Briefing], region: str, language: str
) -> None:
    for exhibit in lkpj(region, language).exhibits:
        result = exhibit.figure.result
        statements = (result.title, *result.statements, *result.notes)
        known = {number for one in statements for number in numbers_declared(one)}
        known |= numbers_of_frame(result.frame) | WRITTEN_IN_TEXTS
        for number, decimals in numbers_in(words_of(result, language), language):
            assert is_among(number, decimals, known), f"{exhibit.heading}: {number}"


def test_training_data_carry_the_band_and_real_data_none(
    lkpj: Callable[[str, str], Briefing],
) -> None:
    assert lkpj("contoh", "id").band == "DATA LATIHAN"
    assert lkpj("blitar", "id").band == ""


def test_questions_are_drafted_from_definition_parts_and_two_figures(
    lkpj: Callable[[str, str], Briefing],
) -> None:
    first = lkpj("blitar", "id").exhibits[0]
    kinds = [question.kind for question in first.questions]
    assert kinds == ["definition", "change", "two_figures"]
    change = first.questions[1].answer
    assert "luas panen" in change
    assert "produktivitas" in change


def test_the_parts_of_a_change_add_up(lkpj: Callable[[str, str], Briefing]) -> None:
    answer = lkpj("blitar", "id").exhibits[0].questions[1].answer
    signed = [
        float(part.replace(".", "").replace("−", "-").replace("+", ""))
        for part in re.findall(r"[+−][\d.]+(?= ton)", answer)
    ]
    total, by_area, by_yield = signed
    assert abs(by_area + by_yield - total) <= 1


def test_sources_are_numbered_once_and_cited_by_their_figures(
    lkpj: Callable[[str, str], Briefing],
) -> None:
    briefing = lkpj("blitar", "id")
    lines = briefing.annex.sources
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    cited = briefing.citations()
    assert all(cited[exhibit.number] for exhibit in briefing.exhibits)


def test_unverified_numbers_need_a_named_confirmation_which_is_printed(small_office) -> None:
    part = {
        "kind": "figure",
        "maker": "data/series",
        "choices": {"dataset": "agriculture", "indicator": "production", "with_unverified": True},
    }
    plain = {**SMALL, "section": [{"heading": "Padi", "part": [part]}]}
    edition = small_office.edition()
    waiting = small_office.briefing(draft_from(plain), edition, language="id")
    assert isinstance(waiting.sections[0].parts[0], Gap)
    part |= {"confirmed_by": "Siti", "confirmed_why": "diperiksa di lapangan"}
    taken = small_office.briefing(draft_from(plain), edition, language="id")
    exhibit = taken.sections[0].parts[0]
    assert isinstance(exhibit, Exhibit)
    assert "Siti" in taken.annex.confirmations[0]
    assert "diperiksa di lapangan" in taken.annex.confirmations[0]


def test_a_figure_of_a_page_is_made_again_from_its_recipe(store: Store) -> None:
    from analytics.agriculture.figures import series_figure
    from analytics.briefing.stamps import stamped

    office = office_of(store, "blitar")
    edition = office.edition()
    choices = {
        "level": "kabupaten", "item": "padi", "indicator": "production", "period": "2024",
        "area": edition.ref_area,
    }  # fmt: skip
    shown = stamped(series_figure(edition, **choices), series_figure, choices)
    assert shown.made_by is not None
    again = Kitchen(edition, "id", date(2026, 11, 24)).make(shown.made_by).figure
    assert again.frame.equals(shown.frame)
    assert again.title("id") == shown.title("id")
