"""What was measured of the engine stands on the Methods page, also where it missed."""

import pytest

from analytics.forecasting import METHOD
from analytics.overview.yardsticks import Yardstick, measurement


@pytest.mark.parametrize(("reached", "is_met"), [(9.9, True), (10.0, True), (10.01, False)])
def test_a_figure_at_the_limit_is_reached_and_one_above_is_not(reached, is_met):
    assert Yardstick("eggs_mape", 1, 1, limit=10.0, reached=reached).is_met is is_met


def test_what_is_printed_was_measured_with_this_engine():
    found = measurement()
    assert found.engine == METHOD
    assert all(0 < row.series <= row.of for row in found.rows)


def test_an_incomplete_file_is_refused(tmp_path):
    path = tmp_path / "yardsticks.toml"
    path.write_text('measured = 2026-11-24\nengine = "x"\n[[row]]\nwork = "a"\n', encoding="utf-8")
    with pytest.raises(TypeError, match="limit"):
        measurement(path)


@pytest.mark.parametrize(("language", "words"), [("id", "belum, selisih"), ("en", "missed by")])
def test_the_methods_page_says_what_was_missed(open_page, language, words):
    app = open_page("methods", lang=language)
    assert not app.exception
    assert any(words in table.proto.body for table in app.get("html"))
