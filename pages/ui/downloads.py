"""Files and links to take away. Nothing is made before a click; what is heavy, in a job process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.picture_charts import picture_content
from analytics.figures.picture_words import chart_height, picture_words
from analytics.jobs.render import run_job
from analytics.people import audit
from analytics.people.audit import Act
from analytics.people.rights import Person
from analytics.publishing.figure_file import (
    figure_about,
    figure_json,
    figure_table_to_take_away,
)
from analytics.publishing.geojson import map_geojson
from analytics.publishing.tables import file_name, table_bytes
from pages.ui import access, cart
from pages.ui.filters import view_link
from pages.ui.state import language, region, say, theme

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "png": "image/png",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
}
MakeMap = Callable[[], dict[str, object]]
About = Sequence[tuple[str, str]]


def offer_figure(
    figure: Figure,
    *,
    key: str,
    map_picture: MakeMap | None = None,
    boundary: Path | None = None,
) -> None:
    """CSV, XLSX, JSON, picture to share and, for a map, GeoJSON, in one row."""
    words, look = language(), theme()
    stamp = figure.result.edition
    stem = f"{stamp.region}_{figure.result.name}_e{stamp.number}"
    table = partial(figure_table_to_take_away, figure, language=words)
    about = partial(figure_about, figure, language=words)
    makers: dict[str, Callable[[], bytes]] = {
        "csv": partial(_csv, table, stamp.is_training),
        "xlsx": partial(_xlsx, table, stamp.is_training, about),
        "json": partial(figure_json, figure, language=words),
    }
    if map_picture is not None:
        makers["png"] = partial(_map_png, figure, words, look, map_picture)
    elif not figure.is_empty:
        makers["png"] = partial(_chart_png, figure, words, look)
    if boundary is not None:
        makers["geojson"] = partial(map_geojson, figure, boundary=boundary, language=words)
    _offer(makers, stem=stem, key=key, is_training=stamp.is_training)


def offer_link(figure: Figure, *, key: str) -> None:
    """The address of this view, to be copied, and the way into the briefing. The address opens
    the same choices on the newest edition. Nothing of both is drawn before it is opened.

    The address stands there as text: browsers let its button copy only on https and on the
    server's own machine, elsewhere it is selected by hand. Call it after the page's filters.
    """
    fold = st.popover(say("ui.link.name"), type="tertiary", key=f"link_{key}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        cart.offer(figure, key=key)
        st.code(f"{st.context.url or ''}{view_link()}", language=None, wrap_lines=True)
        st.caption(say("ui.link.note", edition=figure.result.edition.number))


def offer_table(table: pd.DataFrame, *, name: str, edition: Edition, key: str) -> None:
    """A table that is no figure (sources, treated rows) as CSV and XLSX."""
    stamp = edition.stamp
    about = (
        (say("figures.file.region"), stamp.region_name.in_language(language())),
        (say("figures.file.edition"), str(stamp.number)),
    )
    traced = table.assign(region=stamp.region, edition=stamp.number)
    makers: dict[str, Callable[[], bytes]] = {
        "csv": partial(_csv, lambda: traced, stamp.is_training),
        "xlsx": partial(_xlsx, lambda: traced, stamp.is_training, lambda: about),
    }
    stem = f"{stamp.region}_{name}_e{stamp.number}"
    _offer(makers, stem=stem, key=key, is_training=stamp.is_training)


def _offer(
    makers: dict[str, Callable[[], bytes]], *, stem: str, key: str, is_training: bool
) -> None:
    person = access.who_is_asking()
    with st.container(horizontal=True, key=f"files_{key}"):
        for suffix, make in makers.items():
            name = file_name(stem, suffix=suffix, is_training=is_training)
            st.download_button(
                say(f"ui.files.{suffix}"),
                data=partial(_recorded, make, name, person, region()) if person.is_known else make,
                file_name=name,
                mime=MIME[suffix],
                key=f"{key}_{suffix}",
                on_click="ignore",
                type="tertiary",
                help=say(f"ui.files.help.{suffix}"),
            )


def _recorded(make: Callable[[], bytes], name: str, person: Person, shown: str) -> bytes:
    """The file, noted with the name of who takes it; readers without a name are not noted."""
    content = make()
    audit.record(
        access.people(), Act.EXPORTED, who=person, at=datetime.now(UTC), object=name, region=shown
    )
    return content


def _csv(table: Callable[[], pd.DataFrame], is_training: bool) -> bytes:
    return table_bytes(table(), file_format="csv", is_training=is_training)


def _xlsx(
    table: Callable[[], pd.DataFrame], is_training: bool, about: Callable[[], About]
) -> bytes:
    return run_job(
        "analytics.publishing.tables:table_bytes",
        frame=table(),
        file_format="xlsx",
        is_training=is_training,
        about=tuple(about()),
    )


def _chart_png(figure: Figure, words: str, look: str) -> bytes:
    told = picture_words(figure, language=words)
    content = picture_content(figure, language=words, theme=look, chart_height=chart_height(told))
    return run_job(
        "analytics.figures.picture:chart_picture", words=told, content=content, theme=look
    )


def _map_png(figure: Figure, words: str, look: str, map_picture: MakeMap) -> bytes:
    return run_job(
        "analytics.figures.picture:map_picture",
        words=picture_words(figure, language=words),
        theme=look,
        **map_picture(),
    )
