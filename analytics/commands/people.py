"""Commands on people: user, audit."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.commands.common import (
    BAD_INPUT,
    FINE,
    Command,
    moment,
    print_table,
    write_bytes,
)
from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from analytics.editions.office import Outcome
    from analytics.ingest.checking import CheckReport
    from analytics.ingest.submit import Submission
    from analytics.people.accounts import Account
    from analytics.people.rights import Person

ROLES = ("officer", "verifier", "admin")
AUDIT_FORMATS = ("text", "csv", "json")


def person_at_terminal() -> Person:
    """Who sits at the machine: the owner of the files may do everything, and is named."""
    from analytics.people.rights import Person, Role, SignedInBy

    name = f"terminal:{getpass.getuser()}"
    return Person(name, name, Role.ADMIN, "", SignedInBy.TERMINAL)


def acting(settings: Settings, options: argparse.Namespace, right: str) -> Person:
    """Who acts: the account of `--as`, or whoever sits at the terminal.

    Raises NotAllowed for an account that is not there, may not sign in or lacks the right.
    """
    from analytics.people.accounts import find
    from analytics.people.database import open_people
    from analytics.people.rights import NotAllowed, Right, require

    if not options.person:
        return person_at_terminal()
    with open_people(settings).connect() as connection:
        account = find(connection, options.person)
    if account is None or account.state(moment()) not in ("active", "must_change"):
        raise NotAllowed("people.refused.no_account", name=options.person)
    require(account.person, Right(right))
    return replace(account.person, signed_in_by=person_at_terminal().signed_in_by)


def note(
    settings: Settings, who: Person, act: str, *, object: str, region: str, **details: object
) -> None:
    """Notes in the audit log what was done at this terminal."""
    from analytics.people.audit import Act, record
    from analytics.people.database import open_people

    record(
        open_people(settings), Act(act), who=who, at=moment(), object=object, region=region,
        details={**details, "terminal": person_at_terminal().name},
    )  # fmt: skip


def note_brought(
    settings: Settings, who: Person, report: CheckReport, kept: Submission, *, region: str
) -> None:
    """Notes a file that became a batch; the same file once more is none."""
    if kept.is_new:
        note(
            settings, who, "uploaded", object=f"batch {kept.batch_id}", region=region,
            dataset=report.dataset, file=report.file, rows=kept.rows, office=who.office,
        )  # fmt: skip


def note_outcome(
    settings: Settings, who: Person, act: str, outcome: Outcome, *, region: str, reason: str = ""
) -> None:
    """Notes a batch that was published or withdrawn."""
    note(settings, who, act, object=f"batch {outcome.batch_id}", region=region,
         dataset=outcome.dataset, edition=outcome.edition, reason=reason)  # fmt: skip


def _add_user(command: argparse.ArgumentParser, _settings: Settings) -> None:
    parts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    add = parts.add_parser("add", help="make an account")
    role = parts.add_parser("role", help="give another role or office")
    others = {
        "disable": parts.add_parser("disable", help="let nobody sign in with it any more"),
        "enable": parts.add_parser("enable", help="let it sign in again"),
        "reset": parts.add_parser("reset", help="give a new one-time password, lift a lock"),
    }
    listed = parts.add_parser("list", help="list the accounts")
    for part in (add, role, *others.values()):
        part.add_argument("name", metavar="NAME")
    for part in (add, role):
        part.add_argument("--role", choices=ROLES, required=True)
        part.add_argument("--office", help="code of the office; an officer needs one")
    add.add_argument("--display-name", default="", help="name shown to others (default: NAME)")
    add.add_argument("--expires", type=date.fromisoformat, help="last day, YYYY-MM-DD")
    for part in (add, others["reset"]):
        part.add_argument(
            "--password-stdin", action="store_true", help="read the password (default: make one)"
        )
    for part in (add, role, listed, *others.values()):
        part.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)


def _user(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.accounts import AccountRefused
    from analytics.people.database import open_people
    from analytics.people.passwords import PasswordRefused

    engine = open_people(settings)
    acts = {
        "add": _user_add, "role": _user_role, "disable": _user_switch, "enable": _user_switch,
        "reset": _user_reset, "list": _user_list,
    }  # fmt: skip
    try:
        return acts[options.act](engine, settings, options)
    except AccountRefused as error:
        print(text(f"people.account.{error.fault}", options.lang, name=error.name), file=sys.stderr)
    except PasswordRefused as error:
        least = settings.accounts.least_length
        print(text(f"people.password.{error.fault}", options.lang, least=least), file=sys.stderr)
    return BAD_INPUT


def _user_add(engine: Engine, settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.administration import add_user
    from analytics.people.rights import Role

    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else None
    last = options.expires
    account, made = add_user(
        engine, options.name, role=Role(options.role), office=options.office or "",
        display_name=options.display_name, password=password, rules=settings.accounts,
        expires_at=datetime.combine(last, time.max, UTC) if last else None,
        by=person_at_terminal(), now=moment(),
    )  # fmt: skip
    role = text(f"people.role.{account.role.value}", options.lang)
    print(text("people.command.added", options.lang, name=account.name, role=role))
    _tell_password(settings, options, made)
    return FINE


def _user_role(engine: Engine, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.administration import change_right
    from analytics.people.rights import Role

    change_right(
        engine, options.name, role=Role(options.role), office=options.office,
        by=person_at_terminal(), now=moment(),
    )  # fmt: skip
    role = text(f"people.role.{options.role}", options.lang)
    print(text("people.command.role", options.lang, name=options.name, role=role))
    return FINE


def _user_switch(engine: Engine, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.administration import switch_user

    switch_user(
        engine, options.name, is_active=options.act == "enable", by=person_at_terminal(),
        now=moment(),
    )  # fmt: skip
    print(text(f"people.command.{options.act}", options.lang, name=options.name))
    return FINE


def _user_reset(engine: Engine, settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.administration import reset_user

    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else None
    made = reset_user(
        engine, options.name, password=password, rules=settings.accounts,
        by=person_at_terminal(), now=moment(),
    )  # fmt: skip
    print(text("people.command.reset", options.lang, name=options.name))
    _tell_password(settings, options, made)
    return FINE


def _tell_password(settings: Settings, options: argparse.Namespace, made: str | None) -> None:
    hours = settings.accounts.one_time_hours
    if made is not None:
        print(text("people.command.one_time", options.lang, password=made, hours=hours))


def _user_list(engine: Engine, _settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.accounts import accounts

    names = ("name", "role", "office", "state")
    header = [text(f"people.column.{name}", options.lang) for name in names]
    now = moment()
    with engine.connect() as connection:
        rows = [_listed(one, options.lang, now=now) for one in accounts(connection)]
    print_table([header, *rows])
    return FINE


def _listed(account: Account, language: str, *, now: datetime) -> list[str]:
    role = text(f"people.role.{account.role.value}", language)
    state = text(f"people.state.{account.state(now)}", language)
    return [account.name, role, account.office or "-", state]


def _add_audit(command: argparse.ArgumentParser, _settings: Settings) -> None:
    command.add_argument("--who", help="name of the account")
    command.add_argument("--what", help="the act, as uploaded or published")
    command.add_argument("--since", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    command.add_argument("--format", choices=AUDIT_FORMATS, default="text")
    command.add_argument("--output", type=Path, help="file to write (default: standard output)")


def _audit(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.people.audit import Act, Wanted, entries
    from analytics.people.database import open_people
    from analytics.publishing.tables import table_bytes

    known = [act.value for act in Act]
    if options.what is not None and options.what not in known:
        words = ", ".join(known)
        print(text("people.command.no_act", options.lang, act=options.what, known=words),
              file=sys.stderr)  # fmt: skip
        return BAD_INPUT
    wanted = Wanted(
        who=options.who,
        what=Act(options.what) if options.what else None,
        since=datetime.combine(options.since, time.min, UTC) if options.since else None,
    )
    found = entries(open_people(settings), wanted)
    if options.format == "text":
        lines = ["  ".join(str(cell) for cell in row if cell) for row in found.values.tolist()]
        content = "".join(f"{line}\n" for line in lines).encode("utf-8")
    else:
        content = table_bytes(found, file_format=options.format, is_training=False)
    write_bytes(content, options.output)
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("user", "Accounts: add, role, disable, enable, reset, list.", _user, _add_user),
    ("audit", "Who did what and when, filtered, as text, CSV or JSON.", _audit, _add_audit),
)
