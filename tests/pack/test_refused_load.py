"""`load` refuses a bad pack on the command line, and what was published before stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.commands.common import BAD_INPUT, FINE
from tests.small_pack import AGRICULTURE, square, write_small_pack

pytestmark = pytest.mark.thorough


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A region loaded once."""
    write_small_pack(tmp_path / "data" / "uji")
    (tmp_path / "sejahtera.toml").write_text('regions = ["uji"]\nlanguage = "id"\n')
    monkeypatch.setenv("SEJAHTERA_CONFIG", str(tmp_path / "sejahtera.toml"))
    monkeypatch.setenv("SEJAHTERA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SEJAHTERA_HOME", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "SEJAHTERA_REGIONS", "SEJAHTERA_REGION", "SEJAHTERA_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    assert main(["load"]) == FINE
    return tmp_path


def rows(change: Callable[[str], str]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / "agriculture.csv").write_text(change(AGRICULTURE), encoding="utf-8")

    return spoil


def outline(ring: list[list[float]]) -> Callable[[Path], None]:
    """Gives the second area that outline."""

    def spoil(folder: Path) -> None:
        path = folder / "kecamatan.geojson"
        shapes = json.loads(path.read_text(encoding="utf-8"))
        shapes["features"][1]["geometry"]["coordinates"] = [ring]
        path.write_text(json.dumps(shapes), encoding="utf-8")

    return spoil


FIRST = AGRICULTURE.splitlines()[1]
BOW_TIE = [[112.1, -8.1], [112.2, -8.0], [112.2, -8.1], [112.1, -8.0], [112.1, -8.1]]
BAD_PACKS = {
    "unknown code": (
        rows(lambda text: text.replace("padi", "gandum", 1)),
        "agriculture.csv, baris 2, kolom item",
        "Perbaiki kode atau tambahkan satu baris",
    ),
    "wrong unit": (
        rows(lambda text: text.replace(",t,", ",ha,", 1)),
        "agriculture.csv, baris 2, kolom unit",
        "Periksa apakah satuannya tertukar",
    ),
    "duplicate key": (
        rows(lambda text: f"{text}{FIRST}\n"),
        "agriculture.csv, baris 7",
        "Hapus salah satu",
    ),
    "missing source": (
        rows(lambda text: text.replace("s_official", "", 1)),
        "agriculture.csv, baris 2, kolom source_id",
        "tambahkan sumbernya",
    ),
    "broken geometry": (outline(BOW_TIE), "kecamatan.geojson, fitur 2", "Perbaiki"),
    "overlap": (outline(square(112.05)), "kecamatan.geojson, fitur 1", "Rapatkan"),
}


@pytest.mark.parametrize(("spoil", "where", "cure"), BAD_PACKS.values(), ids=BAD_PACKS)
def test_bad_pack_is_refused_and_the_edition_before_stays(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    where: str,
    cure: str,
) -> None:
    assert main(["export", "agriculture"]) == FINE
    before = capsys.readouterr().out
    files = sorted((home / "var").rglob("*.parquet"))
    spoil(home / "data" / "uji")
    assert main(["load"]) == BAD_INPUT
    message = capsys.readouterr().err
    assert where in message and cure in message
    assert main(["export", "agriculture"]) == FINE
    assert capsys.readouterr().out == before
    assert sorted((home / "var").rglob("*.parquet")) == files
