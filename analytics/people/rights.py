"""Who may do what: roles, rights and the table between them (`rights.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from analytics.i18n import text

LONGEST_SIGNATURE = 128  # letters that records have for a name
TABLE = Path(__file__).with_name("rights.toml")


class Role(StrEnum):
    """What a person is to this installation."""

    PUBLIC = "public"
    OFFICER = "officer"
    VERIFIER = "verifier"
    ADMIN = "admin"


class Right(StrEnum):
    """What a person may do beside reading."""

    UPLOAD = "upload"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    CONFIRM_UNVERIFIED = "confirm_unverified"
    ANSWER_WARNINGS = "answer_warnings"
    WRITE_REASONS = "write_reasons"
    REPORT_PROGRAMMES = "report_programmes"
    SET_BOARD = "set_board"
    KEEP_BRIEFINGS = "keep_briefings"
    EXPORT = "export"
    MANAGE_USERS = "manage_users"
    READ_AUDIT = "read_audit"


class SignedInBy(StrEnum):
    """How we know who a person is; the public is not known."""

    NOBODY = ""
    PASSWORD = "password"  # noqa: S105 (a kind, not a password)
    PROVIDER = "provider"
    TERMINAL = "terminal"


@dataclass(frozen=True)
class Person:
    """Who is asking. `name` is unique and stands in records; the public has none."""

    name: str = ""
    display_name: str = ""
    role: Role = Role.PUBLIC
    office: str = ""
    signed_in_by: SignedInBy = SignedInBy.NOBODY

    @property
    def signature(self) -> str:
        """How records name the person: as shown, with the unique name where it differs."""
        if self.display_name in ("", self.name):
            return self.name
        room = LONGEST_SIGNATURE - len(self.name) - 3
        return f"{self.display_name[:room]} ({self.name})" if room > 0 else self.name

    @property
    def is_known(self) -> bool:
        """Whether the person has signed in, or sits at the machine's terminal."""
        return self.signed_in_by is not SignedInBy.NOBODY


PUBLIC = Person()


class NotAllowed(PermissionError):
    """The person lacks the right; `words(language)` says who may and what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{text(key, 'id', **values)} / {text(key, 'en', **values)}")
        self.key, self.values = key, values

    def words(self, language: str) -> str:
        """The reason as a sentence in that language."""
        return text(self.key, language, **self.values)


@dataclass(frozen=True)
class _Rule:
    roles: frozenset[Role]
    own_office: frozenset[Role]


def may(person: Person, right: Right, *, office: str | None = None) -> bool:
    """Whether the person has the right.

    `office` is the office that an act is for; without it the answer is for any office.
    """
    rule = _rules()[right]
    is_bound = person.role in rule.own_office and office is not None
    return person.role in rule.roles and (not is_bound or person.office == office)


def require(person: Person, right: Right, *, office: str | None = None) -> None:
    """Raises NotAllowed unless the person has the right (for that office)."""
    if may(person, right, office=office):
        return
    if may(person, right):
        raise NotAllowed("people.refused.other_office", own=person.office or "-", office=office)
    raise NotAllowed(f"people.refused.{right.value}")


@cache
def _rules() -> Mapping[Right, _Rule]:
    """The table of rights. Raises ValueError for a right or role that is not known or missing."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    if set(table) != {right.value for right in Right}:
        raise ValueError(f"{TABLE.name} must name every right once: {', '.join(Right)}.")
    return MappingProxyType(
        {
            Right(name): _Rule(
                roles=frozenset(Role(role) for role in row["roles"]),
                own_office=frozenset(Role(role) for role in row.get("own_office", ())),
            )
            for name, row in table.items()
        }
    )
