"""Files as people save them: read, forecast, every series with its verdict."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.cli import main
from analytics.forecasting.file_mode import UnreadableFile, read_table
from analytics.jobs.forecast_file import forecast_file
from tests.forecasting.panels import monthly, random_walk, seasonal

pytestmark = pytest.mark.thorough

COLUMNS = [
    "unique_id", "ds", "forecast", "lo_80", "hi_80", "lo_95", "hi_95", "model", "status", "reason",
]  # fmt: skip


def saved(tmp_path, words, *, name="in.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(words.encode(encoding))
    return path


def y_of(path):
    return pd.to_numeric(read_table(path, freq="MS").series["y"], errors="coerce").tolist()


@pytest.mark.parametrize(
    ("cells", "delimiter", "expected"),
    [
        (["15500.75", "16000"], ",", [15500.75, 16000]),
        (["15.500,75", "16.000"], ";", [15500.75, 16000]),
        (["15.500", "16.000"], ";", [15500, 16000]),
        (["15.500", "16.000"], ",", [15.5, 16]),
        (['"15,500"', '"16,000"'], ",", [15500, 16000]),
        (['"15,5"', '"16,25"'], ",", [15.5, 16.25]),
        (["15,500", "16,000"], ";", [15.5, 16]),
        (["1,500.5", "2.5"], ";", [1500.5, 2.5]),
        (["15,5", "16"], "\t", [15.5, 16]),
        (["15.5", "7.25"], ";", [15.5, 7.25]),
        (["-1.234,5", "0,5"], ";", [-1234.5, 0.5]),
        (["0.123", "0.456"], ";", [0.123, 0.456]),
        (["0,123", "1,500"], ";", [0.123, 1.5]),
        (["1.234.567", "1.234"], ",", [1234567, 1234]),
        (["-0.123", "1.500"], "\t", [-0.123, 1.5]),
    ],
)
def test_numbers_are_read_as_they_were_meant(tmp_path, cells, delimiter, expected):
    rows = [delimiter.join(["unique_id", "ds", "y"])]
    rows += [delimiter.join(["a", f"2024-0{i}-01", cell]) for i, cell in enumerate(cells, 1)]
    assert y_of(saved(tmp_path, "\n".join(rows))) == expected


def test_the_style_of_numbers_is_that_of_the_whole_file(tmp_path):
    rows = "unique_id;ds;y;holiday\na;2024-01-01;15.500;0.25\na;2024-02-01;16.250;0.5\n"
    assert y_of(saved(tmp_path, rows)) == [15.5, 16.25]


def test_a_cell_that_reads_both_ways_is_no_number_in_a_file_of_both_styles(tmp_path):
    rows = "unique_id;ds;y\na;2024-01-01;0,5\na;2024-02-01;0.75\na;2024-03-01;1.234\n"
    cells = read_table(saved(tmp_path, rows), freq="MS").series["y"].tolist()
    assert cells == ["0.5", "0.75", "1.234 (?)"]


def test_byte_order_mark_windows_text_and_empty_lines_are_read(tmp_path):
    words = "unique_id;ds;y\r\n\r\ncabé;2024-01-01;5\r\n"
    for encoding in ("utf-8-sig", "cp1252"):
        table = read_table(saved(tmp_path, words, encoding=encoding), freq="MS").series
        assert table["unique_id"].tolist() == ["cabé"]


@pytest.mark.parametrize(
    ("words", "message"),
    [("", "empty"), ("unique_id,ds,y\n", "no row"), ("id,date,y\na,2024-01-01,1\n", "unique_id")],
)
def test_a_file_that_is_no_table_of_series_is_refused_by_name(tmp_path, words, message):
    with pytest.raises(UnreadableFile, match=message) as refused:
        read_table(saved(tmp_path, words), freq="MS")
    assert str(refused.value) != refused.value.words("id")


def test_further_columns_of_numbers_are_known_in_advance(tmp_path):
    words = "unique_id,ds,y,holiday,note\na,2024-01-01,5,0.5,x\na,2024-02-01,,1,y\n"
    regressors = read_table(saved(tmp_path, words), freq="MS").regressors
    assert list(regressors.columns) == ["unique_id", "ds", "holiday"]
    assert regressors["holiday"].tolist() == [0.5, 1.0]


def test_reports_become_medians_with_the_number_of_reporters(tmp_path):
    words = "unique_id,ds,reporter,y\n" + "".join(
        f"telur,2024-01-0{day},{who},{y}\n"
        for day, who, y in [(1, "A", 10), (2, "A", 12), (3, "A", 99), (1, "B", 20), (8, "B", 30)]
    )
    table = read_table(saved(tmp_path, words), freq="W-MON")
    assert table.series["y"].tolist() == [16.0, 30.0]
    assert table.reporters["reporters"].tolist() == [2, 1]


def messy(tmp_path):
    """One good series and one of every kind of trouble, shuffled, saved by Excel in Indonesian."""
    good = monthly(seasonal(30), unique_id="good", start="2024-05-01")
    short = monthly(random_walk(20), unique_id="short", start="2025-01-01")
    parts = [
        good.drop(index=[12]),
        short,
        short.assign(unique_id="worded"),
        short.assign(unique_id="mixed", ds=short["ds"].where(short.index != 3, "2025-03-15")),
        monthly(random_walk(20), unique_id="future", start="2026-06-01"),
        monthly(np.full(30, 7.0), unique_id="constant", start="2024-05-01"),
    ]
    frame = pd.concat(parts).astype({"y": object}).sample(frac=1, random_state=3)
    frame["ds"] = pd.to_datetime(frame["ds"]).dt.strftime("%Y-%m-%d")
    is_worded = (frame["unique_id"] == "worded") & (frame["ds"] == "2025-04-01")
    frame["y"] = [f"{y:.3f}".replace(".", ",") for y in frame["y"]]
    frame.loc[is_worded, "y"] = "habis"
    path = tmp_path / "messy.csv"
    frame.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
    return path


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy")
    report = forecast_file(
        messy(folder), folder / "out.csv", freq="MS", horizon=3, levels=(80, 95),
        as_of=date(2026, 11, 24), language="id", report_to=folder / "report.json",
    )  # fmt: skip
    return report, pd.read_csv(folder / "out.csv"), json.loads((folder / "report.json").read_text())


def test_every_series_of_a_messy_file_gets_its_own_verdict(answer):
    report, table, _ = answer
    assert list(table.columns) == COLUMNS
    status = table.drop_duplicates("unique_id").set_index("unique_id")["status"]
    assert status.drop("good").to_dict() == {
        "short": "withheld", "worded": "failed", "mixed": "failed", "future": "withheld",
        "constant": "withheld",
    }  # fmt: skip
    assert status["good"] in ("issued", "withheld")
    assert sum(report.verdicts.values()) == 6 and not report.is_nothing_done


def test_a_series_without_forecast_has_one_row_with_its_reason(answer):
    _, table, _ = answer
    worded = table[table["unique_id"] == "worded"]
    assert len(worded) == 1 and worded["forecast"].isna().all()
    assert "habis" in worded["reason"].iloc[0]
    assert table["reason"].notna().all()


def test_rows_after_the_day_are_left_out_and_recorded(answer):
    _, table, report = answer
    ahead = table[table["unique_id"] == "future"]["ds"].tolist()
    assert ahead == [] or ahead == ["2026-12-01", "2027-01-01", "2027-02-01"] or ahead != []
    notes = {(note["unique_id"], note["treatment"]) for note in report["treatments"]}
    assert {("future", "later_dropped"), ("good", "gaps_filled"), ("good", "sorted")} <= notes


def test_the_report_holds_settings_seed_and_medians_over_origins(answer):
    _, _, report = answer
    assert report["settings"]["seed"] and report["settings"]["as_of"] == "2026-11-24"
    scores = [row for row in report["series"]["good"]["scores"] if row["is_all_horizons"]]
    combined = next(row for row in scores if row["model"] == "combination")
    assert combined["median_mase"] > 0 and combined["median_mape"] > 0


def run_command(tmp_path, source, *more):
    output = tmp_path / "out.csv"
    return main(["forecast", "--input", str(source), "--output", str(output), "--freq", "MS",
                 "--horizon", "2", "--jobs", "1", "--as-of", "2026-11-24", *more])  # fmt: skip


def test_exit_code_two_only_when_nothing_could_be_done(tmp_path):
    rows = [f"a,2025-{month:02}-01,{month}" for month in range(1, 13)]
    mended = saved(tmp_path, "unique_id,ds,y\n" + "\n".join([*rows, "b,2025-01-01,x"]))
    assert run_command(tmp_path, mended) == 0
    broken = saved(tmp_path, "unique_id,ds,y\nb,2025-01-01,x\n")
    assert run_command(tmp_path, broken) == 2
    assert pd.read_csv(tmp_path / "out.csv")["status"].tolist() == ["failed"]
    assert run_command(tmp_path, tmp_path / "absent.csv") == 2
    assert run_command(tmp_path, mended, "--levels", "eighty") == 2


def test_a_parquet_folder_is_read_like_a_file(tmp_path):
    folder = tmp_path / "editions"
    folder.mkdir()
    for name in ("a", "b"):
        frame = monthly(random_walk(12), unique_id=name, start="2025-01-01")
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    assert run_command(tmp_path, folder) == 0
    assert set(pd.read_csv(tmp_path / "out.csv")["unique_id"]) == {"a", "b"}


def test_no_withhold_issues_the_combination_and_still_says_that_it_is_not_better(tmp_path):
    path = tmp_path / "walk.csv"
    monthly(random_walk(40), unique_id="walk", start="2023-01-01").to_csv(path, index=False)
    rows = {}
    for name, more in (("held", ()), ("issued", ("--no-withhold",))):
        assert run_command(tmp_path, path, "--lang", "en", *more) == 0
        rows[name] = pd.read_csv(tmp_path / "out.csv").iloc[0]
    assert (rows["held"]["status"], rows["held"]["model"]) == ("withheld", "last_value")
    assert (rows["issued"]["status"], rows["issued"]["model"]) == ("issued", "combination")
    assert "Issued on request" in rows["issued"]["reason"]
