"""What commands share that bring a file to the desk: their options and what they print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from analytics.commands.common import add_format, add_person
from analytics.i18n import text

if TYPE_CHECKING:
    from analytics.ingest.checking import CheckReport
    from analytics.ingest.submit import Submission, Wish
    from analytics.people.rights import Person

MOST_LINES = 30


def add_wish(command: argparse.ArgumentParser) -> None:
    """Adds what the officer says beside the file: who, a note, what is accepted."""
    add_person(command)
    command.add_argument("--note", default="", help="a word to whoever publishes it")
    command.add_argument(
        "--accept-warnings", metavar="REASON", default="", help="why what is warned of is right"
    )
    command.add_argument(
        "--only-accepted", action="store_true", help="keep the good rows, leave refused ones out"
    )
    add_format(command)


def wish_of(
    options: argparse.Namespace, settings: Mapping[str, object], *, submitted_by: Person
) -> Wish:
    """The options of `add_wish`, how the file was to be read and who brings it."""
    from analytics.ingest.submit import Wish

    return Wish(
        submitted_by=submitted_by.name,
        note=options.note,
        accepted_warnings=options.accept_warnings,
        only_accepted=options.only_accepted,
        settings=settings,
    )


def print_findings(report: CheckReport, language: str) -> None:
    """The first findings of a refused file, errors first, on standard error."""
    for finding in report.listed()[:MOST_LINES]:
        print(f"- {finding.words(language)}", file=sys.stderr)


def print_kept(report: CheckReport, kept: Submission, options: argparse.Namespace) -> None:
    """The batch that holds the file, and the rows that were left out of it."""
    from analytics.ingest.listing import summary

    if options.format == "json":
        told = {**asdict(kept), "dataset": report.dataset, "refused": report.refused_count}
        print(json.dumps(told))
        return
    key = "ingested" if kept.is_new else "ingested_before"
    print(summary(report, language=options.lang))
    print(text(f"desk.{key}", options.lang, file=report.file, n=kept.rows, batch=kept.batch_id))
    if kept.is_new and report.refused_count:
        print(text("desk.left_out", options.lang, n=report.refused_count))
