"""Commands that keep the installation: backup, restore."""

from __future__ import annotations

import argparse
from pathlib import Path

from analytics.commands.common import FINE, Command, Progress, moment
from analytics.i18n import Formatter, text
from analytics.settings import Settings


def _add_backup(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument("folder", metavar="DIR", type=Path, help="new folder for the backup")


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.backup import back_up

    with Progress(text("desk.progress.backup", options.lang)) as bar:
        report = back_up(settings, options.folder, now=moment(), on_progress=bar)
    number = Formatter(options.lang).number
    print(text("desk.backup.done", options.lang, regions=", ".join(report.regions),
               folder=options.folder, files=number(report.files),
               bytes=number(report.bytes)))  # fmt: skip
    return FINE


def _add_restore(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument("folder", metavar="DIR", type=Path, help="folder of the backup")
    command.add_argument("--replace", action="store_true", help="put it in the place of the store")


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.backup import restore, restore_people

    with Progress(text("desk.progress.restore", options.lang)) as bar:
        found = restore(settings, options.folder, replace=options.replace, on_progress=bar)
    for region, edition in found.items():
        key = "restored" if edition else "restored_empty"
        print(text(f"desk.backup.{key}", options.lang, region=region, edition=edition))
    people = restore_people(settings, options.folder)
    if people.accounts:
        key = "people" if people.is_used else "people_stay"
        print(text(f"desk.backup.{key}", options.lang, n=people.accounts))
    print(text("desk.backup.restart", options.lang))
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("backup", "Write ledgers, editions, people and settings into a folder.", _backup, _add_backup),
    ("restore", "Put a backup in force.", _restore, _add_restore),
)
