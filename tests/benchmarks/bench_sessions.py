"""How long a rerun takes while many readers change the year, and what memory the server holds.

    python -m tests.benchmarks.bench_sessions [--sessions 50] [--seconds 60]

Starts the app over the store of this installation, opens that many sessions on the map without
a browser, and moves the slider of the year in each of them every 1.5 s, from starting moments
spread evenly. Prints the median and the 95th percentile from the request to the end of the run,
and the same for one session alone, measured before in the same server. Then one session visits
every page in every language, region and section of the addresses below, and the resident memory
of the server process is read. Exit code 1 when a promise is not kept.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings, load_settings
from pages.prices.choices import VIEWS
from pages.tourism.choices import SECTIONS as TOURISM_SECTIONS
from pages.ui.navigation import PAGES, entry
from tests.server.running import RunningServer, start_server
from tests.server.session import Session, open_session

PROMISE_P95_MS = 60.0
PROMISE_MEMORY_MB = 500.0
PERIOD_S = 1.5
WARM_UP = 6
ALONE = 30
LANGUAGE = "id"
MAP_PAGE = entry("agriculture")
# Sections of pages that are opened by the address.
SECTIONS = {
    "agriculture": ({}, {"level": "kecamatan"}, {"compare": "1"}, {"area": "35.05"}),
    "prices": tuple({"view": view} for view in VIEWS),
    "tourism": tuple({"section": section} for section in TOURISM_SECTIONS),
}


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and says by the exit code whether the promises are kept."""
    options = _options(arguments)
    settings = load_settings()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        environ = {"SEJAHTERA_HOME": str(settings.home)}
        server = running.enter_context(start_server(environ=environ, log=folder / "log.txt"))
        before = resident_mb(server.process.pid)
        alone = _alone(server.address)
        many = _many(server.address, sessions=options.sessions, seconds=options.seconds)
        busy = resident_mb(server.process.pid)
        runs = _visit_all(server, settings)
        visited = resident_mb(server.process.pid)
    p95 = percentile(many, 95)
    sys.stdout.write(
        f"one session: {len(alone)} reruns, median {statistics.median(alone):.1f} ms, "
        f"p95 {percentile(alone, 95):.1f} ms\n"
        f"{options.sessions} sessions: {len(many)} reruns, median "
        f"{statistics.median(many):.1f} ms, p95 {p95:.1f} ms (promise: {PROMISE_P95_MS:.0f}), "
        f"{p95 / percentile(alone, 95):.2f} times one session\n"
        f"memory: {before:.0f} MB at start, {busy:.0f} MB after the sessions, {visited:.0f} MB "
        f"after {runs} runs of all pages (promise: {PROMISE_MEMORY_MB:.0f})\n"
    )
    return 0 if p95 <= PROMISE_P95_MS and visited <= PROMISE_MEMORY_MB else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    return parser.parse_args(arguments)


# --- Readers ---------------------------------------------------------------------------------


@dataclass
class Reader:
    """One session on the map that moves the slider of the year to and fro."""

    session: Session
    times_ms: list[float] = field(default_factory=list)
    turn: int = 0

    def open(self) -> Reader:
        self.session.run(MAP_PAGE.address, {"lang": LANGUAGE, "level": "kabupaten"})
        self.slider = self.session.slider(text("agriculture.filter.period", LANGUAGE))
        self.steps = len(self.slider.proto.options)
        return self

    def change(self) -> None:
        self.turn += 1
        started = time.perf_counter()
        self.session.move(self.slider, to=self.turn % self.steps)
        self.times_ms.append((time.perf_counter() - started) * 1000)


def _alone(address: str) -> list[float]:
    with open_session(address) as session:
        reader = Reader(session).open()
        for _ in range(WARM_UP + ALONE):
            reader.change()
        return reader.times_ms[WARM_UP:]


def _many(address: str, *, sessions: int, seconds: float) -> list[float]:
    with ExitStack() as opened:
        readers = [
            Reader(opened.enter_context(open_session(address))).open() for _ in range(sessions)
        ]
        start = time.monotonic() + PERIOD_S
        threads = [
            threading.Thread(
                target=_read, args=(reader, start + PERIOD_S * number / sessions, seconds)
            )
            for number, reader in enumerate(readers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [took for reader in readers for took in reader.times_ms]


def _read(reader: Reader, start: float, seconds: float) -> None:
    """A change at every multiple of the period; one that is late is not made up for."""
    for turn in range(int(seconds / PERIOD_S)):
        wait_until(start + turn * PERIOD_S)
        reader.change()


def wait_until(moment: float) -> None:
    """The pace of a reader, who changes something now and then: idle until a monotonic moment."""
    time.sleep(max(0.0, moment - time.monotonic()))


# --- Memory ----------------------------------------------------------------------------------


def _visit_all(server: RunningServer, settings: Settings) -> int:
    """Every page in every language and region, with its sections; gives the number of runs."""
    runs = 0
    with open_session(server.address) as session:
        for region in settings.regions:
            for language in LANGUAGES:
                for page in (one for one in PAGES if one.right is None):
                    for section in SECTIONS.get(page.name, ({},)):
                        query = {"lang": language, "region": region, **section}
                        session.run(page.address, query)
                        runs += 1
    return runs


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    words = Path(f"/proc/{pid}/status").read_text(encoding="ascii").split()
    return int(words[words.index("VmRSS:") + 1]) / 1024


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` percent of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
