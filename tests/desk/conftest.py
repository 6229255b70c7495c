"""A desk over the small pack that the acts find by the settings of the process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.people.audit import Wanted, entries
from analytics.people.database import open_people
from analytics.people.rights import Person, Role, SignedInBy
from analytics.settings import load_settings
from tests.small_desk import Desk
from tests.small_pack import write_small_pack


def person(name: str, role: Role) -> Person:
    return Person(name, name, role, "tani", SignedInBy.PASSWORD)


SITI = person("siti", Role.OFFICER)
BUDI = person("budi", Role.VERIFIER)


def loaded_desk(folder: Path, patch: pytest.MonkeyPatch) -> Desk:
    """The small pack, loaded into a store that the settings of this process name."""
    write_small_pack(folder / "data" / "uji")
    (folder / "sejahtera.toml").write_text('regions = ["uji"]\nlanguage = "en"\n')
    patch.setenv("SEJAHTERA_CONFIG", str(folder / "sejahtera.toml"))
    patch.setenv("SEJAHTERA_DATA", str(folder / "data"))
    patch.setenv("SEJAHTERA_HOME", str(folder / "var"))
    for name in ("DATABASE_URL", "SEJAHTERA_REGIONS", "SEJAHTERA_REGION", "SEJAHTERA_LANGUAGE"):
        patch.delenv(name, raising=False)
    found = Desk(load_settings())
    found.load()
    return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The loaded small pack."""
    return loaded_desk(tmp_path, monkeypatch)


@pytest.fixture
def log(desk: Desk) -> Callable[[], list[tuple[str, str, str]]]:
    """Who did what to what, oldest first."""

    def read() -> list[tuple[str, str, str]]:
        found = entries(open_people(desk.settings), Wanted())[::-1]
        return list(zip(found["who"], found["what"], found["object"], strict=True))

    return read
