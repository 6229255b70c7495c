"""The command line: load, check, export, editions, corrections, forecast, warn, doctor.

Exit codes: 0 fine, 1 fault of the machine or store, 2 bad input.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from analytics.forecasting.engine import Runner

FINE, FAULT, BAD_INPUT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    options = _parser(settings).parse_args(arguments)
    return _guarded(options.run, settings, options)


def _guarded(
    run: Callable[[Settings, argparse.Namespace], int],
    settings: Settings,
    options: argparse.Namespace,
) -> int:
    """Known mistakes end in a sentence and a code, never in a traceback."""
    from analytics.editions.files import BrokenEdition
    from analytics.editions.store import NoEdition
    from analytics.ingest.datasets import UnknownDataset
    from analytics.pack.corrections import CorrectionError
    from analytics.pack.problems import PackRefused

    try:
        return run(settings, options)
    except PackRefused as refused:
        print(text("cli.load.refused", options.lang, n=len(refused.problems)), file=sys.stderr)
        for problem in refused.problems:
            print(f"- {problem.words(options.lang)}", file=sys.stderr)
        return BAD_INPUT
    except UnknownDataset as error:
        print(text("ingest.check.dataset_unknown", options.lang, dataset=options.dataset,
                   known=error), file=sys.stderr)  # fmt: skip
        return BAD_INPUT
    except (SettingsError, NoEdition, CorrectionError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return FINE
    except (BrokenEdition, SQLAlchemyError, OSError) as error:
        print(text("cli.fault", options.lang, error=error), file=sys.stderr)
        return FAULT


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analytics", description="Sejahtera: data, forecasts and their health."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary, run, add_options in COMMANDS:
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument(
            "--lang", choices=LANGUAGES, default=settings.language, help="language of messages"
        )
        add_options(command, settings)
        command.set_defaults(run=run)
    return parser


def _add_region(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument(
        "--region",
        default=settings.default_region,
        help=f"one of {', '.join(settings.regions)} (default: %(default)s)",
    )


# load


def _add_load(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to load; may be repeated (default: all regions)"
    )


def _load(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.publish import publish_pack
    from analytics.editions.store import open_store
    from analytics.pack.reader import read_pack

    for region in options.region or settings.regions:
        pack = read_pack(settings.pack_dir(region))
        with _progress(text("cli.load.progress", options.lang, region=region)) as on_progress:
            report = publish_pack(
                open_store(settings, region),
                pack,
                published_by=getpass.getuser(),
                now=datetime.now(UTC),
                on_progress=on_progress,
            )
        _print_load_report(report, options.lang)
    return FINE


class _progress:
    """A progress bar on standard error, as a callback of (done, total, name)."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __enter__(self) -> Callable[[int, int, str], None]:
        from tqdm import tqdm

        self.bar = tqdm(desc=self.label, unit="", leave=True, file=sys.stderr, dynamic_ncols=True)
        return self._move

    def _move(self, done: int, total: int, name: str) -> None:
        self.bar.total = total
        self.bar.n = done
        self.bar.set_postfix_str(name, refresh=True)

    def __exit__(self, *_: object) -> None:
        self.bar.close()


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
    _print_table([header, *rows])
    for name, facts in report.datasets.items():
        for row, reason in facts["rejected_rows"]:  # type: ignore[attr-defined]
            why = text(f"rows.reason.{reason}", language)
            print(text("cli.load.rejected", language, dataset=name, row=row, reason=why))


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first = row[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join([first, *rest]))


# check


def _add_check(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="file to check; nothing is stored")
    command.add_argument("--dataset", required=True, help="dataset that the file is for")
    _add_region(command, settings)
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
        with _progress(text("ingest.check.progress", options.lang, file=options.file.name)) as bar:
            report = check_path(settings, options, today=date.today(), on_progress=bar)
    except FileRefused as refused:
        if options.format == "json":
            print(refusal_as_json(refused, dataset=options.dataset, language=options.lang))
        print(refused.words(options.lang), file=sys.stderr)
        return BAD_INPUT
    print(write(report, language=options.lang))
    return FINE if report.is_clean else BAD_INPUT


# export


def _add_export(command: argparse.ArgumentParser, settings: Settings) -> None:
    from analytics.publishing.tables import FORMATS

    command.add_argument("dataset", metavar="DATASET", help="name of the dataset")
    _add_region(command, settings)
    command.add_argument("--edition", type=int, help="number of the edition (default: newest)")
    command.add_argument("--format", choices=FORMATS, default="csv", help="default: %(default)s")
    command.add_argument(
        "--all-sources", action="store_true", help="every source of a quantity, not the preferred"
    )
    command.add_argument(
        "--raw", action="store_true", help="values as entered, with repeated and rejected rows"
    )
    command.add_argument("--unverified", action="store_true", help="also rows of status U")
    command.add_argument("--output", type=Path, help="file to write (default: standard output)")


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
    _write(content, options.output)
    return FINE


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(content)


# editions


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
    _print_table([header, *rows])
    return FINE


# corrections


def _add_corrections(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("dataset", metavar="DATASET", help="dataset of daily reports")
    _add_region(command, settings)
    command.add_argument(
        "--left-alone", action="store_true", help="list every candidate, also those left alone"
    )
    command.add_argument("--output", type=Path, help="file to write (default: standard output)")


def _corrections(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.corrections import candidates

    pack_dir = settings.pack_dir(options.region)
    found = candidates(pack_dir, options.dataset, with_left_alone=options.left_alone)
    _write(found.to_csv(index=False, lineterminator="\n").encode("utf-8"), options.output)
    for kind, number in found["kind"].value_counts().sort_index().items():
        print(f"{kind}: {number}", file=sys.stderr)
    return FINE


# forecast


def _add_forecast(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to forecast; may be repeated (default: all)"
    )
    command.add_argument(
        "--as-of", type=date.fromisoformat, help="day to look from, YYYY-MM-DD (default: today)"
    )
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: %(default)s)"
    )
    command.add_argument(
        "--engine", choices=("local", "dask", "ray", "spark"), default="local",
        help="where series are fitted (default: %(default)s)",
    )  # fmt: skip
    command.add_argument("--cluster", help="address of a running cluster for --engine")
    _add_file_mode(command.add_argument_group("a file of your own instead of the regions"))


def _add_file_mode(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--input", type=Path, help="CSV or Parquet: unique_id, ds, y")
    group.add_argument("--output", type=Path, help="CSV or Parquet to write")
    group.add_argument("--freq", choices=("MS", "W", "D"), default="MS", help="step of time")
    group.add_argument("--horizon", type=int, default=6, help="steps ahead (default: %(default)s)")
    group.add_argument("--levels", default="80,95", help="percents, as 80,95 (default)")
    group.add_argument("--no-withhold", action="store_true", help="issue every combination")
    group.add_argument("--backtest", type=Path, help="JSON file for scores and treatments")


def _forecast(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.forecasting.distributed import ClusterMissing, cluster_runner

    runner = None
    if options.engine != "local":
        try:
            runner = cluster_runner(options.engine, address=options.cluster)
        except ClusterMissing as error:
            print(error, file=sys.stderr)
            return BAD_INPUT
    if options.input is not None:
        return _forecast_file(options, runner)
    return _forecast_regions(settings, options, runner)


def _forecast_regions(
    settings: Settings, options: argparse.Namespace, runner: Runner | None
) -> int:
    from analytics.editions.store import open_store
    from analytics.jobs.forecast import forecast_region

    for region in options.region or settings.regions:
        with _progress(text("cli.forecast.progress", options.lang, region=region)) as on_progress:
            report = forecast_region(
                open_store(settings, region),
                as_of=options.as_of or date.today(),
                now=datetime.now(UTC),
                jobs=options.jobs,
                run_tasks=runner,
                on_progress=on_progress,
            )
        _print_run_report(report, options.lang)
    return FINE


def _forecast_file(options: argparse.Namespace, runner: Runner | None) -> int:
    from analytics.forecasting.engine import InvalidSetting
    from analytics.forecasting.file_mode import UnreadableFile
    from analytics.jobs.forecast_file import forecast_file

    if options.output is None:
        print(text("cli.forecast.file.output_missing", options.lang), file=sys.stderr)
        return BAD_INPUT
    label = text("cli.forecast.progress", options.lang, region=options.input.name)
    try:
        with _progress(label) as on_progress:
            report = forecast_file(
                options.input, options.output, freq=options.freq, horizon=options.horizon,
                levels=_levels(options.levels), may_withhold=not options.no_withhold,
                report_to=options.backtest, as_of=options.as_of or date.today(),
                jobs=options.jobs, language=options.lang, run_tasks=runner,
                on_progress=on_progress,
            )  # fmt: skip
    except (UnreadableFile, InvalidSetting) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    key = "joint" if report.with_panel_model else "alone"
    print(text(f"cli.forecast.file.{key}", options.lang, series=sum(report.verdicts.values()),
               output=options.output))  # fmt: skip
    _print_verdicts(report.verdicts, options.lang)
    return BAD_INPUT if report.is_nothing_done else FINE


def _levels(words: str) -> tuple[int, ...]:
    """Percents from `80,95`. Raises InvalidSetting."""
    from analytics.forecasting.engine import InvalidSetting

    try:
        return tuple(int(word) for word in words.split(","))
    except ValueError:
        raise InvalidSetting(f"Levels '{words}' are not whole percents such as 80,95.") from None


def _print_run_report(report: object, language: str) -> None:
    from analytics.jobs.forecast import RunReport

    assert isinstance(report, RunReport)
    key = "cli.forecast.unchanged" if report.run_id is None else "cli.forecast.done"
    changed = report.series - report.unchanged
    print(text(key, language, region=report.region, edition=report.edition, run=report.run_id,
               changed=changed, series=report.series))  # fmt: skip
    _print_verdicts(report.verdicts, language)


def _print_verdicts(verdicts: Mapping[str, int], language: str) -> None:
    for status, number in verdicts.items():
        print(f"  {text(f'cli.forecast.status.{status}', language)}: {number}")


# warn


def _add_warn(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to look at; may be repeated (default: all)"
    )
    command.add_argument(
        "--as-of", type=date.fromisoformat, help="day to look from, YYYY-MM-DD (default: today)"
    )


def _warn(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store
    from analytics.jobs.warnings import warn_region

    for region in options.region or settings.regions:
        report = warn_region(
            open_store(settings, region),
            as_of=options.as_of or date.today(),
            now=datetime.now(UTC),
        )
        print(text("cli.warn.done", options.lang, **asdict(report)))
    return FINE


# doctor


def _doctor(settings: Settings, _options: argparse.Namespace) -> int:
    from analytics.jobs.doctor import examine

    facts = examine(settings, today=date.today())
    print(json.dumps(facts, indent=2, ensure_ascii=False, default=str))
    return FINE if facts["ok"] else FAULT


def _no_options(_command: argparse.ArgumentParser, _settings: Settings) -> None:
    """A command without options of its own."""


COMMANDS = (
    ("load", "Bring the region packs into the ledger and publish what changed.", _load, _add_load),
    ("check", "Read a file as its office made it and tell what is wrong.", _check, _add_check),
    ("export", "Write a dataset as CSV, JSON, Parquet or XLSX.", _export, _add_export),
    ("editions", "List the published editions of a region.", _editions, _add_region),
    (
        "corrections",
        "Propose corrections of slips in daily reports, for review.",
        _corrections,
        _add_corrections,
    ),
    ("forecast", "Forecast what changed, with back-test and bands.", _forecast, _add_forecast),
    ("warn", "Raise and end price warnings by their written rules.", _warn, _add_warn),
    ("doctor", "Report the health of this installation as JSON.", _doctor, _no_options),
)
