"""The panel of a figure on real pages: words, table, files, link; and names that hold markup."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from PIL import Image
from streamlit.testing.v1 import AppTest

from analytics.figures.charts import chart_spec
from analytics.figures.map_legend import legend_html
from tests.figures.drawn_figures import EVIL, bar_figure, line_figure
from tests.figures.drawn_map import drawn_layer, square_boundary

Open = Callable[..., Any]
Makers = Mapping[str, Callable[[], bytes]]

# Page, its address, the panel's key, and the files it offers.
PANELS = {
    "map": ("agriculture", {"region": "blitar"}, "agriculture_map",
            {"csv", "xlsx", "json", "png", "geojson"}),
    "line": ("prices", {"region": "blitar"}, "price_course", {"csv", "xlsx", "json", "png"}),
    "table": ("prices", {"region": "blitar", "view": "list"}, "price_list",
              {"csv", "xlsx", "json", "png"}),
    "training": ("prices", {"region": "contoh", "view": "forecast"}, "price_forecast",
                 {"csv", "xlsx", "json", "png"}),
}  # fmt: skip


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Makers]:
    """What every panel offers, by its key: the functions that make each file."""
    from pages.ui import downloads

    offered: dict[str, Makers] = {}
    offer = downloads._offer

    def record(makers: Makers, *, key: str, **options: Any) -> None:
        offered[key] = makers
        offer(makers, key=key, **options)

    monkeypatch.setattr(downloads, "_offer", record)
    return offered


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Every figure that a panel shows, by its key."""
    from pages.ui import figure

    shown: dict[str, Any] = {}
    offer = figure.offer_figure

    def record(one: Any, *, key: str, **options: Any) -> None:
        shown[key] = one
        offer(one, key=key, **options)

    monkeypatch.setattr(figure, "offer_figure", record)
    return shown


def plain(words: str) -> str:
    return words.replace("\\", "")


def words_of(app: AppTest) -> str:
    elements = [*app.title, *app.markdown, *app.caption, *app.info]
    pieces = [unescape(element.proto.body) for element in app.get("html")]
    return plain(" ".join([*(str(element.value) for element in elements), *pieces]))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", PANELS)
def test_panel_has_all_that_stands_beside_a_figure(
    open_page: Open, figures: dict[str, Any], name: str, language: str
) -> None:
    page, address, key, _ = PANELS[name]
    words = words_of(open_page(page, lang=language, **address))
    figure = figures[key]
    assert figure.title(language) in words
    assert figure.sentence(language) in words
    stamp = figure.result.edition
    assert stamp.region_name.in_language(language) in words
    assert {"id": f"edisi {stamp.number} (", "en": f"edition {stamp.number} ("}[language] in words
    assert figure.result.sources[0].cited(language) in words or len(figure.result.sources) > 1


# Pages without a slider of two handles: AppTest sends back only one of its values.
@pytest.mark.parametrize("key", ["agriculture_map", "agriculture_series"])
@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_table_opens_on_the_switch_and_holds_every_row(
    open_page: Open, figures: dict[str, Any], region: str, key: str
) -> None:
    app = open_page("agriculture", region=region, profile="1")
    before = len(app.dataframe)
    app.toggle(key=f"table_{key}").set_value(True).run()
    assert not app.exception
    assert len(app.dataframe) == before + 1
    assert len(figures[key].frame) in {len(table.value) for table in app.dataframe}


@pytest.mark.parametrize("name", PANELS)
def test_files_are_offered_and_hold_the_figure(
    open_page: Open, figures: dict[str, Any], files: dict[str, Makers], name: str
) -> None:
    page, address, key, suffixes = PANELS[name]
    open_page(page, **address)
    makers, figure = files[key], figures[key]
    assert set(makers) == suffixes
    rows = len(figure.frame)
    table = pd.read_csv(io.BytesIO(makers["csv"]()))
    assert len(table) == rows
    assert table["region"].unique().tolist() == [address["region"]]
    assert table["edition"].unique().tolist() == [figure.result.edition.number]
    assert table["obs_status"].isin(list("APEFMU")).all()
    assert not table["unit"].isna().any()
    assert not table.loc[table["obs_status"] != "F", "source_id"].isna().any()
    assert len(json.loads(makers["json"]())["rows"]) == rows
    is_training = address["region"] == "contoh"
    book = load_workbook(io.BytesIO(makers["xlsx"]()))
    assert book["Data"].max_row == rows + 1 + is_training
    assert (book["Data"]["A1"].value == "DATA LATIHAN") == is_training
    assert any(figure.title("id") == row[1].value for row in book["Tentang"].iter_rows())
    assert Image.open(io.BytesIO(makers["png"]())).width == 1080
    if "geojson" in makers:
        assert len(json.loads(makers["geojson"]())["features"]) == rows


def test_download_buttons_stand_in_one_order(open_page: Open) -> None:
    app = open_page("prices", region="blitar")
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["CSV", "XLSX", "JSON", "Gambar"]


# The link -------------------------------------------------------------------------------------


def link_script() -> None:
    import streamlit as st

    from pages.ui.downloads import offer_link
    from pages.ui.state import keep_in_address
    from tests.figures.drawn_figures import bar_figure

    keep_in_address()
    st.session_state.setdefault("link_drawn", True)  # the reader has opened it
    offer_link(bar_figure(a="Garum"), key="drawn")


@pytest.fixture
def run_script(store: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Runs a script of this file over the store, with an address."""
    for name, value in store.environ.items():
        monkeypatch.setenv(name, value)

    def run(script: Callable[[], None], **address: str) -> AppTest:
        app = AppTest.from_function(script, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run


@pytest.mark.parametrize("language", ["id", "en"])
def test_link_holds_every_choice_and_says_which_edition(
    run_script: Callable[..., AppTest], language: str
) -> None:
    app = run_script(link_script, lang=language, region="blitar", item="padi", search="a&b=<c>")
    (code,) = app.code
    assert code.value.endswith(f"?item=padi&lang={language}&region=blitar&search=a%26b%3D%3Cc%3E")
    assert {"id": "sekarang edisi 1", "en": "now it is edition 1"}[language] in app.caption[0].value


# Markup in names ------------------------------------------------------------------------------


def evil_script() -> None:
    from dataclasses import replace

    from analytics.figures.figure import Fact
    from analytics.figures.result import Label, Number
    from pages.ui.figure import show_figure
    from tests.figures.drawn_figures import EVIL, bar_figure, titled

    figure = titled(bar_figure(a=EVIL, b="Garum"), EVIL)
    source = replace(figure.result.sources[0], title=EVIL, url="javascript:alert(1)")
    caveat = Label(EVIL, EVIL)
    result = replace(figure.result, sources=(source,), caveats=(caveat,))
    fact = Fact(Label(EVIL, EVIL), Number(1.0), source=replace(source, publisher=EVIL))
    show_figure(replace(figure, result=result), key="evil", facts=(fact,))


def test_markup_in_names_stays_text_on_the_page(run_script: Callable[..., AppTest]) -> None:
    app = run_script(evil_script, region="blitar", lang="id")
    app.toggle(key="table_evil").set_value(True).run()
    assert not app.exception
    for element in (*app.markdown, *app.caption):
        assert not element.proto.allow_html or "<script" not in element.value
        assert "<script" not in element.value.replace("\\<", "")
    assert EVIL in words_of(app)
    assert all("<script" not in str(element.proto) for element in app.get("html"))
    assert EVIL in app.dataframe[0].value.iloc[:, 0].tolist()
    assert "javascript:" not in words_of(app)


def test_markup_in_names_stays_text_in_a_chart() -> None:
    for figure in (bar_figure(a=EVIL), line_figure(a=EVIL, b="'\\\"})+alert(1)//")):
        spec = chart_spec(figure, language="id", theme="light", width=500)
        assert spec is not None
        assert EVIL in json.loads(json.dumps(spec["datasets"]))["rows_0"][0].values()


def test_markup_in_names_stays_text_in_the_legend_of_a_map() -> None:
    layer = replace(drawn_layer(boundary=square_boundary(a01=EVIL)), title=EVIL, holes=(EVIL,))
    html = legend_html(layer, theme="light")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
