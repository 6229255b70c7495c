"""The panel of a figure: title, context, picture, facts, sentence, sources, table, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from analytics.figures.charts import chart_spec, drawn_kind, small_specs
from analytics.figures.figure import Fact, Figure, Kind
from analytics.figures.palette import THEMES
from analytics.figures.result import Label, Number, Period, Source, Statement
from analytics.figures.sentences import TEXT, status_words
from analytics.observations.status import ObsStatus
from pages.ui import cache
from pages.ui.downloads import MakeMap, offer_figure, offer_link
from pages.ui.plain_text import as_text as _plain
from pages.ui.state import language, say, theme
from pages.ui.tables import show_table

Answer = TypeVar("Answer")

HEIGHT_PX = 380
SPARK_PX = 48
SMALL_COLUMNS = 3
CAVEATS_OPEN = 2
MOST_ROWS_READ = 30
ARROWS = {"up": "▲", "down": "▼", "same": "■"}
TONES = {"good": "green", "bad": "brick", "neutral": "grey"}
UNMARKED = frozenset({ObsStatus.NORMAL.value, ""})


def show_figure(
    figure: Figure,
    *,
    key: str,
    facts: Sequence[Fact] = (),
    height: int | None = None,
    level: int = 2,
    is_bare: bool = False,
    map: Callable[[], Answer] | None = None,
    map_picture: MakeMap | None = None,
    boundary: Path | None = None,
) -> Answer | None:
    """Shows a figure with all that must stand beside it; gives what `map` gives.

    `map` draws the map in the place of the picture; `map_picture` gives, on a click, what
    draws it again for the picture to share; `boundary` offers GeoJSON. `is_bare` leaves out
    title and context where the page's heading says them.
    """
    words = language()
    if not is_bare:
        st.markdown(f"{'#' * level} {_plain(figure.title(words))}")
        st.caption(figure.context(words, today=cache.today()))
    if figure.is_empty and map is None and not _has_text(figure):
        show_empty(figure)
        return None
    answer = _picture_with_facts(figure, key=key, facts=facts, height=height, draw=map)
    show_words_and_files(figure, key=key, map_picture=map_picture, boundary=boundary)
    return answer


def show_words_and_files(
    figure: Figure,
    *,
    key: str,
    map_picture: MakeMap | None = None,
    boundary: Path | None = None,
) -> None:
    """What stands under a picture: sentence, notes, caveats, sources, table and files."""
    words = language()
    sentence = figure.sentence(words)
    if sentence:
        st.markdown(_plain(sentence))
    _show_notes(figure, words)
    _show_origin(figure)
    _show_table_and_files(figure, key=key, map_picture=map_picture, boundary=boundary)


def draw_spec(spec: Mapping[str, Any], *, key: str) -> None:
    """Draws Vega-Lite with its rows inside: Streamlit would send named rows as Arrow tables,
    whose 64-bit moments the browser's scales cannot read.
    """
    rows = spec.get("datasets", {})
    inline = {name: value for name, value in spec.items() if name != "datasets"}
    st.vega_lite_chart(_with_rows(inline, rows), width="stretch", theme=None, key=key)


def _with_rows(part: Any, rows: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        if set(part) == {"name"} and part["name"] in rows:
            return {"values": rows[part["name"]]}
        return {name: _with_rows(value, rows) for name, value in part.items()}
    return [_with_rows(one, rows) for one in part] if isinstance(part, list) else part


def _has_text(figure: Figure) -> bool:
    frame = figure.frame
    if figure.result.indicator.unit == TEXT:
        return len(frame) > 0
    return "obs_text" in frame.columns and bool((frame["obs_text"].fillna("") != "").any())


def _picture_with_facts(
    figure: Figure,
    *,
    key: str,
    facts: Sequence[Fact],
    height: int | None,
    draw: Callable[[], Answer] | None,
) -> Answer | None:
    if not facts:
        return _picture(figure, key=key, height=height, draw=draw)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        answer = _picture(figure, key=key, height=height, draw=draw)
    with right:
        for fact in facts:
            show_fact(fact)
    return answer


def _picture(
    figure: Figure, *, key: str, height: int | None, draw: Callable[[], Answer] | None
) -> Answer | None:
    if draw is not None:
        return draw()
    if figure.kind is Kind.TABLE:
        _show_table_as_picture(figure)
        return None
    if drawn_kind(figure) is Kind.SMALL_MULTIPLES:
        _show_small_multiples(figure, key=key)
        return None
    spec = chart_spec(figure, language=language(), theme=theme(), height=height)
    if spec is not None:
        draw_spec(spec, key=f"{key}_chart")
    return None


def _show_small_multiples(figure: Figure, *, key: str) -> None:
    specs = small_specs(figure, language=language(), theme=theme())
    for start in range(0, len(specs), SMALL_COLUMNS):
        columns = st.columns(SMALL_COLUMNS)
        for column, (name, spec) in zip(
            columns, specs[start : start + SMALL_COLUMNS], strict=False
        ):
            with column:
                st.markdown(f"**{_plain(name)}**")
                draw_spec(spec, key=f"{key}_chart_{start}_{name}")


def _show_notes(figure: Figure, words: str) -> None:
    """Why something is missing or withheld."""
    for note in figure.result.notes:
        st.info(_plain(note.words(words)))


@st.fragment
def _show_table_and_files(
    figure: Figure, *, key: str, map_picture: MakeMap | None, boundary: Path | None
) -> None:
    """Table switch, files and link in one quiet row; opening the table runs nothing else."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"row_{key}"):
        is_open = figure.kind is not Kind.TABLE and st.toggle(
            say("ui.figure.table"), key=f"table_{key}"
        )
        offer_figure(figure, key=key, map_picture=map_picture, boundary=boundary)
        offer_link(figure, key=key)
    if is_open:
        _show_table(figure)


def _show_origin(figure: Figure) -> None:
    """Caveats and sources as one quiet piece: few stand open, many are folded."""
    caveats = [escape(caveat.in_language(language())) for caveat in figure.result.caveats]
    sources = [_source_html(source) for source in figure.result.sources]
    parts = _lines_or_fold(caveats, "ui.figure.caveats", open_up_to=CAVEATS_OPEN)
    if len(sources) == 1:
        parts += f"<p>{escape(say('ui.figure.source', source=''))}{sources[0]}</p>"
    else:
        parts += _lines_or_fold(sources, "ui.figure.sources", open_up_to=0)
    if parts:
        st.html(f"<div class='origin'>{parts}</div>")


def _lines_or_fold(lines: Sequence[str], heading: str, *, open_up_to: int) -> str:
    if len(lines) <= open_up_to:
        return "".join(f"<p>{line}</p>" for line in lines)
    items = "".join(f"<li>{line}</li>" for line in lines)
    summary = escape(say(heading, n=len(lines)))
    return f"<details><summary>{summary}</summary><ul>{items}</ul></details>" if lines else ""


def _source_html(source: Source) -> str:
    """Citation with its method, licence and address."""
    parts = [
        source.cited(language()),
        source.method_name.in_language(language()),
        source.licence.in_language(language()),
    ]
    words = " · ".join(escape(part) for part in parts if part)
    if not source.url.startswith(("http://", "https://")):
        return words
    address = escape(source.url, quote=True)
    return f"{words} · <a href='{address}'>{escape(say('ui.figure.address'))}</a>"


def _show_table_as_picture(figure: Figure) -> None:
    """A table that is read stands there whole, on a telephone too; a long one can be sorted."""
    if len(figure.frame) > MOST_ROWS_READ:
        _show_table(figure)
        return
    table = figure.table(language())
    show_table(
        table.words(), label=figure.title(language()), numbers=table.numbers, is_stacked=True
    )


def _show_table(figure: Figure) -> None:
    st.dataframe(figure.table(language()).styled(), hide_index=True, width="stretch")


def show_empty(figure: Figure) -> None:
    """Why there is nothing to see, and what to do."""
    notes = [note.words(language()) for note in figure.result.notes]
    with st.container(border=True):
        st.markdown(f"**{_plain(notes[0] if notes else say('ui.figure.empty'))}**")
        for note in notes[1:] or [say("ui.figure.empty_cure")]:
            st.write(_plain(note))


# Facts


def show_facts(
    facts: Sequence[Fact], *, columns: int = 4, sparks: Mapping[int, Figure] | None = None
) -> None:
    """Cards of figures: name, value, period, status, change, source, and a small trend."""
    if sparks is None:
        cards = "".join(f"<div class='fact-card'>{_fact_html(fact)}</div>" for fact in facts)
        st.html(f"<div class='fact-cards' style='--columns:{columns}'>{cards}</div>")
        return
    for start in range(0, len(facts), columns):
        cells = st.columns(columns)
        for offset, fact in enumerate(facts[start : start + columns]):
            with cells[offset].container(border=True, height="stretch"):
                show_fact(fact, spark=sparks.get(start + offset))


def _show_spark(spark: Figure) -> None:
    spec = chart_spec(spark, language=language(), theme=theme(), height=SPARK_PX)
    if spec is not None:
        key = f"spark_{spark.result.name}_{'_'.join(map(str, spark.result.parameters.values()))}"
        draw_spec(spec, key=key)


def show_fact(fact: Fact, *, spark: Figure | None = None) -> None:
    """One figure with its period, status, change and source."""
    if spark is None:
        st.html(_fact_html(fact))
        return
    st.html(f"<div class='fact'>{_fact_words(fact)}</div>")
    _show_spark(spark)
    st.html(f"<div class='fact'>{_fact_source(fact)}</div>")


def _fact_html(fact: Fact) -> str:
    return f"<div class='fact'>{_fact_words(fact)}{_fact_source(fact)}</div>"


def _fact_words(fact: Fact) -> str:
    words = language()
    parts = [
        f"<div class='fact-name'>{escape(_words(fact.heading, words))}</div>",
        f"<div class='fact-value'>{escape(_words(fact.value, words))}</div>",
        f"<div class='fact-quiet'>{escape(_period_and_status(fact, words))}</div>",
    ]
    if fact.comparison is not None:
        colour = getattr(THEMES[theme()], TONES[fact.tone])
        arrow = f"{ARROWS[fact.direction]} " if fact.direction else ""
        change = escape(arrow + _words(fact.comparison, words))
        parts.append(f"<div class='fact-change' style='color:{colour}'>{change}</div>")
    return "".join(parts)


def _fact_source(fact: Fact) -> str:
    if fact.source is None:
        return ""
    source = escape(say("ui.figure.source", source=fact.source.short_publisher))
    return f"<div class='fact-quiet fact-source'>{source}</div>"


def _period_and_status(fact: Fact, words: str) -> str:
    period = _words(fact.period, words) if fact.period is not None else ""
    status = "" if fact.status in UNMARKED else status_words(fact.status, words)
    return " · ".join(part for part in (period, status) if part)


def _words(value: Number | Statement | Label | Period | str, words: str) -> str:
    if isinstance(value, str):
        return value
    return value.in_language(words) if isinstance(value, Label) else value.words(words)
