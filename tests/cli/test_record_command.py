"""The record on the command line: in words, and every forecast as CSV or JSON."""

from __future__ import annotations

import json

import pytest

from tests.store import Store

pytestmark = pytest.mark.thorough


def test_text_says_what_waits_and_marks_training_data(store: Store, run_analytics) -> None:
    done = run_analytics("record", "--region", "contoh", "--lang", "en", store=store)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("DATA LATIHAN\n")
    assert "Each is judged once its price has come into an edition." in done.stdout


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_every_forecast_is_written(store: Store, run_analytics, tmp_path, file_format) -> None:
    target = tmp_path / f"record.{file_format}"
    options = ("--region", "contoh", "--format", file_format, "--output", str(target))
    assert run_analytics("record", *options, store=store).returncode == 0
    written = target.read_text(encoding="utf-8")
    if file_format == "json":
        rows = json.loads(written)
        assert rows[0]["training_notice"] == "DATA LATIHAN"
        assert {"run_id", "ds", "forecast", "lo_80", "y", "state"} <= set(rows[0])
    else:
        assert written.splitlines()[0].startswith("training_notice,run_id,unique_id,ds,forecast")


def test_a_region_never_forecast_says_how(tmp_path, run_analytics) -> None:
    from tests.prices.small_prices import build, flat_months, monthly_rows

    build(tmp_path, prices=monthly_rows(flat_months()))
    home = Store(home=tmp_path / "home")
    environ = {"SEJAHTERA_REGIONS": "uji", "SEJAHTERA_REGION": "uji",
               "SEJAHTERA_DATA": str(tmp_path / "data")}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        done = run_analytics("record", store=home)
    assert done.returncode == 2 and "forecast --region uji" in done.stderr
