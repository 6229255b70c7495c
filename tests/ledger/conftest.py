"""A ledger with one edition of the small pack, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.editions.test_publish import settings_for
from tests.ledger.test_postgres import load
from tests.small_pack import write_small_pack

NUMBERS = count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    region = f"buku{next(NUMBERS)}"  # the database lives as long as the run
    write_small_pack(tmp_path / "data" / region)
    settings = replace(settings_for(tmp_path, region), default_region=region)
    if request.param == "postgres":
        settings = replace(settings, database_url=request.getfixturevalue("postgres_url"))
    store, _ = load(settings, region)
    yield store.engine
    store.engine.dispose()
