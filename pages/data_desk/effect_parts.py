"""What a batch would change, and what publishing or withdrawing has changed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analytics.desk.answers import Done, Shown
from analytics.desk.done_words import (
    area_name,
    code_names,
    sentences,
    series_name,
    view_of,
)
from analytics.ingest.region import Region
from pages.data_desk import words
from pages.ui.navigation import link_to
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, say
from pages.ui.tables import show_table

SHOWN_AREAS, SHOWN_TOTALS, SHOWN_SERIES = 200, 100, 20
# Where the values of a dataset are seen, and which of its filters are set.
SEEN_ON: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "agriculture": ("agriculture", ("level", "item", "indicator")),
    "rice_monthly": ("agriculture", ("item", "indicator")),
    "planting": ("analysis", ()),
    "population": ("analysis", ()),
    "prices": ("prices", ("item",)),
    "farmgate_prices": ("prices", ("item",)),
    "cpi": ("prices", ()),
    "budget": ("smart_city", ()),
    "performance": ("smart_city", ()),
}
OTHERWISE = ("tourism", ())


def show_done(done: Done, act: str) -> None:
    """What was done, what it changed in sentences, and the way to where it is seen."""
    st.success(_done_words(done, act), icon=":material/check_circle:")
    if done.effect is None:
        return
    in_force = words.region_in_force()
    told = sentences(done.effect, in_force, language())
    with st.container(key="desk_done"):
        st.markdown("\n".join(f"- {as_text(sentence)}" for sentence in told))
        page, filters = SEEN_ON.get(done.dataset, OTHERWISE)
        view = view_of(done.effect, in_force)
        choices = {name: getattr(view, name) for name in filters if getattr(view, name)}
        link_to(page, label=say(f"data_desk.batch.see.{page}"), icon=":material/arrow_forward:",
                **choices)  # fmt: skip


def _done_words(done: Done, act: str) -> str:
    if act == "publish":
        return say("data_desk.batch.published", batch=done.batch_id, edition=done.edition)
    name = "withdrawn" if done.edition else "withdrawn_waiting"
    return say(f"data_desk.batch.{name}", batch=done.batch_id, edition=done.edition)


def show_effect(shown: Shown) -> None:
    """Counts, totals old against new, forecasts that no longer rest on the newest values."""
    number = formatter().number
    kinds = ("new", "changed", "same", "gone")
    sums = {kind: number(int(shown.counts[kind].sum()), 0) for kind in kinds}
    st.markdown(f"**{say('data_desk.batch.counts', edition=shown.edition, **sums)}**")
    in_force = words.region_in_force()
    heads = {name: say(f"data_desk.column.{name}") for name in ("area", "indicator", *kinds)}
    counts = shown.counts.head(SHOWN_AREAS)
    table = pd.DataFrame(
        {
            heads["area"]: [area_name(in_force, code) for code in counts["ref_area"]],
            heads["indicator"]: _named_codes(counts["indicator"], "indicators", "indicator"),
            **{heads[kind]: [number(n, 0) for n in counts[kind]] for kind in kinds},
        }
    )
    with st.expander(say("data_desk.batch.counts_by"), expanded=len(counts) <= 12):
        show_table(table, label=say("data_desk.batch.counts_by"), height=360,
                   numbers=[heads[kind] for kind in kinds])  # fmt: skip
    _show_totals(shown.totals, in_force)
    if shown.stale_forecasts:
        stale = shown.stale_forecasts[:SHOWN_SERIES]
        series = "; ".join(series_name(one, in_force, language()) for one in stale)
        st.warning(as_text(say("data_desk.batch.stale", series=series)))
    else:
        st.caption(say("data_desk.batch.no_stale"))


def _show_totals(totals: pd.DataFrame, in_force: Region) -> None:
    if totals.empty:
        st.caption(say("data_desk.batch.no_totals"))
        return
    symbols = code_names(in_force, "units", "unit", f"symbol_{language()}")
    number = formatter().number
    few = totals.head(SHOWN_TOTALS)
    names = ("item", "indicator", "period", "old", "after", "unit")
    heads = {name: say(f"data_desk.column.{name}") for name in names}
    table = pd.DataFrame(
        {
            heads["item"]: _named_codes(few["item"], "commodities", "item"),
            heads["indicator"]: _named_codes(few["indicator"], "indicators", "indicator"),
            heads["period"]: [_period(*span) for span in zip(few["period_start"],
                                                             few["period_end"], strict=True)],
            heads["old"]: [number(value) for value in few["old"]],
            heads["after"]: [number(value) for value in few["new"]],
            heads["unit"]: [symbols.get(unit, unit) for unit in few["unit"]],
        }
    )  # fmt: skip
    st.markdown(f"**{say('data_desk.batch.totals')}**")
    show_table(table, label=say("data_desk.batch.totals"), numbers=[heads["old"], heads["after"]],
               height=360)  # fmt: skip


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    return formatter().period(start.date(), end.date())


def _named_codes(codes: pd.Series, table: str, column: str) -> list[str]:
    names = code_names(words.region_in_force(), table, column, f"name_{language()}")
    return [str(names.get(code, code)) for code in codes]
