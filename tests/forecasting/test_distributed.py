"""The same digits from a cluster as from this machine."""

from __future__ import annotations

import pandas as pd
import pytest
from distributed import LocalCluster

from analytics.forecasting import forecast_panel
from analytics.forecasting.distributed import ClusterMissing, cluster_runner
from tests.forecasting.panels import monthly, random_walk, seasonal

pytestmark = pytest.mark.thorough
SETTINGS = {
    "freq": "MS", "as_of": None, "seed": 1, "max_origins": 10, "is_light": True, "horizon": 3,
}  # fmt: skip


@pytest.fixture
def two_workers():
    """Address of a Dask cluster of two processes on this machine."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def test_two_dask_workers_find_every_digit_of_the_local_run(two_workers):
    panel = pd.concat(
        [monthly(seasonal(40, seed=i), unique_id=f"season-{i}") for i in range(3)]
        + [monthly(random_walk(40, seed=i), unique_id=f"walk-{i}") for i in range(3)]
        + [monthly(seasonal(9), unique_id="short")]
    )
    local = forecast_panel(panel, **SETTINGS, with_panel_model=True)
    spread = forecast_panel(
        panel, **SETTINGS, with_panel_model=True,
        run_tasks=cluster_runner("dask", address=two_workers),
    )  # fmt: skip
    for name in ("forecasts", "verdicts", "scores", "backtest", "treatments", "failures"):
        pd.testing.assert_frame_equal(getattr(local, name), getattr(spread, name), check_exact=True)


def test_a_missing_package_is_named_with_its_cure(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fugue_ray", None)
    with pytest.raises(ClusterMissing, match=r"requirements-distributed\.txt"):
        cluster_runner("ray")
