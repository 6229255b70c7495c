"""Commands on the files of offices: check, template, ingest, batches, publish, withdraw."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.commands.bringing import MOST_LINES, add_wish, print_findings, print_kept, wish_of
from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    Progress,
    add_format,
    add_person,
    add_region,
    healed_store,
    moment,
    print_table,
    write_bytes,
)
from analytics.commands.people import acting, note_brought, note_outcome
from analytics.i18n import Formatter, text
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.ingest.submit import Wish
    from analytics.jobs.preview import Preview
    from analytics.ledger.desk import BatchEntry
    from analytics.people.rights import Person

READING_OPTIONS = ("area", "source")


def _add_reading(command: argparse.ArgumentParser) -> None:
    """What a file does not say itself."""
    command.add_argument("--area", default="", help="area of a file that names none, as a code")
    command.add_argument("--source", default="", help="source of rows that name none")
    command.add_argument(
        "--profile", metavar="NAME", default="",
        help="read by this mapping whatever the file looks like: a saved one's name or a JSON file",
    )  # fmt: skip


def _is_there(options: argparse.Namespace) -> bool:
    """Whether the file exists; told on standard error if not."""
    if options.file.is_file():
        return True
    print(text("ingest.check.file_missing", options.lang, file=options.file), file=sys.stderr)
    return False


def _add_check(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="file to check; nothing is stored")
    command.add_argument("--dataset", required=True, help="dataset that the file is for")
    add_region(command, settings)
    add_format(command)
    _add_reading(command)
    command.add_argument("--annotated", type=Path, help="write the workbook back, faults marked")


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.ingest.annotated import annotated_copy
    from analytics.ingest.findings import FileRefused
    from analytics.ingest.listing import as_json, as_text, refusal_as_json
    from analytics.jobs.check import check_path

    if not _is_there(options):
        return BAD_INPUT
    write = as_json if options.format == "json" else as_text
    try:
        with Progress(text("ingest.check.progress", options.lang, file=options.file.name)) as bar:
            checked = check_path(settings, options, today=date.today(), on_progress=bar)
    except FileRefused as refused:
        if options.format == "json":
            print(refusal_as_json(refused, dataset=options.dataset, language=options.lang))
        print(refused.words(options.lang), file=sys.stderr)
        return BAD_INPUT
    if options.annotated:
        marked = annotated_copy(checked.report, checked.content, language=options.lang)
        options.annotated.write_bytes(marked)
    print(write(checked.report, language=options.lang))
    return FINE if checked.report.is_clean else BAD_INPUT


def _add_ingest(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="file to bring in")
    command.add_argument("--dataset", required=True, help="dataset that the file is for")
    add_region(command, settings)
    _add_reading(command)
    add_wish(command)


def _ingest(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.check import check_path
    from analytics.jobs.desk import submit_checked
    from analytics.ledger.desk import DeskRefused

    person = acting(settings, options, "upload")
    if not _is_there(options):
        return BAD_INPUT
    healed_store(settings, options.region, options.lang)
    with Progress(text("desk.progress.ingest", options.lang, file=options.file.name)) as bar:
        checked = check_path(settings, options, today=date.today(), on_progress=bar)
        try:
            kept = submit_checked(
                settings, options.region, checked, _ingest_wish(options, person, checked.mapping),
                now=moment(), on_progress=bar,
            )  # fmt: skip
        except DeskRefused:
            print_findings(checked.report, options.lang)
            raise
    note_brought(settings, person, checked.report, kept, region=options.region)
    print_kept(checked.report, kept, options)
    return FINE


def _ingest_wish(options: argparse.Namespace, person: Person, mapping: str) -> Wish:
    """`mapping` as JSON: a saved one may change later, the batch still tells how it was read."""
    told = {name: str(getattr(options, name) or "") for name in READING_OPTIONS}
    said = {name: value for name, value in {**told, "profile": mapping}.items() if value}
    return wish_of(options, said, submitted_by=person)


def _add_batches(command: argparse.ArgumentParser, settings: Settings) -> None:
    add_region(command, settings)
    command.add_argument(
        "--state", choices=("submitted", "published", "withdrawn"), default="",
        help="only batches in this state",
    )  # fmt: skip
    add_format(command)
    command.add_argument("--content", metavar="BATCH", type=int, help="give the original bytes")
    command.add_argument("--output", type=Path, help="file for --content (default: output)")


def _batches(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store
    from analytics.ledger.batches import batch_content
    from analytics.ledger.desk import find_batch, list_batches

    store = open_store(settings, options.region)
    with store.engine.connect() as connection:
        if options.content is not None:
            batch = find_batch(connection, options.content)
            content = batch_content(connection, batch.batch_id)
            write_bytes(content, options.output)
            told = text("desk.content_written", options.lang, batch=batch.batch_id,
                        bytes=len(content), file=batch.file_name,
                        output=options.output or "-")  # fmt: skip
            print(told, file=sys.stderr)
            return FINE
        found = list_batches(connection, state=options.state)
    if options.format == "json":
        entries = [{**asdict(batch), "state": batch.state} for batch in found]
        print(json.dumps(entries, ensure_ascii=False, default=str))
    else:
        _print_batches(found, options.lang)
    return FINE


BATCH_COLUMNS = ("batch", "state", "dataset", "file", "rows", "who", "when", "last")


def _print_batches(found: Sequence[BatchEntry], language: str) -> None:
    if not found:
        print(text("desk.no_batches", language))
        return
    header = [text(f"desk.column.{name}", language) for name in BATCH_COLUMNS]
    rows = [
        [
            str(batch.batch_id),
            text(f"desk.state.{batch.state}", language),
            batch.dataset,
            batch.file_name,
            str(batch.row_count),
            batch.submitted.who,
            f"{batch.submitted.at:%Y-%m-%d %H:%M}",
            f"{batch.steps[-1].who} {batch.steps[-1].at:%Y-%m-%d %H:%M}",
        ]
        for batch in found
    ]
    print_table([header, *rows])


def _add_publish(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("batch", metavar="BATCH", type=int, help="number of the batch")
    add_region(command, settings)
    add_person(command)
    command.add_argument("--dry-run", action="store_true", help="only show what it would change")
    add_format(command)


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.office import publish_batch
    from analytics.jobs.preview import effect_of_outcome, preview

    person = None if options.dry_run else acting(settings, options, "publish")
    store = healed_store(settings, options.region, options.lang)
    now = moment()
    label = "preview" if options.dry_run else "publish"
    with Progress(text(f"desk.progress.{label}", options.lang, batch=options.batch)) as bar:
        shown: Preview | None
        if person is None:
            shown = preview(store, options.batch, now=now, on_progress=bar)
        else:
            outcome = publish_batch(
                store, options.batch, published_by=person.name, now=now, on_progress=bar
            )
            shown = effect_of_outcome(store, outcome)
    if person is None:
        told = text("desk.only_looked", options.lang, edition=shown.edition if shown else "")
    else:
        told = text("desk.done", options.lang, batch=outcome.batch_id, dataset=outcome.dataset,
                    edition=outcome.edition, person=person.name)  # fmt: skip
        note_outcome(settings, person, "published", outcome, region=options.region)
    _print_effect(shown, told, options)
    return FINE


def _add_withdraw(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("batch", metavar="BATCH", type=int, help="number of the batch")
    add_region(command, settings)
    add_person(command)
    command.add_argument("--reason", required=True, help="why; kept with the batch")
    add_format(command)


def _withdraw(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.office import withdraw_batch
    from analytics.jobs.preview import effect_of_outcome

    person = acting(settings, options, "withdraw")
    store = healed_store(settings, options.region, options.lang)
    with Progress(text("desk.progress.withdraw", options.lang, batch=options.batch)) as bar:
        outcome = withdraw_batch(
            store, options.batch, withdrawn_by=person.name, reason=options.reason,
            now=moment(), on_progress=bar,
        )  # fmt: skip
        shown = effect_of_outcome(store, outcome)
    note_outcome(settings, person, "withdrew", outcome, region=options.region,
                 reason=options.reason)  # fmt: skip
    key = "withdrawn" if outcome.edition else "withdrawn_waiting"
    told = text(f"desk.{key}", options.lang, batch=outcome.batch_id, dataset=outcome.dataset,
                edition=outcome.edition, person=person.name)  # fmt: skip
    _print_effect(shown, told, options)
    return FINE


def _print_effect(shown: Preview | None, told: str, options: argparse.Namespace) -> None:
    """The effect first, then what was done: the last line says whether anything was."""
    if options.format == "json":
        print(json.dumps({"told": told, **(as_plain(shown) if shown else {})}))
        return
    if shown:
        _print_counts(shown, options.lang)
        _print_totals(shown, options.lang)
        key = "stale" if shown.stale_forecasts else "no_stale"
        print(text(f"desk.effect.{key}", options.lang))
        _print_lines([[name] for name in shown.stale_forecasts], options.lang)
    print(told)


def as_plain(shown: Preview) -> dict[str, object]:
    """A preview as plain values for JSON."""
    effect = shown.effect
    return {
        "batch": shown.batch_id,
        "edition": shown.edition,
        "dataset": effect.dataset,
        "counts": json.loads(effect.counts.to_json(orient="records")),
        "totals": json.loads(effect.totals.to_json(orient="records", date_format="iso")),
        "stale_forecasts": list(shown.stale_forecasts),
    }


def _print_counts(shown: Preview, language: str) -> None:
    effect = shown.effect
    print(text("desk.effect.counts", language, dataset=effect.dataset))
    columns = ("area", "indicator", "new", "changed", "same", "gone")
    header = [text(f"desk.column.{name}", language) for name in columns]
    rows = [[str(cell) for cell in row] for row in effect.counts.itertuples(index=False)]
    _print_lines(rows, language, header=header)


def _print_totals(shown: Preview, language: str) -> None:
    totals = shown.effect.totals
    changed = totals[~(totals["old"] == totals["new"])]
    if changed.empty:
        print(text("desk.effect.no_totals", language))
        return
    print(text("desk.effect.totals", language))
    number = Formatter(language).number
    columns = ("item", "indicator", "period", "old", "after", "unit")
    header = [text(f"desk.column.{name}", language) for name in columns]
    rows = [
        [
            row.item,
            f"{row.indicator} ({row.level})",
            f"{row.period_start:%Y-%m-%d} – {row.period_end:%Y-%m-%d}",
            *("–" if math.isnan(value) else number(value) for value in (row.old, row.new)),
            row.unit,
        ]
        for row in changed.itertuples()
    ]
    _print_lines(rows, language, header=header)


def _print_lines(
    rows: Sequence[Sequence[str]], language: str, *, header: Sequence[str] = ()
) -> None:
    shown = [*([header] if header else []), *rows[:MOST_LINES]]
    if shown:
        print_table(shown)
    if len(rows) > MOST_LINES:
        print(text("desk.effect.more", language, n=len(rows) - MOST_LINES))


def _add_template(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("dataset", metavar="DATASET", help="dataset that the template is for")
    add_region(command, settings)
    command.add_argument("--output", required=True, type=Path, help="workbook to write (.xlsx)")


def _template(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.ingest.templates import template_workbook
    from analytics.jobs.check import region_in_force

    region = region_in_force(settings, options.region, today=date.today())
    content = template_workbook(region, options.dataset, language=options.lang)
    options.output.write_bytes(content)
    written = text(
        "ingest.template.written", options.lang, dataset=options.dataset,
        region=region.areas.name_of(region.ref_area), file=options.output,
    )  # fmt: skip
    print(written, file=sys.stderr)
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("check", "Read a file as its office made it and tell what is wrong.", _check, _add_check),
    ("ingest", "Check a file and keep it as a batch that waits.", _ingest, _add_ingest),
    ("batches", "List what was brought in, or give a file back.", _batches, _add_batches),
    ("publish", "Put a batch of another person in force.", _publish, _add_publish),
    ("withdraw", "Take a batch back: a new edition without it.", _withdraw, _add_withdraw),
    (
        "template",
        "Write the workbook that an office fills for a dataset.",
        _template,
        _add_template,
    ),
)
