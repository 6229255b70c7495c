"""Commands on the files of offices: check one, make a template to fill."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from analytics.commands.common import BAD_INPUT, FINE, Command, Progress, add_region
from analytics.i18n import text
from analytics.settings import Settings


def _add_check(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="file to check; nothing is stored")
    command.add_argument("--dataset", required=True, help="dataset that the file is for")
    add_region(command, settings)
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--area", default="", help="area of a file that names none, as a code")
    command.add_argument("--source", default="", help="source of rows that name none")
    command.add_argument("--profile", type=Path, help="saved mapping of columns (JSON)")
    command.add_argument("--annotated", type=Path, help="write the workbook back, faults marked")


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.ingest.findings import FileRefused
    from analytics.ingest.listing import as_json, as_text, refusal_as_json
    from analytics.jobs.check import check_path

    if not options.file.is_file():
        missing = text("ingest.check.file_missing", options.lang, file=options.file)
        print(missing, file=sys.stderr)
        return BAD_INPUT
    write = as_json if options.format == "json" else as_text
    try:
        with Progress(text("ingest.check.progress", options.lang, file=options.file.name)) as bar:
            report = check_path(settings, options, today=date.today(), on_progress=bar)
    except FileRefused as refused:
        if options.format == "json":
            print(refusal_as_json(refused, dataset=options.dataset, language=options.lang))
        print(refused.words(options.lang), file=sys.stderr)
        return BAD_INPUT
    print(write(report, language=options.lang))
    return FINE if report.is_clean else BAD_INPUT


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
    (
        "template",
        "Write the workbook that an office fills for a dataset.",
        _template,
        _add_template,
    ),
)
