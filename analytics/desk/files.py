"""Workbooks that the desk gives out: templates to fill, and a file back with its faults marked."""

from __future__ import annotations

from datetime import date

from analytics.desk.answers import HowToRead
from analytics.desk.looks import checked
from analytics.desk.uploads import held
from analytics.ingest.annotated import annotated_copy
from analytics.ingest.templates import template_workbook
from analytics.jobs.background import progress_into
from analytics.jobs.check import region_in_force
from analytics.people.rights import Person, Right, require
from analytics.settings import load_settings


def template(region: str, dataset: str, today: date, language: str) -> bytes:
    """The workbook that an office fills for a dataset. Raises UnknownDataset."""
    in_force = region_in_force(load_settings(), region, today=today)
    return template_workbook(in_force, dataset, language=language)


def marked_copy(
    region: str, who: Person, token: str, how: HowToRead, today: date, language: str
) -> bytes:
    """The held file with its faults marked. Raises DeskRefused, FileRefused, NotAllowed."""
    settings = load_settings()
    require(who, Right.UPLOAD)
    file = held(settings, region, token, owner=who.name)
    content = file.content()
    in_force = region_in_force(settings, region, today=today)
    report = checked(file.name, content, how, region=in_force, on_progress=progress_into(None))
    return annotated_copy(report, content, language=language)
