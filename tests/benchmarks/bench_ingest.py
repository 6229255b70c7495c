"""One million rows from bytes to findings: below 60 seconds and 1.5 GB, and what they were.

The file is the long form of prices as CSV (about 100 MB): areas, commodities and days with a price
each, one in a thousand of them with a fault. Measured in a process of its own.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.ledger.desk import list_batches
from analytics.settings import PROJECT_ROOT
from tests.small_desk import give_accounts

ROWS = 1_000_000
MOST_SECONDS = 60
MOST_BYTES = 1_500_000_000
FIRST_DAY = date(2023, 1, 1)
FAULT_EVERY = 1000


def write_file(path: str, *, rows: int = ROWS) -> None:
    """The file: every area and commodity of the region, day after day."""
    region = _region()
    table = region.areas.table
    areas = sorted(table.loc[table["level"].isin(["kabupaten", "kota", "kecamatan"]), "area_code"])
    items = sorted(region.tables["commodities"]["item"])[:60]
    days = [FIRST_DAY + timedelta(days=n) for n in range(rows // (len(areas) * len(items)) + 1)]
    keys = itertools.islice(itertools.product(days, areas, items), rows)
    frame = pd.DataFrame(keys, columns=["tanggal", "ref_area", "item"])
    prices = np.random.default_rng(7).integers(10_000, 99_999, len(frame)).astype(str)
    prices[::FAULT_EVERY] = "dua ribu"
    frame.assign(indicator="price_retail", unit="IDR/kg", nilai=prices).to_csv(path, index=False)


def _region():
    from analytics.ingest.region import region_of_pack
    from analytics.pack.reader import read_pack

    return region_of_pack(read_pack(PROJECT_ROOT / "data" / "blitar"), today=date(2026, 11, 24))


def measure(path: str) -> dict[str, float]:
    """Seconds and the most memory of checking the file, and what the report counts."""
    from analytics.ingest.checking import check_file

    region = _region()
    content = Path(path).read_bytes()
    start = time.perf_counter()
    report = check_file("harga.csv", content, region=region, dataset="prices")
    seconds = time.perf_counter() - start
    return {
        "file_mb": round(len(content) / 1e6, 1),
        "rows": len(report.rows),
        "refused": report.refused_count,
        "seconds": round(seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def test_a_million_rows_are_checked_in_time(tmp_path, record_property) -> None:
    path = tmp_path / "harga.csv"
    write_file(str(path))
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_ingest", str(path)],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    record_property("figures", found)
    assert found["rows"] == ROWS
    assert found["refused"] == pytest.approx(ROWS / FAULT_EVERY)
    assert found["seconds"] < MOST_SECONDS
    assert found["peak_mb"] * 1e6 < MOST_BYTES


def timed_command(home: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and the most memory (bytes) of one command of the command line."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "analytics", *arguments],
        cwd=PROJECT_ROOT, env={**os.environ, "SEJAHTERA_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.perf_counter() - start, usage.ru_maxrss * 1024


def test_a_million_rows_are_brought_in_and_published_in_time(
    copy_of_store, tmp_path, record_property
) -> None:
    """Measured quietly on two cores: 17 s and 1.37 GB to bring in, 16 s and 1.41 GB to publish."""
    path = tmp_path / "harga.csv"
    write_file(str(path))
    give_accounts(copy_of_store.settings)
    brought = timed_command(
        copy_of_store.home, "ingest", str(path), "--dataset", "prices", "--as", "siti",
        "--only-accepted", "--accept-warnings", "uji", "--source", "panelharga_kab_blitar",
    )  # fmt: skip
    with open_store(copy_of_store.settings, "blitar").engine.connect() as connection:
        (batch,) = list_batches(connection, state="submitted")
    published = timed_command(copy_of_store.home, "publish", str(batch.batch_id), "--as", "budi")
    record_property("figures", {"ingest": brought, "publish": published})
    assert brought[0] + published[0] < MOST_SECONDS
    assert max(brought[1], published[1]) < MOST_BYTES


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])))
