"""The picture to share: readable on a telephone, nothing clipped, words as data."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from vl_convert import svg_to_png

from analytics.figures.figure import Figure, Kind
from analytics.figures.map_layer import point_layer
from analytics.figures.map_picture import PHONE_PX, PHONE_SCALE, TEXT_PX, draw_map_for_phone
from analytics.figures.palette import THEMES
from analytics.figures.picture import (
    CHART_PX,
    CONTENT_PX,
    TEMPLATE,
    WIDTH_PX,
    PictureContent,
    _svg,
    _width_of,
    chart_picture,
    map_picture,
)
from analytics.figures.picture_charts import picture_content
from analytics.figures.picture_words import chart_height, picture_words
from analytics.figures.result import Label
from tests.figures.drawn_figures import (
    EVIL,
    LONG_NAME,
    bar_figure,
    event_figure,
    line_figure,
    table_figure,
    titled,
)
from tests.figures.drawn_map import drawn_layer, drawn_result, square_boundary

pytestmark = pytest.mark.thorough

SMALLEST_PX = 30  # of 1,080: ten pixels on a telephone of 360
MARGIN_PX = 30  # of 44: letters reach below their line
BAND = (255, 213, 79)
ADDRESS = "https://contoh.go.id/" + "unduhan" * 20
MARKUP = "#panic() $x^2$ *tebal* _miring_ [a](b) <label> // \\ `kode`"
THREE = {"a": "Desa Sumber", "b": LONG_NAME, "c": "Pasar Kota"}


def content_of(figure: Figure, *, language: str = "id") -> PictureContent:
    words = picture_words(figure, language=language)
    return picture_content(
        figure, language=language, theme="light", chart_height=chart_height(words)
    )


def picture_of(figure: Figure, *, language: str = "id", theme: str = "light") -> Image.Image:
    words = picture_words(figure, language=language)
    content = picture_content(
        figure, language=language, theme=theme, chart_height=chart_height(words)
    )
    png = chart_picture(words, content=content, theme=theme)
    return Image.open(io.BytesIO(png)).convert("RGB")


def colours_at_the_edge(image: Image.Image, *, margin: int = MARGIN_PX) -> set[tuple[int, ...]]:
    """Colours within the margin at the left, right, top and bottom."""
    width, height = image.size
    strips = (
        (0, 0, margin, height),
        (width - margin, 0, width, height),
        (0, 0, width, margin),
        (0, height - margin, width, height),
    )
    return {
        colour for box in strips for _, colour in image.crop(box).getcolors(maxcolors=1_000_000)
    }


def surface(theme: str) -> tuple[int, ...]:
    return rgb(THEMES[theme].surface)


def ground(theme: str) -> tuple[int, ...]:
    return rgb(THEMES[theme].paper)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


FIGURES = {
    "lines": line_figure(**THREE),
    "one_line": line_figure(a=LONG_NAME),
    "many_lines": line_figure(**{f"x{i}": f"{i} {LONG_NAME}" for i in range(10)}),
    "bars": bar_figure(**THREE),
    "standing_bars": bar_figure(Kind.GROUPED_BARS, **THREE),
    "table": table_figure(**THREE),
    "long_table": table_figure(**{f"x{i}": f"{i} {LONG_NAME}" for i in range(1200)}),
    "events": event_figure("Slogan daerah", LONG_NAME, ADDRESS),
    "training": line_figure(is_training=True, **THREE),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_picture_is_1080_wide_and_nothing_reaches_its_margins(name: str, theme: str) -> None:
    figure = titled(FIGURES[name], f"{LONG_NAME} {ADDRESS} {MARKUP} {EVIL}")
    image = picture_of(figure, theme=theme)
    assert image.width == WIDTH_PX
    assert image.height > WIDTH_PX
    assert colours_at_the_edge(image) == {surface(theme)}


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_training_region_has_its_band_at_the_top_and_at_the_bottom(language: str) -> None:
    image = picture_of(FIGURES["training"], language=language)
    column = [image.getpixel((60, y)) for y in range(image.height)]
    bands = [y for y, colour in enumerate(column) if colour == BAND]
    assert bands[0] < 60
    assert bands[-1] > image.height - 60
    plain = picture_of(FIGURES["lines"], language=language)
    assert BAND not in {plain.getpixel((60, y)) for y in range(plain.height)}


def letters_px(figure: Figure) -> list[float]:
    """Sizes of all letters of the figure's chart, in pixels of the picture."""
    (chart,) = content_of(figure).charts
    svg = _svg(chart.spec, width=CHART_PX)
    sizes = re.findall(r'font-size="([0-9.]+)px"', svg)
    assert sizes
    return [float(size) * CONTENT_PX / _width_of(svg) for size in sizes]


@pytest.mark.parametrize("name", ["lines", "one_line", "bars", "standing_bars"])
def test_letters_of_a_chart_can_be_read_on_a_telephone(name: str) -> None:
    assert min(letters_px(FIGURES[name])) >= SMALLEST_PX


def test_letters_of_the_words_can_be_read_on_a_telephone() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    sizes = [float(size) * 2 for size in re.findall(r"(?:size: |small = )([0-9.]+)pt", template)]
    letters = [size for size in sizes if size not in (18, 24)]  # 9 and 12 pt are marks of events
    assert min(letters) >= SMALLEST_PX
    assert {52.0, 36.0} <= set(letters)  # title and sentence


def test_letters_of_a_map_can_be_read_on_a_telephone() -> None:
    assert TEXT_PX * PHONE_SCALE >= SMALLEST_PX
    assert PHONE_PX == CONTENT_PX


def test_chart_with_its_labels_is_as_wide_as_the_picture() -> None:
    for name in ("lines", "one_line", "bars"):
        (chart,) = content_of(FIGURES[name]).charts
        assert _width_of(_svg(chart.spec, width=CHART_PX)) == pytest.approx(CHART_PX, abs=12)


def test_lines_end_in_numbers_whose_key_has_the_full_names() -> None:
    key = content_of(FIGURES["lines"]).key
    assert [(entry.mark, entry.name) for entry in key] == [
        ("1", "Desa Sumber"), ("2", LONG_NAME), ("3", "Pasar Kota"),
    ]  # fmt: skip
    assert len({entry.colour for entry in key}) == 3
    assert content_of(FIGURES["one_line"]).key == ()


def test_names_that_do_not_fit_under_bars_are_numbers() -> None:
    many = bar_figure(Kind.GROUPED_BARS, **{f"x{i}": f"Kecamatan {i}" for i in range(8)})
    key = content_of(many).key
    assert [(entry.mark, entry.name) for entry in key[:2]] == [
        ("1", "Kecamatan 0"), ("2", "Kecamatan 1"),
    ]  # fmt: skip
    assert len(key) == 8
    short = bar_figure(Kind.GROUPED_BARS, a="Padi", b="Jagung")
    assert content_of(short).key == ()


def test_long_names_beside_bars_go_on_in_further_lines() -> None:
    spec = str(content_of(FIGURES["bars"]).charts[0].spec)
    assert "Kelompok Tani\\\\nSumber Makmur" in spec or "Kelompok Tani\\nSumber Makmur" in spec
    assert LONG_NAME not in spec


def test_more_lines_than_anybody_tells_apart_are_small_pictures_with_their_names() -> None:
    charts = content_of(FIGURES["many_lines"]).charts
    assert [chart.heading for chart in charts] == [f"{i} {LONG_NAME}" for i in range(10)]


def test_events_are_a_list_with_dates_and_status() -> None:
    content = content_of(FIGURES["events"])
    assert [event.when for event in content.events] == ["Januari 2023", "Februari 2023",
                                                        "Maret 2023"]  # fmt: skip
    assert content.events[1].words == LONG_NAME
    assert content.events[2].words == f"{ADDRESS} (perkiraan)"
    assert [entry.name for entry in content.key] == ["Merek"]
    assert content.charts == ()


def test_a_table_is_a_list_of_names_values_and_what_differs() -> None:
    table = content_of(FIGURES["table"]).table
    assert table is not None and table.more == ""
    assert [(row.name, row.value) for row in table.rows] == [
        ("Desa Sumber", "50"), (LONG_NAME, "57"), ("Pasar Kota", "64"),
    ]  # fmt: skip
    assert [row.details for row in table.rows] == [
        "Jenis: Desa", "Jenis: Kota", "Jenis: Kota · sementara",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "more"), [
    ("id", "dan {} baris lagi di aplikasi"), ("en", "and {} more rows in the app"),
])  # fmt: skip
def test_rows_for_which_there_is_no_room_are_counted(language: str, more: str) -> None:
    table = content_of(FIGURES["long_table"], language=language).table
    assert table is not None
    assert 3 <= len(table.rows) <= 20
    left = f"{1200 - len(table.rows):,}"
    assert table.more == more.format(left if language == "en" else left.replace(",", "."))
    assert picture_of(FIGURES["long_table"]).height < 2400


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_name_region_period_status_edition_and_source(language: str) -> None:
    words = picture_words(FIGURES["bars"], language=language)
    context = {"id": "Persegi · 2023 · 3 angka", "en": "Squares · 2023 · 3 values"}
    assert words.context == context[language]
    assert "1" in words.edition
    assert "BPS Provinsi Jawa Timur (2024)" in words.sources
    assert words.training == ""


def test_more_words_leave_a_lower_chart_within_limits() -> None:
    short = picture_words(FIGURES["bars"], language="id")
    heights = [chart_height(replace(short, sentence="kata " * n)) for n in (0, 60, 400)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[-1] >= 200


def test_two_sources_are_named_and_the_others_counted() -> None:
    figure = FIGURES["bars"]
    sources = tuple(replace(figure.result.sources[0], publisher=f"Dinas {i}") for i in range(4))
    shown = replace(figure, result=replace(figure.result, sources=sources))
    words = picture_words(shown, language="id").sources
    assert "Dinas 0" in words and "Dinas 1" in words and "Dinas 2" not in words
    assert "2 sumber lain di aplikasi" in words


# Maps -----------------------------------------------------------------------------------------


def points_of(n: int, *, title: str = "") -> tuple:
    rows = [
        {"place": f"p{i}", "place_name": f"p{i}", "longitude": 112.1 + i / 50, "latitude": -8.2,
         "obs_value": 10.0 * (i + 1), "obs_status": "A"}
        for i in range(n)
    ]  # fmt: skip
    layer = point_layer(drawn_result(rows), language="id", colour="blue")
    return (replace(layer, heading=title or layer.heading),)


def test_map_picture_is_1080_wide_and_nothing_reaches_its_margins() -> None:
    png = map_picture(
        picture_words(titled(FIGURES["bars"], f"{LONG_NAME} {ADDRESS}"), language="id"),
        layer=drawn_layer(), boundary=square_boundary(), theme="light", points=points_of(5),
    )  # fmt: skip
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.width == WIDTH_PX
    assert colours_at_the_edge(image) == {surface("light")}


def test_legend_of_a_map_is_whole_and_inside() -> None:
    layer = replace(drawn_layer(), title=f"{LONG_NAME} (t), 22 Maret 2025–7 April 2025")
    points = points_of(5, title=f"Luas lingkaran: {LONG_NAME}")
    svg = draw_map_for_phone(layer, square_boundary(), theme="light", points=points)
    image = Image.open(io.BytesIO(svg_to_png(svg.decode(), scale=1))).convert("RGB")
    assert colours_at_the_edge(image, margin=15) == {ground("light")}


def test_map_is_as_high_as_map_and_legend_need() -> None:
    few = draw_map_for_phone(drawn_layer(), square_boundary(), theme="light")
    more = draw_map_for_phone(drawn_layer(), square_boundary(), theme="light", points=points_of(3))
    heights = [float(re.search(rb'height="([0-9.]+)pt"', svg)[1]) for svg in (few, more)]
    assert heights[1] > heights[0] > 0


def test_kinds_of_places_need_no_heading_each() -> None:
    layer = points_of(2)[0]
    plain = replace(layer, heading="", remarks=("Makin luas, makin banyak.",))
    with_headings = draw_map_for_phone(
        drawn_layer(), square_boundary(), theme="light", points=(layer, layer)
    )
    without = draw_map_for_phone(
        drawn_layer(), square_boundary(), theme="light", points=(plain, plain)
    )
    assert with_headings != without


def test_names_with_markup_are_drawn_as_text() -> None:
    figure = bar_figure(a=EVIL, b=MARKUP)
    (chart,) = content_of(figure).charts
    svg = _svg(chart.spec, width=CHART_PX)
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    named = replace(figure, names={"ref_area": {"a": Label(EVIL, EVIL), "b": Label("b", "b")}})
    assert picture_of(titled(named, f"{EVIL} {MARKUP}")).width == WIDTH_PX
