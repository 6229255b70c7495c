"""A snapshot opened read-only, what has been revised since, and the list of snapshots."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from analytics.briefing.model import Exhibit
from analytics.briefing.numbers import Change, from_json
from analytics.briefing.revisions import revision_lines
from analytics.briefing.snapshot import differences, document_of
from analytics.figures.charts import chart_spec
from analytics.jobs.render import run_job
from analytics.ledger.snapshots import (
    BrokenSnapshot,
    KeptSnapshot,
    NoSnapshot,
    file_content,
    file_hashes,
    list_snapshots,
    read_snapshot,
)
from analytics.settings import Settings
from pages.hearing.office import file_kind, office
from pages.hearing.stories import HTML, frozen_story_address
from pages.ui import cache
from pages.ui.figure import draw_spec
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say, theme
from pages.ui.tables import show_table

ADDRESS = "snapshot"
ADDRESS_OF_PAGE = "paparan"
SNAPSHOTS_KEPT = 8
CHART_PX = 320
MAPS_KEPT = 16
MAP_PX = (900, 560)


def address(settings: Settings) -> str:
    """Where snapshots are opened, up to their id; empty without a public address."""
    base = settings.public_url.rstrip("/") if settings.public_url else ""
    return f"{base}/{ADDRESS_OF_PAGE}?{ADDRESS}=" if base else ""


def show(snapshot_id: str) -> None:
    """The snapshot as it was frozen: texts, pictures, files; nothing can be changed."""
    try:
        with office().store.engine.connect() as connection:
            kept = read_snapshot(connection, snapshot_id)
    except NoSnapshot:
        st.title(say("briefing.page.title"))
        st.warning(say("briefing.command.no_snapshot", id=as_text(snapshot_id)))
        _link_back()
        return
    except BrokenSnapshot:
        st.error(say("briefing.command.broken", id=as_text(snapshot_id)))
        return
    st.title(as_text(kept.title))
    _show_banner(kept)
    _offer_files(kept)
    _show_figures(kept)
    _link_back()


def _show_banner(kept: KeptSnapshot) -> None:
    """Which edition, by whom, when; and what the newest edition says otherwise."""
    st.info(
        say(
            "briefing.page.frozen", id=kept.snapshot_id, edition=kept.edition,
            name=as_text(kept.created_by), date=formatter().date(kept.created_at.date()),
        ),
        icon=":material/ac_unit:",
    )  # fmt: skip
    newest = office().store.newest_number()
    with st.spinner(say("briefing.page.comparing")):
        changes = _changes(region(), kept.snapshot_id, newest)
    if not changes:
        st.caption(say("briefing.page.not_revised", edition=newest))
        return
    words = cache.edition_of(region(), newest).vocabulary
    told = revision_lines(changes, words, language())
    lines = "\n".join(f"- {as_text(line)}" for line in told)
    st.warning(f"{say('briefing.page.revised', edition=newest, n=len(changes))}\n\n{lines}")


@st.cache_resource(max_entries=SNAPSHOTS_KEPT, show_spinner=False)
def _changes(region_name: str, snapshot_id: str, newest: int) -> Sequence[Change]:  # noqa: ARG001 (part of the cache's key)
    return differences(office(), snapshot_id, edition=newest)


def _offer_files(kept: KeptSnapshot) -> None:
    """The files byte for byte as they were made."""
    with office().store.engine.connect() as connection:
        hashes = file_hashes(connection, kept.snapshot_id)
    with st.container(horizontal=True, key="snapshot_files"):
        if HTML in hashes:
            st.link_button(
                say("briefing.page.open_story"), frozen_story_address(region(), kept.snapshot_id),
                type="primary", icon=":material/slideshow:",
            )  # fmt: skip
        for suffix in hashes:
            st.download_button(
                file_kind(suffix), data=partial(_content, kept.snapshot_id, suffix),
                file_name=f"{region()}_{kept.snapshot_id}.{suffix}", key=f"snapshot_{suffix}",
                on_click="ignore", help=hashes[suffix],
            )  # fmt: skip


def _content(snapshot_id: str, suffix: str) -> bytes:
    with office().store.engine.connect() as connection:
        return file_content(connection, snapshot_id, suffix)


def _show_figures(kept: KeptSnapshot) -> None:
    """Each figure with the words that were frozen; its picture from the snapshot's edition."""
    pictures = {exhibit.number: exhibit for exhibit in _exhibits(region(), kept.snapshot_id)}
    for figure in from_json(kept.figures):
        number = int(figure["number"])
        with st.container(border=True, key=f"snapshot_figure_{number}"):
            st.markdown(f"## {number}. {as_text(figure['heading'])}")
            st.caption(as_text(figure["context"]))
            if number in pictures:
                _draw(pictures[number], kept)
            st.markdown(as_text(figure["sentence"]))
            for _, question, answer in figure["questions"]:
                with st.expander(as_text(question)):
                    st.write(as_text(answer))
            st.caption(as_text(figure["source"]))


@st.cache_resource(max_entries=SNAPSHOTS_KEPT, show_spinner=False)
def _exhibits(region_name: str, snapshot_id: str) -> Sequence[Exhibit]:  # noqa: ARG001 (part of the cache's key)
    with office().store.engine.connect() as connection:
        kept = read_snapshot(connection, snapshot_id)
    return document_of(office(), kept).exhibits


def _draw(exhibit: Exhibit, kept: KeptSnapshot) -> None:
    """Chart, map or table of the snapshot's own edition, in the language of its frozen words;
    the newest edition is not read for it.
    """
    spec = chart_spec(exhibit.figure, language=kept.language, theme=theme(), height=CHART_PX)
    if spec is not None:
        draw_spec(spec, key=f"snapshot_chart_{exhibit.number}")
        return
    if exhibit.drawing is None:
        _show_table(exhibit, kept.language)
        return
    st.html(_map(region(), kept.snapshot_id, exhibit.number, theme(), exhibit))
    with st.expander(say("briefing.page.map_table"), key=f"snapshot_table_{exhibit.number}"):
        _show_table(exhibit, kept.language)


@st.cache_resource(max_entries=MAPS_KEPT, show_spinner=False)
def _map(
    region_name: str,  # noqa: ARG001 (what names the map, and the cache's key)
    snapshot_id: str,  # noqa: ARG001
    number: int,  # noqa: ARG001
    look: str,
    _exhibit: Exhibit,
) -> str:
    """The map of the snapshot's own edition as vector pictures: one for a telephone."""
    drawn: dict[str, bytes] = run_job(
        "analytics.jobs.briefings:map_pictures", drawing=_exhibit.drawing, theme=look, size=MAP_PX
    )
    return "".join(
        f'<img class="frozen-map for-{name}" alt="{escape(_exhibit.alt_text)}" '
        f'src="data:image/svg+xml;base64,{b64encode(picture).decode("ascii")}">'
        for name, picture in drawn.items()
    )


def _show_table(exhibit: Exhibit, words: str) -> None:
    table = exhibit.figure.table(words)
    show_table(
        table.words(), label=exhibit.heading, numbers=table.numbers, height=CHART_PX,
        is_stacked=True,
    )  # fmt: skip


def _link_back() -> None:
    st.button(say("briefing.page.back"), key="snapshot_back", icon=":material/arrow_back:",
              on_click=lambda: st.query_params.pop(ADDRESS, None))  # fmt: skip


def show_list() -> None:
    """The snapshots of the region, the newest first."""
    with office().store.engine.connect() as connection:
        found = list_snapshots(connection)
    if not found:
        return
    st.header(say("briefing.page.list"))
    write = formatter()
    columns = [say(f"briefing.command.show.{name}")
               for name in ("id", "created_at", "edition", "created_by", "title")]  # fmt: skip
    rows = [
        (each.snapshot_id, write.date(each.created_at.date()), str(each.edition), each.created_by,
         each.title)
        for each in found
    ]  # fmt: skip
    label = say("briefing.page.list")
    show_table(pd.DataFrame(rows, columns=columns), label=label, is_stacked=True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="snapshot_open"):
        chosen = st.selectbox(
            say("briefing.page.choose_snapshot"), [each.snapshot_id for each in found],
            key="snapshot_chosen",
        )  # fmt: skip
        st.button(say("briefing.page.open_snapshot"), key="snapshot_open_button",
                  on_click=_open, args=(chosen,))  # fmt: skip


def _open(snapshot_id: str) -> None:
    st.query_params[ADDRESS] = snapshot_id
