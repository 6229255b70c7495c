"""What commands share: exit codes, the option of a region, progress, tables and files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.editions.store import Store

FINE, FAULT, BAD_INPUT = 0, 1, 2
Command = tuple[
    str,
    str,
    Callable[[Settings, argparse.Namespace], int],
    Callable[[argparse.ArgumentParser, Settings], None],
]


def add_region(command: argparse.ArgumentParser, settings: Settings) -> None:
    """Adds `--region` with the default of the settings."""
    command.add_argument(
        "--region",
        default=settings.default_region,
        help=f"one of {', '.join(settings.regions)} (default: %(default)s)",
    )


def add_output(command: argparse.ArgumentParser) -> None:
    """Adds `--output`: where `write_bytes` writes."""
    command.add_argument("--output", type=Path, help="file to write (default: standard output)")


def add_format(command: argparse.ArgumentParser) -> None:
    """Adds `--format`: for people or for programs."""
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="default: %(default)s"
    )


def add_person(command: argparse.ArgumentParser) -> None:
    """Adds `--as`: the account in whose name the command acts (see `commands.people.acting`)."""
    command.add_argument(
        "--as", dest="person", metavar="NAME", default="",
        help="account in whose name this is done (default: who sits at this terminal)",
    )  # fmt: skip


def healed_store(settings: Settings, region: str, language: str) -> Store:
    """The region's store; what a crash left is mended first and told on standard error."""
    from analytics.editions.heal import heal
    from analytics.editions.store import open_store

    store = open_store(settings, region)
    for sentence in heal(store).sentences(language):
        print(f"{region}: {sentence}", file=sys.stderr)
    return store


def moment() -> datetime:
    """Now: the one place where a command asks the machine's clock for what it writes."""
    return datetime.now(UTC)


def no_options(_command: argparse.ArgumentParser, _settings: Settings) -> None:
    """A command without options of its own."""


class Progress:
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


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Prints rows of text as columns: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first = row[0].ljust(widths[0])
        rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join([first, *rest]))


def write_bytes(content: bytes, output: Path | None) -> None:
    """Writes to the file, or to standard output where none is named."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(content)
