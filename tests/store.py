"""A store below a temporary folder, built by the same commands that users run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analytics.editions.edition import Edition
from analytics.editions.store import open_store
from analytics.settings import PROJECT_ROOT, Settings, load_settings

PATIENCE_S = 600


@dataclass(frozen=True)
class Store:
    """A folder with ledger, editions and forecasts."""

    home: Path

    @property
    def environ(self) -> Mapping[str, str]:
        """What a process needs in its environment to use this store."""
        return {"SEJAHTERA_HOME": str(self.home)}

    @property
    def settings(self) -> Settings:
        """The project's settings over this store."""
        return load_settings(environ=self.environ)

    def edition(self, region: str) -> Edition:
        """The newest edition of a region."""
        return open_store(self.settings, region).edition()


def build_once(folder: Path) -> Store:
    """The store in `folder`, built by whichever test process comes first; the others wait."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    building, ready = folder.with_suffix(".building"), folder.with_suffix(".ready")
    try:
        building.mkdir()
    except FileExistsError:
        _wait_for(ready)
    else:
        message = _build(Store(home=folder))
        ready.write_text(message, encoding="utf-8")
    failure = ready.read_text(encoding="utf-8")
    if failure:
        raise RuntimeError(f"The store for tests was not built:\n{failure}")
    return Store(home=folder)


def _build(store: Store) -> str:
    """Loads and forecasts; gives the words of a failure, empty when all went well."""
    for command in ("load", "forecast"):
        done = subprocess.run(
            [sys.executable, "-m", "analytics", command],
            cwd=PROJECT_ROOT,
            env={**os.environ, **store.environ},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            return f"python -m analytics {command}: exit {done.returncode}\n{done.stderr}"
    return ""


def _wait_for(file: Path) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE_S * 5):
        if file.exists():
            return
        pause.wait(0.2)
    raise TimeoutError(f"{file} did not appear within {PATIENCE_S} s.")
