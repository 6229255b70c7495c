"""The list of batches; one opened: its report, its effect, publishing and withdrawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from analytics.desk.answers import Done, Refusal, Shown
from analytics.editions.store import Store
from analytics.ingest.findings import FINDING_COLUMNS, as_findings
from analytics.ledger.batches import PACK_READER, batch_content
from analytics.ledger.desk import LONGEST_WORDS, BatchEntry, list_batches
from analytics.ledger.reports import BatchReport, report_of
from analytics.ledger.steps import PUBLISHED, STATES, SUBMITTED, WITHDRAWN
from analytics.people import audit
from analytics.people.audit import Act
from analytics.people.rights import Person, Right, may, require
from analytics.publishing.tables import table_bytes
from pages.data_desk import effect_parts, words
from pages.ui import access, cache, filters, jobs
from pages.ui.plain_text import as_text
from pages.ui.state import formatter, language, region, say
from pages.ui.tables import show_table

MOST_LISTED = 200
SHOWN_FINDINGS = 200
ALL = "all"
ACTS = "analytics.desk.acts"
TOLD = "desk_told"
HEADS = ("batch", "state", "dataset", "file", "rows", "who", "when", "last")


def show(person: Person) -> None:
    """The list and the opened batch."""
    store = cache.store(region())
    with store.engine.connect() as connection:
        every = [one for one in list_batches(connection) if one.reader != PACK_READER]
    is_busy = _finish_acts(every)
    _show_told()
    if not every:
        st.info(say("data_desk.batch.none"))
        return
    state = filters.choose_view(
        "state", label="data_desk.batch.filter", options=(ALL, *STATES), hides_label=True,
        words=lambda code: say("data_desk.batch.all") if code == ALL else say(f"desk.state.{code}"),
    )  # fmt: skip
    found = [one for one in every if state in (ALL, one.state)]
    if not found:
        st.info(say("desk.no_batches"))
        return
    _show_list(found)
    batch = _choose(found)
    if not is_busy:
        _show_batch(person, store, batch)


def _finish_acts(every: Sequence[BatchEntry]) -> bool:
    """Whether an act on the opened batch is under way, whatever its state is by now."""
    opened = [one for one in every if f"{one.batch_id}" == st.query_params.get("batch")]
    return any(_finish(act, batch) for batch in opened for act in ("publish", "withdraw"))


def _show_told() -> None:
    """What was done last in this session."""
    told = st.session_state.get(TOLD)
    if told is not None:
        effect_parts.show_done(*told)


def _show_list(found: Sequence[BatchEntry]) -> None:
    heads = [say(f"data_desk.column.{name}") for name in HEADS]
    rows = [
        (
            f"{one.batch_id}", say(f"desk.state.{one.state}"), words.title_of(one.dataset),
            one.file_name, formatter().number(one.row_count, 0), one.submitted.who,
            words.moment(one.submitted.at),
            f"{one.steps[-1].who}, {words.moment(one.steps[-1].at)}",
        )
        for one in found[:MOST_LISTED]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=heads)
    show_table(table, label=say("data_desk.view.batches"), numbers=[heads[4]], height=420,
               is_stacked=True)  # fmt: skip
    if len(found) > MOST_LISTED:
        st.caption(say("data_desk.batch.only_latest", n=MOST_LISTED))


def _choose(found: Sequence[BatchEntry]) -> BatchEntry:
    by_number = {f"{one.batch_id}": one for one in found}
    number = filters.choose_one(
        "batch", label="data_desk.batch.open", options=list(by_number),
        words=lambda code: _option(by_number[code]),
    )  # fmt: skip
    return by_number[number]


def _option(batch: BatchEntry) -> str:
    """Without the state: a list keeps the words of what is chosen while the state changes."""
    return say("data_desk.batch.option", batch=batch.batch_id, file=batch.file_name,
               dataset=words.title_of(batch.dataset))  # fmt: skip


def _named(batch: BatchEntry) -> str:
    state = say(f"desk.state.{batch.state}")
    dataset = words.title_of(batch.dataset)
    return say("data_desk.batch.title", batch=batch.batch_id, state=state, dataset=dataset)


def _show_batch(person: Person, store: Store, batch: BatchEntry) -> None:
    st.subheader(_named(batch))
    _show_history(batch)
    with store.engine.connect() as connection:
        report = report_of(connection, batch.batch_id)
    _offer_files(person, store, batch, report)
    if report is not None and len(report.findings):
        with st.expander(say("data_desk.batch.findings")):
            words.show_findings(
                report.findings.head(SHOWN_FINDINGS), label=say("data_desk.batch.findings")
            )
    if batch.state == SUBMITTED and _show_effect(person, batch, PUBLISHED):
        _show_publish(person, batch)
    if batch.state != WITHDRAWN:
        _show_withdraw(person, batch)


def _show_history(batch: BatchEntry) -> None:
    told = say("data_desk.batch.brought", file=batch.file_name, who=batch.submitted.who,
               n=formatter().number(batch.row_count, 0),
               when=words.moment(batch.submitted.at))  # fmt: skip
    lines = [told]
    refused = int(str(batch.facts.get("refused_count", 0)))
    if refused:
        lines.append(say("data_desk.batch.refused", n=formatter().number(refused, 0)))
    connector = str(batch.facts.get("connector", ""))
    if connector:
        lines.append(say("connectors.untested", source=connector))
    if batch.note:
        lines.append(say("data_desk.batch.note", note=batch.note))
    reason = str(batch.facts.get("accepted_warnings", ""))
    if reason:
        lines.append(say("data_desk.batch.reason", reason=reason))
    for step in batch.steps[1:]:
        name = "step_reason" if step.reason else "step"
        lines.append(
            say(f"data_desk.batch.{name}", step=say(f"data_desk.step.{step.step}"), who=step.who,
                when=words.moment(step.at), reason=step.reason)
        )  # fmt: skip
    st.markdown("\n".join(f"- {as_text(line)}" for line in lines))


# Files


def _offer_files(
    person: Person, store: Store, batch: BatchEntry, report: BatchReport | None
) -> None:
    shown, language_now = region(), language()
    with st.container(horizontal=True, key="desk_batch_files"):
        st.download_button(
            say("data_desk.batch.content"), data=partial(_original, person, store, batch, shown),
            file_name=batch.file_name, key=f"content_{batch.batch_id}", on_click="ignore",
            type="tertiary", icon=":material/download:", mime="application/octet-stream",
        )  # fmt: skip
        if report is not None:
            st.download_button(
                say("data_desk.batch.report"), data=partial(_report, report, language_now),
                file_name=f"batch_{batch.batch_id}.csv", key=f"report_{batch.batch_id}",
                on_click="ignore", type="tertiary", icon=":material/download:", mime="text/csv",
            )  # fmt: skip


def _original(person: Person, store: Store, batch: BatchEntry, shown: str) -> bytes:
    """The bytes as they came, for who has the right; noted with the name of who takes them."""
    require(person, Right.UPLOAD)
    with store.engine.connect() as connection:
        content = batch_content(connection, batch.batch_id)
    audit.record(
        access.people(), Act.EXPORTED, who=person, at=datetime.now(UTC), region=shown,
        object=f"batch {batch.batch_id}", details={"file": batch.file_name},
    )  # fmt: skip
    return content


def _report(report: BatchReport, language_now: str) -> bytes:
    """Every finding with its address and sentence; cells that look like formulas are guarded."""
    findings = report.findings[list(FINDING_COLUMNS)]
    sentences = [one.words(language_now) for one in as_findings(findings)]
    return table_bytes(findings.assign(sentence=sentences), file_format="csv", is_training=False)


# Effect


def _show_effect(person: Person, batch: BatchEntry, step: str) -> bool:
    """What the act would change; whether it could be shown: nobody publishes unseen."""
    newest = cache.store(region()).newest_number()
    key = f"effect_{region()}_{batch.batch_id}_{step}_{newest}"
    jobs.start(key, f"{ACTS}:effect", region=region(), who=person, batch_id=batch.batch_id,
               step=step)  # fmt: skip
    st.subheader(say("data_desk.batch.effect"))
    progress = words.progress_words("data_desk.batch.working_effect", batch=batch.batch_id)
    answer = jobs.answer(key, progress)
    if isinstance(answer, Refusal):
        st.warning(as_text(answer.words(language())))
    elif isinstance(answer, Shown):
        effect_parts.show_effect(answer)
    return isinstance(answer, Shown)


# Acts


def _act_key(act: str, batch: BatchEntry) -> str:
    return f"{act}_{region()}_{batch.batch_id}"


def _show_publish(person: Person, batch: BatchEntry) -> None:
    if not may(person, Right.PUBLISH):
        st.caption(say("data_desk.batch.publish_right"))
        return
    is_own = person.name.casefold() == batch.submitted.who.casefold()
    if is_own:
        st.caption(say("data_desk.batch.publish_own"))
    st.button(
        say("data_desk.batch.publish"), key=f"publish_{batch.batch_id}", type="primary",
        disabled=is_own, on_click=_begin, args=("publish", batch, {}),
    )  # fmt: skip


def _show_withdraw(person: Person, batch: BatchEntry) -> None:
    if not may(person, Right.WITHDRAW):
        return
    refused = jobs.is_known(_act_key("withdraw", batch))
    with st.expander(say("data_desk.batch.withdraw"), expanded=refused):
        if batch.state == PUBLISHED and st.toggle(
            say("data_desk.batch.effect_withdraw"), key=f"look_withdraw_{batch.batch_id}"
        ):
            _show_effect(person, batch, WITHDRAWN)
        reason = st.text_input(
            say("data_desk.batch.withdraw_reason"), max_chars=LONGEST_WORDS,
            key=f"withdraw_reason_{batch.batch_id}",
        )  # fmt: skip
        st.button(
            say("data_desk.batch.withdraw"), key=f"withdraw_{batch.batch_id}",
            on_click=_begin, args=("withdraw", batch, {"reason": reason}),
        )  # fmt: skip


def _begin(act: str, batch: BatchEntry, said: Mapping[str, str]) -> None:
    """Starts the act in the name of who is asking now; the act checks the right itself."""
    key = _act_key(act, batch)
    st.session_state.pop(TOLD, None)
    jobs.forget(key)
    jobs.start(key, f"{ACTS}:{act}", region=region(), who=access.who_is_asking(),
               batch_id=batch.batch_id, **said)  # fmt: skip


def _finish(act: str, batch: BatchEntry) -> bool:
    """Whether the act is under way, with its progress; what it did is told on the next run."""
    key = _act_key(act, batch)
    progress = words.progress_words(f"data_desk.batch.working_{act}", batch=batch.batch_id)
    answer = jobs.answer(key, progress)
    if isinstance(answer, Refusal):
        st.error(as_text(answer.words(language())))
    elif isinstance(answer, Done):
        jobs.forget(key)
        st.session_state[TOLD] = (answer, act)
        st.rerun()
    return answer is None and jobs.is_known(key)
