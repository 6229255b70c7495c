"""Entry forms: few big fields for a telephone; what is typed stays in the browser until it is kept.

The context is chosen with the page's own fields; figures are typed into `entry_form.js`, which
writes every letter into the browser's own store and sends them when asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.desk import bringing
from analytics.desk.answers import Kept, Look, Refusal, Unread
from analytics.desk.forms import FORMS, Context, EntryForm, Field
from analytics.ingest.datasets import dataset_form
from analytics.ingest.region import Region
from analytics.people.rights import Person
from pages.data_desk import words
from pages.data_desk.bring_parts import ask, show_kept, source_names
from pages.ui import cache, filters
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, from_address, language, region, say

FOLDER = Path(__file__).parent
TYPED, FORM_KEPT = "form_typed", "form_kept"
FIRST_YEAR = 2010
HALVES = ("I", "II")

entry_form = st.components.v2.component(
    "entry_form",
    css=(FOLDER / "entry_form.css").read_text(encoding="utf-8"),
    js=(FOLDER / "entry_form.js").read_text(encoding="utf-8"),
)


def show(person: Person) -> None:
    """The form, its context, its fields; then the look and the sending."""
    code = filters.choose_view(
        "form", label="data_desk.form.choose", options=list(FORMS), hides_label=True,
        words=lambda one: say(f"data_desk.form.name.{one}"),
    )  # fmt: skip
    form, in_force = FORMS[code], words.region_in_force()
    st.write(say(f"data_desk.form.lead.{code}"))
    _show_kept(code)
    context = _choose_context(code, in_force)
    if context is None:
        st.info(say("data_desk.form.nothing_here"))
        return
    source = _choose_source(person, in_force)
    fields = form.fields(in_force, context, language())
    draft = _draft_name(person, code, context)
    typed = _show_fields(fields, draft)
    if typed is not None:
        st.session_state[TYPED] = (draft, typed)
    kept_draft, values = st.session_state.get(TYPED, ("", {}))
    if kept_draft == draft:
        _show_look(person, form, fields, context, values, source, in_force)


def _draft_name(person: Person, code: str, context: Context) -> str:
    """Names a draft in the browser: region, person, form and context, as one short text."""
    told = "|".join((region(), person.name, code, context.code))
    return sha256(told.encode()).hexdigest()[:24]


# Context


def _choose_context(code: str, in_force: Region) -> Context | None:
    """What the form is about; None where the region has nothing to choose from."""
    choosers = {
        "prices": _price_context,
        "visits": _visit_context,
        "planting": _planting_context,
        "event": _event_context,
        "programme": _programme_context,
    }
    return choosers[code](in_force)


def _price_context(in_force: Region) -> Context | None:
    left, right = st.columns(2)
    with left:
        area = _choose_area(in_force)
    day = right.date_input(
        say("data_desk.form.day"), value=cache.today(), max_value=cache.today(),
        format="DD/MM/YYYY", key="form_day",
    )  # fmt: skip
    return Context(area=area, start=day, end=day) if area else None


def _visit_context(in_force: Region) -> Context | None:
    table = in_force.tables["places"]
    mine = table[table["kind"] == "destination"]
    names = dict(zip(mine["place"], mine["place_name"], strict=True))
    if not names:
        return None
    site = filters.choose_one(
        "site", label="data_desk.form.site", options=sorted(names, key=names.__getitem__),
        words=lambda code: str(names.get(code, code)),
    )  # fmt: skip
    start, end = _choose_month()
    return Context(place=site, start=start, end=end)


def _planting_context(in_force: Region) -> Context | None:
    first, second = st.columns(2)
    with first:
        area = _choose_area(in_force)
    items = _items(in_force, FORMS["planting"])
    if not area or not items:
        return None
    with second:
        item = filters.choose_one(
            "crop", label="data_desk.form.item", options=list(items),
            words=lambda code: items.get(code, code),
        )  # fmt: skip
    start, _ = _choose_month(is_current=True)
    half = st.segmented_control(
        say("data_desk.form.half"), HALVES, default=HALVES[0], key="form_half", required=True
    )
    return Context(area=area, item=item, start=start, end=start, half=str(half))


def _event_context(in_force: Region) -> Context | None:
    area = _choose_area(in_force)
    left, right = st.columns(2)
    limits = {"max_value": cache.today(), "format": "DD/MM/YYYY"}
    first = left.date_input(say("data_desk.form.first_day"), value=cache.today(),
                            key="form_first", **limits)  # fmt: skip
    last = right.date_input(say("data_desk.form.last_day"), value=first, key="form_last", **limits)
    return Context(area=area, start=first, end=max(first, last)) if area else None


def _programme_context(in_force: Region) -> Context | None:
    table = in_force.tables.get("programmes")
    if table is None or table.empty:
        return None
    names = dict(zip(table["item"], table[f"name_{language()}"], strict=True))
    item = filters.choose_one(
        "programme", label="data_desk.form.programme", options=sorted(names, key=names.__getitem__),
        words=lambda code: str(names.get(code, code)),
    )  # fmt: skip
    years = [str(year) for year in range(cache.today().year, FIRST_YEAR - 1, -1)]
    asked = from_address("of_year", offered=years, otherwise=years[0])
    year = int(st.selectbox(
        say("data_desk.form.year"), years, index=years.index(asked),
        key=f"form_year_{item}_{asked}",
    ))  # fmt: skip
    start, end = date(year, 1, 1), date(year, 12, 31)
    return Context(area=in_force.ref_area, item=item, start=start, end=end)


def _choose_area(in_force: Region) -> str:
    areas = in_force.areas.children_of(in_force.ref_area)
    if not areas:
        return ""
    return filters.choose_one(
        "district", label="data_desk.form.area", options=areas, words=in_force.areas.name_of
    )


def _items(in_force: Region, form: EntryForm) -> dict[str, str]:
    """Crops that may be planted, those of the template first."""
    wanted = dataset_form(form.dataset)
    table = in_force.tables["commodities"]
    mine = table[table["group"].isin(wanted.groups) | table["item"].isin(wanted.template_items)]
    names = dict(zip(mine["item"], mine[f"name_{language()}"], strict=True))
    first = [item for item in wanted.template_items if item in names]
    rest = sorted((item for item in names if item not in first), key=names.__getitem__)
    return {item: str(names[item]) for item in (*first, *rest)}


def _choose_month(*, is_current: bool = False) -> tuple[date, date]:
    """First and last day of a month; the month that is over, or the running one."""
    today = cache.today()
    usual = today if is_current else today.replace(day=1) - timedelta(days=1)
    left, right = st.columns(2)
    year = left.selectbox(
        say("data_desk.form.year"), range(today.year, FIRST_YEAR - 1, -1), key="form_year",
        index=today.year - usual.year,
    )  # fmt: skip
    month = right.selectbox(
        say("data_desk.form.month"), range(1, 13), index=usual.month - 1, key="form_month",
        format_func=formatter().month_name,
    )  # fmt: skip
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _choose_source(person: Person, in_force: Region) -> str:
    """The source of these rows: that of the person's office where the region names it."""
    names = {"": say("data_desk.form.no_source"), **source_names()}
    offices = in_force.tables.get("offices")
    mine = () if offices is None else offices.loc[offices["office"] == person.office, "source_id"]
    own = next((str(code) for code in mine if code in names), "")
    return filters.choose_one(
        "form_source", label="data_desk.form.source", options=list(names), default=own,
        words=lambda code: names.get(code, code),
    )  # fmt: skip


# Fields


def _show_fields(fields: Sequence[Field], draft: str) -> dict[str, str] | None:
    """The fields in the browser; what was typed once it is sent, else None."""
    plain: list[Mapping[str, object]] = [
        {
            "name": one.name, "label": one.label, "unit": one.unit, "isNumber": one.is_number,
            "last": one.last or (say("data_desk.form.no_last") if one.is_number else ""),
        }
        for one in fields
    ]  # fmt: skip
    data = {
        "draft": draft, "fields": plain, "forget": st.session_state.pop("form_forget", ""),
        "check": say("data_desk.form.check"), "discard": say("data_desk.form.discard"),
        "note": say("data_desk.form.draft"),
    }  # fmt: skip
    found = entry_form(key=f"entry_{draft}", data=data, on_sent_change=lambda: None)
    return _as_typed(getattr(found, "sent", None), fields)


def _as_typed(sent: Any, fields: Sequence[Field]) -> dict[str, str] | None:
    """Only texts of fields that there are; what comes from a browser is not trusted."""
    if not isinstance(sent, Mapping):
        return None
    return {one.name: str(sent.get(one.name, ""))[:200] for one in fields}


# Sending


def _show_look(
    person: Person,
    form: EntryForm,
    fields: Sequence[Field],
    context: Context,
    typed: dict[str, str],
    source: str,
    in_force: Region,
) -> None:
    look = bringing.look_at_form(person, form.code, context, typed, source, in_force)
    if isinstance(look, Refusal | Unread):
        refused = look if isinstance(look, Refusal) else look.refusal
        st.error(as_text(refused.words(language())))
        return
    st.markdown(f"**{say('data_desk.form.looked')}**")
    lines = [
        as_text(say("data_desk.form.row", name=one.label, value=typed[one.name], unit=one.unit))
        for one in fields
        if typed.get(one.name)
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    if len(look.findings):
        words.show_findings(
            look.findings,
            label=say("data_desk.form.findings"),
            fields=_fields_by_cell(look, fields),
        )
    _show_send(person, form, context, typed, source, in_force, look)


def _fields_by_cell(look: Look, fields: Sequence[Field]) -> dict[tuple[int, str], str]:
    """The label of the field behind each figure of the file that the form makes.

    A field is named after its commodity where the form has one a row, else after its measure.
    """
    labels = {one.name: one.label for one in fields}
    rows = look.rows
    return {
        (int(row), str(column)): labels.get(item) or labels.get(indicator, "")
        for row, column, item, indicator in zip(
            rows["row"], rows["column"], rows["item"], rows["indicator"], strict=True
        )
    }


def _show_send(
    person: Person,
    form: EntryForm,
    context: Context,
    typed: dict[str, str],
    source: str,
    in_force: Region,
    look: Look,
) -> None:
    said = ask(look, key="form")
    if not st.button(say("data_desk.send.go"), key="form_send", type="primary",
                     disabled=said is None) or said is None:  # fmt: skip
        return
    answer = bringing.keep_form(region(), person, form.code, context, typed, source, said, in_force)
    if isinstance(answer, Refusal):
        st.error(as_text(answer.words(language())))
        return
    st.session_state["form_forget"] = st.session_state.pop(TYPED)[0]
    st.session_state[FORM_KEPT] = (form.code, answer)
    for name in ("note_form", "tick_form", "only_form", "reason_form"):
        st.session_state.pop(name, None)
    st.rerun()


def _show_kept(code: str) -> None:
    kept_code, kept = st.session_state.get(FORM_KEPT, ("", None))
    if kept_code == code and isinstance(kept, Kept):
        show_kept(kept)
