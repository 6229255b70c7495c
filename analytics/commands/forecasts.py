"""Commands on forecasts and warnings: forecast, record, warn."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    Progress,
    add_output,
    add_region,
    moment,
    write_bytes,
)
from analytics.commands.forecast_options import (
    Contradiction,
    check_forecast_options,
    chosen_regions,
    with_file_defaults,
)
from analytics.i18n import text
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.forecasting.engine import Runner


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
    group.add_argument("--freq", choices=("MS", "W", "D"), help="step of time (default: MS)")
    group.add_argument("--horizon", type=int, help="steps ahead (default: 6)")
    group.add_argument("--levels", help="percents, as 80,95 (default)")
    group.add_argument("--no-withhold", action="store_true", help="issue every combination")
    group.add_argument("--backtest", type=Path, help="JSON file for scores and treatments")
    group.add_argument(
        "--holidays", type=Path, help="CSV of holiday, date, is_decided, for the panel model"
    )
    group.add_argument("--harvest", type=Path, help="CSV of ds, y: area harvested by month")
    group.add_argument(
        "--leading", action="append", default=[], metavar="UNIQUE_ID",
        help="series of the file whose past changes the others may learn from; may be repeated",
    )  # fmt: skip


def _forecast(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.forecasting.distributed import ClusterMissing, cluster_runner

    try:
        check_forecast_options(options, settings)
    except Contradiction as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    runner = None
    if options.engine != "local":
        try:
            runner = cluster_runner(options.engine, address=options.cluster)
        except ClusterMissing as error:
            print(error, file=sys.stderr)
            return BAD_INPUT
    if options.input is not None:
        return _forecast_file(with_file_defaults(options), runner)
    return _forecast_regions(settings, options, runner)


def _forecast_regions(
    settings: Settings, options: argparse.Namespace, runner: Runner | None
) -> int:
    from analytics.editions.store import open_store
    from analytics.jobs.forecast import forecast_region

    for region in chosen_regions(options, settings):
        with Progress(text("cli.forecast.progress", options.lang, region=region)) as on_progress:
            report = forecast_region(
                open_store(settings, region),
                as_of=options.as_of or date.today(),
                now=moment(),
                jobs=options.jobs,
                run_tasks=runner,
                on_progress=on_progress,
            )
        _print_run_report(report, options.lang)
    return FINE


def _forecast_file(options: argparse.Namespace, runner: Runner | None) -> int:
    from analytics.forecasting.refusal import ForecastRefused
    from analytics.jobs.forecast_file import KnownTables, forecast_file

    label = text("cli.forecast.progress", options.lang, region=options.input.name)
    try:
        with Progress(label) as on_progress:
            report = forecast_file(
                options.input, options.output, freq=options.freq, horizon=options.horizon,
                levels=_levels(options.levels), may_withhold=not options.no_withhold,
                report_to=options.backtest, as_of=options.as_of or date.today(),
                jobs=options.jobs, language=options.lang, run_tasks=runner,
                on_progress=on_progress,
                known=KnownTables(options.holidays, options.harvest, tuple(options.leading)),
            )  # fmt: skip
    except ForecastRefused as refused:
        print(refused.words(options.lang), file=sys.stderr)
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
        raise InvalidSetting("levels_unread", value=words) from None


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


def _add_warn(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to look at; may be repeated (default: all)"
    )
    command.add_argument(
        "--as-of", type=date.fromisoformat, help="day to look from, YYYY-MM-DD (default: today)"
    )


def _warn(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store
    from analytics.jobs.warnings import LookRefused, warn_region

    for region in chosen_regions(options, settings):
        try:
            report = warn_region(open_store(settings, region), as_of=options.as_of, now=moment())
        except LookRefused as refused:
            dates = {"as_of": refused.as_of.isoformat(), "limit": refused.limit.isoformat()}
            words = text(f"cli.warn.{refused.reason}", options.lang, region=region, **dates)
            print(words, file=sys.stderr)
            return BAD_INPUT
        print(text("cli.warn.done", options.lang, **asdict(report)))
    return FINE


def _add_record(command: argparse.ArgumentParser, settings: Settings) -> None:
    add_region(command, settings)
    command.add_argument(
        "--format", choices=("text", "csv", "json"), default="text",
        help="text: scores by horizon; csv, json: every forecast (default: %(default)s)",
    )  # fmt: skip
    add_output(command)


def _record(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import open_store
    from analytics.prices.record import record_pairs, record_text
    from analytics.publishing.tables import table_bytes

    store = open_store(settings, options.region)
    edition = store.edition()
    pairs = record_pairs(store, edition)
    if pairs.empty:
        print(text("record.cli.missing", options.lang, region=options.region), file=sys.stderr)
        return BAD_INPUT
    if options.format == "text":
        content = record_text(edition, pairs, language=options.lang).encode("utf-8")
    else:
        content = table_bytes(
            pairs.assign(scored_by_edition=edition.stamp.number),
            file_format=options.format,
            is_training=edition.stamp.is_training,
        )
    write_bytes(content, options.output)
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("forecast", "Forecast what changed, with back-test and bands.", _forecast, _add_forecast),
    ("record", "Show every issued forecast beside the price that came.", _record, _add_record),
    ("warn", "Raise and end price warnings by their written rules.", _warn, _add_warn),
)
