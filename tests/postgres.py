"""A PostgreSQL server of its own for tests, in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.running import free_port

DEBIAN_FOLDER = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"


def find_programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first; None when there is none."""
    newest_first = sorted(DEBIAN_FOLDER.glob("*/bin/initdb"), reverse=True)
    found = newest_first[0] if newest_first else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """Starts a server that speaks on 127.0.0.1 only and gives the address of its database."""
    folder = _folder_of_account()
    port = free_port()
    data = folder / "data"
    _as_account(programs / "initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "--no-sync")
    # Durability is not what these tests ask about; without it they are several times faster.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    _as_account(programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{port}/postgres"
    finally:
        _as_account(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _folder_of_account() -> Path:
    """A new folder; PostgreSQL refuses to run as root, so its own account owns it then."""
    folder = Path(tempfile.mkdtemp(prefix="sejahtera-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user=ACCOUNT)
    return folder


def _as_account(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", ACCOUNT, "--", *words]
    subprocess.run(words, check=True, capture_output=True, cwd="/")
