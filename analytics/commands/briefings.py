"""Commands on briefings: write one as a file, freeze one, verify and compare what was frozen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.commands.common import (
    BAD_INPUT,
    FAULT,
    FINE,
    Command,
    add_format,
    add_person,
    add_region,
    moment,
    print_table,
)
from analytics.commands.people import acting, note
from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.briefing.draft import Draft
    from analytics.briefing.model import Briefing
    from analytics.briefing.numbers import Change
    from analytics.briefing.office import Office
    from analytics.editions.vocabulary import Vocabulary

SNAPSHOT_QUERY = "paparan?snapshot="
MOST_TOLD = 8


def _add_what(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--outline", metavar="NAME|FILE", help="a ready-made outline, or a TOML file"
    )
    command.add_argument("--draft", metavar="NAME", help="a briefing that was saved under a name")


def _add_brief(command: argparse.ArgumentParser, settings: Settings) -> None:
    _add_what(command)
    command.add_argument("--snapshot", metavar="ID", help="a frozen briefing: its file as it was")
    add_region(command, settings)
    command.add_argument("--edition", type=int, help="number of the edition (default: newest)")
    command.add_argument("--output", type=Path, required=True, help="file; its ending says which")
    command.add_argument(
        "--layout", choices=("report", "summary", "handout"), default="report",
        help="of a PDF: A4 report (default), one page, landscape to hand out",
    )  # fmt: skip
    command.add_argument("--template", type=Path, metavar="FILE",
                         help="of a DOCX: Word file of the office with its letterhead")  # fmt: skip


def _brief(settings: Settings, options: argparse.Namespace) -> int:
    return _guarded(lambda: _write_brief(settings, options), options)


def _write_brief(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.briefing.office import open_office
    from analytics.briefing.writers import WRITERS, written

    suffix = options.output.suffix.removeprefix(".").lower()
    if suffix not in WRITERS:
        return _bad(options, "suffix", suffix=options.output.suffix, known=", ".join(WRITERS))
    if options.layout != "report":
        if suffix != "pdf":
            return _bad(options, "layout_of_pdf")
        suffix = f"{options.layout}.pdf"
    if options.template and (suffix != "docx" or options.snapshot):
        return _bad(options, "template_of_docx")
    if sum(bool(each) for each in (options.outline, options.draft, options.snapshot)) != 1:
        return _bad(options, "one_of")
    office = open_office(settings, options.region)
    if options.snapshot:
        content = _kept_file(office, options.snapshot, suffix)
    else:
        draft = _draft(office, options)
        briefing = office.briefing(draft, office.edition(options.edition), language=options.lang)
        content = written(_on_template(briefing, options), suffix=suffix)
        told = text("briefing.command.written", options.lang, figures=len(briefing.exhibits),
                    blanks=len(briefing.gaps), file=options.output)  # fmt: skip
        print(told, file=sys.stderr)
    options.output.write_bytes(content)
    return FINE


def _on_template(briefing: Briefing, options: argparse.Namespace) -> Briefing:
    """The briefing with the Word file that was named, instead of that of the pack. Raises
    BadLetter for a file that is not there.
    """
    from analytics.briefing.model import BadLetter

    if options.template is None:
        return briefing
    try:
        letter = options.template.read_bytes()
    except OSError as error:
        raise BadLetter(str(options.template)) from error
    return replace(briefing, cover=replace(briefing.cover, letter=letter))


def _kept_file(office: Office, snapshot_id: str, suffix: str) -> bytes:
    from analytics.ledger.snapshots import file_content, read_snapshot

    with office.store.engine.connect() as connection:
        read_snapshot(connection, snapshot_id)
        try:
            return file_content(connection, snapshot_id, suffix)
        except KeyError:
            raise _NotKept(suffix) from None


class _NotKept(LookupError):
    """A snapshot that was made without a file of that kind."""


def _draft(office: Office, options: argparse.Namespace) -> Draft:
    """The draft that the options name. Raises BadOutline."""
    from analytics.briefing.draft import BadOutline, draft_from, outline_of_file, read_outline
    from analytics.ledger.snapshots import saved_drafts

    if options.draft:
        with office.store.engine.connect() as connection:
            saved = saved_drafts(connection)
        if options.draft not in saved:
            raise BadOutline(f"{options.draft}: {', '.join(saved) or '-'}")
        return draft_from(json.loads(saved[options.draft]))
    if options.outline.endswith(".toml") or Path(options.outline).is_file():
        return outline_of_file(Path(options.outline))
    return read_outline(options.outline)


def _guarded(run: Callable[[], int], options: argparse.Namespace) -> int:
    """Mistakes about briefings end in a sentence and a code."""
    from analytics.briefing.draft import BadOutline
    from analytics.briefing.making import BadRecipe
    from analytics.briefing.model import BadLetter
    from analytics.briefing.snapshot import NothingToFreeze
    from analytics.ledger.snapshots import BrokenSnapshot, NoSnapshot

    try:
        return run()
    except (BadOutline, BadRecipe) as error:
        return _bad(options, "outline", why=error)
    except NoSnapshot as error:
        return _bad(options, "no_snapshot", id=error)
    except BadLetter:
        return _bad(options, "bad_template", file=options.template or "-")
    except _NotKept as error:
        return _bad(options, "not_kept", suffix=error)
    except NothingToFreeze:
        return _bad(options, "nothing")
    except BrokenSnapshot as error:
        print(text("briefing.command.broken", options.lang, id=error), file=sys.stderr)
        return FAULT


def _bad(options: argparse.Namespace, reason: str, **values: object) -> int:
    print(text(f"briefing.command.{reason}", options.lang, **values), file=sys.stderr)
    return BAD_INPUT


# Snapshots -------------------------------------------------------------------------------------


def _add_snapshot(command: argparse.ArgumentParser, settings: Settings) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, summary, _, add_options in ACTIONS:
        action = actions.add_parser(name, help=summary, description=summary)
        action.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS,
                            help="language of messages and of the briefing")  # fmt: skip
        add_region(action, settings)
        add_options(action)


def _snapshot(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.briefing.office import open_office

    run = next(run for name, _, run, _ in ACTIONS if name == options.action)
    return _guarded(lambda: run(open_office(settings, options.region), settings, options), options)


def _add_create(command: argparse.ArgumentParser) -> None:
    _add_what(command)
    command.add_argument("--edition", type=int, help="number of the edition (default: newest)")
    add_person(command)


def _create(office: Office, settings: Settings, options: argparse.Namespace) -> int:
    from analytics.briefing.snapshot import freeze

    if bool(options.outline) == bool(options.draft):
        return _bad(options, "one_of")
    person = acting(settings, options, "keep_briefings")
    snapshot = freeze(
        office, _draft(office, options), edition=options.edition, language=options.lang,
        created_by=person.name, now=moment(), address=snapshot_address(settings),
    )  # fmt: skip
    note(settings, person, "froze_briefing", object=snapshot.snapshot_id, region=options.region)
    print(snapshot.snapshot_id)
    return FINE


def snapshot_address(settings: Settings) -> str:
    """Where snapshots are opened, up to their id; empty without a public address."""
    base = settings.public_url.rstrip("/") if settings.public_url else ""
    return f"{base}/{SNAPSHOT_QUERY}" if base else ""


def _add_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("snapshot", metavar="ID", help="id of the snapshot")


def _add_show(command: argparse.ArgumentParser) -> None:
    command.add_argument("snapshot", metavar="ID", nargs="?", help="id (default: list all)")
    add_format(command)


def _show(office: Office, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.ledger.snapshots import list_snapshots

    with office.store.engine.connect() as connection:
        if options.snapshot is None:
            _print_list(list_snapshots(connection), options)
            return FINE
        facts = _facts(connection, options.snapshot)
    if options.format == "json":
        print(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
        return FINE
    for name in ("title", "edition", "language", "today", "created_by", "created_at",
                 "code_version", "runs"):  # fmt: skip
        print(f"{text(f'briefing.command.show.{name}', options.lang)}: {facts[name]}")
    for figure in facts["figures"]:
        print(f"{figure['number']}. {figure['heading']}")
    for suffix, digest in facts["files"].items():
        print(f"{suffix}  {digest}")
    return FINE


def _facts(connection: Any, snapshot_id: str) -> dict[str, Any]:
    from analytics.briefing.numbers import from_json
    from analytics.ledger.snapshots import file_hashes, read_snapshot

    kept = read_snapshot(connection, snapshot_id)
    return {
        "id": kept.snapshot_id,
        "title": kept.title,
        "edition": kept.edition,
        "language": kept.language,
        "today": kept.today,
        "created_by": kept.created_by,
        "created_at": kept.created_at.isoformat(timespec="seconds"),
        "code_version": kept.code_version,
        "runs": ", ".join(map(str, kept.runs)) or "-",
        "draft": json.loads(kept.draft),
        "figures": from_json(kept.figures),
        "files": dict(file_hashes(connection, snapshot_id)),
    }


def _print_list(found: Sequence[Any], options: argparse.Namespace) -> None:
    header = [
        text(f"briefing.command.show.{name}", options.lang)
        for name in ("id", "edition", "created_at", "created_by", "title")
    ]
    rows = [
        [each.snapshot_id, str(each.edition), each.created_at.isoformat(timespec="minutes"),
         each.created_by, each.title]
        for each in found
    ]  # fmt: skip
    print_table([header, *rows])


def _verify(office: Office, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.briefing.snapshot import verified

    found = verified(office, options.snapshot)
    values = {"figures": found.figures, "values": found.values, "files": len(found.files),
              "edition": found.snapshot.edition, "n": len(found.changes)}  # fmt: skip
    key = "verified" if found.is_sound else "not_verified"
    print(text(f"briefing.command.{key}", options.lang, **values))
    if not found.code_is_same:
        print(text("briefing.command.other_code", options.lang,
                   version=found.snapshot.code_version))  # fmt: skip
    _print_changes(found.changes, office.edition(found.snapshot.edition).vocabulary, options.lang)
    return FINE if found.is_sound else FAULT


def _add_diff(command: argparse.ArgumentParser) -> None:
    _add_id(command)
    command.add_argument("--edition", type=int, help="edition to compare with (default: newest)")


def _diff(office: Office, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.briefing.snapshot import differences

    changes = differences(office, options.snapshot, edition=options.edition)
    if not changes:
        print(text("briefing.command.unchanged", options.lang))
    _print_changes(changes, office.edition(options.edition).vocabulary, options.lang)
    return FINE


def _print_changes(changes: Sequence[Change], words: Vocabulary, language: str) -> None:
    """By figure: how many values differ, then the first of them with before and after."""
    from analytics.briefing.revisions import change_words

    for number in sorted({change.exhibit for change in changes}):
        own = [change for change in changes if change.exhibit == number]
        told = [change for change in own if change.column == "obs_value"] or own
        print(text("briefing.command.changed", language, number=number, heading=own[0].heading,
                   n=len(own)))  # fmt: skip
        for change in told[:MOST_TOLD]:
            print(f"   {change_words(change, words, language)}")


ACTIONS: tuple[tuple[str, str, Callable[..., int], Callable[..., None]], ...] = (
    ("create", "Freeze a briefing with its files and print its id.", _create, _add_create),
    ("show", "List the snapshots, or tell what is in one.", _show, _add_show),
    ("verify", "Make every number again from the edition and compare.", _verify, _add_id),
    ("diff", "Tell what the newest edition says otherwise.", _diff, _add_diff),
)

COMMANDS: tuple[Command, ...] = (
    ("brief", "Write a briefing as PPTX, DOCX, PDF, HTML, XLSX, or its figures as data.", _brief,
     _add_brief),
    ("snapshot", "Freeze a briefing; verify and compare what was frozen.", _snapshot,
     _add_snapshot),
)  # fmt: skip
