"""One edition, read-only: datasets, reference tables and boundaries of a region."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds

from analytics.editions.files import check_file
from analytics.editions.vocabulary import Vocabulary
from analytics.observations.concepts import EditionStamp, Label
from analytics.observations.status import UNVERIFIED_CAVEAT, ObsStatus
from analytics.observations.table import DATE_COLUMNS, EDITION_COLUMNS, PUBLISHED


@dataclass(frozen=True)
class Edition:
    """An immutable state of all datasets of a region. Everything here comes from its files."""

    stamp: EditionStamp
    folder: Path
    manifest: Mapping[str, object]

    @property
    def region(self) -> Mapping[str, object]:
        """The region's `sejahtera` section: ref_area, names, levels."""
        return self.descriptor["sejahtera"]  # type: ignore[return-value]

    @property
    def ref_area(self) -> str:
        return str(self.region["ref_area"])

    @property
    def parent_area(self) -> str:
        return str(self.region["parent_area"])

    def day_of(self, moment: datetime) -> date:
        """The day that a moment belongs to in the region's time zone."""
        return day_in_region(self.descriptor, moment)

    @cached_property
    def descriptor(self) -> Mapping[str, object]:
        """The data package's descriptor as it was when the edition was made."""
        path = self.folder / str(self.manifest["descriptor"])
        return json.loads(path.read_text(encoding="utf-8"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        files: Mapping[str, str] = self.manifest["reference"]  # type: ignore[assignment]
        tables = {name: pd.read_parquet(self.folder / file) for name, file in files.items()}
        return Vocabulary(tables=tables)

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(self.manifest["datasets"])  # type: ignore[arg-type]

    @property
    def changed_datasets(self) -> tuple[str, ...]:
        """Datasets that this edition brought or changed."""
        return tuple(self.manifest["changed"])  # type: ignore[arg-type]

    def dataset_facts(self, dataset: str) -> Mapping[str, object]:
        """What the manifest says of a dataset: file, rows, counts by state, newest period."""
        return self.manifest["datasets"][dataset]  # type: ignore[index]

    def reference(self, name: str) -> pd.DataFrame:
        """A reference table, every cell text."""
        return self.vocabulary.tables[name]

    def boundary(self, level: str) -> Path:
        """The GeoJSON of a level (`kabupaten`, `kecamatan`, `hole`). Raises KeyError."""
        return self.folder / str(self.manifest["boundaries"][level])  # type: ignore[index]

    @property
    def boundary_levels(self) -> tuple[str, ...]:
        return tuple(self.manifest["boundaries"])  # type: ignore[arg-type]

    def observations(
        self,
        dataset: str,
        *,
        states: Sequence[str] = (PUBLISHED,),
        with_unverified: bool = False,
        **equal_to: str | Sequence[str],
    ) -> pd.DataFrame:
        """Rows of a dataset in the edition's columns; dates as datetime64, in the file's order.

        `equal_to` filters columns by one value or several. Unverified rows (status U, and
        missing values of an unverified source) only come when asked for.
        """
        wanted = _wanted(states, with_unverified, equal_to)
        path = self.folder / str(self.dataset_facts(dataset)["file"])
        table = ds.dataset(path, format="parquet").to_table(
            columns=list(EDITION_COLUMNS), filter=wanted, use_threads=False
        )
        frame = table.to_pandas(date_as_object=False)
        for column in DATE_COLUMNS:
            frame[column] = frame[column].astype("datetime64[ns]")
        return frame

    def preferred(self, frame: pd.DataFrame) -> pd.DataFrame:
        """One source for each quantity: the one the pack prefers; the others are left out.

        Quantity = area, place, item, indicator, period and step. Ties go to the newest source.
        """
        key = ["ref_area", "place", "item", "indicator", "period_start", "period_end", "freq"]
        sources = self.vocabulary.sources
        ranked = frame.assign(
            _rank=frame["source_id"].map(sources["preference"]),
            _year=-pd.to_numeric(frame["source_id"].map(sources["year"]), errors="coerce").fillna(
                0
            ),
        ).sort_values(["_rank", "_year", "source_id"], kind="stable")
        chosen = ranked[~ranked.duplicated(key)].sort_index()
        return chosen.drop(columns=["_rank", "_year"])

    def check(self) -> None:
        """Raises BrokenEdition when a file is missing or differs from its hash."""
        for file in self.files():
            check_file(self.folder / file)

    def files(self) -> tuple[str, ...]:
        """Names of all files of the edition."""
        datasets: Mapping[str, Mapping[str, object]] = self.manifest["datasets"]  # type: ignore[assignment]
        reference: Mapping[str, str] = self.manifest["reference"]  # type: ignore[assignment]
        boundaries: Mapping[str, str] = self.manifest["boundaries"]  # type: ignore[assignment]
        return (
            str(self.manifest["descriptor"]),
            *(str(facts["file"]) for facts in datasets.values()),
            *reference.values(),
            *boundaries.values(),
        )


def day_in_region(descriptor: Mapping[str, object], moment: datetime) -> date:
    """The day that a moment belongs to in the region's time zone."""
    zone = ZoneInfo(str(descriptor["sejahtera"]["timezone"]))  # type: ignore[index]
    return moment.astimezone(zone).date()


def region_label(descriptor: Mapping[str, object], key: str = "name") -> Label:
    """The region's name in both languages."""
    names: Mapping[str, str] = descriptor["sejahtera"][key]  # type: ignore[index]
    return Label(names["id"], names["en"])


def _wanted(
    states: Sequence[str], with_unverified: bool, equal_to: Mapping[str, str | Sequence[str]]
) -> ds.Expression:
    """Filter on columns of the long table. An unknown column raises KeyError."""
    wanted = ds.field("row_state").isin(list(states))
    if not with_unverified:
        wanted &= ds.field("obs_status") != ObsStatus.UNVERIFIED.value
        wanted &= ~pc.match_substring(ds.field("caveat"), UNVERIFIED_CAVEAT)
    for column, value in equal_to.items():
        if column not in EDITION_COLUMNS:
            raise KeyError(f"The long table has no column '{column}'.")
        wanted &= ds.field(column).isin([value] if isinstance(value, str) else list(value))
    return wanted
