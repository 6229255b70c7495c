"""Writes the story: every word is escaped, every picture, font and script lies inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analytics.briefing.model import Briefing
from analytics.figures.palette import THEMES, Theme
from analytics.i18n import text
from analytics.pack.pictures import kind_of
from analytics.publishing.drawings import Box, Drawing, Drawings, drawings_of, inline_svg
from analytics.publishing.story.scenes import Pictures, scenes_of

FOLDER = Path(__file__).parent
# Which letters stand in which of the two files.
FONT_FACES = (
    (
        "plus-jakarta-sans-latin-wght-normal.woff2",
        "U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212",
    ),
    ("plus-jakarta-sans-latin-ext-wght-normal.woff2", "U+0100-02FF,U+1E00-1EFF"),
)
# Letters of 12 pixels become 24 of 1,080 when the drawing fills its place on the slide.
CHART = Box(width=620, height=350)
KEYS = ("on", "back", "ends", "number", "overview", "questions", "table", "presenter", "theme",
        "full_screen", "read")  # fmt: skip
KEY_NAMES = {
    "on": "→ ↓ Space Page Down", "back": "← ↑ Page Up", "ends": "Home End", "number": "1 2 … Enter",
    "overview": "O", "questions": "Q", "table": "T", "presenter": "P", "theme": "D",
    "full_screen": "F", "read": "L",
}  # fmt: skip


def briefing_html(briefing: Briefing) -> bytes:
    """The briefing as one HTML file. The same briefing gives the same bytes."""
    words = partial(_words, briefing.language)
    style, script = _style(briefing.colour), _script()
    scenes = scenes_of(briefing, _pictures(briefing))
    page = _template().render(
        briefing=briefing,
        scenes=scenes,
        figures=[scene for scene in scenes if scene.exhibit],
        cover_lines=_cover_lines(briefing),
        arms=_picture_address(briefing.cover.coat_of_arms),
        words=words,
        key_words=[(KEY_NAMES[key], words(f"key.{key}")) for key in KEYS],
        identity=_identity(briefing),
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 (our own file and palette)
        script=Markup(script),  # noqa: S704 (our own file)
    )
    return page.encode("utf-8")


def _words(language: str, name: str, **values: object) -> str:
    return text(f"story.{name}", language, **values)


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    surroundings = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return surroundings.get_template("page.html")


def _cover_lines(briefing: Briefing) -> list[str]:
    cover, frozen = briefing.cover, briefing.frozen
    lines = [cover.hearing, ", ".join(filter(None, (cover.place, cover.day))), cover.prepared_by]
    if frozen is not None:
        snapshot = text("story.snapshot", briefing.language, name=frozen.snapshot)
        lines.append(" · ".join(filter(None, (snapshot, frozen.address))))
    return [line for line in lines if line]


# Pictures -------------------------------------------------------------------------------------


def _pictures(briefing: Briefing) -> dict[int, Pictures]:
    """Drawings of each exhibit by theme, ready to stand inside the page."""
    drawn: dict[str, Drawings] = {
        theme: drawings_of(briefing.exhibits, language=briefing.language, theme=theme, box=CHART)
        for theme in THEMES
    }
    return {
        exhibit.number: {
            theme: _inline(drawn[theme][exhibit.number], f"{theme[0]}{exhibit.number}")
            for theme in THEMES
        }
        for exhibit in briefing.exhibits
    }


def _inline(drawings: tuple[Drawing, ...], name: str) -> list[Drawing]:
    return [
        Drawing(Markup(inline_svg(one.svg, prefix=f"{name}-{n}-")), one.heading)  # noqa: S704
        for n, one in enumerate(drawings)
    ]


def _picture_address(picture: bytes) -> str:
    """A picture as data; as an image an SVG runs no script and loads nothing."""
    if not picture:
        return ""
    return f"data:{kind_of(picture)};base64,{base64.b64encode(picture).decode()}"


# Style, script and what the page may do -------------------------------------------------------


def _style(colour: str) -> str:
    fonts = "".join(_font_face(file, letters) for file, letters in FONT_FACES)
    light, dark = (_variables(theme, colour) for theme in THEMES.values())
    own = (FOLDER / "look.css").read_text(encoding="utf-8")
    return (
        f'{fonts}:root{{{light};color-scheme:light}}html[data-theme="dark"]{{{dark};'
        f"color-scheme:dark}}@media print{{html{{{light}}}}}\n{own}"
    )


@cache
def _font_face(file: str, letters: str) -> str:
    from analytics.publishing.drawings import FONT, FONTS

    data = base64.b64encode((FONTS / file).read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{FONT}";font-weight:200 800;unicode-range:{letters};'
        f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
    )


def _variables(theme: Theme, colour: str) -> str:
    names = ("paper", "surface", "ink", "grey", "line", "gold")
    shown = {name: getattr(theme, name) for name in names} | {"accent": getattr(theme, colour)}
    return ";".join(f"--{name}:{value}" for name, value in shown.items())


@cache
def _script() -> str:
    return (FOLDER / "show.js").read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """What a browser may do with the page: show it, run its own script, and nothing else."""
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "font-src": "data:",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {allowed}" for name, allowed in rules.items())


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _identity(briefing: Briefing) -> str:
    """Tells windows of this story from those of another."""
    frozen = briefing.frozen.snapshot if briefing.frozen else ""
    parts = (briefing.name, briefing.stamp.region, str(briefing.stamp.number), briefing.language,
             frozen, briefing.cover.title)  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]
