"""Scenes as HTML: every word of the data escaped, no word smaller than a 36th of the screen."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from analytics.editions.edition import Edition
from analytics.figures.map_svg import map_svg
from analytics.ledger.board import SceneChoice
from analytics.overview.board_scene import Cell, Duty, Scene, Tone, Words
from pages.board.plan import map_outlines
from pages.ui.state import formatter, language, say

THEME = "dark"
MARK_OF_BAD = "▲ "
LETTER_SHARE = 0.09  # of the map's height, which is at least twelve lines of the board
SOURCES_SHOWN = 3


def scenes_html(edition: Edition, scenes: Sequence[tuple[SceneChoice, Scene]]) -> str:
    """All scenes; the script shows one at a time."""
    return "".join(
        _scene_html(edition, place, len(scenes), choice, scene)
        for place, (choice, scene) in enumerate(scenes)
    )


def _scene_html(edition: Edition, place: int, total: int, choice: SceneChoice, scene: Scene) -> str:
    name = escape(say(f"board.scene.{scene.name}"))
    position = escape(say("board.frame.position", number=place + 1, total=total))
    return (
        f"<section class='board-scene scene-{scene.name}' data-index='{place}' "
        f"data-seconds='{choice.seconds}' aria-label='{name}'>"
        f"<p class='board-kicker'>{name} <span>{position}</span></p>"
        f"<h1>{_words(scene.result.title)}</h1>"
        f"{_stale_html(scene)}{_body_html(edition, scene)}{_duties_html(scene.duties)}"
        f"{_origin_html(scene)}</section>"
    )


def _words(words: Words) -> str:
    spoken = words.in_language(language()) if hasattr(words, "in_language") else words.words(
        language()
    )  # fmt: skip
    return escape(spoken)


def _stale_html(scene: Scene) -> str:
    if scene.stale is None:
        return ""
    return f"<p class='board-stale' role='note'>{MARK_OF_BAD}{_words(scene.stale)}</p>"


def _body_html(edition: Edition, scene: Scene) -> str:
    table = _table_html(scene)
    if scene.layer is None:
        return f"<div class='board-body'>{table}</div>"
    shown = [str(code) for code in _codes_shown(scene)]
    labels = {code: str(number) for number, code in enumerate(shown, start=1)}
    svg = map_svg(
        scene.layer,
        map_outlines(edition, scene.layer),
        theme=THEME,
        labels=labels,
        letter_share=LETTER_SHARE,
    )
    picture = b64encode(svg.encode("utf-8")).decode("ascii")
    legend = "".join(
        f"<li><i style='background:{escape(entry.style.fill or 'transparent')}' "
        f"class='{escape(entry.style.texture)}'></i>{escape(entry.words)}</li>"
        for entry in scene.layer.legend(theme=THEME)
    )
    return (
        "<div class='board-body has-map'><div class='board-picture'>"
        f"<img src='data:image/svg+xml;base64,{picture}' data-letter='{LETTER_SHARE}' "
        f"alt='{escape(scene.layer.alternative, quote=True)}'></div>"
        f"<div>{table}<ul class='board-legend'>{legend}</ul></div></div>"
    )


def _codes_shown(scene: Scene) -> Sequence[object]:
    known = scene.result.frame.dropna(subset=["obs_value"]).sort_values("rank", kind="stable")
    return known["ref_area"].head(len(scene.rows)).tolist()


def _table_html(scene: Scene) -> str:
    if not scene.rows:
        sentence = " ".join(_words(one) for one in scene.result.statements)
        return f"<p class='board-sentence'>{sentence}</p>"
    head = "".join(f"<th scope='col'>{_words(one)}</th>" for one in scene.headings)
    body = "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in scene.rows)
    words = escape(say("board.more", count="{count}"), quote=True)
    more = f"<p class='board-more' data-further='{scene.further}' data-words='{words}'></p>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell_html(cell: Cell) -> str:
    mark = MARK_OF_BAD if cell.tone is Tone.BAD else ""
    return f"<td class='is-{cell.tone}'>{mark}{_words(cell.words)}</td>"


def _duties_html(duties: Sequence[Duty]) -> str:
    """Who does what until when; where nothing is known, that."""
    heading = escape(say("board.heading.duty"))
    if not duties:
        line = f"<li>{escape(say('board.own_action_none'))}</li>"
    else:
        line = "".join(map(_duty_html, duties))
    return f"<div class='board-duties'><h2>{heading}</h2><ul>{line}</ul></div>"


def _duty_html(duty: Duty) -> str:
    mark, tone = (MARK_OF_BAD, "is-bad") if duty.is_late else ("", "is-plain")
    return (
        f"<li><strong>{_words(duty.who)}</strong>: {_words(duty.what)} "
        f"<em class='{tone}'>{mark}{_words(duty.until)}</em></li>"
    )


def _origin_html(scene: Scene) -> str:
    """Sources and edition of the scene's figures."""
    publishers = list(dict.fromkeys(one.short_publisher for one in scene.result.sources))
    sources = ", ".join(publishers[:SOURCES_SHOWN])
    stamp = scene.result.edition
    parts = [
        say("ui.figure.source", source=sources) if sources else "",
        say("board.frame.edition", edition=stamp.number,
            date=formatter().date(stamp.published_on)),
    ]  # fmt: skip
    return f"<p class='board-origin'>{escape(' · '.join(part for part in parts if part))}</p>"
