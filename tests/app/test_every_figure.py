"""Every figure that pages show at first: numbers in words are in the data, files can be made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.briefing.office import Office
from analytics.editions.store import open_store
from analytics.figures.figure import Figure
from analytics.figures.picture_charts import picture_content
from analytics.figures.picture_words import chart_height, picture_words
from analytics.figures.recipe import recipe_from
from analytics.figures.result import Label, Number, Period, Result, Statement
from analytics.jobs.codec import decoded, encoded
from analytics.publishing.figure_file import figure_about, figure_table_to_take_away
from tests.store import Store

TODAY = date(2026, 11, 24)
LANGUAGES = ("id", "en")
SMART_CITY = ("scores", "programmes", "recommendations", "indices", "iso", "questions")
TOURISM = ("totals", "monthly", "season", "map", "brand")
PERCEPTION = ("opinions", "search", "surveys")
PRICES = ("course", "forecast", "season", "lebaran", "compare", "margin", "weekly", "list")
VISITS = ("now", "effects", "money")
VIEWS_OF_PANEL = ("growth", "areas", "income")
FORECAST_PARTS = ("weights", "horizons", "issued", "run")
EVERYWHERE: tuple[tuple[str, dict[str, str]], ...] = (
    ("agriculture", {}),
    ("agriculture", {"level": "kecamatan"}),
    *(("smart_city", {"section": section}) for section in SMART_CITY),
    *(("tourism", {"section": section}) for section in TOURISM),
    ("tourism", {"section": "index"}),
    *(("prices", {"view": view}) for view in PRICES),
    ("prices", {"view": "forecast", **{f"part_{name}": "1" for name in FORECAST_PARTS}}),
    ("record", {"by": "horizon"}),
    ("agro_brand", {}),
)
# Months of unknown origin wait for the switch: without it there is no figure.
EMPTY = ("blitar", "tourism", {"section": "monthly"})
# Nothing is known of these in the real region: no figure, but an empty state.
PERCEIVED = [
    ("contoh", "tourism", {"section": "perception", "perception_view": view}) for view in PERCEPTION
]
MAKE_UP = ("specialisation", "shifts", "klassen")
ANALYSES = (*MAKE_UP, "progress", "clusters", "balance")
OFFERED = [
    *PERCEIVED,
    *(("contoh", "analysis", {"analysis": name, "level": "kecamatan"}) for name in ANALYSES),
    *(
        ("contoh", "analysis", {"analysis": name, "level": "kecamatan", "by": "area"})
        for name in MAKE_UP
    ),
    *(
        ("blitar", "analysis", {"analysis": name, "level": "kabupaten"})
        for name in (*ANALYSES[3:], "two_figures")
    ),
    *(
        ("blitar", "analysis", {"analysis": "progress", "level": "kabupaten", "aspect": aspect})
        for aspect in ("growth", "gap", "steadiness", "rank")
    ),
    *(
        (region, "profile", {"about": about})
        for region in ("blitar", "contoh")
        for about in ("area", "item")
    ),
    *((region, page, address) for region in ("blitar", "contoh") for page, address in EVERYWHERE),
    *(("blitar", "tourism", {"section": name, "unverified": "1"}) for name in TOURISM),
    *(("contoh", "tourism", {"section": name}) for name in VISITS),
    *(("contoh", "tourism", {"section": "monthly", "view": view}) for view in VIEWS_OF_PANEL),
]
VIEWS = [view for view in OFFERED if view != EMPTY]
IDS = ["-".join([region, page, *address.values()]) for region, page, address in VIEWS]

# What a text may say by itself: the levels of the bands.
WRITTEN_IN_TEXTS = {80.0, 95.0}
# Figures whose words tell what their frame does not hold, because they are about more than is
# drawn: changes against other months, scores of the back-test, years that are left out.
ABOUT_MORE = {
    "brand_index": "level of the interval",
    "brand_parts": "parts known of all, level of the interval, least weight",
    "brand_trial": "tried weights",
    "nps": "level of the interval",
    "perception_scores": "all reviews, macro F1 of model and lexicon",
    "perception_words": "words not told",
    "promotion_gap": "topics that are not measured",
    "search_share": "terms of all regions",
    "resident_support": "level of the interval",
    "agriculture_map": "the year before",
    "agriculture_series": "change from first to last",
    "agro_brand": "products in which both meet",
    "analysis_balance": "parameters, areas without people",
    "analysis_balance_months": "means by month over the years",
    "analysis_clusters": "permutations, level of the test",
    "analysis_klassen": "commodities and areas compared, counts by class",
    "analysis_progress": "years that are left out, concentration if all were alike",
    "analysis_shifts": "commodities and areas compared, sums of the parts",
    "analysis_specialisation": "commodities and areas compared, counts by class",
    "lebaran_years": "probability of the interval",
    "price_backtest": "share inside the band, day of the run",
    "price_comparison": "difference of dearest and cheapest",
    "price_course": "changes, months that were cheaper, reference price",
    "price_forecast": "scores and origins of the back-test",
    "price_horizons": "scores joined over horizons",
    "price_issued": "forecasts that wait for their price",
    "price_list": "series that have stopped",
    "price_pattern": "whole years",
    "price_run": "day, seed and settings of the run",
    "price_season": "months in which one year was dearer",
    "price_weights": "day of the run",
    "profile_item_series": "change from first to last",
    "profile_series": "change from first to last",
    "record_backtest": "scores joined over horizons",
    "record_scores": "forecasts that wait for their price",
    "smart_city_achievement": "the newest year",
    "smart_city_budget": "share of the budget spent",
    "smart_city_budget_dimensions": "share of the budget spent, amounts that were not reported",
    "smart_city_change": "dimensions that rose, years compared",
    "smart_city_components_dimension": "mean of each component",
    "smart_city_components_item": "programmes with a complete score",
    "smart_city_dimensions": "score of all, mean change on the same programmes",
    "smart_city_evaluations": "evaluations held",
    "smart_city_facts": "words of results",
    "smart_city_innovation_index": "what changed with the method",
    "smart_city_iso": "indicators by answer, numbers of the standards",
    "smart_city_missing": "components and programmes concerned",
    "smart_city_money": "programmes that spent little",
    "smart_city_programmes": "programmes that reached their target",
    "smart_city_questions": "offices, questions without an office",
    "smart_city_recommendations": "recommendations not done",
    "smart_city_spbe_index": "what changed with the method",
    "smart_city_weights": "years in which weights changed",
    "tourism_accounts": "sums over the accounts",
    "tourism_attainment": "points that the target was missed by",
    "tourism_backtest": "origins of the back-test",
    "tourism_capacity": "sites above their capacity",
    "tourism_effect": "window, sites compared with, dates without an event",
    "tourism_effect_course": "sums over the window",
    "tourism_events": "first year of all events",
    "tourism_feast": "years of the feasts",
    "tourism_income": "mean over all sites",
    "tourism_map": "destinations of each kind",
    "tourism_needed": "share of the target",
    "tourism_outlook": "scores and origins of the back-test",
    "tourism_pad_share": "change since the first year",
    "tourism_weekends": "months looked ahead",
    "tourism_placebos": "effect of the event itself",
    "tourism_revenue": "first year of the target",
    "tourism_season": "years that are left out",
}
UNCONFIRMED = "T024"  # a source of the real region whose origin nobody knows
# What no briefing can hold, and why. This list may only shrink.
NOT_MADE_AGAIN = {
    "price_simulation": "what would be if costs were others is no fact of an edition: never kept",
    "brand_trial": "an index by weights that somebody tried is never kept, so that it is not cited",
    "brand_peers": "stands beside other regions, and a briefing holds figures of one region only",
}
TOKEN = re.compile(r"\d[\d.,]*\d|\d")
SEPARATORS = {"id": (",", "."), "en": (".", ",")}

Shown = Mapping[str, tuple[Figure, Mapping[str, Any]]]
FOUND: dict[str, Shown] = {}


@pytest.fixture(params=VIEWS, ids=IDS)
def shown(
    request: pytest.FixtureRequest, open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Shown:
    """The figures of one view by the keys of their panels; each view is run once."""
    region, page, address = request.param
    name = str(request.param)
    if name not in FOUND:
        FOUND[name] = _run(open_page, monkeypatch, region=region, page=page, address=address)
    return FOUND[name]


def _run(
    open_page: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    *,
    region: str,
    page: str,
    address: Mapping[str, str],
) -> Shown:
    found: dict[str, tuple[Figure, Mapping[str, Any]]] = {}
    monkeypatch.setattr(
        "pages.ui.figure.offer_figure",
        lambda figure, *, key, **options: found.update({key: (figure, options)}),
    )
    monkeypatch.setattr("pages.ui.cache.today", lambda: TODAY)
    app = open_page(page, region=region, **address)
    assert not app.exception
    assert found
    return found


def words_of(result: Result, language: str) -> str:
    statements = (result.title, *result.statements, *result.notes)
    return " ".join(statement.words(language) for statement in statements)


def numbers_in(words: str, language: str) -> list[tuple[float, int]]:
    """Every number in a text with its decimals, as the language writes it."""
    point, thousands = map(re.escape, SEPARATORS[language])
    found = []
    for token in TOKEN.findall(words):
        parts = re.fullmatch(rf"(\d{{1,3}}(?:{thousands}\d{{3}})*|\d+)(?:{point}(\d+))?", token)
        assert parts, f"{token} is no number of language {language}: {words}"
        whole, decimals = re.sub(thousands, "", parts[1]), parts[2] or ""
        found.append((float(f"{whole}.{decimals or 0}"), len(decimals)))
    return found


def is_among(number: float, decimals: int, known: set[float]) -> bool:
    """Whether the number is one of those known, as it is written: rounded to its decimals."""
    return any(abs(abs(one) - number) <= 0.5 * 10**-decimals + 1e-9 for one in known)


def numbers_of_frame(frame: pd.DataFrame) -> set[float]:
    """Values, their sum, mean and median, days and years, and counts of rows by each code."""
    known = set(map(float, _counts(frame)))
    for name in frame.columns:
        column = frame[name].dropna()
        if pd.api.types.is_bool_dtype(column):
            continue
        if pd.api.types.is_numeric_dtype(column) and len(column):
            values = column.astype(float)
            known |= {*values, values.sum(), values.mean(), values.median()}
        elif pd.api.types.is_datetime64_any_dtype(column):
            known |= {float(part) for day in column for part in (day.year, day.day)}
    return known


def _counts(frame: pd.DataFrame) -> Iterator[int]:
    has_value = frame["obs_value"].notna()
    yield from (len(frame), int(has_value.sum()), int((~has_value).sum()))
    for name in ("ref_area", "place", "item", "series", "source_id", "obs_status"):
        if name in frame:
            yield frame[name].nunique()
            yield from frame[name].value_counts()


def numbers_declared(value: object) -> Iterator[float]:
    """The numbers that a report put into its statements, before they are written."""
    if isinstance(value, Statement):
        for part in value.values.values():
            yield from numbers_declared(part)
    elif isinstance(value, Number):
        yield from numbers_declared(value.value)
    elif isinstance(value, Period):
        yield from numbers_declared(value.start)
        yield from numbers_declared(value.end)
    elif isinstance(value, Label | str):
        yield from _numbers_of_names(value)
    elif isinstance(value, date):
        yield from (float(value.year), float(value.day), float((value.month + 2) // 3))
    elif isinstance(value, int | float | np.number) and not isinstance(value, bool):
        yield float(value)


def _numbers_of_names(name: Label | str) -> Iterator[float]:
    """Numbers that belong to a name of the data: `tahun 2023`, `Grojogan 7`."""
    spellings = (name.id, name.en) if isinstance(name, Label) else (name, name)
    for language, spelling in zip(LANGUAGES, spellings, strict=True):
        yield from (number for number, _ in numbers_in(spelling, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_words_is_in_the_data(shown: Shown, language: str) -> None:
    for key, (figure, _) in shown.items():
        result = figure.result
        statements = (result.title, *result.statements, *result.notes)
        declared = {number for one in statements for number in numbers_declared(one)}
        in_frame = numbers_of_frame(result.frame)
        words = words_of(result, language)
        for number, decimals in numbers_in(words, language):
            if number in WRITTEN_IN_TEXTS or is_among(number, decimals, in_frame):
                continue
            assert key in ABOUT_MORE, f"{key}: {number} is not in the frame. {words}"
            assert is_among(number, decimals, declared), f"{key}: {number} is nowhere. {words}"


def test_both_languages_tell_the_same_numbers(shown: Shown) -> None:
    for key, (figure, _) in shown.items():
        told = [
            sorted(number for number, _ in numbers_in(words_of(figure.result, language), language))
            for language in LANGUAGES
        ]
        assert told[0] == told[1], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_can_be_sent_to_the_job_that_makes_its_files(
    shown: Shown, language: str
) -> None:
    for figure, options in shown.values():
        table = figure_table_to_take_away(figure, language=language)
        about = figure_about(figure, language=language)
        back, told = decoded(encoded((table, about)))
        pd.testing.assert_frame_equal(back, table)
        assert told == about
        words = picture_words(figure, language=language)
        content = picture_content(
            figure, language=language, theme="light", chart_height=chart_height(words)
        )
        drawn = options["map_picture"]() if options.get("map_picture") else content
        assert decoded(encoded((words, drawn))) == (words, drawn)


def test_an_unverified_value_is_shown_only_behind_its_switch(
    shown: Shown, request: pytest.FixtureRequest
) -> None:
    _, _, address = request.node.callspec.params["shown"]
    if "unverified" in address:
        return
    for key, (figure, _) in shown.items():
        frame, sources = figure.frame, [one.source_id for one in figure.result.sources]
        assert UNCONFIRMED not in sources, key
        is_doubted = (frame["obs_status"].astype(str) == "U") & frame["obs_value"].notna()
        assert not is_doubted.any(), key


def test_every_figure_can_be_made_again_from_its_recipe(shown: Shown, store: Store) -> None:
    for key, (figure, _) in shown.items():
        if key in NOT_MADE_AGAIN:
            assert figure.made_by is None, f"{key} has a recipe: {NOT_MADE_AGAIN[key]}"
            continue
        assert figure.made_by is not None, f"{key} has no recipe"
        kept = recipe_from(json.loads(figure.made_by.key))
        office = Office(open_store(store.settings, figure.result.edition.region))
        kitchen = office.builder(office.edition(), language="id", today=TODAY).kitchen
        again = kitchen.make(kept).figure
        assert words_of(again.result, "id") == words_of(figure.result, "id"), key
        shared = [name for name in figure.frame if name != "lines"]
        pd.testing.assert_frame_equal(again.frame[shared], figure.frame[shared])


def test_a_number_that_is_nowhere_is_found() -> None:
    assert numbers_in("Rp19.991/kg, 26,4 persen", "id") == [(19991.0, 0), (26.4, 1)]
    assert numbers_in("Rp19,991/kg, 26.4 percent", "en") == [(19991.0, 0), (26.4, 1)]
    assert is_among(26.4, 1, {26.44})
    assert not is_among(26.4, 1, {26.46})
    with pytest.raises(AssertionError, match="is no number of language id"):
        numbers_in("1,991.5", "id")
