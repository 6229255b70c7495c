"""The command on mappings of strange tables: draft, save, list, show, rename, delete."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    add_format,
    add_person,
    add_region,
    moment,
    print_table,
    write_bytes,
)
from analytics.commands.people import acting, note
from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings


def _add(command: argparse.ArgumentParser, settings: Settings) -> None:
    parts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    draft = parts.add_parser(
        "draft", help="write a mapping to go on from, out of a file's headings"
    )
    draft.add_argument("file", metavar="FILE", type=Path, help="file whose headings are taken")
    draft.add_argument("--output", type=Path, help="file to write (default: standard output)")
    save = parts.add_parser("save", help="keep a mapping under a name, so that it is offered")
    save.add_argument("name", metavar="NAME")
    save.add_argument("file", metavar="JSON", type=Path, help="the mapping")
    listed = parts.add_parser("list", help="list the saved mappings of a dataset")
    add_format(listed)
    show = parts.add_parser("show", help="give a saved mapping as JSON")
    rename = parts.add_parser("rename", help="give a saved mapping another name")
    delete = parts.add_parser("delete", help="offer a saved mapping no more; it stays kept")
    for part in (show, rename, delete):
        part.add_argument("name", metavar="NAME")
    rename.add_argument("new_name", metavar="NEW")
    for part in (draft, listed, show, rename, delete):
        part.add_argument("--dataset", required=True, help="dataset that the mapping is for")
    for part in (save, rename, delete):
        add_person(part)
    for part in (draft, save, listed, show, rename, delete):
        add_region(part, settings)
        part.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)


def _mapping(settings: Settings, options: argparse.Namespace) -> int:
    acts = {"draft": _draft, "save": _save, "list": _list, "show": _show, "rename": _rename,
            "delete": _delete}  # fmt: skip
    if "file" in options and not options.file.is_file():
        print(text("ingest.check.file_missing", options.lang, file=options.file), file=sys.stderr)
        return BAD_INPUT
    return acts[options.act](settings, options)


def _draft(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.desk.mapping import draft
    from analytics.ingest.datasets import dataset_form
    from analytics.ingest.door import open_upload
    from analytics.ingest.grids import read_book
    from analytics.jobs.check import read_upload, region_in_force

    form = dataset_form(options.dataset)
    region = region_in_force(settings, options.region, today=date.today())
    book = read_book(open_upload(options.file.name, read_upload(options.file)))
    write_bytes(f"{draft(book, region, form).as_json()}\n".encode(), options.output)
    return FINE


def _save(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.desk.saved_mappings import save
    from analytics.editions.store import open_store
    from analytics.ingest.profiles import read_profile

    person = acting(settings, options, "upload")
    profile = read_profile(options.file.read_bytes(), name=options.file.name)
    engine = open_store(settings, options.region).engine
    name = save(engine, person, name=options.name, content=profile.as_json(), now=moment())
    note(settings, person, "saved_mapping", object=name, region=options.region,
         dataset=profile.dataset)  # fmt: skip
    print(text("desk.mapping.saved", options.lang, name=name, dataset=profile.dataset))
    return FINE


def _list(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.check import saved_mappings

    found = saved_mappings(settings, options.region, options.dataset)
    if options.format == "json":
        told = [{"name": one.name, "saved_by": one.saved_by, "saved_at": one.saved_at.isoformat()}
                for one in found]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
    elif not found:
        print(text("desk.mapping.none", options.lang, dataset=options.dataset))
    else:
        print_table([[one.name, one.saved_by, f"{one.saved_at:%Y-%m-%d %H:%M}"] for one in found])
    return FINE


def _show(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.jobs.check import saved_mappings
    from analytics.ledger.desk import DeskRefused

    saved = saved_mappings(settings, options.region, options.dataset)
    found = {one.name: one.content for one in saved}
    if options.name not in found:
        raise DeskRefused("profile_unknown", name=options.name, dataset=options.dataset)
    print(found[options.name])
    return FINE


def _rename(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.desk.saved_mappings import rename
    from analytics.editions.store import open_store

    person = acting(settings, options, "upload")
    engine = open_store(settings, options.region).engine
    name = rename(engine, person, dataset=options.dataset, name=options.name,
                  new_name=options.new_name, now=moment())  # fmt: skip
    note(settings, person, "renamed_mapping", object=name, region=options.region,
         dataset=options.dataset, before=options.name)  # fmt: skip
    print(text("desk.mapping.renamed", options.lang, name=options.name, new_name=name))
    return FINE


def _delete(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.desk.saved_mappings import delete
    from analytics.editions.store import open_store

    person = acting(settings, options, "upload")
    engine = open_store(settings, options.region).engine
    delete(engine, person, dataset=options.dataset, name=options.name, now=moment())
    note(settings, person, "deleted_mapping", object=options.name, region=options.region,
         dataset=options.dataset)  # fmt: skip
    print(text("desk.mapping.deleted", options.lang, name=options.name))
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("mapping", "Draft, save, list, rename and delete mappings of strange tables.", _mapping, _add),
)
