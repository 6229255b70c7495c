"""Everything works with the network cut: the browser's tests again, where no network is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT
from tests.store import Store

without_network = pytest.importorskip(
    "tests.browser.without_network", reason="Only Linux has this.", exc_type=ImportError
)
CUT_OFF = ("unshare", "--user", "--map-root-user", "--net", sys.executable)
WITHOUT_NETWORK = str(Path(__file__).with_name("without_network.py"))
PATIENCE_S = 900
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_cut_off(*command: str, store: Store) -> subprocess.CompletedProcess[str]:
    """A command over `store` in a process that reaches nothing but 127.0.0.1."""
    return subprocess.run(
        [*CUT_OFF, WITHOUT_NETWORK, sys.executable, *command],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "SEJAHTERA_TEST_STORE": str(store.home),
            "SEJAHTERA_HOME": str(store.home),
        },
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.fixture(scope="module")
def cut_off() -> Run:
    """`run_cut_off`; skips where a process without rights gets no network of its own."""
    can = shutil.which("unshare") and subprocess.run([*CUT_OFF, "-c", ""], check=False)
    if not can or can.returncode != 0:
        pytest.skip("This system does not permit `unshare --user --net`.")
    return run_cut_off


@pytest.mark.long
def test_pages_maps_and_files_work_with_the_network_cut(store: Store, cut_off: Run) -> None:
    plainly = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not long")
    folder = Path(__file__).parent
    files = [str(folder / f"test_{name}.py") for name in ("offline", "map_and_files", "story")]
    done = cut_off(*plainly, *files, store=store)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout, done.stdout


@pytest.mark.long
@pytest.mark.parametrize("command", ["load", "forecast", "warn"])
def test_work_before_the_start_needs_no_network(
    command: str, copy_of_store: Store, cut_off: Run
) -> None:
    done = cut_off("-m", "analytics", command, store=copy_of_store)
    assert done.returncode == 0, done.stderr


def test_network_that_is_there_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `unshare` the command is not run: a forgotten cut is no false proof."""
    monkeypatch.setattr(without_network.fcntl, "ioctl", lambda *_: None)
    monkeypatch.setattr(without_network.socket.socket, "connect", lambda *_: None)
    monkeypatch.setattr(without_network.os, "execvp", lambda *_: pytest.fail("ran the command"))
    with pytest.raises(SystemExit, match="There is a network here"):
        without_network.main(["true"])
