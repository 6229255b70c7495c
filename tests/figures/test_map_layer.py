"""What the map says: classes, marks of status, missing areas, words for pointer and legend."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from analytics.figures.map_layer import (
    SHAPES,
    BadLayer,
    MapLayer,
    map_layer,
    missing_style,
    paint_message,
    point_layer,
)
from analytics.figures.map_legend import legend_html
from analytics.figures.palette import DARK, LIGHT, sequential
from analytics.figures.sentences import status_words
from analytics.geography.classes import classify, classify_change
from tests.figures.drawn_map import ROWS, drawn_layer, drawn_result, square_boundary

EVIL = '<script>alert("1")</script>'


def style_of(layer: MapLayer, code: str, theme: str = "light"):
    return next(layer.style(area, theme=theme) for area in layer.areas if area.code == code)


def lines_of(layer: MapLayer, code: str) -> tuple[str, ...]:
    return next(area.lines for area in layer.areas if area.code == code)


def test_area_without_a_row_is_missing_and_hatched():
    layer = drawn_layer()
    assert style_of(layer, "99.01.04") == missing_style("light")
    assert missing_style("light").texture == "hatch"
    assert lines_of(layer, "99.01.04") == ("Area 04", "belum ada data")


def test_area_without_a_value_is_missing_not_zero():
    rows = [*ROWS, {"ref_area": "99.01.04", "obs_value": None, "obs_status": "M"}]
    layer = drawn_layer(rows)
    assert style_of(layer, "99.01.04").texture == "hatch"
    assert layer.missing == 1


def test_zero_is_a_value():
    layer = drawn_layer([{"ref_area": "99.01.04", "obs_value": 0.0, "obs_status": "A"}])
    assert style_of(layer, "99.01.04").texture == ""
    assert lines_of(layer, "99.01.04")[1] == "0 t"


def test_colour_is_that_of_the_class_in_both_themes():
    layer = drawn_layer()
    for theme in ("light", "dark"):
        low, high = sequential(2, theme=theme)
        assert style_of(layer, "99.01.01", theme).fill == low
        assert style_of(layer, "99.01.03", theme).fill == high


@pytest.mark.parametrize(
    ("status", "texture", "outline"),
    [("A", "", ""), ("P", "dots", ""), ("E", "bars", ""), ("F", "dashes", ""), ("U", "", "dotted")],
)
def test_every_status_looks_different(status: str, texture: str, outline: str):
    layer = drawn_layer([{"ref_area": "99.01.01", "obs_value": 10.0, "obs_status": status}])
    style = style_of(layer, "99.01.01")
    assert (style.texture, style.outline) == (texture, outline)


def test_status_is_also_said_in_words():
    layer = drawn_layer()
    assert status_words("P", "id") in lines_of(layer, "99.01.02")
    assert status_words("U", "id") in lines_of(layer, "99.01.03")
    assert lines_of(layer, "99.01.01") == ("Area 01", "10 t")


def test_lines_of_the_report_come_last():
    rows = [{**ROWS[0], "lines": ["Peringkat 1 dari 3", "BPS"]}]
    assert lines_of(drawn_layer(rows), "99.01.01")[-2:] == ("Peringkat 1 dari 3", "BPS")


def test_legend_counts_areas_by_class_status_and_missing():
    words = [entry.words for entry in drawn_layer().legend(theme="light")]
    assert words == [
        "> 15 – 30 · 2 wilayah",
        "10 – 15 · 1 wilayah",
        "angka sementara · 1 wilayah",
        "belum terverifikasi · 1 wilayah",
        "belum ada data · 1 dari 4 wilayah",
        "City: di luar daerah ini",
    ]


def test_legend_in_english_knows_one_and_many():
    words = [entry.words for entry in drawn_layer(language="en").legend(theme="light")]
    assert words[:2] == ["> 15 – 30 · 2 areas", "10 – 15 · 1 area"]
    assert "no data yet · 1 of 4 areas" in words


def test_legend_without_any_value_says_so():
    layer = drawn_layer([{"ref_area": "99.01.01", "obs_value": None, "obs_status": "M"}])
    layer_of_nothing = drawn_layer(
        [{"ref_area": "99.01.01", "obs_value": None, "obs_status": "M"}],
        classes=classify(pd.Series([None], dtype=float), method="quantile"),
    )
    assert layer_of_nothing.missing == layer.missing == 4
    assert "Belum ada data untuk pilihan ini." in legend_html(layer_of_nothing, theme="light")


def test_limits_show_as_many_decimals_as_keep_them_apart():
    values = pd.Series([1.01, 1.02, 1.03])
    classes = classify(values, method="manual", breaks=[1.015, 1.025])
    rows = [
        {"ref_area": f"99.01.0{i + 1}", "obs_value": value, "obs_status": "A"}
        for i, value in enumerate(values)
    ]
    words = drawn_layer(rows, classes=classes).class_words
    assert words == ("1,010 – 1,015", "> 1,015 – 1,025", "> 1,025 – 1,030")


def test_change_is_told_as_fall_and_rise():
    changes = pd.Series([-8.0, -2.0, 0.0, 9.0])
    classes = classify_change(changes, neutral=1)
    rows = [
        {"ref_area": f"99.01.0{i + 1}", "obs_value": value, "obs_status": "A"}
        for i, value in enumerate(changes)
    ]
    words = drawn_layer(rows, classes=classes).class_words
    assert words == (
        "turun > 8 – 9",
        "turun > 1 – 8",
        "tetap, paling banyak ±1",
        "naik > 1 – 8",
        "naik > 8 – 9",
    )


def test_same_classes_in_two_years_give_the_same_legend_limits():
    every_year = pd.Series([10, 20, 30, 40, 50, 60], dtype=float)
    layers = []
    for year in (every_year[:3], every_year[3:]):
        rows = [
            {"ref_area": f"99.01.0{i + 1}", "obs_value": value, "obs_status": "A"}
            for i, value in enumerate(year)
        ]
        classes = classify(year, method="quantile", k=3, over=every_year)
        layers.append(drawn_layer(rows, classes=classes))
    assert layers[0].class_words == layers[1].class_words


def test_area_twice_is_refused():
    with pytest.raises(BadLayer, match=r"99\.01\.01"):
        drawn_layer([ROWS[0], ROWS[0]])


def test_area_without_outline_is_refused_and_not_lost():
    with pytest.raises(BadLayer, match=r"99\.09"):
        drawn_layer([{"ref_area": "99.09", "obs_value": 1.0, "obs_status": "A"}])


def test_selected_area_must_be_one_of_the_level():
    assert drawn_layer(selected="99.01.02").selected == "99.01.02"
    assert drawn_layer(selected="99.01.99").selected is None


def test_alternative_says_how_much_is_known():
    assert drawn_layer().alternative.endswith("Ada data untuk 3 dari 4 wilayah.")


def test_value_carries_its_unit():
    rows = [{"ref_area": "99.01.01", "obs_value": 15_000.0, "obs_status": "A"}]
    result = drawn_result(rows, unit="IDR/kg")
    layer = map_layer(
        result,
        boundary=square_boundary(),
        classes=classify(result.frame["obs_value"], method="equal"),
        language="id",
    )
    assert lines_of(layer, "99.01.01")[1] == "Rp15.000/kg"


# --- Points ----------------------------------------------------------------------------------


def places(**changes: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "place": ["a", "b", "c", "d"],
            "place_name": ["Alpha", "Beta", "Gamma", "Delta"],
            "longitude": [112.1, 112.2, 112.3, None],
            "latitude": [-8.1, -8.2, -8.3, None],
            "obs_value": [400.0, 100.0, None, 50.0],
            "obs_status": ["A", "U", "M", "A"],
        }
    )
    return frame.assign(**changes)


def drawn_points(frame: pd.DataFrame, **options: object):
    result = drawn_result(frame.to_dict("records"))
    return point_layer(result, language="id", colour="blue", **options)


def test_area_of_the_circle_grows_with_the_value():
    radius = {point.place: point.radius_px for point in drawn_points(places()).points}
    assert radius["a"] == pytest.approx(2 * radius["b"])


def test_sizes_are_comparable_between_years():
    alone = drawn_points(places(obs_value=[100.0] * 4), largest_value=400.0)
    assert alone.points[0].radius_px == pytest.approx(drawn_points(places()).points[1].radius_px)


def test_place_without_value_is_hollow_and_without_coordinates_is_named():
    layer = drawn_points(places())
    hollow = next(point for point in layer.points if point.place == "c")
    assert layer.style(hollow, theme="light").fill == ""
    assert layer.without_position == ("Delta",)
    assert "Delta" in legend_html(drawn_layer(), theme="light", points=[layer])


def test_unverified_place_has_a_dotted_outline():
    layer = drawn_points(places())
    styles = {point.place: layer.style(point, theme="dark") for point in layer.points}
    assert (styles["b"].outline, styles["a"].outline) == ("dotted", "")
    assert styles["a"].fill == DARK.blue


def test_size_key_shows_round_values():
    assert [words for _, words in drawn_points(places()).sizes] == [
        "400 t",
        "100 t",
        "20 t",
    ]


def test_places_without_any_value_have_no_size_key():
    layer = drawn_points(places(obs_value=[None] * 4, obs_status=["M"] * 4))
    assert layer.sizes == ()


# --- What goes to the browser, and HTML ------------------------------------------------------


def test_message_holds_looks_and_words_by_code():
    message = paint_message(drawn_layer(selected="99.01.01"), theme="light", labels="values")
    look, label, *lines = message["areas"]["99.01.01"]
    assert message["looks"][look] == [sequential(2)[0], "", ""]
    assert label == "Area 01\n10 t"
    assert lines == ["Area 01", "10 t"]
    assert message["selected"] == "99.01.01"
    assert message["theme"]["ground"] == LIGHT.paper


def test_message_says_the_shape_of_a_place_and_its_corners_once():
    layer = replace(drawn_points(places()), shape="triangle")
    message = paint_message(drawn_layer(), theme="light", points=[layer])
    assert {point[5] for point in message["points"]} == {"triangle"}
    assert len(message["shapes"]["triangle"]) == 3


@pytest.mark.parametrize("shape", [name for name, corners in SHAPES.items() if corners])
def test_every_shape_has_the_area_of_its_circle(shape):
    corners = SHAPES[shape]
    pairs = zip(corners, (*corners[1:], corners[0]), strict=True)
    doubled = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)
    assert abs(doubled) / 2 == pytest.approx(math.pi, rel=0.01)


def test_legend_cuts_each_sign_to_its_shape():
    layer = replace(drawn_points(places()), shape="diamond")
    html = legend_html(drawn_layer(), theme="light", points=[layer])
    assert "clip-path:polygon(50% 0%,100% 50%,50% 100%,0% 50%)" in html


def test_names_are_written_only_on_demand():
    areas = paint_message(drawn_layer(), theme="light")["areas"]
    assert {area[1] for area in areas.values()} == {""}


def test_label_of_a_missing_area_is_its_name_alone():
    message = paint_message(drawn_layer(), theme="light", labels="values")
    assert message["areas"]["99.01.04"][1] == "Area 04"


def test_unknown_choice_of_labels_is_refused():
    with pytest.raises(BadLayer, match="names"):
        paint_message(drawn_layer(), theme="light", labels="all")


def test_message_of_22_areas_is_below_8_kib():
    from analytics.geography.levels import level_boundary
    from analytics.pack.reader import read_pack
    from analytics.settings import PROJECT_ROOT

    boundary = level_boundary(read_pack(PROJECT_ROOT / "data" / "blitar"), level="kecamatan")
    lines = ["Peringkat 22 dari 22 kecamatan", "Turun 12,5 persen dari Desember 2023", "17 pelapor"]
    rows = [
        {"ref_area": code, "obs_value": 15_000.0 + i, "obs_status": "APEU"[i % 4], "lines": lines}
        for i, code in enumerate(boundary.codes)
    ]
    result = drawn_result(rows, unit="IDR/kg")
    classes = classify(result.frame["obs_value"], method="quantile")
    layer = map_layer(result, boundary=boundary, classes=classes, language="id")
    message = paint_message(layer, theme="light", labels="values")
    assert len(boundary.codes) == 22
    assert len(json.dumps(message, separators=(",", ":")).encode()) < 8 * 1024


def test_markup_in_a_name_is_text_in_the_legend():
    points = drawn_points(places(place_name=[EVIL] * 4))
    boundary = square_boundary(a01=EVIL)
    html = legend_html(drawn_layer(boundary=boundary), theme="light", points=[points])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_legend_draws_every_texture_of_the_map():
    html = legend_html(drawn_layer(), theme="dark")
    assert "repeating-linear-gradient(135deg" in html  # missing
    assert "radial-gradient" in html  # provisional
    assert "2px dotted" in html  # not verified
