"""A file's way as officers type it: ingest, batches, publish, withdraw; backup and restore."""

import json

import pytest
from sqlalchemy import insert

from analytics.cli import main
from analytics.commands.common import BAD_INPUT, FAULT, FINE
from analytics.editions.store import open_store
from analytics.i18n import text
from analytics.ledger.migrations import VERSION
from analytics.ledger.tables import schema_versions
from analytics.settings import load_settings
from tests.small_desk import file_of, give_accounts, timur

pytestmark = pytest.mark.thorough


@pytest.fixture
def desk(home, capsysbinary):
    """`desk("publish", "2")`: exit code, and what was printed on either way out, as text."""
    assert main(["load"]) == FINE
    give_accounts(load_settings())

    def run(*words: object, code: int = FINE) -> tuple[str, str]:
        capsysbinary.readouterr()
        assert main([str(word) for word in words]) == code
        printed = capsysbinary.readouterr()
        return printed.out.decode(), printed.err.decode()

    return run


@pytest.fixture
def file(home):
    path = home / "padi.csv"
    path.write_bytes(file_of(timur(40)))
    return path


@pytest.fixture
def batch(desk, file) -> int:
    """A batch that siti brought and that waits."""
    out, _ = desk(*ingest(file), "--format", "json")
    told = json.loads(out)
    assert (told["is_new"], told["rows"], told["refused"]) == (True, 1, 0)
    return told["batch_id"]


def test_the_audit_log_says_who_did_what(desk, batch):
    desk("publish", batch, "--as", "budi")
    desk("withdraw", batch, "--as", "siti", "--reason", "salah kolom")
    out, _ = desk("audit", "--format", "json")
    told = [
        (entry["who"], entry["what"]) for entry in json.loads(out) if "batch" in entry["object"]
    ]
    assert told == [("siti", "withdrew"), ("budi", "published"), ("siti", "uploaded")]


def test_a_name_without_an_account_or_right_is_refused(desk, batch):
    _, err = desk("publish", batch, "--as", "entah", code=BAD_INPUT)
    assert "entah" in err and "user add" in err
    desk("user", "role", "budi", "--role", "officer", "--office", "pertanian")
    _, err = desk("publish", batch, "--as", "budi", code=BAD_INPUT)
    assert states(desk)[batch] == "submitted"
    assert (
        text("people.refused.publish", "id") in err or text("people.refused.publish", "en") in err
    )


def ingest(file, *, reason: str = "benar") -> tuple[object, ...]:
    return ("ingest", file, "--dataset", "agriculture", "--as", "siti", "--note", "revisi",
            "--accept-warnings", reason)  # fmt: skip


def test_a_mapping_is_drafted_saved_used_renamed_and_deleted(desk, home):
    table, drafted = home / "tabel.csv", home / "peta.json"
    table.write_bytes(b"Wilayah,Tahun,Produksi (ton)\nTimur,2023,41\n")
    desk("mapping", "draft", table, "--dataset", "agriculture", "--output", drafted)
    found = json.loads(drafted.read_text())
    assert found["columns"] == {"Wilayah": "area", "Tahun": "year"}
    assert found["measures"] == {"Produksi (ton)": {"indicator": "production"}}
    found["measures"]["Produksi (ton)"] |= {"unit": "t", "item": "padi"}
    drafted.write_text(json.dumps(found))
    desk("mapping", "save", "rekap dinas", drafted, "--as", "siti")
    desk("mapping", "rename", "rekap dinas", "rekap", "--dataset", "agriculture", "--as", "budi")
    out, _ = desk("mapping", "list", "--dataset", "agriculture", "--format", "json")
    assert [(one["name"], one["saved_by"]) for one in json.loads(out)] == [("rekap", "budi")]
    out, _ = desk("check", table, "--dataset", "agriculture", "--profile", "rekap",
                  "--source", "s_official", "--format", "json")  # fmt: skip
    assert (json.loads(out)["layout"], json.loads(out)["rows"][0]["obs_value"]) == ("mapped", 41.0)
    _, err = desk("check", table, "--dataset", "agriculture", "--profile", "lama", code=BAD_INPUT)
    assert "rekap" in err
    desk("mapping", "delete", "rekap", "--dataset", "agriculture", "--as", "siti")
    _, err = desk("mapping", "show", "rekap", "--dataset", "agriculture", code=BAD_INPUT)
    assert "rekap" in err
    out, _ = desk("audit", "--format", "json")
    told = [(one["who"], one["what"]) for one in json.loads(out) if "mapping" in one["what"]]
    assert told == [("siti", "deleted_mapping"), ("budi", "renamed_mapping"),
                    ("siti", "saved_mapping")]  # fmt: skip


def states(desk) -> dict[int, str]:
    out, _ = desk("batches", "--format", "json")
    return {entry["batch_id"]: entry["state"] for entry in json.loads(out)}


def numbers() -> tuple[int, ...]:
    return open_store(load_settings(), "uji").numbers()


def test_a_file_that_needs_a_word_is_refused_and_nothing_is_kept(desk, file, home):
    before = states(desk)
    _, err = desk(*ingest(file, reason=""), code=BAD_INPUT)
    assert "--accept-warnings" in err
    _, err = desk(*ingest(home / "tidak-ada.csv"), code=BAD_INPUT)
    assert "tidak-ada.csv" in err
    assert states(desk) == before


def test_the_same_file_twice_is_one_batch(desk, file, batch):
    out, _ = desk(*ingest(file), "--format", "json")
    again = json.loads(out)
    assert (again["batch_id"], again["is_new"]) == (batch, False)


def test_batches_lists_and_gives_the_file_back_to_the_byte(desk, file, batch, home):
    out, _ = desk("batches", "--state", "submitted")
    assert "padi.csv" in out.splitlines()[1] and "siti" in out
    out, err = desk("batches", "--content", batch)
    assert out.encode() == file.read_bytes() and "padi.csv" in err
    desk("batches", "--content", batch, "--output", home / "back.csv")
    assert (home / "back.csv").read_bytes() == file.read_bytes()
    _, err = desk("batches", "--content", 99, code=BAD_INPUT)
    assert "no batch 99" in err


def test_a_dry_run_shows_the_effect_and_changes_nothing(desk, batch):
    out, _ = desk("publish", batch, "--dry-run", "--as", "siti", "--format", "json")
    shown = json.loads(out)
    assert (shown["batch"], shown["edition"], shown["dataset"]) == (batch, 2, "agriculture")
    assert [(row["ref_area"], row["changed"]) for row in shown["counts"]] == [("88.01.01", 1)]
    assert (numbers(), states(desk)[batch]) == ((1,), "submitted")


def test_another_person_publishes_and_anyone_withdraws_with_a_reason(desk, batch):
    _, err = desk("publish", batch, "--as", "siti", code=BAD_INPUT)
    assert "another person must publish" in err
    out, _ = desk("publish", batch, "--as", "budi")
    assert out.splitlines()[-1].endswith("edition 2 published by budi.")
    assert (numbers(), states(desk)[batch]) == ((1, 2), "published")
    _, err = desk("withdraw", batch, "--as", "siti", "--reason", " ", code=BAD_INPUT)
    assert "--reason" in err
    desk("withdraw", batch, "--as", "siti", "--reason", "salah kolom")
    assert (numbers(), states(desk)[batch]) == ((1, 2, 3), "withdrawn")


def test_a_backup_is_restored_over_what_came_later(desk, batch, home):
    folder = home / "cadangan"
    out, _ = desk("backup", folder)
    assert "uji" in out and (folder / "backup.json").is_file()
    _, err = desk("backup", folder, code=BAD_INPUT)
    assert "not empty" in err
    desk("publish", batch, "--as", "budi")
    _, err = desk("restore", folder, code=BAD_INPUT)
    assert "--replace" in err and numbers() == (1, 2)
    out, _ = desk("restore", folder, "--replace")
    assert "edition 1 is in force" in out and "restart it" in out
    assert (numbers(), states(desk)[batch]) == ((1,), "submitted")


def test_a_ledger_of_a_newer_program_is_a_fault_that_doctor_tells(desk):
    with open_store(load_settings(), "uji").engine.begin() as connection:
        connection.execute(insert(schema_versions).values(version=VERSION + 1))
    out, _ = desk("doctor", code=FAULT)
    assert "install the newer program" in json.loads(out)["faults"][0]
    _, err = desk("batches", code=FAULT)
    assert "install the newer program" in err
