"""What tests share: a loaded store, a real server, a browser, a database server, and the marks.

A test gets its mark from its folder (app, server, browser, benchmarks) or from the fixtures it
uses; what is left is a unit test. `long` and `thorough` are set by hand, and so are marks of
fixtures that a test asks for while it runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT
from tests.server.running import RunningServer, start_server
from tests.store import Store, build_once

MARK_OF_FOLDER = {
    "app": "app",
    "server": "server",
    "browser": "browser",
    "benchmarks": "benchmark",
}
MARK_OF_FIXTURE = {
    "store": "store",
    "open_page": "app",
    "app_server": "server",
    "page": "browser",
    "postgres_url": "postgres",
    "fitting": "fit",
    "crashing": "store",
}
NOT_UNIT = {"thorough", *MARK_OF_FIXTURE.values()}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test by where it lies and what it needs."""
    for item in items:
        folder = item.path.relative_to(PROJECT_ROOT / "tests").parts[0]
        names = {MARK_OF_FOLDER.get(folder, "")}
        names |= {MARK_OF_FIXTURE.get(name, "") for name in item.fixturenames}  # type: ignore[attr-defined]
        set_by_hand = {mark.name for mark in item.iter_markers()} & NOT_UNIT
        for name in sorted((names - {""}) or (set() if set_by_hand else {"unit"})):
            item.add_marker(name)


@pytest.fixture(autouse=True)
def same_main_module() -> Iterator[None]:
    """A page that runs in a test takes the place of the main module, and a process started by
    a later test would run that page again.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def fitting() -> None:
    """For tests that fit many forecasting models: too slow for the quick look."""


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every region pack loaded once for the whole run, with forecasts. Read only: do not change it.

    `copy_of_store` gives one that may be changed. SEJAHTERA_TEST_STORE names one already built.
    """
    built = os.environ.get("SEJAHTERA_TEST_STORE")
    if built:
        return Store(home=Path(built))
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    return build_once(shared / "store")


@pytest.fixture
def copy_of_store(store: Store, tmp_path: Path) -> Store:
    """A store of this test alone."""
    home = tmp_path / "home"
    shutil.copytree(store.home, home)
    return Store(home=home)


@pytest.fixture
def open_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """`open_page("prices", lang="en", ...)`: the whole app run in this process, on that page.

    Gives Streamlit's AppTest after its first run; the keywords go into the address.
    """
    from tests.app.opening import open_in_process

    for name, value in store.environ.items():
        monkeypatch.setenv(name, value)
    return open_in_process


@pytest.fixture(scope="session")
def app_server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The real server in another process on a free port, over `store`."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with start_server(environ=store.environ, log=log) as server:
        yield server


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Chromium of the system's packages, with nothing of it calling out."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        _missing("Chromium: apt-get install chromium")
    return {"executable_path": found, "args": list(CHROMIUM_FLAGS)}


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of an empty database of a PostgreSQL server that lives as long as the run."""
    from tests.postgres import find_programs, running_postgres

    programs = find_programs()
    if programs is None:
        _missing("PostgreSQL: apt-get install postgresql")
    with running_postgres(programs) as url:
        yield url


def _missing(what: str) -> None:
    """Skips where something cannot be had; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"Missing in CI: {what}")
    pytest.skip(f"Missing here: {what}")


@pytest.fixture(scope="session")
def run_analytics() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`run_analytics("export", "prices", store=store)`: the command line in its own process."""

    def run(*arguments: str, store: Store) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "analytics", *arguments],
            cwd=PROJECT_ROOT,
            env={**os.environ, **store.environ},
            capture_output=True,
            text=True,
            check=False,
        )

    return run
