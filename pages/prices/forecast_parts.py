"""Parts of a forecast, folded: what is not opened is neither read nor drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from analytics.briefing.stamps import with_maker
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.ledger.forecasts import IssuedForecast
from analytics.prices.outlook_parts import (
    issued_before_figure,
    own_scores,
    run_figure,
    weights_figure,
)
from analytics.prices.record import backtest_figure
from pages.prices.record_parts import issued_pairs
from pages.ui.figure import show_figure
from pages.ui.fold import folded
from pages.ui.state import say


def show_parts(edition: Edition, *, series: str, issued: IssuedForecast) -> None:
    """Weights, back-test by horizon, what was issued before, and the run with its data."""
    makers: Mapping[str, Callable[[], Figure]] = {
        "weights": lambda: weights_figure(edition, series=series, issued=issued),
        "horizons": lambda: backtest_figure(edition, own_scores(issued), series=series),
        "issued": lambda: issued_before_figure(edition, issued_pairs(edition), series=series),
        "run": lambda: run_figure(edition, series=series, issued=issued),
    }
    newest = {"newest_run": issued.run_id}
    recipes: Mapping[str, tuple[str, Mapping[str, int]]] = {
        "weights": ("prices/weights", {}),
        "horizons": ("prices/horizons", {}),
        "issued": ("prices/issued_before", newest),
        "run": ("prices/run", {}),
    }
    for name, make in makers.items():
        maker, more = recipes[name]
        stamped = partial(_made, make, maker, series=series, **more)
        folded(f"part_{name}", title=say(f"record.part.{name}"), draw=_drawer(name, stamped))


def _made(make: Callable[[], Figure], maker: str, **choices: object) -> Figure:
    """The figure with what makes it again."""
    return with_maker(make(), maker, **choices)


def _drawer(name: str, make: Callable[[], Figure]) -> Callable[[], None]:
    return lambda: show_figure(make(), key=f"price_{name}") or None
