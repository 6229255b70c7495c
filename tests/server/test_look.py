"""Colours and files that the server's settings name."""

from __future__ import annotations

import tomllib

import pytest

from analytics.figures.palette import THEMES
from analytics.settings import PROJECT_ROOT

CONFIG = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
COLOUR_OF_SETTING = {
    "primaryColor": "green",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "surface",
    "textColor": "ink",
    "borderColor": "line",
    "redColor": "brick",
    "orangeColor": "gold",
    "blueColor": "blue",
    "greenColor": "green",
    "violetColor": "violet",
    "grayColor": "grey",
}


@pytest.mark.parametrize("theme", THEMES)
def test_pages_have_the_colours_of_the_figures(theme: str) -> None:
    settings = CONFIG["theme"][theme]
    wanted = {name: getattr(THEMES[theme], colour) for name, colour in COLOUR_OF_SETTING.items()}
    assert {name: settings[name] for name in wanted} == wanted


def test_fonts_lie_in_static() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert (PROJECT_ROOT / face["url"].removeprefix("app/")).is_file()


def test_nothing_is_reported_outside() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["logger"]["hideWelcomeMessage"] is True
    assert CONFIG["server"]["enableXsrfProtection"] is True
