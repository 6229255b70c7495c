"""Options that don't go together are refused with a sentence before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.cli import main
from analytics.commands.common import BAD_INPUT
from tests.small_pack import write_small_pack


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_small_pack(tmp_path / "data" / "uji")
    (tmp_path / "sejahtera.toml").write_text('regions = ["uji"]\nlanguage = "en"\n')
    (tmp_path / "in.csv").write_text("unique_id,ds,y\na,2025-01-01,1\n")
    monkeypatch.setenv("SEJAHTERA_CONFIG", str(tmp_path / "sejahtera.toml"))
    monkeypatch.setenv("SEJAHTERA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SEJAHTERA_HOME", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "SEJAHTERA_REGIONS", "SEJAHTERA_REGION", "SEJAHTERA_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--output out.csv", "--output is for a file of your own only"),
        ("--horizon 3", "--horizon is for a file of your own only"),
        ("--no-withhold", "--no-withhold is for a file of your own only"),
        ("--input in.csv", "--input needs --output"),
        ("--input in.csv --output out.csv --region uji", "--region does not go with --input"),
        ("--input in.csv --output ./in.csv", "the input is never overwritten"),
        ("--input in.csv --output out.csv --backtest out.csv", "same as --output"),
        ("--input in.csv --output no/out.csv", "folder no does not exist"),
        ("--input in.csv --output out.csv --horizon 0", "--horizon is at least 1, not 0"),
        ("--jobs 0", "--jobs is at least 1, not 0"),
        ("--cluster 10.0.0.1", "--cluster needs --engine"),
        ("--region uji --region malang", "Region 'malang' is not named"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: str, said: str
) -> None:
    assert main(["forecast", *arguments.split()]) == BAD_INPUT
    assert said in capsys.readouterr().err
    assert not (home / "out.csv").exists() and not (home / "var").exists()


def test_warn_touches_no_region_when_one_is_unknown(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["warn", "--region", "uji", "--region", "malang"]) == BAD_INPUT
    assert "Region 'malang' is not named" in capsys.readouterr().err
    assert not (home / "var").exists()
