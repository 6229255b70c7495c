"""The frame: language and region from the address, the band over training data, rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import navigation
from pages.ui.navigation import PAGES, PageEntry, entry
from tests.small_pack import write_small_pack


def frame_script() -> None:
    from analytics.people.rights import PUBLIC
    from pages.ui import navigation, state

    state.keep_in_address()
    navigation.draw_frame(navigation.entry("agriculture"), PUBLIC)


def restricted_script() -> None:
    import streamlit

    from analytics.people.rights import Right
    from pages.ui import access

    access.require_right(Right.UPLOAD)
    streamlit.write("rahasia")


@pytest.fixture(autouse=True)
def two_regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real and a training region, named in the settings."""
    for region in ("uji", "latihan"):
        write_small_pack(tmp_path / region, is_training=region == "latihan")
    monkeypatch.setenv("SEJAHTERA_DATA", str(tmp_path))
    monkeypatch.setenv("SEJAHTERA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEJAHTERA_REGIONS", "uji,latihan")
    monkeypatch.setenv("SEJAHTERA_REGION", "uji")
    monkeypatch.setattr(navigation, "_account_link", lambda _person: None)  # no pages to link to
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def frame(**address: str) -> AppTest:
    return run(frame_script, **address)


def run(script: Callable[[], None], **address: str) -> AppTest:
    app = AppTest.from_function(script)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """All words of the page's own HTML."""
    return " ".join(str(element.proto) for element in app.get("html"))


def test_without_choice_the_settings_decide() -> None:
    app = frame()
    assert app.query_params["lang"] == "id"
    assert app.query_params["region"] == "uji"


def test_address_decides_language_and_region() -> None:
    app = frame(lang="en", region="latihan")
    assert app.segmented_control(key="language_switch").value == "en"
    assert app.selectbox(key="region_switch").value == "latihan"


@pytest.mark.parametrize("value", ["xx", "", "id'", "../../etc"])
def test_value_that_is_not_offered_counts_as_not_given(value: str) -> None:
    app = frame(lang=value, region=value)
    assert app.query_params["lang"] == "id"
    assert app.query_params["region"] == "uji"


def test_switch_of_language_is_written_into_the_address() -> None:
    app = frame()
    app.segmented_control(key="language_switch").set_value("en").run()
    assert app.query_params["lang"] == "en"


def test_new_region_forgets_choices_that_belonged_to_the_other() -> None:
    app = frame(area="88.01.01")
    app.selectbox(key="region_switch").set_value("latihan").run()
    assert app.query_params["region"] == "latihan"
    assert "area" not in app.query_params


def test_choice_survives_a_page_that_clears_the_address() -> None:
    app = frame(lang="en", region="latihan")
    app.query_params.clear()
    app.run()
    assert app.query_params["lang"] == "en"
    assert app.query_params["region"] == "latihan"


@pytest.mark.parametrize("language", ["id", "en"])
def test_band_stands_over_training_data_in_both_languages(language: str) -> None:
    assert "DATA LATIHAN" in words_of(frame(region="latihan", lang=language))


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_band_over_real_data(language: str) -> None:
    assert "DATA LATIHAN" not in words_of(frame(region="uji", lang=language))


def test_browser_is_told_the_language() -> None:
    assert "documentElement.lang='en'" in words_of(frame(lang="en")).replace("\\", "")


def test_restricted_page_ends_before_its_content() -> None:
    app = run(restricted_script)
    assert [warning.value for warning in app.warning] == [
        "Mengunggah data adalah hak petugas, pemeriksa, dan pengelola. Masuklah dengan akun Anda."
    ]
    assert not app.markdown


def test_every_page_of_the_list_has_its_file() -> None:
    assert [page.file for page in PAGES if not page.path.is_file()] == []


def list_script() -> None:
    import streamlit

    from pages.ui import access, navigation

    try:
        navigation.choose_page(access.who_is_asking())
    except Exception as error:  # told by the script: the app's settings hide what went wrong
        streamlit.text(str(error))
        raise


def test_page_without_its_file_is_not_left_out_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = PageEntry("prices", "prices/gone.py", "harga-komoditas", "prices")
    monkeypatch.setattr(navigation, "PAGES", (*PAGES[:2], gone))
    app = AppTest.from_function(list_script).run()
    assert ["gone.py" in line.value for line in app.text] == [True]
    assert len(app.exception) == 1


@pytest.mark.parametrize(("language", "name"), [("id", "Pertanian"), ("en", "Agriculture")])
def test_pages_stand_under_the_name_of_their_theme(
    language: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[str, int] = {}
    in_sections = navigation._in_sections
    monkeypatch.setattr(navigation, "_in_sections", lambda pages: note(in_sections(pages)))

    def note(sections: dict[str, list[object]]) -> dict[str, list[object]]:
        shown.update({section: len(pages) for section, pages in sections.items()})
        return sections

    app = AppTest.from_function(list_script)
    app.query_params["lang"] = language
    app.run()
    assert shown[""] == 1
    assert shown[name] == len([page for page in PAGES if page.theme == "agriculture"])
    assert "" not in [section.strip() for section in list(shown)[1:]]


def test_addresses_and_names_are_unique() -> None:
    assert len({page.address for page in PAGES}) == len({page.name for page in PAGES}) == len(PAGES)


def test_exactly_one_start_page() -> None:
    assert [page.name for page in PAGES if page.is_start] == [entry("summary").name]
