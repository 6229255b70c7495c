"""`python -m analytics check`: what it prints, its exit code, and that it writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.commands.common import BAD_INPUT, FINE
from analytics.ingest import door
from tests.ingest.writers import as_csv, as_xlsx
from tests.store import Store

GOOD = as_csv([
    ["ref_area", "item", "indicator", "year", "nilai", "unit"],
    ["35.05.01", "padi", "production", "2024", "1234.5", "t"],
])  # fmt: skip
BAD = GOOD + b"35.05.99,padi,production,2024,7,t\r\n"


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """`run(path, "--format", "json")`: exit code and what was printed."""
    for name, value in store.environ.items():
        monkeypatch.setenv(name, value)

    def check(path: Path, *options: str, dataset: str = "agriculture") -> tuple[int, str, str]:
        code = main(["check", str(path), "--dataset", dataset, "--region", "blitar", *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return check


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(content: bytes, name: str = "padi.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_good_file_prints_its_rows_and_ends_well(run, written) -> None:
    code, out, _ = run(written(GOOD), "--format", "json", "--lang", "en")
    told = json.loads(out)
    assert code == FINE
    assert (told["layout"], told["row_count"], told["refused_count"]) == ("template", 1, 0)
    row = told["rows"][0]
    assert (row["ref_area"], row["obs_value"], row["freq"], row["row"]) == (
        "35.05.01", 1234.5, "A", 2)  # fmt: skip


def test_a_refused_row_ends_with_two_and_says_why(run, written) -> None:
    code, out, _ = run(written(BAD), "--format", "json", "--lang", "id")
    told = json.loads(out)
    assert code == BAD_INPUT
    assert [row["is_refused"] for row in told["rows"]] == [False, True]
    first = told["findings"][0]
    assert (first["kind"], first["severity"], first["row"], first["column"]) == (
        "area_unknown_far", "error", 3, "A")  # fmt: skip
    assert first["sentence"].startswith("Sel A3: wilayah '35.05.99' tidak dikenal.")


def test_text_tells_the_same_as_json(run, written) -> None:
    code, out, _ = run(written(BAD), "--format", "text", "--lang", "en")
    assert code == BAD_INPUT
    assert "- ERROR: Cell A3: area '35.05.99' is not known." in out
    assert out.rstrip().endswith(
        "padi.csv: read as Sejahtera template; 2 rows, 1 refused, 0 to be checked."
    )


def test_a_refused_file_has_a_sentence_in_both_forms(run, written) -> None:
    path = written(b"{\\rtf1 Kecamatan}")
    code, out, err = run(path, "--lang", "en")
    assert (code, out) == (BAD_INPUT, "")
    assert "padi.csv: it is RTF, whatever its name says." in err
    _, out, _ = run(path, "--format", "json", "--lang", "en")
    assert json.loads(out)["refused"]["kind"] == "foreign"


def test_a_file_above_the_limit_is_not_read(run, written, monkeypatch) -> None:
    path = written(b"")
    with path.open("r+b") as stream:
        stream.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was read"))
    code, _, err = run(path, "--lang", "en")
    assert code == BAD_INPUT
    assert f"200 MB, at most {door.MAX_BYTES // 1024 // 1024} MB" in err


def test_mistakes_on_the_command_line_get_a_sentence(run, written, tmp_path) -> None:
    code, _, err = run(tmp_path / "none.csv", "--lang", "en")
    assert code == BAD_INPUT and "There is no file" in err
    code, _, err = run(written(GOOD), "--lang", "en", dataset="poems")
    assert code == BAD_INPUT and "poems" in err and "agriculture" in err


def test_the_published_figure_is_known(run, written) -> None:
    """BPS published 240,224.41 t of rice for 2023; the file of the same source says otherwise."""
    rows = as_csv([
        ["ref_area", "item", "indicator", "year", "nilai", "unit", "source_id"],
        ["35.05", "padi", "production", "2023", "240225", "t", "bps_jatim_ksa_prod_2018_2024"],
    ])  # fmt: skip
    code, out, _ = run(written(rows), "--format", "json", "--lang", "en")
    found = {f["kind"]: f for f in json.loads(out)["findings"]}
    assert code == FINE
    assert found["changes_published"]["expected"] == "240224.41"


def test_options_for_what_a_file_does_not_say(run, written, tmp_path) -> None:
    pihps = as_xlsx(("Sheet", [["No", "Komoditas (Rp)", "03/ 01/ 2022"],
                               [1, "Bawang Merah", "43,000"]]))  # fmt: skip
    copy = tmp_path / "marked.xlsx"
    options = ("--area", "35.05", "--source", "panelharga_kab_blitar", "--annotated", str(copy))
    code, out, _ = run(written(pihps), "--format", "json", *options, dataset="prices")
    row = json.loads(out)["rows"][0]
    assert code == FINE
    assert (row["ref_area"], row["source_id"]) == ("35.05", "panelharga_kab_blitar")
    assert copy.read_bytes().startswith(b"PK")


def test_a_saved_mapping_is_taken(run, written) -> None:
    mapping = {
        "dataset": "agriculture",
        "columns": {"Kec": "area", "Thn": "year"},
        "measures": {"Prod": {"indicator": "production", "unit": "t", "item": "padi"}},
    }
    profile = written(json.dumps(mapping).encode(), "peta.json")
    path = written(as_csv([["Kec", "Thn", "Prod"], ["Bakung", "2024", "77"]]))
    code, out, _ = run(path, "--format", "json", "--profile", str(profile))
    assert (code, json.loads(out)["layout"]) == (FINE, "mapped")


def test_checking_writes_nothing(run, written, store) -> None:
    def state() -> dict[str, str]:
        files = sorted(p for p in store.home.rglob("*") if p.is_file() and "-" not in p.suffix)
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    before = state()
    assert before
    run(written(GOOD))
    run(written(BAD))
    assert state() == before
