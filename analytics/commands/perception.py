"""Commands on texts of visitors: reading them once, measuring how right their sentiment is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.commands.common import BAD_INPUT, FAULT, FINE, Command, add_format
from analytics.i18n import Formatter, text
from analytics.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from analytics.perception.measuring import Measured

WAYS = ("pipeline", "seed_lexicon", "yardstick")
TASKS = ("text",)
COLUMNS = ("text", "label")


def _perceive(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.editions.store import NoEdition, open_store
    from analytics.jobs.perception import perceived
    from analytics.jobs.render import JobFailed

    for region in options.region or settings.regions:
        try:
            found = perceived(open_store(settings, region).edition())
        except NoEdition as error:
            print(error, file=sys.stderr)
            return BAD_INPUT
        except JobFailed as error:
            print(error, file=sys.stderr)
            return FAULT
        number = Formatter(options.lang).number
        kind = "done" if found.rated + found.unrated else "none"
        print(text(f"perception.perceive.{kind}", options.lang, region=region,
                   texts=number(found.rated + found.unrated), rated=number(found.rated),
                   spoke=text(f"perception.spoke.{found.spoke}", options.lang)))  # fmt: skip
    return FINE


def _perceive_options(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument(
        "--region", action="append", help="region to read; may be repeated (default: all)"
    )


def _bench(_settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.perception import measured_on, measured_over

    try:
        train = _read(options.train)
        test = _read(options.test) if options.test else None
        found = (
            measured_on(train, test)
            if test is not None
            else measured_over(train, folds=options.folds)
        )
    except (ValueError, UnicodeDecodeError) as error:
        print(text("perception.bench.refused", options.lang, reason=error), file=sys.stderr)
        return BAD_INPUT
    _print(found, options)
    return FINE


def _read(files: Sequence[Path]) -> pd.DataFrame:
    """Texts and labels of CSV files, one below the other. Raises ValueError, naming the column."""
    import pandas as pd

    frames = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
    for file, frame in zip(files, frames, strict=True):
        lacking = [name for name in COLUMNS if name not in frame]
        if lacking:
            raise ValueError(f"{file}: {', '.join(lacking)} ?")
    return pd.concat(frames, ignore_index=True)[list(COLUMNS)]


def _print(found: dict[str, Measured], options: argparse.Namespace) -> None:
    if options.format == "json":
        plain = {name: vars(measured) for name, measured in found.items()}
        print(json.dumps(plain, indent=2))
        return
    number = Formatter(options.lang).number
    for name, measured in found.items():
        way = text(f"perception.bench.{name}", options.lang)
        print(text("perception.bench.line", options.lang, way=way, n=number(measured.n, 0),
                   f1=number(measured.macro_f1, 3), low=number(measured.low, 3),
                   high=number(measured.high, 3)))  # fmt: skip


def _options(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument("task", choices=TASKS, help="what is measured")
    command.add_argument(
        "--train", nargs="+", type=Path, required=True, metavar="A.csv",
        help="texts with labels to learn from (columns text, label: positive, neutral, negative)",
    )  # fmt: skip
    command.add_argument(
        "--test", nargs="+", type=Path, metavar="B.csv",
        help="texts to measure on; without it --train is cut into folds",
    )  # fmt: skip
    command.add_argument("--folds", type=int, default=5, help="default: %(default)s")
    add_format(command)


COMMANDS: tuple[Command, ...] = (
    (
        "perceive",
        "Read the reviews of the newest edition once and keep what they say.",
        _perceive,
        _perceive_options,
    ),
    ("bench", "Measure the sentiment of texts on texts with known labels.", _bench, _options),
)
