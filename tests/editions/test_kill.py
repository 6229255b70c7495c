"""kill -9 at random moments of ingest and publish: nothing told is lost, nothing is half done."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.editions.heal import find_leftovers, heal
from analytics.ledger.batches import batch_content
from analytics.ledger.desk import list_batches
from analytics.settings import PROJECT_ROOT
from tests.editions.test_publish import settings_for
from tests.small_desk import Desk, file_of, give_accounts, timur
from tests.small_pack import write_small_pack

OPTIONS = {
    "ingest": ("--dataset", "agriculture", "--as", "siti", "--accept-warnings", "benar"),
    "publish": ("--as", "budi"),
}


class Victim:
    """A desk whose commands run in processes that may be killed."""

    def __init__(self, folder: Path, region: str, database_url: str | None) -> None:
        write_small_pack(folder / "data" / region)
        (folder / "sejahtera.toml").write_text(f'regions = ["{region}"]\nlanguage = "en"\n')
        settings = replace(settings_for(folder, region), default_region=region,
                           database_url=database_url)  # fmt: skip
        self.desk = Desk(settings, region)
        self.desk.load()
        give_accounts(settings)
        self.folder = folder
        self.environ = {
            **os.environ,
            "SEJAHTERA_CONFIG": str(folder / "sejahtera.toml"),
            "SEJAHTERA_DATA": str(folder / "data"),
            "SEJAHTERA_HOME": str(folder / "var"),
            "DATABASE_URL": database_url or "",
        }
        self.events: dict[str, int] = {}
        self.files = 0

    def run(self, last_event: int, command: str, what: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tests.crash_runner", str(last_event), command, what,
             *OPTIONS[command]],
            cwd=PROJECT_ROOT, env=self.environ, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def new_file(self) -> Path:
        self.files += 1
        path = self.folder / f"{self.files}.csv"
        path.write_bytes(file_of(timur(self.files)))
        return path

    def measure(self) -> None:
        """One file brought in and published in peace, to know how many events that takes."""
        for command, what in (("ingest", str(self.new_file())), ("publish", "2")):
            done = self.run(0, command, what)
            assert done.returncode == 0, done.stderr
            self.events[command] = int(re.findall(r"events=(\d+)", done.stderr)[-1])

    def waiting(self) -> list[int]:
        with self.desk.store.engine.connect() as connection:
            return [b.batch_id for b in list_batches(connection, state="submitted")]


@pytest.fixture(scope="module")
def crashing() -> None:
    """Starts many processes: too slow for the quick look."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def victim(request, tmp_path_factory, crashing) -> Victim:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    found = Victim(tmp_path_factory.mktemp("bunuh"), "bunuh", url)
    found.measure()
    return found


SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 50))]


@pytest.mark.parametrize("seed", SEEDS)
def test_ingest_killed_at_any_moment(victim, seed):
    path, before = victim.new_file(), victim.waiting()
    moment = random.Random(seed).randint(1, victim.events["ingest"])
    killed = victim.run(moment, "ingest", str(path))
    kept = [number for number in victim.waiting() if number not in before]
    if "kept as batch" in killed.stdout or kept:
        with victim.desk.store.engine.connect() as connection:
            assert batch_content(connection, kept[0]) == path.read_bytes()
    assert killed.returncode in (-signal.SIGKILL, 0)
    again = victim.desk.bring(path.read_bytes(), accepted_warnings="benar")
    assert again.is_new is not bool(kept)


@pytest.mark.parametrize("seed", SEEDS)
def test_publish_killed_at_any_moment(victim, seed):
    desk = victim.desk
    content = victim.new_file().read_bytes()
    batch = desk.bring(content, accepted_warnings="benar").batch_id
    before = desk.store.numbers()
    moment = random.Random(seed).randint(1, victim.events["publish"])
    killed = victim.run(moment, "publish", str(batch))
    assert killed.returncode in (-signal.SIGKILL, 0)
    after = desk.store.numbers()
    if " published by " in killed.stdout:
        assert len(after) == len(before) + 1
    assert after[: len(before)] == before
    for number in after:
        desk.store.edition(number).check()
    left = find_leftovers(desk.store)
    assert heal(desk.store).leftovers == tuple(left)
    assert find_leftovers(desk.store) == []
    assert (batch in victim.waiting()) is (after == before)
    if after == before:
        done = victim.run(0, "publish", str(batch))
        assert done.returncode == 0, done.stderr
    assert desk.value() == float(victim.files)
    desk.store.edition().check()
