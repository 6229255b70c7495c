"""The simulation on the page: nothing runs before the button, models are fitted by a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analytics.jobs.render import JobFailed
from tests.app.test_prices_page import words_of

Open = Callable[..., Any]
HERE = "pages.prices.simulation_parts"
ASKED = {"region": "contoh", "view": "forecast", "simulation": "1"}


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
