"""Bytes to rows and findings: the whole way of a file, without writing anything anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.ingest.checks import checks
from analytics.ingest.checks.check import Outcome, Scene
from analytics.ingest.datasets import DatasetForm, dataset_form
from analytics.ingest.door import open_upload
from analytics.ingest.findings import (
    FileRefused,
    Finding,
    Severity,
    as_findings,
    finding_of_file,
    findings_at,
    joined,
)
from analytics.ingest.grids import Book, read_book
from analytics.ingest.layouts import layouts
from analytics.ingest.layouts.layout import SURE_ENOUGH, Layout, Task
from analytics.ingest.profiles import Profile
from analytics.ingest.region import Region
from analytics.ingest.resolve import resolve

Progress = Callable[[int, int, str], None]
STEPS = ("opening", "recognising", "reading", "resolving", "checking")


@dataclass(frozen=True)
class CheckReport:
    """What a file would bring. `rows` are in ROW_COLUMNS of resolve, refused ones marked."""

    file: str
    dataset: str
    layout: str
    rows: pd.DataFrame
    findings: pd.DataFrame

    @property
    def accepted(self) -> pd.DataFrame:
        """Rows as they would be stored."""
        return self.rows[~self.rows["is_refused"]]

    @property
    def refused_count(self) -> int:
        """Rows that cannot be stored as they are."""
        return int(self.rows["is_refused"].sum())

    @property
    def is_clean(self) -> bool:
        """Whether no row is refused and nothing is wrong with the file itself."""
        return not (self.findings["severity"] == Severity.ERROR.value).any()

    def count(self, severity: Severity) -> int:
        """Findings of a severity."""
        return int((self.findings["severity"] == severity.value).sum())

    def listed(self) -> list[Finding]:
        """All findings, errors first."""
        return as_findings(self.findings)


def _no_progress(_done: int, _total: int, _name: str) -> None:
    """Nobody watches."""


def check_file(
    name: str,
    content: bytes,
    *,
    region: Region,
    dataset: str,
    area: str = "",
    source: str = "",
    profile: Mapping[str, object] | None = None,
    on_progress: Progress = _no_progress,
) -> CheckReport:
    """The rows a file would bring to a dataset and everything found on the way.

    `area` is for files that name none, `source` for rows that name none. Raises FileRefused when
    the file cannot be taken at all, UnknownDataset for a dataset that no file can be for.
    """
    dataset_form(dataset)
    on_progress(0, len(STEPS), STEPS[0])
    book = read_book(open_upload(name, content))
    return check_book(
        book, region=region, dataset=dataset, area=area, source=source, profile=profile,
        on_progress=on_progress,
    )  # fmt: skip


def check_book(
    book: Book,
    *,
    region: Region,
    dataset: str,
    area: str = "",
    source: str = "",
    profile: Mapping[str, object] | None = None,
    on_progress: Progress = _no_progress,
) -> CheckReport:
    """As `check_file`, of a file that has been opened."""
    form = dataset_form(dataset)
    task = Task(region, form, area=area, profile=profile or {})
    on_progress(1, len(STEPS), STEPS[1])
    layout = recognise(book, task)
    on_progress(2, len(STEPS), STEPS[2])
    reading = layout.read(book, task)
    on_progress(3, len(STEPS), STEPS[3])
    rows, found = resolve(reading, region, dataset=dataset)
    if rows.empty:
        raise FileRefused("no_values", file=book.name)
    rows = _with_source(rows, source)
    on_progress(4, len(STEPS), STEPS[4])
    rows, of_checks = run_checks(rows, Scene(region, form))
    findings = joined([book.findings, reading.findings, found, of_checks, _about_source(rows)])
    on_progress(len(STEPS), len(STEPS), "")
    return CheckReport(book.name, dataset, layout.name, rows, _errors_first(findings))


def recognise(book: Book, task: Task) -> Layout:
    """The layout that is surest; with a mapping only what reads by it: a person's word goes before
    what we think. Raises FileRefused when none is sure enough, or the mapping does not fit.
    """
    if task.profile:
        _refuse_other_dataset(book, task)
    scored = [
        (layout.recognise(book, task), layout)
        for layout in layouts()
        if task.form.name in layout.datasets and (layout.by_mapping or not task.profile)
    ]
    score, best = max(scored, key=lambda pair: (pair[0], pair[1].name))
    if score < SURE_ENOUGH and task.profile:
        headings = ", ".join(Profile.of(task.profile).headings)
        raise FileRefused("profile_unfit", file=book.name, expected=headings)
    if score < SURE_ENOUGH:
        raise _not_recognised(book, task.form, [layout.name for _, layout in scored])
    return best


def _refuse_other_dataset(book: Book, task: Task) -> None:
    meant = Profile.of(task.profile).dataset
    if meant != task.form.name:
        raise FileRefused("profile_dataset", file=book.name, found=meant, expected=task.form.name)


def _not_recognised(book: Book, form: DatasetForm, names: list[str]) -> FileRefused:
    return FileRefused("layout", file=book.name, found=form.name, expected=", ".join(names))


def _with_source(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    stated = rows["source_id"]
    return rows.assign(source_id=stated.where(stated != "", source)) if source else rows


def _about_source(rows: pd.DataFrame) -> pd.DataFrame:
    """A note when rows name no source: it must be chosen before they are published."""
    lacking = int((rows["source_id"] == "").sum())
    parts = [finding_of_file("source_missing", Severity.NOTE, found=str(lacking))]
    return joined(parts if lacking else [])


def run_checks(rows: pd.DataFrame, scene: Scene) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows with refusals added, and the findings of every check.

    Each check sees the rows that were resolved; what one refuses the others still look at.
    """
    resolved = rows[~rows["is_refused"]]
    refused = rows["is_refused"].to_numpy(bool).copy()
    parts: list[pd.DataFrame] = []
    for check in checks() if len(resolved) else ():
        for outcome in check.run(resolved, scene):
            bad = outcome.bad.fillna(False).astype(bool)
            if bad.any():
                parts.append(_findings(resolved, outcome, bad))
                if outcome.severity is Severity.ERROR:
                    refused[resolved.index[bad]] = True
    return rows.assign(is_refused=refused), joined(parts)


def _findings(rows: pd.DataFrame, outcome: Outcome, bad: pd.Series) -> pd.DataFrame:
    told = ("found", "expected", "other_row", "other_batch")
    parts = {name: getattr(outcome, name) for name in told}
    texts = {
        name: _written(part[bad]) if isinstance(part, pd.Series) else part
        for name, part in parts.items()
    }
    return findings_at(rows[bad], outcome.kind, outcome.severity, **texts)


def _written(values: pd.Series) -> pd.Series:
    """Texts as they are, numbers with a point and at most four decimals, nothing for missing."""
    if not pd.api.types.is_numeric_dtype(values):
        return values.fillna("").astype(str)
    return values.map(lambda value: "" if pd.isna(value) else f"{round(value, 4):.15g}")


def _errors_first(findings: pd.DataFrame) -> pd.DataFrame:
    order = {Severity.ERROR.value: 0, Severity.WARNING.value: 1, Severity.NOTE.value: 2}
    rank = findings["severity"].map(order).to_numpy(float)
    return findings.iloc[np.argsort(rank, kind="stable")].reset_index(drop=True)
