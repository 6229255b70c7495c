"""The simulation of the forecast view: choices, a button, progress, and the picture beside it.

Models are fitted one by one in processes of their own; what was fitted once for an edition is
kept, so that dropping another model waits for nothing.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.forecasting.what_if import combined_forecast
from analytics.jobs.forecast import STEP
from analytics.jobs.render import JobFailed
from analytics.jobs.simulate import fitted_member, measured_elasticity, series_values
from analytics.ledger.forecasts import IssuedForecast
from analytics.prices.catalogue import price_catalogue
from analytics.prices.names import full_label
from analytics.prices.simulation import (
    WhatIf,
    drivers,
    kept_models,
    simulation,
    simulation_figure,
)
from pages.ui import cache, filters
from pages.ui.figure import show_figure
from pages.ui.fold import folded
from pages.ui.state import language, say

NONE = "none"
HORIZONS = (3, 6, 9, 12)
SHIFTS = (-2, -1, 0, 1, 2)
SHOCK_LIMIT_PCT = 50
ASKED = "simulation_asked"


def show_simulation(edition: Edition, *, series: str, issued: IssuedForecast) -> None:
    """Folded; nothing is computed before the button is pressed."""

    def draw() -> None:
        asked = _choose(edition, series=series, issued=issued)
        if is_started():
            st.session_state[ASKED] = (series, edition.stamp.number, asked)
        if st.session_state.get(ASKED) != (series, edition.stamp.number, asked):
            st.caption(say("record.simulation.waits"))
            return
        _show(edition, series=series, issued=issued, asked=asked)

    folded("simulation", title=say("record.part.simulation"), draw=draw)


def is_started() -> bool:
    """Whether the button was pressed in this run."""
    return st.button(say("record.simulation.start"), key="simulation_start", type="primary")


def _choose(edition: Edition, *, series: str, issued: IssuedForecast) -> WhatIf:
    models = kept_models(issued, WhatIf(horizon=0))
    usual = len(issued.forecasts)
    with filters.row("simulation", visible=3) as row:
        horizon = filters.choose_one(
            "sim_horizon", label="record.filter.horizon", default=usual, cell=row,
            options=tuple(sorted({*HORIZONS, usual})),
            words=lambda months: say("forecasting.span.MS", n=months, count=months),
        )  # fmt: skip
        dropped = filters.choose_one(
            "sim_drop", label="record.simulation.drop", options=(NONE, *models), cell=row,
            words=lambda code: say(f"forecasting.model.{code}")
            if code != NONE else say("record.simulation.drop_none"),
        )  # fmt: skip
        shift = filters.choose_one(
            "sim_lebaran", label="record.simulation.lebaran", options=SHIFTS, default=0, cell=row,
            words=lambda months: say(f"record.simulation.shift.{months}"),
        )  # fmt: skip
    driver, shock, month = _choose_shock(edition, series=series, horizon=horizon)
    return WhatIf(
        horizon=horizon,
        dropped="" if dropped == NONE else dropped,
        driver=driver,
        shock_pct=shock,
        shock_month=month,
        lebaran_shift=shift,
    )


def _choose_shock(edition: Edition, *, series: str, horizon: int) -> tuple[str, int, int]:
    """Driver, percent and month of a shock; nothing where no series serves."""
    offered = cache.result(drivers, edition, series=series)
    if not offered:
        st.caption(say("record.simulation.no_driver"))
        return "", 0, 1
    catalogue = cache.result(price_catalogue, edition)
    with filters.row("shock", visible=3) as row:
        driver = filters.choose_one(
            "sim_driver", label="record.simulation.driver", options=offered, cell=row,
            words=lambda code: full_label(catalogue[code].name).in_language(language()),
        )  # fmt: skip
        shock = filters.number(
            "sim_shock", label="record.simulation.shock", default=0,
            low=-SHOCK_LIMIT_PCT, high=SHOCK_LIMIT_PCT, cell=row,
        )  # fmt: skip
        month = filters.number(
            "sim_month", label="record.simulation.month", default=1, low=1, high=horizon, cell=row
        )
    return (driver if shock else ""), shock, month


def _show(edition: Edition, *, series: str, issued: IssuedForecast, asked: WhatIf) -> None:
    try:
        refitted = _refitted(edition, series, issued, asked) if asked.is_refitted(issued) else None
        elasticity = None
        if asked.driver:
            with st.spinner(say("record.simulation.measuring")):
                elasticity = cache.result(
                    measured_elasticity, edition, series=series, driver=asked.driver
                )
    except JobFailed as error:
        st.error(say("record.simulation.failed", error=str(error)))
        return
    result = simulation(edition, series=series, issued=issued, asked=asked, refitted=refitted,
                        elasticity=elasticity)  # fmt: skip
    show_figure(simulation_figure(edition, result), key="price_simulation")


def _refitted(edition: Edition, series: str, issued: IssuedForecast, asked: WhatIf) -> pd.DataFrame:
    """The combination of the kept models; each is fitted in its own process, with progress."""
    origins = int(str(issued.facts.parameters["max_origins"]))
    names = kept_models(issued, asked)
    bar = st.progress(0.0)
    members = {}
    for done, name in enumerate(names):
        words = say("record.simulation.progress", done=done + 1, total=len(names),
                    model=say(f"forecasting.model.{name}"))  # fmt: skip
        bar.progress(done / len(names), text=words)
        members[name] = cache.result(
            fitted_member, edition, series=series, model=name, horizon=asked.horizon,
            max_origins=origins,
        )  # fmt: skip
    bar.empty()
    values = series_values(edition, series)
    return combined_forecast(values, members, freq=STEP, max_origins=origins)
