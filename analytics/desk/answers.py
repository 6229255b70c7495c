"""What the desk answers: plain values that go between the page and its job processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TypeVar

import pandas as pd

from analytics.i18n import LANGUAGES, text
from analytics.ingest.datasets import UnknownDataset
from analytics.ingest.findings import FileRefused, Severity
from analytics.ledger.desk import DeskRefused
from analytics.ledger.mapping_profiles import SavedProfile
from analytics.people.rights import NotAllowed

Answer = TypeVar("Answer")
REFUSED = (DeskRefused, FileRefused, NotAllowed, UnknownDataset)


@dataclass(frozen=True)
class Refusal:
    """Why something was not done, as a sentence in each language."""

    kind: str
    sentences: Mapping[str, str]

    def words(self, language: str) -> str:
        """The sentence in that language."""
        return self.sentences[language]


def refusal(error: DeskRefused | FileRefused | NotAllowed | UnknownDataset) -> Refusal:
    """The refusal that an exception of the desk, the door or the rights tells."""
    if isinstance(error, UnknownDataset):
        key, values = "ingest.check.dataset_unknown", {"dataset": "", "known": str(error)}
        return Refusal("dataset", {one: text(key, one, **values) for one in LANGUAGES})
    kind = getattr(error, "kind", "") or getattr(error, "key", "")
    return Refusal(str(kind), {one: error.words(one) for one in LANGUAGES})


@dataclass(frozen=True)
class HowToRead:
    """What a file does not say itself: its dataset, area and source, and a mapping as JSON."""

    dataset: str
    area: str = ""
    source: str = ""
    profile: str = ""

    @property
    def as_settings(self) -> dict[str, object]:
        """What is kept with the batch: how the file was read."""
        told = {name: value for name, value in asdict(self).items() if name != "dataset"}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class SheetHead:
    """The first rows of a sheet as text."""

    sheet: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Look:
    """A file that could be read.

    `rows` are the first ones, in ROW_COLUMNS of `ingest.resolve`; `findings` the first ones,
    errors first, in FINDING_COLUMNS. `seen` is a digest of all of them: who accepts warnings
    accepts these. `sheets` are for who says that the file is something else, `fitting` the saved
    mappings that could read it too.
    """

    file: str
    dataset: str
    layout: str
    row_count: int
    refused_count: int
    counts: Mapping[str, int]
    sourceless: int
    rows: pd.DataFrame
    findings: pd.DataFrame
    seen: str
    sheets: tuple[SheetHead, ...] = ()
    fitting: tuple[SavedProfile, ...] = field(default=())

    def count(self, severity: Severity) -> int:
        """Findings of a severity in the whole file."""
        return self.counts[severity.value]


@dataclass(frozen=True)
class Unread:
    """A file that could not be read; `sheets` where its columns may be mapped by hand."""

    refusal: Refusal
    sheets: tuple[SheetHead, ...] = ()
    fitting: tuple[SavedProfile, ...] = field(default=())


@dataclass(frozen=True)
class Said:
    """What the officer says beside a file: a note, the reason why warnings are right, and whether
    refused rows are left out. `seen` is the digest of the findings that were looked at.
    """

    note: str = ""
    accepted_warnings: str = ""
    only_accepted: bool = False
    seen: str = ""


@dataclass(frozen=True)
class Kept:
    """The batch that holds a file; not new where the same bytes had been brought before."""

    batch_id: int
    is_new: bool
    rows: int


@dataclass(frozen=True)
class Shown:
    """The effect of a batch: counts by area and indicator, totals that change, stale forecasts, and
    the items that change, the most touched first.
    """

    edition: int
    dataset: str
    counts: pd.DataFrame
    totals: pd.DataFrame
    stale_forecasts: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What was done to a batch; `edition` is None where it was withdrawn before it counted."""

    batch_id: int
    dataset: str
    edition: int | None
    effect: Shown | None


@dataclass(frozen=True)
class Sure:
    """Figures that were confirmed: the batch that says so, its edition, the rows that now count."""

    batch_id: int
    edition: int | None
    rows: int


def told(act: Callable[[], Answer]) -> Answer | Refusal:
    """What the act answers, or why it was refused; a fault of ours is not caught."""
    try:
        return act()
    except REFUSED as error:
        return refusal(error)
