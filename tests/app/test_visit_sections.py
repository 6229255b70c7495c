"""Further sections of the tourism page: forecast, effects, revenue, confirmation."""

import pytest

SECTIONS = ("now", "effects", "money", "confirm")


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(open_page, region, language, section):
    app = open_page("tourism", lang=language, region=region, section=section)
    assert not app.exception
