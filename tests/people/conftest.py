"""An empty database of people, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analytics.people.database import open_people
from analytics.settings import PROJECT_ROOT, load_settings


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {"SEJAHTERA_HOME": str(tmp_path)})
    if request.param == "postgres":
        address = request.getfixturevalue("postgres_url")
        settings = replace(settings, database_url=address)
    opened = open_people(settings)
    yield opened
    if request.param == "postgres":
        with opened.begin() as connection:
            connection.execute(text("DROP SCHEMA people CASCADE"))
    opened.dispose()
