"""The simulation on the page: nothing runs before the button, models are fitted by a job."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analytics.jobs.render import JobFailed
from tests.app.test_prices_page import words_of

Open = Callable[..., Any]
HERE = "pages.prices.simulation_parts"
FITTING = ("statsforecast", "statsmodels", "sklearn")
ASKED = {"region": "contoh", "view": "forecast", "simulation": "1"}


@pytest.fixture(autouse=True)
def fits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library that fits can be imported in the page's process, whoever loaded it before."""
    loaded = [name for name in sys.modules if name.partition(".")[0] in FITTING]
    for name in {*FITTING, "statsmodels.api", *loaded}:
        monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The button is pressed in every run: AppTest cannot run a page with a slider of two ends
    a second time.
    """
    monkeypatch.setattr(f"{HERE}.is_started", lambda: True)


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Models that the page had fitted, by a stand-in that gives flat forecasts at once."""
    names: list[str] = []

    def fitted_member(edition, *, series, model, horizon, max_origins):  # type: ignore[no-untyped-def]
        names.append(model)
        return pd.DataFrame(20_000.0, index=range(max_origins + 1), columns=range(horizon))

    monkeypatch.setattr(f"{HERE}.fitted_member", fitted_member)
    return names


def test_pages_of_prices_are_imported_without_a_library_that_fits() -> None:
    code = (
        "import sys, pages.prices.simulation_parts, pages.prices.forecast_parts, pages.prices.parts"
        f"; sys.exit(any(name.partition('.')[0] in {FITTING} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_model_is_fitted_by_the_job_alone(
    open_page: Open, pressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def run_job(function: str, **_: object) -> pd.DataFrame:
        asked.append(function)
        raise JobFailed("stopped here.")

    monkeypatch.setattr("analytics.jobs.simulate.run_job", run_job)
    app = open_page("prices", **ASKED, sim_drop="auto_arima")
    assert not app.exception
    assert asked == ["analytics.forecasting.what_if:member_forecasts"]


def test_nothing_is_computed_before_the_button(open_page: Open, fitted: list[str]) -> None:
    app = open_page("prices", **ASKED, sim_drop="auto_arima")
    assert not app.exception and not fitted
    assert "Belum dihitung" in words_of(app)


def test_a_dropped_model_is_left_out_and_fitting_is_the_jobs(
    open_page: Open, fitted: list[str], pressed: None
) -> None:
    app = open_page("prices", **ASKED, sim_drop="auto_arima", sim_horizon="9")
    assert not app.exception
    assert len(fitted) == 5 and "auto_arima" not in fitted
    assert "Simulasi, bukan ramalan terbit" in words_of(app)


def test_a_moved_lebaran_alone_fits_nothing(
    open_page: Open, fitted: list[str], pressed: None
) -> None:
    app = open_page("prices", **ASKED, sim_lebaran="1", lang="en")
    assert not app.exception and not fitted
    assert "is not issued, not stored" in words_of(app)


def test_a_job_that_fails_says_so(
    open_page: Open, pressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise JobFailed("the model was not ready.")

    monkeypatch.setattr(f"{HERE}.fitted_member", fails)
    app = open_page("prices", **ASKED, sim_drop="auto_ets")
    assert not app.exception
    assert "Ramalan terbit tidak berubah" in app.error[0].value
