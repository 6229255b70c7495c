"""Uploading: dataset, file, findings, mapping, warnings accepted, batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256

import streamlit as st

from analytics.desk.answers import HowToRead, Kept, Look, Refusal, Said, Unread
from analytics.desk.uploads import HeldFile, held, hold, let_go
from analytics.editions.edition import Edition
from analytics.ingest.datasets import dataset_forms
from analytics.ingest.door import MAX_BYTES
from analytics.ingest.findings import Severity
from analytics.jobs.render import run_job
from analytics.ledger.desk import LONGEST_WORDS, DeskRefused
from analytics.ledger.mapping_profiles import SavedProfile, saved_profiles
from analytics.people.rights import Person
from pages.data_desk import mapping_parts, words
from pages.ui import access, cache, filters, jobs
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say, settings, to_address

UPLOAD = "upload"
MOST_MARKED_ROWS = 100_000
BRINGING = "analytics.desk.bringing"
KEPT = "desk_kept"
KEEPING = "keep_"


def show(person: Person) -> None:
    """The dataset and what is in force; then the file and what was found in it."""
    if _is_keeping():
        return
    _show_kept()
    edition = cache.edition()
    dataset = filters.choose_one(
        "dataset", label="data_desk.bring.dataset", options=list(dataset_forms()),
        words=words.title_of,
    )  # fmt: skip
    _show_dataset(edition, dataset)
    file = _held(person)
    if file is None:
        _take_file(person)
    else:
        _show_file(person, file, dataset)
    mapping_parts.show_saved(dataset)


def _show_dataset(edition: Edition, dataset: str) -> None:
    st.write(say(f"data_desk.dataset.{dataset}.purpose"))
    with st.container(horizontal=True, vertical_alignment="center", key="desk_dataset"):
        st.caption(_in_force(edition, dataset))
        st.download_button(
            say("data_desk.bring.template"),
            data=partial(
                run_job, "analytics.desk.files:template", region=region(), dataset=dataset,
                today=cache.today(), language=language(),
            ),
            file_name=f"{region()}_{dataset}.xlsx", key=f"template_{dataset}", type="tertiary",
            icon=":material/download:", on_click="ignore",
            help=say("data_desk.bring.template_help"),
        )  # fmt: skip


def _in_force(edition: Edition, dataset: str) -> str:
    if dataset not in edition.datasets:
        return say("data_desk.bring.nothing")
    facts = edition.dataset_facts(dataset)
    told = {"rows": formatter().number(float(str(facts["rows"])), 0), "edition":
            edition.stamp.number}  # fmt: skip
    if not facts["newest_period"]:
        return say("data_desk.bring.in_force_undated", **told)
    newest = formatter().date(date.fromisoformat(str(facts["newest_period"])))
    return say("data_desk.bring.in_force", newest=newest, **told)


# The file


def _held(person: Person) -> HeldFile | None:
    """The upload that the address names, if it is there and this person's."""
    token = st.query_params.get(UPLOAD)
    if not token:
        return None
    try:
        return held(settings(), region(), token, owner=person.name)
    except DeskRefused as refused:
        st.warning(refused.words(language()))
        to_address(**{UPLOAD: None})
        return None


def _take_file(person: Person) -> None:
    turn = st.session_state.setdefault("desk_turn", 0)
    _name_the_uploader()
    mb = MAX_BYTES // (1024 * 1024)
    with st.container(key="desk_upload"):
        uploaded = st.file_uploader(
            say("data_desk.bring.file", mb=mb), key=f"desk_file_{turn}", max_upload_size=mb
        )
        with st.container(key="desk_not_taken"):
            st.error(say("data_desk.bring.not_taken", mb=mb))
    if uploaded is None:
        return
    token = hold(
        settings(), region(), uploaded.getvalue(), name=uploaded.name, owner=person.name,
        now=datetime.now(UTC),
    )  # fmt: skip
    st.session_state["desk_turn"] = turn + 1  # the bytes leave the server's memory
    to_address(**{UPLOAD: token})
    st.rerun()


def _name_the_uploader() -> None:
    """Streamlit's own words in the field of a file are English only: ours stand in their place.

    A file above the limit is turned away by the browser and never reaches the server; the mark that
    Streamlit sets on it there lets our sentence appear.
    """
    drop, browse = (say(f"data_desk.bring.{name}") for name in ("drop", "browse"))
    button = (
        ".st-key-desk_upload [data-testid='stFileUploaderDropzone'] "
        "button:not([data-testid='stFileChipDeleteBtn'] *)"
    )
    st.html(
        "<style>.st-key-desk_upload [data-testid='stFileUploaderDropzoneInstructions'] > * "
        "{display: none} .st-key-desk_upload [data-testid='stFileUploaderDropzoneInstructions']"
        f"::after {{content: '{drop}'}}"
        f"{button} {{font-size: 0}} {button} > * {{display: none}} {button}::after "
        f"{{content: '{browse}'; font-size: 1rem}}"
        ".st-key-desk_not_taken {display: none}"
        ".st-key-desk_upload:has([data-testid='stFileChip'][aria-invalid='true']) "
        ".st-key-desk_not_taken {display: flex}"
        ".st-key-desk_upload [data-testid='stFileChip'] [role='alert'] {display: none}"
        "body:has(.st-key-desk_upload [data-testid='stFileChip'][aria-invalid='true']) "
        "[data-testid='stTooltipErrorContent'] {display: none}</style>"
    )


def _show_file(person: Person, file: HeldFile, dataset: str) -> None:
    how = _choose_how(file, dataset)
    key = _key("look", file.token, repr(how), str(cache.edition().stamp.number))
    jobs.start(
        key, f"{BRINGING}:look", region=region(), who=person, token=file.token, how=how,
        today=cache.today(),
    )  # fmt: skip
    found = jobs.answer(key, words.progress_words("data_desk.check.working", file=file.name))
    if isinstance(found, Refusal):
        st.error(as_text(found.words(language())))
    elif isinstance(found, Unread):
        _show_unread(found, file, how)
    elif isinstance(found, Look):
        _show_look(person, found, file, how)


def _key(*parts: str) -> str:
    return f"{parts[0]}_{region()}_{sha256('|'.join(parts).encode()).hexdigest()[:24]}"


def _choose_how(file: HeldFile, dataset: str) -> HowToRead:
    """What the file may not say itself; the file can be exchanged here."""
    in_force = words.region_in_force()
    areas = [in_force.ref_area, *in_force.areas.children_of(in_force.ref_area)]
    sources = source_names()
    saved = {one.name: one for one in _saved(dataset)}
    with st.container(horizontal=True, vertical_alignment="center", key="desk_file_head"):
        st.markdown(f"**{as_text(file.name)}**")
        st.button(
            say("data_desk.bring.another"), key="desk_another", on_click=_drop, args=(file.token,),
            type="tertiary", icon=":material/close:",
        )  # fmt: skip
    first, second, third = st.columns(3)
    source = first.selectbox(
        say("data_desk.bring.source"), ["", *sources], key=f"source_{file.token}",
        format_func=lambda code: sources.get(code, say("data_desk.bring.in_file")),
    )  # fmt: skip
    area = second.selectbox(
        say("data_desk.bring.area"), ["", *areas], key=f"area_{file.token}",
        format_func=lambda code: in_force.areas.name_of(code) if code
        else say("data_desk.bring.in_file"),
    )  # fmt: skip
    chosen = third.selectbox(
        say("data_desk.bring.profile"), ["", *saved],
        key=mapping_parts.saved_key(file.token, dataset),
        format_func=lambda name: name or say("data_desk.bring.none"),
        on_change=mapping_parts.forget_tried, args=(file.token, dataset),
    )  # fmt: skip
    profile = saved[chosen].content if chosen in saved else ""
    tried = st.session_state.get(mapping_parts.tried_key(file.token, dataset), "")
    return HowToRead(dataset, area=area, source=source, profile=tried or profile)


def source_names() -> dict[str, str]:
    """Sources of the region by code: publisher and title."""
    table = words.region_in_force().tables["sources"]
    rows = zip(table["source_id"], table["publisher"], table["title"], strict=True)
    return {code: f"{publisher}: {title} ({code})" for code, publisher, title in rows}


def _saved(dataset: str) -> list[SavedProfile]:
    with cache.store(region()).engine.connect() as connection:
        return saved_profiles(connection, dataset)


def _drop(token: str) -> None:
    let_go(settings(), region(), token)
    to_address(**{UPLOAD: None})


# What was found


def _show_unread(found: Unread, file: HeldFile, how: HowToRead) -> None:
    st.error(as_text(found.refusal.words(language())))
    _offer_fitting(found.fitting, file, how)
    if found.sheets:
        mapping_parts.show(found.sheets, file, how)


def _offer_fitting(fitting: Sequence[SavedProfile], file: HeldFile, how: HowToRead) -> None:
    """Saved mappings whose headings all stand in the file."""
    for saved in fitting:
        told = say("data_desk.map.fits", name=saved.name, who=saved.saved_by,
                   when=formatter().date(saved.saved_at.date()))  # fmt: skip
        st.info(as_text(told))
        st.button(
            as_text(say("data_desk.map.use", name=saved.name)), key=f"use_{saved.name}",
            on_click=mapping_parts.use_saved, args=(file.token, how.dataset, saved.name),
        )  # fmt: skip


def _show_look(person: Person, found: Look, file: HeldFile, how: HowToRead) -> None:
    number = formatter().number
    told = say(
        "data_desk.check.summary", file=found.file, n=number(found.row_count, 0),
        refused=number(found.refused_count, 0), layout=say(f"ingest.layout.{found.layout}"),
    )  # fmt: skip
    st.markdown(f"**{as_text(told)}**")
    counts = {f"{severity}s": number(found.count(severity), 0) for severity in Severity}
    st.write(say("data_desk.check.counts", **counts))
    if not how.profile:
        _offer_fitting(found.fitting, file, how)
    mapping_parts.offer(found.sheets, file, how)
    if len(found.findings):
        st.subheader(say("data_desk.check.findings"))
        words.show_findings(found.findings, label=say("data_desk.check.findings"))
        if sum(found.counts.values()) > len(found.findings):
            st.caption(say("data_desk.check.more_findings", n=len(found.findings)))
        _offer_marked(person, found, file, how)
    else:
        st.success(say("data_desk.check.clean"))
    st.subheader(say("data_desk.check.rows"))
    words.show_rows(found.rows, words.region_in_force())
    if found.row_count > len(found.rows):
        st.caption(say("data_desk.check.more_rows", n=len(found.rows),
                       total=number(found.row_count, 0)))  # fmt: skip
    if how.profile:
        mapping_parts.show_save(person, how)
    _show_sending(found, file, how)


def _offer_marked(person: Person, found: Look, file: HeldFile, how: HowToRead) -> None:
    if found.row_count > MOST_MARKED_ROWS:
        st.caption(say("data_desk.check.marked_large"))
        return
    st.download_button(
        say("data_desk.check.marked"),
        data=partial(
            run_job, "analytics.desk.files:marked_copy", region=region(), who=person,
            token=file.token, how=how, today=cache.today(), language=language(),
        ),
        file_name=f"{file.name.rsplit('.', 1)[0]}_diperiksa.xlsx", key="desk_marked",
        on_click="ignore", type="tertiary", icon=":material/download:",
        help=say("data_desk.check.marked_help"),
    )  # fmt: skip


# Sending


def _show_sending(found: Look, file: HeldFile, how: HowToRead) -> None:
    st.subheader(say("data_desk.send.heading"))
    said = ask(found, key=file.token)
    st.button(
        say("data_desk.send.go"), key="desk_send", type="primary", disabled=said is None,
        on_click=_send, args=(file.token, how, said),
    )  # fmt: skip
    st.caption(say("data_desk.send.only_own"))


def _send(token: str, how: HowToRead, said: Said) -> None:
    """Starts the keeping in the name of who is asking now; the act checks the right itself."""
    key = f"{KEEPING}{region()}_{token}"
    jobs.forget(key)
    jobs.start(key, f"{BRINGING}:keep", region=region(), who=access.who_is_asking(), token=token,
               how=how, said=said, today=cache.today())  # fmt: skip


def _is_keeping() -> bool:
    """Whether the upload of the address is being kept; what came of it is told above."""
    key = f"{KEEPING}{region()}_{st.query_params.get(UPLOAD, '')}"
    answer = jobs.answer(key, words.progress_words("data_desk.check.working", file=""))
    if isinstance(answer, Refusal):
        st.error(as_text(answer.words(language())))
    elif isinstance(answer, Kept):
        jobs.forget(key)
        st.session_state[KEPT] = answer
        to_address(**{UPLOAD: None})
    return answer is None and jobs.is_known(key)


def ask(found: Look, *, key: str) -> Said | None:
    """Note, refused rows left out, warnings accepted with a reason; None while something lacks."""
    warnings, number = found.count(Severity.WARNING), formatter().number
    note = st.text_input(say("data_desk.send.note"), max_chars=LONGEST_WORDS, key=f"note_{key}")
    said = Said(note=note, seen=found.seen)
    is_ready = found.row_count > found.refused_count
    if found.count(Severity.ERROR):
        leaves = st.checkbox(
            say("data_desk.send.only_accepted", n=number(found.refused_count, 0)),
            key=f"only_{key}",
        )
        said, is_ready = replace(said, only_accepted=leaves), is_ready and leaves
    if warnings:
        ticked = st.checkbox(say("data_desk.send.tick", n=number(warnings, 0)), key=f"tick_{key}")
        reason = st.text_input(
            say("data_desk.send.reason"), max_chars=LONGEST_WORDS, key=f"reason_{key}"
        )
        said = replace(said, accepted_warnings=reason if ticked else "")
        is_ready = is_ready and ticked and bool(reason.strip())
    if found.sourceless:
        st.warning(say("data_desk.send.need_source", n=number(found.sourceless, 0)))
        is_ready = False
    return said if is_ready else None


def _show_kept() -> None:
    """What the last sending did, with the way to its batch."""
    kept = st.session_state.get(KEPT)
    if kept is None:
        return
    show_kept(kept)


def show_kept(kept: Kept) -> None:
    """The batch that holds what was sent, and a button that opens it."""
    name = "kept" if kept.is_new else "kept_before"
    told = say(f"data_desk.send.{name}", batch=kept.batch_id, n=formatter().number(kept.rows, 0))
    st.success(told, icon=":material/inventory_2:")
    st.button(
        say("data_desk.send.open", batch=kept.batch_id), key="desk_open_kept",
        on_click=_open_batch, args=(kept.batch_id,),
    )  # fmt: skip


def _open_batch(batch_id: int) -> None:
    st.session_state.pop(KEPT, None)
    to_address(part="batches", batch=str(batch_id), state="all")
