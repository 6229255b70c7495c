"""Further sections of the tourism page: forecast, effects, revenue, confirmation."""

import pytest

from analytics.people.rights import Person, Role, SignedInBy
from tests.app.test_tourism_page import words_of

VERIFIER = Person("ani", "Ani", Role.VERIFIER, "", SignedInBy.PASSWORD)

SECTIONS = ("now", "effects", "money", "confirm")


@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(open_page, region, section):
    language = "en" if region == "blitar" else "id"
    app = open_page("tourism", lang=language, region=region, section=section)
    assert not app.exception


@pytest.fixture
def as_verifier(monkeypatch):
    monkeypatch.setattr("pages.ui.access.who_is_asking", lambda: VERIFIER)


def test_the_public_sees_what_waits_and_cannot_confirm(open_page):
    app = open_page("tourism", region="blitar", section="confirm", unverified="1")
    assert not app.text_area
    assert "hak pemeriksa" in words_of(app)


@pytest.mark.usefixtures("as_verifier")
def test_what_waits_for_a_verifier_is_seen_only_after_the_switch(open_page):
    app = open_page("tourism", region="blitar", section="confirm")
    assert not app.text_area
    assert "Nyalakan sakelar" in words_of(app)
    app.toggle(key="filter_unverified").set_value(True).run()
    assert app.text_area(key="confirm_reason")


@pytest.mark.thorough
@pytest.mark.usefixtures("as_verifier")
def test_a_named_verifier_confirms_a_site_and_year(copy_of_store, monkeypatch):
    from tests.app.opening import open_in_process

    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    app = open_in_process("tourism", region="blitar", section="confirm", unverified="1")
    app.button[0].click().run()
    assert app.error  # no reason was given
    before = copy_of_store.edition("blitar").stamp.number
    app.text_area(key="confirm_reason").input("buku tamu 2024")
    app.button[0].click().run()
    assert not app.exception
    edition = copy_of_store.edition("blitar")
    assert edition.stamp.number == before + 1
    rows = edition.observations("visits", source_id="T024")
    assert len(rows) == 12 and set(rows["obs_status"]) == {"A"}


@pytest.mark.parametrize("region", ["blitar", "contoh"])
def test_products_over_destinations_and_gaps(open_page, region):
    app = open_page("agro_brand", region=region)
    assert not app.exception
    assert ("rekaan" in words_of(app)) == (region == "contoh")
