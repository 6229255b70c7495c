"""The command line as an officer types it: output, messages, exit codes."""

import io
import json
import sys

import pandas as pd
import pytest

from analytics.cli import main
from analytics.commands.common import BAD_INPUT, FAULT, FINE
from tests.small_pack import AGRICULTURE, write_small_pack

pytestmark = pytest.mark.thorough


def exported(capsysbinary, *arguments):
    assert main(["export", "agriculture", *arguments]) == FINE
    return pd.read_csv(io.BytesIO(capsysbinary.readouterr().out), dtype={"ref_area": str})


def test_load_prints_what_became_of_every_row(home, capsys):
    assert main(["load"]) == FINE
    printed = capsys.readouterr().out
    assert "uji: edition 1 published." in printed
    row = next(line for line in printed.splitlines() if line.startswith("agriculture"))
    assert row.split() == ["agriculture", "5", "5", "0", "1", "0", "0"]
    assert main(["load", "--region", "uji", "--lang", "id"]) == FINE
    assert "tidak ada yang berubah, edisi 1 tetap berlaku" in capsys.readouterr().out


def test_export_gives_the_preferred_source_and_all_when_asked(home, capsysbinary):
    main(["load"])
    capsysbinary.readouterr()
    frame = exported(capsysbinary)
    production = frame[(frame["indicator"] == "production") & (frame["ref_area"] == "88.01")]
    assert list(production["obs_value"]) == [100.5]
    assert list(production["item_name"]) == ["Rice"]
    every = exported(capsysbinary, "--all-sources")
    assert len(every) == len(frame) + 1
    assert len(exported(capsysbinary, "--all-sources", "--unverified")) == len(every) + 1


@pytest.mark.parametrize("file_format", ["csv", "json", "parquet", "xlsx"])
def test_every_format_carries_the_same_numbers(home, tmp_path, file_format):
    main(["load"])
    path = tmp_path / f"out.{file_format}"
    assert main(["export", "agriculture", "--format", file_format, "--output", str(path)]) == FINE
    readers = {"csv": pd.read_csv, "json": pd.read_json, "parquet": pd.read_parquet,
               "xlsx": pd.read_excel}  # fmt: skip
    assert readers[file_format](path)["obs_value"].dropna().tolist() == [20.0, 100.5]


def test_unknown_dataset_region_and_edition_are_bad_input(home, capsys):
    main(["load"])
    capsys.readouterr()
    assert main(["export", "gold"]) == BAD_INPUT
    assert "There is no dataset 'gold'. There are: agriculture." in capsys.readouterr().err
    for language, words in {"id": "Wilayah 'atlantis'", "en": "Region 'atlantis'"}.items():
        asked = ["export", "agriculture", "--region", "atlantis", "--lang", language]
        assert main(asked) == BAD_INPUT
        assert words in capsys.readouterr().err
    assert main(["export", "agriculture", "--edition", "7"]) == BAD_INPUT
    assert "no edition 7" in capsys.readouterr().err


def test_a_bad_pack_is_bad_input_and_says_where(home, capsys):
    write_small_pack(home / "data" / "uji", agriculture=AGRICULTURE.replace(",t,", ",ha,"))
    assert main(["load", "--lang", "id"]) == BAD_INPUT
    message = capsys.readouterr().err
    assert "agriculture.csv, baris 2, kolom unit" in message
    assert "tidak ada yang ditulis" in message


def test_editions_are_listed(home, capsys):
    main(["load"])
    capsys.readouterr()
    assert main(["editions"]) == FINE
    assert capsys.readouterr().out.splitlines()[1].split()[0] == "1"


def test_doctor_warns_of_what_is_lacking_and_fails_on_what_is_broken(home, capsys):
    assert main(["doctor"]) == FINE
    assert (
        "uji: no edition: run `python -m analytics load`"
        in json.loads(capsys.readouterr().out)["warnings"]
    )
    main(["load"])
    capsys.readouterr()
    assert main(["doctor"]) == FINE
    facts = json.loads(capsys.readouterr().out)
    assert "uji: no forecast: run `python -m analytics forecast`" in facts["warnings"]
    assert facts["regions"]["uji"]["datasets"]["agriculture"]["newest_period"] == "2023-12-31"
    broken = next((home / "var" / "uji" / "editions").glob("agriculture-*.parquet"))
    broken.write_bytes(b"broken")
    assert main(["doctor"]) == FAULT
    assert "differs from its hash" in capsys.readouterr().out


def test_doctor_finds_a_broken_pack(home, capsys):
    main(["load"])
    write_small_pack(home / "data" / "uji", agriculture=AGRICULTURE.replace("padi", "gandum"))
    capsys.readouterr()
    assert main(["doctor"]) == FAULT
    assert "gandum" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", ["load", "export", "editions", "doctor", "forecast", "corrections"]
)
def test_every_command_explains_itself(home, capsys, command):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == FINE
    assert "usage: python -m analytics" in capsys.readouterr().out


def test_a_wrong_option_is_bad_input(home, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["export"])
    assert stopped.value.code == BAD_INPUT
    assert sys.stdout is not None and "DATASET" in capsys.readouterr().err


def test_training_files_say_so_in_every_row(home, capsysbinary):
    write_small_pack(home / "data" / "uji", is_training=True)
    main(["load"])
    capsysbinary.readouterr()
    frame = exported(capsysbinary)
    assert frame.columns[0] == "training_notice"
    assert set(frame["training_notice"]) == {"DATA LATIHAN"}
