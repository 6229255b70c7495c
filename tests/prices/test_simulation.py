"""A simulation stands beside the issued forecast, is named as one, and invents nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.editions.store import open_store
from analytics.figures.points import points
from analytics.ledger.forecasts import IssuedForecast, every_forecast, newest_forecast
from analytics.prices.catalogue import price_catalogue
from analytics.prices.simulation import WhatIf, drivers, simulation, simulation_figure
from tests.prices.test_reports import TODAY
from tests.store import Store

UNSEEN = pd.DataFrame([(0, 0.4, -0.1, 0.9, 60)], columns=["lag", "value", "low", "high", "months"])
SEEN = UNSEEN.assign(value=1.0, low=0.8, high=1.2)


@pytest.fixture(scope="module")
def edition(store: Store) -> Edition:
    return open_store(store.settings, "contoh").edition()


@pytest.fixture(scope="module")
def series(edition: Edition) -> str:
    return price_catalogue(edition).series[0].key.unique_id


@pytest.fixture(scope="module")
def issued(store: Store, series: str) -> IssuedForecast:
    with open_store(store.settings, "contoh").engine.connect() as connection:
        found = newest_forecast(connection, series)
    assert found is not None
    return found


def run(edition, series, issued, *, elasticity=None, refitted=None, **asked):
    driver = drivers(edition, series=series)[0] if elasticity is not None else ""
    return simulation(
        edition, series=series, issued=issued, asked=WhatIf(6, driver=driver, **asked),
        refitted=refitted, elasticity=elasticity,
    )  # fmt: skip


def path(result, name: str) -> pd.Series:
    return result.frame.loc[result.frame["path"] == name, "obs_value"].reset_index(drop=True)


def test_the_issued_forecast_stays_beside_it_untouched(edition, series, issued) -> None:
    result = run(edition, series, issued, elasticity=SEEN, shock_pct=20, shock_month=2)
    assert path(result, "issued").tolist() == issued.forecasts["forecast"].tolist()
    ratio = path(result, "simulated") / path(result, "issued")
    assert ratio.round(6).tolist() == [1.0, *[1.2] * 5]


@pytest.mark.parametrize(("language", "told"), [("id", "simulasi"), ("en", "simulation")])
def test_it_is_named_as_one_in_title_table_tips_and_file(
    edition, series, issued, language: str, told: str
) -> None:
    result = run(edition, series, issued, lebaran_shift=1)
    figure = simulation_figure(edition, result)
    rows = figure.table(language).words().tail(6)
    assert told in figure.title(language).lower()
    assert all(told in " ".join(map(str, row)).lower() for row in rows.to_numpy())
    assert told in points(figure, language=language)["q"].iloc[-1]
    assert "6 " in figure.context(language, today=TODAY)
    assert result.name.startswith("simulasi_")


@pytest.mark.parametrize(
    ("language", "told"),
    [("id", "tidak dapat dibedakan dari nol"), ("en", "cannot be told from zero")],
)
def test_an_effect_that_is_not_seen_is_said_and_moves_nothing(
    edition, series, issued, language: str, told: str
) -> None:
    result = run(edition, series, issued, elasticity=UNSEEN, shock_pct=30)
    assert told in result.notes[0].words(language)
    assert path(result, "simulated").tolist() == path(result, "issued").tolist()


def test_a_lebaran_beyond_the_months_simulated_moves_nothing_and_says_so(
    edition, series, issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    certain = pd.DataFrame({"step": ["0"], "obs_value": [9.0], "low": [4.0], "high": [12.0],
                            "years": [9]})  # fmt: skip
    far = pd.DatetimeIndex([issued.forecasts["ds"].max() + pd.DateOffset(months=4)])
    monkeypatch.setattr("analytics.prices.simulation.window_effects", lambda *_: certain)
    monkeypatch.setattr("analytics.prices.simulation.lebaran_months", lambda _: far)
    result = run(edition, series, issued, lebaran_shift=-1)
    assert path(result, "simulated").tolist() == path(result, "issued").tolist()
    assert "The simulation is not moved." in result.notes[0].words("en")


def test_too_few_months_are_said(edition, series, issued) -> None:
    result = run(edition, series, issued, elasticity=UNSEEN.iloc[:0], shock_pct=30)
    assert "tidak dapat dihitung" in result.notes[0].words("id")


def test_another_horizon_goes_further_than_the_issued_forecast(edition, series, issued) -> None:
    further = issued.forecasts.assign(ds=issued.forecasts["ds"] + pd.DateOffset(months=6))
    path_12 = pd.concat([issued.forecasts, further], ignore_index=True)
    result = run(edition, series, issued, refitted=path_12)
    assert len(path(result, "simulated")) == 12 and len(path(result, "issued")) == 6


def test_maize_comes_first_among_the_drivers(edition, series) -> None:
    assert series not in drivers(edition, series=series)
    assert drivers(edition, series=series)[0].split("|")[3].startswith("jagung")


def test_nothing_of_it_comes_into_the_ledger(store: Store, edition, series, issued) -> None:
    with open_store(store.settings, "contoh").engine.connect() as connection:
        before = len(every_forecast(connection))
        run(edition, series, issued, elasticity=SEEN, shock_pct=20)
        assert len(every_forecast(connection)) == before
