"""Bringing data in: a held file or a filled form is looked at, then kept as a batch that waits.

Both go through the same checks. The right of `who` is checked here; a page only hides its buttons.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from analytics.desk.answers import HowToRead, Kept, Look, Refusal, Said, Unread, told
from analytics.desk.forms import FORMS, Context, FormFile, form_file
from analytics.desk.looks import checked, digest_of, look_at
from analytics.desk.uploads import held, let_go
from analytics.editions.store import open_store
from analytics.ingest.region import Region
from analytics.ingest.submit import Wish, submit
from analytics.jobs.background import progress_into
from analytics.jobs.check import region_in_force
from analytics.ledger.desk import DeskRefused
from analytics.ledger.mapping_profiles import saved_profiles
from analytics.people.audit import Act, record
from analytics.people.database import open_people
from analytics.people.rights import Person, Right, require
from analytics.settings import Settings, load_settings


def look(
    region: str, who: Person, token: str, how: HowToRead, today: date, progress: Path | None = None
) -> Look | Unread | Refusal:
    """Checks a held file; nothing is kept."""
    settings = load_settings()

    def act() -> Look | Unread:
        require(who, Right.UPLOAD)
        file = held(settings, region, token, owner=who.name)
        with open_store(settings, region).engine.connect() as connection:
            saved = saved_profiles(connection, how.dataset)
        in_force = region_in_force(settings, region, today=today)
        return look_at(file.name, file.content(), how, region=in_force, saved=saved,
                       on_progress=progress_into(progress))  # fmt: skip

    return told(act)


def keep(
    region: str,
    who: Person,
    token: str,
    how: HowToRead,
    said: Said,
    today: date,
    progress: Path | None = None,
) -> Kept | Refusal:
    """Brings a held file in as a batch that waits; it is checked again, as things now stand."""
    settings = load_settings()

    def act() -> Kept:
        require(who, Right.UPLOAD)
        file = held(settings, region, token, owner=who.name)
        brought = FormFile(file.name, file.content())
        in_force = region_in_force(settings, region, today=today)
        kept = _submitted(settings, region, who, brought, how, said, in_force, progress)
        let_go(settings, region, token)
        return kept

    return told(act)


def look_at_form(
    who: Person, code: str, context: Context, typed: dict[str, str], source: str, in_force: Region
) -> Look | Unread | Refusal:
    """Checks what a form would bring; nothing is kept."""

    def act() -> Look | Unread:
        require(who, Right.UPLOAD)
        file = form_file(FORMS[code], in_force, context, typed)
        how = HowToRead(FORMS[code].dataset, source=source)
        return look_at(file.name, file.content, how, region=in_force, saved=(),
                       on_progress=progress_into(None))  # fmt: skip

    return told(act)


def keep_form(
    region: str,
    who: Person,
    code: str,
    context: Context,
    typed: dict[str, str],
    source: str,
    said: Said,
    in_force: Region,
) -> Kept | Refusal:
    """Keeps the small file that a form makes as a batch that waits."""

    def act() -> Kept:
        require(who, Right.UPLOAD)
        file = form_file(FORMS[code], in_force, context, typed)
        how = HowToRead(FORMS[code].dataset, source=source)
        return _submitted(load_settings(), region, who, file, how, said, in_force, None)

    return told(act)


def _submitted(
    settings: Settings,
    region: str,
    who: Person,
    file: FormFile,
    how: HowToRead,
    said: Said,
    in_force: Region,
    progress: Path | None,
) -> Kept:
    """Raises DeskRefused, also where the findings are no longer those that were looked at."""
    on_progress = progress_into(progress)
    report = checked(file.name, file.content, how, region=in_force, on_progress=on_progress)
    if digest_of(report.findings) != said.seen:
        raise DeskRefused("findings_changed")
    wish = Wish(who.name, said.note, said.accepted_warnings, said.only_accepted, how.as_settings)
    now = datetime.now(UTC)
    kept = submit(open_store(settings, region).engine, report, file.content, wish, now=now,
                  region=in_force, on_progress=on_progress)  # fmt: skip
    if kept.is_new:
        record(
            open_people(settings), Act.UPLOADED, who=who, at=now, region=region,
            object=f"batch {kept.batch_id}",
            details={"dataset": report.dataset, "file": file.name, "rows": kept.rows,
                     "office": who.office},
        )  # fmt: skip
    return Kept(kept.batch_id, kept.is_new, kept.rows)
