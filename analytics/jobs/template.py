"""A template to fill, made in a process of its own: the server never imports openpyxl."""

from __future__ import annotations

from datetime import date


def template_content(region: str, dataset: str, language: str, today: date) -> bytes:
    """The template of a dataset as XLSX, with the region's own programmes, areas and units.

    Raises UnknownDataset, SettingsError for an unknown region.
    """
    from analytics.ingest.templates import template_workbook
    from analytics.jobs.check import region_in_force
    from analytics.settings import load_settings

    return template_workbook(
        region_in_force(load_settings(), region, today=today), dataset, language=language
    )
