"""The same work on other machines: series are spread over a Dask, Ray or Spark cluster.

Fugue speaks to all three. What is sent is a task of one series and what comes back its
outcome, so every digit is the one this machine would have found. The machines need the same
packages and this code. Optional: requirements-distributed.txt.
"""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from analytics.forecasting.engine import Outcome, Runner, Task, forecast_series

ENGINES = ("dask", "ray", "spark")
# Several parts a worker, so that one slow series does not hold up the rest.
PARTS_PER_WORKER = 4


class ClusterMissing(ValueError):
    """The packages for a cluster are not installed, or it does not answer."""


def cluster_runner(engine: str, *, address: str | None = None) -> Runner:
    """A runner over an existing cluster, or over one on this machine without an address.

    Raises ClusterMissing with what to do.
    """
    try:
        connected = _CONNECTED[engine](address)
    except ImportError as error:
        raise ClusterMissing(
            f"Package {error.name} is missing; install requirements-distributed.txt."
        ) from error
    except (OSError, TimeoutError, ConnectionError) as error:
        raise ClusterMissing(f"No {engine} cluster answers at {address}: {error}") from error

    def run(tasks: Sequence[Task]) -> Iterator[tuple[str, Outcome]]:
        return _spread(tasks, engine=connected)

    return run


def _spread(tasks: Sequence[Task], *, engine: Any) -> Iterator[tuple[str, Outcome]]:
    import fugue.api as fugue
    from fugue import make_execution_engine

    if not tasks:
        return
    workers = make_execution_engine(engine).get_current_parallelism()
    parts = min(len(tasks), PARTS_PER_WORKER * workers)
    sent = pd.DataFrame({"task": [_as_text(task) for task in tasks]})
    found = fugue.transform(
        sent, outcomes_of, schema="unique_id:str,outcome:str", engine=engine, as_local=True,
        partition={"num": parts, "algo": "even"},
    )  # fmt: skip
    for unique_id, outcome in fugue.as_pandas(found).itertuples(index=False):
        yield unique_id, _from_text(outcome)


def outcomes_of(tasks: pd.DataFrame) -> pd.DataFrame:
    """What a worker makes of its share of the tasks."""
    done = [_from_text(task) for task in tasks["task"]]
    return pd.DataFrame(
        {
            "unique_id": [task.series.unique_id for task in done],
            "outcome": [_as_text(forecast_series(task)) for task in done],
        }
    )


def _as_text(thing: Task | Outcome) -> str:
    """Text, since not every engine carries bytes in a table unharmed."""
    return base64.b64encode(pickle.dumps(thing)).decode("ascii")


def _from_text(words: str) -> Any:
    # Between the asking machine and its own workers, which run our code anyway.
    return pickle.loads(base64.b64decode(words))  # noqa: S301


def _dask(address: str | None) -> Any:
    import fugue_dask  # noqa: F401  # Fugue learns of Dask by it
    from distributed import Client

    return Client(address, set_as_default=False) if address else Client(dashboard_address=None)


def _ray(address: str | None) -> Any:
    import fugue_ray  # noqa: F401
    import ray

    ray.init(address=address, ignore_reinit_error=True, include_dashboard=False)
    return "ray"


def _spark(address: str | None) -> Any:
    import fugue_spark  # noqa: F401
    from pyspark.sql import SparkSession

    return SparkSession.builder.master(address or "local[*]").getOrCreate()


_CONNECTED: dict[str, Callable[[str | None], Any]] = {"dask": _dask, "ray": _ray, "spark": _spark}
