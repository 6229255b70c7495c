"""The price page: every view in both languages and regions, links that are wrong, empty states."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from analytics.settings import PROJECT_ROOT
from tests.prices.test_reports import BROILERS, EGGS, FARM, WORLD_MAIZE
from tests.store import Store

VIEWS = ("course", "forecast", "season", "lebaran", "compare", "weekly", "list")
Open = Callable[..., Any]


def words_of(app: Any) -> str:
    elements = [*app.markdown, *app.caption, *app.info, *app.warning]
    return " ".join(str(element.value) for element in elements).replace("\\", "")


def opened(open_page: Open, **address: str) -> Any:
    app = open_page("prices", **address)
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("region", ["blitar", "contoh"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stands(open_page: Open, view: str, region: str, language: str) -> None:
    app = opened(open_page, view=view, region=region, lang=language)
    assert app.query_params["view"] == view
    assert words_of(app)


def test_default_is_the_flagship_of_the_region(open_page: Open) -> None:
    app = opened(open_page, region="blitar")
    assert app.query_params["series"] == EGGS
    assert "Telur ayam ras, UD. Telur Intan" in words_of(app)


def test_view_comes_back_from_the_address(open_page: Open) -> None:
    address = {"item": "ayam_ras_pedaging", "series": BROILERS, "view": "season",
               "years": "2018..2020", "holidays": "0"}  # fmt: skip
    app = opened(open_page, region="blitar", **address)
    assert {name: app.query_params[name] for name in address} == address
    assert "2020" in words_of(app)


@pytest.mark.parametrize(
    "address",
    [
        {"item": "emas"},
        {"series": "<script>"},
        {"view": "xx"},
        {"years": "2020..2010"},
        {"view": "compare", "compare": "a,b", "index": "7"},
        {"view": "lebaran", "window": "99"},
        {"reference": "none;drop"},
    ],
)
def test_wrong_link_shows_the_default_with_a_note(open_page: Open, address: dict[str, str]) -> None:
    app = opened(open_page, region="blitar", **address)
    assert app.query_params["series"] == EGGS


@pytest.mark.parametrize("language", ["id", "en"])
def test_daily_reports_and_raw_entries(open_page: Open, language: str) -> None:
    app = opened(open_page, region="blitar", lang=language, item="telur_ayam_ras", series=FARM,
                 view="daily", raw="1")  # fmt: skip
    assert {"id": "seperti diketik", "en": "as typed"}[language] in words_of(app)
    assert len(app.dataframe) == 1


def test_stopped_series_says_so_and_is_not_forecast(open_page: Open) -> None:
    app = opened(open_page, region="blitar", item="telur_ayam_ras", series=FARM, view="forecast")
    assert "Seri berhenti: data terakhir Januari 2025" in words_of(app)


def test_series_that_no_run_has_seen_says_what_to_do(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.prices.parts.newest_forecast", lambda *_: None)
    words = words_of(opened(open_page, region="blitar", view="forecast"))
    assert "python -m analytics forecast" in words


def test_different_units_are_refused_until_indexed(open_page: Open) -> None:
    address = {"region": "blitar", "view": "compare", "compare": WORLD_MAIZE}
    assert "berbeda satuan" in words_of(opened(open_page, **address))
    assert "indeks" in words_of(opened(open_page, **address, index="1"))


def test_gap_and_effects_of_holidays_are_told(open_page: Open) -> None:
    gap = words_of(opened(open_page, region="blitar", lang="id", view="margin"))
    assert "Konsumen membayar" in gap and "tidak menyatakan bahwa mutunya sama" in gap
    effects = words_of(opened(open_page, region="blitar", lang="id", view="lebaran"))
    assert "Iduladha: tidak dapat dibedakan dari nol" in effects


FITS_NO_MODEL = """
import sys
from tests.app.opening import open_in_process
app = open_in_process("prices", region="blitar", view="forecast")
assert not app.exception, app.exception
assert app.query_params["view"] == "forecast"
sys.exit(sorted({"statsforecast", "mlforecast", "sklearn"} & set(sys.modules)) or 0)
"""


def test_page_fits_no_model(store: Store) -> None:
    """In a process of its own: another test may have loaded the libraries into this one."""
    done = subprocess.run(
        [sys.executable, "-c", FITS_NO_MODEL], cwd=PROJECT_ROOT, capture_output=True, text=True,
        env={**os.environ, **store.environ}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


PARTS = {"weights": "Bobot terbesar", "horizons": "belum pernah diterbitkan",
         "issued": "menunggu harganya", "run": "mesin weighted_pool"}  # fmt: skip


@pytest.mark.parametrize(("part", "told"), PARTS.items())
def test_parts_of_a_forecast_are_drawn_when_opened(open_page: Open, part: str, told: str) -> None:
    shut = opened(open_page, region="blitar", view="forecast")
    assert told not in words_of(shut)
    app = opened(open_page, region="blitar", view="forecast", **{f"part_{part}": "1"})
    assert told in words_of(app)
