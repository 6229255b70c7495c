"""One million rows from bytes to findings: below 60 seconds and 1.5 GB, and what they were.

    python -m tests.benchmarks.bench_ingest [--database sqlite|postgresql] [--rows N]

loads the region into a store of its own, brings the file in and publishes it, each command in a
process of its own, and prints seconds and memory. PostgreSQL is started as the tests do it; its own
processes are not counted. Exit code 1 when the promise is not kept.

The file is the long form of prices as CSV (about 100 MB): areas, commodities and days with a price
each, one in a thousand of them with a fault.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.editions.store import open_store
from analytics.ledger.desk import list_batches
from analytics.settings import PROJECT_ROOT, load_settings
from tests.postgres import find_programs, running_postgres
from tests.small_desk import give_accounts

ROWS = 1_000_000
MOST_SECONDS = 60
MOST_BYTES = 1_500_000_000
FIRST_DAY = date(2023, 1, 1)
FAULT_EVERY = 1000
REGION = "blitar"
DATABASES = ("sqlite", "postgresql")


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
        [sys.executable, "-m", "tests.benchmarks.bench_ingest", "--check", str(path)],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    record_property("figures", found)
    assert found["rows"] == ROWS
    assert found["refused"] == pytest.approx(ROWS / FAULT_EVERY)
    assert found["seconds"] < MOST_SECONDS
    assert found["peak_mb"] * 1e6 < MOST_BYTES


def timed_command(environ: Mapping[str, str], *arguments: str) -> tuple[float, float]:
    """Seconds and the most memory (bytes) of one command of the command line."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "analytics", *arguments],
        cwd=PROJECT_ROOT, env={**os.environ, **environ},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return time.perf_counter() - start, usage.ru_maxrss * 1024


@contextmanager
def empty_store(database: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a loaded store, on SQLite or on a PostgreSQL of its own."""
    environ = {"SEJAHTERA_HOME": str(folder / "home")}
    with ExitStack() as running:
        if database == "postgresql":
            programs = find_programs()
            assert programs, "PostgreSQL: apt-get install postgresql"
            environ["DATABASE_URL"] = running.enter_context(running_postgres(programs))
        timed_command(environ, "load", "--region", REGION)
        yield environ


def bring_and_publish(environ: Mapping[str, str], path: Path) -> dict[str, tuple[float, float]]:
    """Seconds and bytes of memory of bringing the file in and of publishing it."""
    settings = load_settings(environ=dict(environ))
    give_accounts(settings)
    brought = timed_command(
        environ, "ingest", str(path), "--dataset", "prices", "--region", REGION, "--as", "siti",
        "--only-accepted", "--accept-warnings", "uji", "--source", "panelharga_kab_blitar",
    )  # fmt: skip
    with open_store(settings, REGION).engine.connect() as connection:
        (batch,) = list_batches(connection, state="submitted")
    published = timed_command(
        environ, "publish", str(batch.batch_id), "--region", REGION, "--as", "budi"
    )
    return {"ingest": brought, "publish": published}


def is_kept(figures: Mapping[str, tuple[float, float]]) -> bool:
    """Whether the promise is: both together below a minute, neither above the memory."""
    seconds = sum(figure[0] for figure in figures.values())
    return seconds < MOST_SECONDS and max(figure[1] for figure in figures.values()) < MOST_BYTES


@pytest.mark.parametrize("database", DATABASES)
def test_a_million_rows_are_brought_in_and_published_in_time(
    database, tmp_path, record_property
) -> None:
    path = tmp_path / "harga.csv"
    write_file(str(path))
    with empty_store(database, tmp_path) as environ:
        figures = bring_and_publish(environ, path)
    record_property("figures", figures)
    assert is_kept(figures), figures


def main(arguments: list[str] | None = None) -> int:
    """Measures one database, prints, and says by the exit code whether the promise is kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--database", choices=DATABASES, default=DATABASES[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--check", metavar="CSV", help="only check this file, figures as JSON")
    options = parser.parse_args(arguments)
    if options.check:
        sys.stdout.write(json.dumps(measure(options.check)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "harga.csv"
        write_file(str(path), rows=options.rows)
        with empty_store(options.database, Path(folder)) as environ:
            figures = bring_and_publish(environ, path)
    for name, (seconds, memory) in figures.items():
        sys.stdout.write(f"{options.database} {name}: {seconds:.1f} s, {memory / 1e9:.2f} GB\n")
    return 0 if is_kept(figures) else 1


if __name__ == "__main__":
    sys.exit(main())
