"""What offices write about programmes: who may, the forms, and what is kept, with name and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import streamlit as st

from analytics.editions.edition import Edition
from analytics.ledger.programme_entries import (
    FILE_STARTS,
    LARGEST_FILE_BYTES,
    LONGEST_WORDS,
    Entry,
    EntryKind,
    EntryRefused,
    add_entry,
    entries_of,
    file_of,
)
from analytics.people.audit import Act
from analytics.people.rights import Person, Right, may
from pages.ui import access, cache
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, region, say

MEGABYTE = 1024 * 1024


def writer() -> Person | None:
    """The person at the browser, who may write; None for readers.

    The only place of this page where the person is asked.
    """
    person = access.who_is_asking()
    return person if may(person, Right.REPORT_PROGRAMMES) else None


def kept(kind: EntryKind, subjects: Sequence[str] = ()) -> Mapping[str, Sequence[Entry]]:
    """Entries by subject, the newest first."""
    with cache.store(region()).engine.connect() as connection:
        return entries_of(connection, kind, subjects)


def show_entry(written: Sequence[Entry], *, heading: str = "") -> None:
    """The newest words about a subject, who wrote them and when; how many came before."""
    newest = written[0]
    with st.container(border=True):
        above = f"**{as_text(heading)}**  \n" if heading else ""
        st.markdown(f"{above}{as_text(newest.words)}")
        when = formatter().date(newest.written_at.date())
        st.caption(as_text(say("smart_city.page.written_by", who=newest.written_by, when=when)))
        offer_proof(newest)
        if len(written) > 1:
            st.caption(say("smart_city.page.earlier", n=len(written) - 1))


def offer_proof(entry: Entry) -> None:
    """Address and file of an entry, where it has them."""
    if entry.address:
        st.link_button(say("smart_city.page.evidence_open"), entry.address, type="tertiary")
    if entry.file_name:
        st.download_button(
            say("smart_city.page.evidence_file", name=entry.file_name),
            data=lambda: _content(entry.entry_id),
            file_name=entry.file_name,
            mime="application/octet-stream",
            key=f"entry_file_{entry.entry_id}",
            on_click="ignore",
            type="tertiary",
        )


def _content(entry_id: int) -> bytes:
    with cache.store(region()).engine.connect() as connection:
        return file_of(connection, entry_id)


def offer_form(
    edition: Edition,
    kind: EntryKind,
    *,
    subjects: Mapping[str, str],
    label: str = "",
    with_proof: bool = False,
) -> None:
    """The form of a kind for one of the subjects (code: words), or why there is none."""
    person = writer()
    if person is None:
        st.caption(say("smart_city.page.only_officers"))
        return
    with st.form(f"smart_city_{kind.value}", clear_on_submit=True):
        st.markdown(f"**{say(f'smart_city.form.{kind.value}')}**")
        subject = _subject(subjects, label)
        words = st.text_area(say("smart_city.form.words"), max_chars=LONGEST_WORDS)
        address, dated, file = _proof() if with_proof else ("", None, None)
        is_sent = st.form_submit_button(say("smart_city.form.save"))
    if is_sent:
        _keep(
            Entry(
                kind, subject, words, person.signature, datetime.now(UTC), edition.stamp.number,
                address, dated, file.name if file else "", content=file.getvalue() if file else b"",
            )
        )  # fmt: skip


def _subject(subjects: Mapping[str, str], label: str) -> str:
    if len(subjects) == 1:
        return next(iter(subjects))
    return st.selectbox(say(label), list(subjects), format_func=subjects.__getitem__)


def _proof() -> tuple[str, date | None, object]:
    address = st.text_input(say("smart_city.form.address"))
    dated = st.date_input(say("smart_city.form.dated"), value=None, format="DD/MM/YYYY")
    size = LARGEST_FILE_BYTES // MEGABYTE
    file = st.file_uploader(
        say("smart_city.form.file", size=size), type=list(FILE_STARTS), max_upload_size=size
    )
    return address, dated, file


def _keep(entry: Entry) -> None:
    """Keeps the entry, or says why it cannot be kept; asks again who is writing."""
    person = writer()
    if person is None:
        return
    try:
        with cache.store(region()).engine.begin() as connection:
            add_entry(connection, entry)
    except EntryRefused as refused:
        st.error(say(f"smart_city.form.refused.{refused.fault}", n=LONGEST_WORDS))
        return
    access.record(Act.REPORTED_PROGRAMME, who=person, object=f"{entry.kind.value} {entry.subject}")
    st.toast(say("smart_city.form.saved"))
    st.rerun()
