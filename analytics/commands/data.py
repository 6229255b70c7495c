"""Commands on the data: load, export, editions, corrections."""

from __future__ import annotations

import argparse
import getpass
import sys

from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    Progress,
    add_output,
    add_region,
    healed_store,
    moment,
    print_table,
    write_bytes,
)
from analytics.commands.people import note, person_at_terminal
from analytics.i18n import text
from analytics.settings import Settings


def _add_load(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to load; may be repeated (default: all regions)"
    )


def _load(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.publish import publish_pack
    from analytics.pack.reader import read_pack

    for region in options.region or settings.regions:
        pack = read_pack(settings.pack_dir(region))
        with Progress(text("cli.load.progress", options.lang, region=region)) as on_progress:
            report = publish_pack(
                healed_store(settings, region, options.lang),
                pack,
                published_by=getpass.getuser(),
                now=moment(),
                on_progress=on_progress,
            )
        if report.is_new:
            _record(settings, "published", object=f"edition {report.edition}", region=region)
        _print_load_report(report, options.lang)
    return FINE


def _record(settings: Settings, act: str, *, object: str, region: str, **details: object) -> None:
    """Notes in the audit log what was done at this terminal."""
    note(settings, person_at_terminal(), act, object=object, region=region, **details)


LOAD_COLUMNS = ("rows", "values", "corrected", "missing", "repeated", "rejected")


def _print_load_report(report: object, language: str) -> None:
    from analytics.editions.publish import LoadReport

    assert isinstance(report, LoadReport)
    key = "cli.load.new" if report.is_new else "cli.load.unchanged"
    print(text(key, language, region=report.region, edition=report.edition))
    header = [text(f"cli.load.column.{name}", language) for name in ("dataset", *LOAD_COLUMNS)]
    rows = [
        [name, *(str(facts[column]) for column in LOAD_COLUMNS)]
        for name, facts in report.datasets.items()
    ]
    print_table([header, *rows])
    for name, facts in report.datasets.items():
        for row, reason in facts["rejected_rows"]:  # type: ignore[attr-defined]
            why = text(f"rows.reason.{reason}", language)
            print(text("cli.load.rejected", language, dataset=name, row=row, reason=why))


def _add_export(command: argparse.ArgumentParser, settings: Settings) -> None:
    from analytics.publishing.tables import FORMATS

    command.add_argument("dataset", metavar="DATASET", help="name of the dataset")
    add_region(command, settings)
    command.add_argument("--edition", type=int, help="number of the edition (default: newest)")
    command.add_argument("--format", choices=FORMATS, default="csv", help="default: %(default)s")
    command.add_argument(
        "--all-sources", action="store_true", help="every source of a quantity, not the preferred"
    )
    command.add_argument(
        "--raw", action="store_true", help="values as entered, with repeated and rejected rows"
    )
    command.add_argument("--unverified", action="store_true", help="also rows of status U")
    add_output(command)


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store
    from analytics.publishing.export import about_export, export_frame
    from analytics.publishing.tables import table_bytes

    edition = open_store(settings, options.region).edition(options.edition)
    if options.dataset not in edition.datasets:
        known = ", ".join(edition.datasets)
        message = text("cli.export.unknown", options.lang, dataset=options.dataset, known=known)
        print(message, file=sys.stderr)
        return BAD_INPUT
    frame = export_frame(
        edition,
        options.dataset,
        language=options.lang,
        all_sources=options.all_sources,
        raw=options.raw,
        with_unverified=options.unverified,
    )
    content = table_bytes(
        frame,
        file_format=options.format,
        is_training=edition.stamp.is_training,
        about=about_export(edition, options.dataset, frame, language=options.lang),
    )
    _record(
        settings, "exported", object=options.dataset, region=options.region,
        edition=edition.stamp.number, format=options.format, unverified=options.unverified,
    )  # fmt: skip
    write_bytes(content, options.output)
    return FINE


def _editions(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store

    store = open_store(settings, options.region)
    header = [
        text(f"cli.editions.{name}", options.lang) for name in ("number", "published", "values")
    ]
    rows = []
    for number in store.numbers():
        edition = store.edition(number)
        values = sum(int(edition.dataset_facts(name)["values"]) for name in edition.datasets)  # type: ignore[call-overload]
        published = edition.stamp.published_at.isoformat(timespec="seconds")
        rows.append([str(number), published, str(values)])
    print_table([header, *rows])
    return FINE


def _add_corrections(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("dataset", metavar="DATASET", help="dataset of daily reports")
    add_region(command, settings)
    command.add_argument(
        "--left-alone", action="store_true", help="list every candidate, also those left alone"
    )
    add_output(command)


def _corrections(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.corrections import candidates

    pack_dir = settings.pack_dir(options.region)
    found = candidates(pack_dir, options.dataset, with_left_alone=options.left_alone)
    write_bytes(found.to_csv(index=False, lineterminator="\n").encode("utf-8"), options.output)
    for kind, number in found["kind"].value_counts().sort_index().items():
        print(f"{kind}: {number}", file=sys.stderr)
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("load", "Bring the region packs into the ledger and publish what changed.", _load, _add_load),
    ("export", "Write a dataset as CSV, JSON, Parquet or XLSX.", _export, _add_export),
    ("editions", "List the published editions of a region.", _editions, add_region),
    (
        "corrections",
        "Propose corrections of slips in daily reports, for review.",
        _corrections,
        _add_corrections,
    ),
)
