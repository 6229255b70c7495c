"""Health of an installation: versions, store, hashes, editions, age of data, forecasts, admin."""

from __future__ import annotations

import platform
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from analytics import __version__
from analytics.editions.files import BrokenEdition
from analytics.editions.heal import find_leftovers
from analytics.editions.store import Store, open_store
from analytics.ledger.desk import list_batches
from analytics.ledger.migrations import LedgerTooNew
from analytics.ledger.steps import STATES
from analytics.ledger.tables import forecast_runs
from analytics.pack.checks import check_pack
from analytics.pack.problems import PackRefused
from analytics.pack.reader import read_pack
from analytics.people.accounts import active_admins
from analytics.people.database import open_people
from analytics.settings import Settings

PACKAGES = ("streamlit", "pandas", "geopandas", "folium", "statsforecast", "sqlalchemy", "pyarrow")
OLD_AFTER_DAYS = 400


def examine(settings: Settings, *, today: date, now: datetime) -> dict[str, object]:
    """Facts, `warnings` (old data, no forecast or admin) and `faults` (store, hash, pack)."""
    regions = {region: _examine_region(settings, region, today) for region in settings.regions}
    warnings = [f"{name}: {text}" for name, facts in regions.items() for text in facts["warnings"]]  # type: ignore[attr-defined]
    faults = [f"{name}: {text}" for name, facts in regions.items() for text in facts["faults"]]  # type: ignore[attr-defined]
    people, people_warnings, people_faults = _examine_people(settings, now)
    return {
        "versions": {
            "sejahtera": __version__,
            "python": platform.python_version(),
            **{package: version(package) for package in PACKAGES},
        },
        "store": "postgresql" if settings.database_url else "sqlite",
        "home": str(settings.home),
        "today": today.isoformat(),
        "regions": regions,
        "people": people,
        "warnings": [*people_warnings, *warnings],
        "faults": [*people_faults, *faults],
        "ok": not faults and not people_faults,
    }


def _examine_people(
    settings: Settings, now: datetime
) -> tuple[dict[str, object], list[str], list[str]]:
    """Facts, warnings and faults of the accounts."""
    try:
        with open_people(settings).connect() as connection:
            admins = active_admins(connection, now=now)
    except (SQLAlchemyError, OSError) as error:
        return {}, [], [f"the accounts cannot be opened: {error}"]
    cure = "python -m analytics user add NAME --role admin"
    warnings = [] if admins else [f"no administrator: run `{cure}`"]
    return {"administrators": admins}, warnings, []


def _examine_region(settings: Settings, region: str, today: date) -> dict[str, object]:
    facts: dict[str, object] = {"warnings": [], "faults": _pack_faults(settings, region)}
    faults: list[str] = facts["faults"]  # type: ignore[assignment]
    try:
        store = open_store(settings, region)
        numbers = store.numbers()
    except (SQLAlchemyError, OSError, LedgerTooNew) as error:
        faults.append(f"the ledger cannot be opened: {error}")
        return facts
    facts["editions"] = list(numbers)
    facts["batches"] = _batch_states(store)
    leftovers = find_leftovers(store) if numbers else []
    if leftovers:
        facts["warnings"].append(  # type: ignore[attr-defined]
            f"{len(leftovers)} files of an interrupted run; the next load, ingest or publish "
            "clears them away"
        )
    if not numbers:
        facts["warnings"].append("no edition: run `python -m analytics load`")  # type: ignore[attr-defined]
        return facts
    return facts | _edition_facts(store, numbers, today, facts)


def _pack_faults(settings: Settings, region: str) -> list[str]:
    try:
        check_pack(read_pack(settings.pack_dir(region)))
    except PackRefused as refused:
        return [problem.words("en") for problem in refused.problems]
    return []


def _edition_facts(
    store: Store, numbers: tuple[int, ...], today: date, facts: dict[str, object]
) -> dict[str, object]:
    faults: list[str] = list(facts["faults"])  # type: ignore[call-overload]
    for number in numbers:
        try:
            store.edition(number).check()
        except (BrokenEdition, OSError) as error:
            faults.append(f"edition {number}: {error}")
    datasets: dict[str, object] = {}
    warnings: list[str] = list(facts["warnings"])  # type: ignore[call-overload]
    if not faults:
        datasets, ages = _dataset_ages(store, today)
        warnings += ages
    runs = _count(store, select(func.count()).select_from(forecast_runs))
    if not runs:
        warnings.append("no forecast: run `python -m analytics forecast`")
    return {
        "faults": faults,
        "warnings": warnings,
        "datasets": datasets,
        "forecast_runs": runs,
    }


def _batch_states(store: Store) -> dict[str, int]:
    """How many batches wait, are published, were withdrawn."""
    with store.engine.connect() as connection:
        found = [batch.state for batch in list_batches(connection)]
    return {state: found.count(state) for state in STATES}


def _dataset_ages(store: Store, today: date) -> tuple[dict[str, object], list[str]]:
    edition = store.edition()
    ages: dict[str, object] = {}
    warnings: list[str] = []
    for dataset in edition.datasets:
        newest = edition.dataset_facts(dataset)["newest_period"]
        days = (today - date.fromisoformat(str(newest))).days if newest else None
        ages[dataset] = {"newest_period": newest, "age_days": days,
                         "values": edition.dataset_facts(dataset)["values"]}  # fmt: skip
        if days is not None and days > OLD_AFTER_DAYS:
            warnings.append(f"{dataset}: newest figure is {days} days old")
    return ages, warnings


def _count(store: Store, query: Select) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(query).scalar() or 0)
