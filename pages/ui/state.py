"""What the reader has chosen: language, region, theme, and the choices kept in the address.

The address is never trusted: a value that is not offered counts as not given.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import streamlit as st

from analytics.i18n import LANGUAGES, Formatter, text
from analytics.pack.reader import DESCRIPTOR, Pack, read_pack
from analytics.settings import Settings, load_settings

LANGUAGE = "lang"
REGION = "region"
SHARED_BY_ALL_PAGES = (LANGUAGE, REGION)


@st.cache_resource(max_entries=1, show_spinner=False)
def settings() -> Settings:
    """Settings of this installation, read once for each start of the server."""
    return load_settings()


def language() -> str:
    """The reader's language, `id` or `en`."""
    return _shared_choice(LANGUAGE)


def region() -> str:
    """The region whose data are shown, one of the regions in `sejahtera.toml`."""
    return _shared_choice(REGION)


def theme() -> str:
    """`light` or `dark`, as the reader's browser shows the app now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def pack(region_name: str | None = None) -> Pack:
    """The pack of the chosen region, or of another one named in the settings."""
    folder = settings().pack_dir(region_name or region())
    return _read_pack(folder, (folder / DESCRIPTOR).stat().st_mtime_ns)


@st.cache_resource(max_entries=16, show_spinner=False)
def _read_pack(folder: Path, changed_at: int) -> Pack:  # noqa: ARG001 (part of the cache key)
    return read_pack(folder)


def say(key: str, /, **values: object) -> str:
    """The text of `key` in the reader's language."""
    return text(key, language(), **values)


@st.cache_resource(max_entries=len(LANGUAGES), show_spinner=False)
def _formatter(language_code: str) -> Formatter:
    return Formatter(language_code)


def formatter() -> Formatter:
    """Writes numbers, prices and dates in the reader's language."""
    return _formatter(language())


def from_address(name: str, *, offered: Collection[str], otherwise: str) -> str:
    """The value of `name` in the address if it is one of those offered, else `otherwise`."""
    value = st.query_params.get(name)
    return value if value is not None and value in offered else otherwise


def to_address(**choices: str | None) -> None:
    """Writes choices into the address, so that a copied link shows the same view.

    Every value is written, also one that equals the default: a link must still show
    the same view when the default has changed. None removes a choice.
    """
    for name, value in choices.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def choose(name: str, value: str) -> None:
    """Takes over a language or region chosen on the page; a new region starts afresh."""
    st.session_state[_remembered(name)] = value
    if name == REGION:
        for other in set(st.query_params) - set(SHARED_BY_ALL_PAGES):
            st.query_params.pop(other)
    to_address(**{name: value})


def take_up_shared_choices() -> None:
    """Language and region of this run: from the address, else what the session used last, else
    the installation's default. Comes before all that asks for them.
    """
    used = settings()
    for name, offered, otherwise in (
        (LANGUAGE, LANGUAGES, used.language),
        (REGION, used.regions, used.default_region),
    ):
        remembered = st.session_state.get(_remembered(name), otherwise)
        fallback = remembered if remembered in offered else otherwise
        st.session_state[_remembered(name)] = from_address(
            name, offered=offered, otherwise=fallback
        )


def keep_in_address() -> None:
    """Writes language and region into the address again: a change of page clears it."""
    to_address(**{LANGUAGE: language(), REGION: region()})


def _shared_choice(name: str) -> str:
    if _remembered(name) not in st.session_state:
        take_up_shared_choices()
    return str(st.session_state[_remembered(name)])


def _remembered(name: str) -> str:
    return f"shared_{name}"
