"""With the switch off no unverified visit of a site is on the page; with it on it is marked."""

import pytest

from analytics.i18n import Formatter
from analytics.tourism.rows import VISITS
from pages.tourism.choices import SECTIONS

UNCONFIRMED = "T024"
# Smaller numbers may stand on a page for other reasons.
LEAST = 10_000


@pytest.fixture(scope="module")
def unverified(store):
    """Visits of site months and site years as a page writes them, that no verified row has."""
    rows = store.edition("blitar").observations(VISITS, with_unverified=True)
    is_theirs = rows["source_id"] == UNCONFIRMED
    others = set(rows.loc[~is_theirs, "obs_value"])
    theirs = rows[is_theirs & rows["obs_value"].notna()]
    sums = theirs.groupby(["place", theirs["period_start"].dt.year])["obs_value"].sum()
    values = {v for v in (*theirs["obs_value"], *sums) if v >= LEAST} - others
    assert len(values) > 150
    return {Formatter("id").number(value, 0) for value in values}


def everything_on(app) -> str:
    kinds = (app.title, app.markdown, app.caption, app.info, app.warning, app.get("html"))
    words = " ".join(str(getattr(one, "value", one)) for kind in kinds for one in kind)
    tables = " ".join(one.value.to_csv() for one in app.dataframe)
    return f"{words} {tables}"


# The section `confirm` is the list of what waits to be confirmed.
@pytest.mark.parametrize("section", [name for name in SECTIONS if name != "confirm"])
def test_nothing_unverified_is_shown_with_the_switch_off(open_page, unverified, section):
    app = open_page("tourism", region="blitar", section=section)
    shown = everything_on(app)
    assert not app.exception
    assert [number for number in unverified if number in shown] == []


def test_with_the_switch_on_it_is_shown_and_marked(open_page, unverified):
    app = open_page("tourism", region="blitar", section="map", unverified="1", visits_in="2024")
    shown = everything_on(app)
    assert any(number in shown for number in unverified)
    assert "belum diverifikasi" in shown.lower()
