"""The region that files are read against: Kabupaten Blitar as its pack describes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from analytics.ingest.checking import CheckReport, check_file
from analytics.ingest.region import Region, region_of_pack
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def region() -> Region:
    """Kabupaten Blitar with nothing published."""
    return region_of_pack(read_pack(PROJECT_ROOT / "data" / "blitar"), today=TODAY)


@pytest.fixture(scope="session")
def check(region: Region) -> Callable[..., CheckReport]:
    """`check(content, "agriculture")`: the report on a file's bytes."""

    def run(content: bytes | str, dataset: str, *, name: str = "berkas", **said: object):
        raw = content.encode() if isinstance(content, str) else content
        return check_file(name, raw, region=region, dataset=dataset, **said)

    return run


def drawn(rows: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Rows as tuples of the named columns; missing numbers as None."""
    picked = rows[list(columns)].astype(object)
    return list(picked.where(picked.notna(), None).itertuples(index=False, name=None))


def kinds(report: CheckReport) -> set[str]:
    """Kinds of findings, notes left out."""
    return set(report.findings.loc[report.findings["severity"] != "note", "kind"])
