"""Options of `forecast` and `warn` held against each other before anything is done."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType

from analytics.i18n import text
from analytics.settings import Settings

# What file mode takes where nothing is said; None on the command line tells "not said".
FILE_DEFAULTS: Mapping[str, object] = MappingProxyType(
    {"freq": "MS", "horizon": 6, "levels": "80,95"}
)
FILE_ONLY = ("output", "freq", "horizon", "levels", "backtest", "no_withhold")
REGIONS_ONLY = ("region",)
LEAST = ("jobs", "horizon")


class Contradiction(ValueError):
    """Options that don't go together; the message is a sentence in the reader's language."""


def check_forecast_options(options: argparse.Namespace, settings: Settings) -> None:
    """Raises Contradiction, or SettingsError for an unknown region."""
    has_input = options.input is not None
    for name in FILE_ONLY if not has_input else REGIONS_ONLY:
        if getattr(options, name):
            _refuse("needs_input" if not has_input else "not_with_input", options, option=name)
    for name in LEAST:
        value = getattr(options, name)
        if value is not None and value < 1:
            _refuse("too_small", options, option=name, value=value)
    if options.cluster and options.engine == "local":
        _refuse("cluster_without_engine", options)
    if has_input:
        _check_files(options)
    chosen_regions(options, settings)


def chosen_regions(options: argparse.Namespace, settings: Settings) -> tuple[str, ...]:
    """The regions asked for, each once, or all. Raises SettingsError before any is touched."""
    regions = tuple(dict.fromkeys(options.region or settings.regions))
    for region in regions:
        settings.pack_dir(region)
    return regions


def with_file_defaults(options: argparse.Namespace) -> argparse.Namespace:
    """The options with what file mode takes where nothing was said."""
    said = {name: value for name, value in vars(options).items() if value is not None}
    return argparse.Namespace(**{**vars(options), **FILE_DEFAULTS, **said})


def _check_files(options: argparse.Namespace) -> None:
    """Where to write must be known, exist, and not be what is read."""
    if options.output is None:
        raise Contradiction(text("cli.forecast.file.output_missing", options.lang))
    written = {"output": options.output, "backtest": options.backtest}
    for name, path in written.items():
        if path is None:
            continue
        if path.resolve() == options.input.resolve():
            _refuse("same_file", options, option=name)
        if not path.resolve().parent.is_dir():
            _refuse("no_folder", options, option=name, folder=path.parent)
    if options.backtest and options.backtest.resolve() == options.output.resolve():
        _refuse("same_output", options)


def _refuse(reason: str, options: argparse.Namespace, **values: object) -> None:
    if "option" in values:
        values["option"] = "--" + str(values["option"]).replace("_", "-")
    raise Contradiction(text(f"cli.forecast.options.{reason}", options.lang, **values))
