"""The list of pages and the frame around them: names, switches, training band, skip link."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from analytics.figures.palette import THEME_COLOUR, THEMES
from analytics.i18n import LANGUAGES
from analytics.pack.pictures import kind_of, picture_of
from analytics.people.rights import Person, Right, may
from pages.ui import region, state
from pages.ui.plain_text import as_text

PAGES_FOLDER = Path(__file__).resolve().parent.parent
PROJECT_ROOT = PAGES_FOLDER.parent
STYLE = Path(__file__).with_name("frame.css")
FAVICON = PROJECT_ROOT / "static" / "favicon.png"


@dataclass(frozen=True)
class PageEntry:
    """One page: its name in the catalogue, its file below `pages/` and its address."""

    name: str
    file: str
    address: str
    theme: str
    right: Right | None = None
    is_start: bool = False
    is_listed: bool = True
    has_frame: bool = True
    listed_for: Right | None = None  # open to all, but in the navigation only for these

    @property
    def path(self) -> Path:
        return PAGES_FOLDER / self.file


# In the order of the three groups' work: food and fields, markets, visitors and the region's name.
PAGES: tuple[PageEntry, ...] = (
    PageEntry("summary", "home/summary.py", "ringkasan", "overview", is_start=True),
    PageEntry("agriculture", "agriculture/map.py", "peta-pertanian", "agriculture"),
    PageEntry("analysis", "agriculture/analysis.py", "analisis", "agriculture"),
    PageEntry("profile", "agriculture/profile.py", "profil", "agriculture"),
    PageEntry("prices", "prices/commodity.py", "harga-komoditas", "prices"),
    PageEntry("warnings", "prices/warnings.py", "peringatan", "prices"),
    PageEntry("record", "prices/record.py", "rekam-jejak", "prices"),
    PageEntry("tourism", "tourism/visits.py", "pariwisata", "tourism"),
    PageEntry("agro_brand", "agro_brand/meeting.py", "tani-merek", "tourism"),
    PageEntry("smart_city", "smart_city/evaluation.py", "smart-city", "smart_city"),
    PageEntry("board_settings", "board/settings.py", "papan-atur", "smart_city"),
    PageEntry("board", "board/board.py", "papan", "smart_city", is_listed=False, has_frame=False),
    PageEntry("briefing", "hearing/briefing.py", "paparan", "hearing"),
    PageEntry("sources", "about/sources.py", "sumber-data", "about"),
    PageEntry("methods", "about/methods.py", "metode", "about"),
    PageEntry("desk", "data_desk/desk.py", "meja-data", "about", listed_for=Right.UPLOAD),
    PageEntry("people", "people/people.py", "orang-jejak", "about", right=Right.MANAGE_USERS),
    PageEntry("account", "people/account.py", "masuk", "about", is_listed=False),
)


def entry(name: str) -> PageEntry:
    """The page of that name. Raises KeyError."""
    return {page.name: page for page in PAGES}[name]


def choose_page(person: Person) -> Page:
    """Draws the frame and gives the page to run."""
    state.take_up_shared_choices()
    pages = {page: _streamlit_page(page, person) for page in _pages_for(person)}
    # Always expanded: Streamlit's button for the rest has an English label.
    chosen = st.navigation(_in_sections(pages), position="top", expanded=True)
    current = next(page for page, shown in pages.items() if shown.url_path == chosen.url_path)
    _configure(current)
    state.keep_in_address()
    if current.has_frame:
        draw_frame(current, person)
    else:
        _tell_the_browser()
    return chosen


def link_to(name: str, *, label: str, icon: str | None = None, **choices: str) -> None:
    """A link to another page that keeps language and region and may set the view there."""
    shared = {state.LANGUAGE: state.language(), state.REGION: state.region()}
    st.page_link(entry(name).path, label=label, icon=icon, query_params={**shared, **choices})


def _pages_for(person: Person) -> Sequence[PageEntry]:
    return [page for page in PAGES if page.right is None or may(person, page.right)]


def _in_sections(pages: Mapping[PageEntry, Page]) -> dict[str, list[Page]]:
    """The pages under the name of their theme; the start page stands before them by itself."""
    sections: dict[str, list[Page]] = {}
    for page, shown in pages.items():
        name = "" if page.is_start else state.say(f"nav.section.{page.theme}")
        sections.setdefault(name, []).append(shown)
    return sections


def _streamlit_page(page: PageEntry, person: Person) -> Page:
    is_listed = page.is_listed and (page.listed_for is None or may(person, page.listed_for))
    return st.Page(
        page.path,
        title=state.say(f"nav.page.{page.name}"),
        url_path=page.address,
        default=page.is_start,
        visibility="visible" if is_listed else "hidden",
    )


def _configure(page: PageEntry) -> None:
    """Browser title, icon and menu; the menu is also where the reader changes the theme."""
    st.set_page_config(
        page_title=state.say(
            "nav.browser_title",
            page=state.say(f"nav.page.{page.name}"),
            region=region.short_name(state.region()),
        ),
        page_icon=FAVICON,
        layout="wide",
        menu_items={"About": state.say("nav.about")},
    )


def stray_page_files(folder: Path = PAGES_FOLDER) -> list[Path]:
    """Python files lying directly in `pages/`.

    After a restart Streamlit (seen with 1.67) runs such a file for a deep link without
    running `streamlit_app.py` before it, so without asking who the visitor is.
    """
    return sorted(file for file in folder.glob("*.py") if file.name != "__init__.py")


def _words_of_a_broken_line() -> str:
    """Ours in place of Streamlit's, which are English and speak to programmers: they tell the
    reader to start `yourscript.py`. Style sheets stay while the server is away.
    """
    title, broken, connecting = (
        json.dumps(state.say(f"ui.line.{name}"), ensure_ascii=False)
        for name in ("title", "broken", "connecting")
    )  # a text of CSS is written as one of JSON
    away = "body:has([data-testid='stApp']:not([data-test-connection-state='CONNECTED']))"
    # No page opens a dialog of its own: while the server is away there is only this one.
    dialog = f"{away} [data-testid='stDialog'] [role='dialog']"
    status = "[data-testid='stConnectionStatus'] label"
    return (
        f"{dialog} h2 {{font-size: 0 !important}} {dialog} h2::after {{content: {title}; "
        f"font-size: 1.5rem}} {dialog} > div > * {{display: none !important}} "
        f"{dialog} > div::after {{content: {broken}}} "
        f"{status} {{font-size: 0 !important}} {status}::after {{content: {connecting}; "
        "font-size: 0.875rem}"
    )


def draw_frame(page: PageEntry, person: Person) -> None:
    """Name of the region, switches, colours and, over training data, the band."""
    style = STYLE.read_text(encoding="utf-8")
    st.html(f"<style>{_colours(page)}{style}{_words_of_a_broken_line()}</style>")
    _tell_the_browser()
    if region.is_training(state.region()):
        with st.container(key="training_band"):
            st.html(f"<p role='note'>{escape(state.say('nav.training'))}</p>")
    with st.container(key="frame_brand"):
        st.html(f"<p>{_coat_of_arms()}<span>{escape(region.short_name(state.region()))}</span></p>")
    with st.container(key="frame_switches", horizontal=True):
        _language_switch()
        if len(state.settings().regions) > 1:
            _region_switch()
        _account_link(person)


def _account_link(person: Person) -> None:
    """The way in, or the own name, which leads to the own account."""
    label = as_text(person.display_name) if person.is_known else state.say("people.sign_in.title")
    icon = ":material/account_circle:" if person.is_known else ":material/login:"
    link_to("account", label=label, icon=icon)


def _colours(page: PageEntry) -> str:
    """CSS variables of the frame: the accent says which theme the reader is in."""
    colours = THEMES[state.theme()]
    accent = getattr(colours, THEME_COLOUR.get(page.theme, "green"))
    return (
        f":root{{--accent:{accent};--ink:{colours.ink};--paper:{colours.paper};"
        f"--surface:{colours.surface};--line:{colours.line};--quiet:{colours.grey};"
        f"--more:'{state.say('nav.more')}'}}"
        f"[data-testid='stTopNav'] > :nth-child({_place_in_the_bar(page)}) button"
        f"{{color:{accent};font-weight:700}}"
    )


def _place_in_the_bar(page: PageEntry) -> int:
    """Which item of the bar on top holds the page, counted from one: Streamlit marks pages only,
    not the section that a page is in.
    """
    themes = dict.fromkeys("" if listed.is_start else listed.theme for listed in PAGES)
    return list(themes).index("" if page.is_start else page.theme) + 1


def _tell_the_browser() -> None:
    """Language of the words for screen readers; our names for Streamlit's English labels."""
    skip, pages = state.say("nav.skip"), state.say("nav.pages")
    st.html(
        "<script>document.documentElement.lang="
        f"{state.language()!r};"
        "for (const link of document.querySelectorAll('[data-testid=\"stSkipToContent\"]'))"
        f"link.textContent={skip!r};"
        'for (const list of document.querySelectorAll(\'[data-testid="stTopNav"], '
        '[data-testid="stSidebarNav"]\'))'
        f"list.setAttribute('aria-label', {pages!r});</script>",
        unsafe_allow_javascript=True,
    )


def _coat_of_arms() -> str:
    """The coat of arms that the pack names (`coat_of_arms`, PNG or SVG), or nothing."""
    file = region.facts(state.region()).get("coat_of_arms")
    if not file:
        return ""
    folder = state.settings().pack_dir(state.region())
    picture = folder / str(file)
    changed_at = picture.stat().st_mtime_ns if picture.is_file() else 0
    return _picture(folder, str(file), changed_at)


@st.cache_resource(max_entries=16, show_spinner=False)
def _picture(folder: Path, file: str, changed_at: int) -> str:  # noqa: ARG001 (part of the cache's key)
    content = picture_of(folder, file, is_tried=False)
    if not content:
        return ""
    address = f"data:{kind_of(content)};base64,{b64encode(content).decode('ascii')}"
    return f"<img alt='' src='{address}'>"


def _language_switch() -> None:
    names = {code: state.say(f"nav.language.{code}") for code in LANGUAGES}
    st.session_state["language_switch"] = state.language()
    st.segmented_control(
        state.say("nav.language.label"),
        LANGUAGES,
        format_func=names.__getitem__,
        key="language_switch",
        label_visibility="collapsed",
        required=True,
        on_change=_take_over,
        args=(state.LANGUAGE, "language_switch"),
    )


def _region_switch() -> None:
    names = {name: region.short_name(name) for name in state.settings().regions}
    st.session_state["region_switch"] = state.region()
    st.selectbox(
        state.say("nav.region"),
        list(names),
        format_func=names.__getitem__,
        key="region_switch",
        label_visibility="collapsed",
        on_change=_take_over,
        args=(state.REGION, "region_switch"),
    )


def _take_over(name: str, key: str) -> None:
    state.choose(name, st.session_state[key])
