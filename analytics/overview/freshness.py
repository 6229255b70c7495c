"""How old each dataset is, and what the newest edition changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.editions.edition import Edition
from analytics.figures.result import Label
from analytics.i18n import LANGUAGES, text
from analytics.ingest.datasets import dataset_forms

DAYS_IN_MONTH = 30.44


@dataclass(frozen=True)
class DatasetAge:
    """One dataset: its newest figure, how old that is, and what it holds."""

    dataset: str
    title: Label
    newest: date | None
    age_months: int | None
    values: int
    rows: int
    missing: int
    corrected: int
    rejected: int
    repeated: int
    unverified: int
    is_changed: bool


def dataset_ages(edition: Edition, *, today: date) -> tuple[DatasetAge, ...]:
    """Age of every dataset, newest first. `is_changed`: this edition brought or changed it."""
    titles = dataset_titles(edition)
    ages = [_age(edition, name, titles[name], today) for name in edition.datasets]
    return tuple(sorted(ages, key=lambda age: (age.newest is None, -_ordinal(age.newest))))


def dataset_titles(edition: Edition) -> Mapping[str, Label]:
    """Titles of the datasets as the pack gives them; of those that only offices bring, ours."""
    titles: dict[str, Label] = {
        name: Label(*(text(f"data_desk.dataset.{name}.title", one) for one in LANGUAGES))
        for name in edition.datasets
        if name in dataset_forms()
    }
    for resource in edition.descriptor["resources"]:  # type: ignore[attr-defined]
        settings = resource.get("sejahtera", {})
        if settings.get("role") == "dataset":
            title = settings["title"]
            titles[settings["dataset"]] = Label(title["id"], title["en"])
    return titles


def _age(edition: Edition, name: str, title: Label, today: date) -> DatasetAge:
    facts = edition.dataset_facts(name)
    newest = date.fromisoformat(str(facts["newest_period"])) if facts["newest_period"] else None
    unverified = edition.observations(name, with_unverified=True)["obs_status"].eq("U").sum()
    return DatasetAge(
        dataset=name,
        title=title,
        newest=newest,
        age_months=int((today - newest).days / DAYS_IN_MONTH) if newest else None,
        **{key: int(facts[key]) for key in  # type: ignore[call-overload]
           ("values", "rows", "missing", "corrected", "rejected", "repeated")},
        unverified=int(unverified),
        is_changed=name in edition.changed_datasets,
    )  # fmt: skip


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
