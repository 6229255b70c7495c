"""What a layout is: how sure it is about a file, and how it reads one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics.ingest.datasets import DatasetForm
from analytics.ingest.entries import Reading
from analytics.ingest.grids import Book
from analytics.ingest.region import Region

# Below this nobody is sure enough to read a file.
SURE_ENOUGH = 0.5


@dataclass(frozen=True)
class Task:
    """What a file is read for. `area` is the area of files that name none."""

    region: Region
    form: DatasetForm
    area: str = ""
    profile: Mapping[str, object] = field(default_factory=dict)

    @property
    def default_area(self) -> str:
        """The area of a file that names none: as said, else the region."""
        return self.area or self.region.ref_area


@dataclass(frozen=True)
class Layout:
    """One layout. `recognise` gives 0 (not this one) to 1 (certainly this one).

    `by_mapping`: it reads a file by the mapping of the task, where there is one.
    """

    name: str
    datasets: tuple[str, ...]
    recognise: Callable[[Book, Task], float]
    read: Callable[[Book, Task], Reading]
    by_mapping: bool = False
