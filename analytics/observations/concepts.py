"""What stands beside every figure: names, indicators, sources, periods, the edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from analytics.i18n import Formatter

INDONESIAN = "id"


@dataclass(frozen=True)
class Label:
    """A name in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True)
class Indicator:
    """What is measured: unit, decimals, which way is better, how to aggregate."""

    code: str
    name: Label
    unit: str
    unit_symbol: Label
    decimals: int
    better: str  # up, down or neither
    aggregate: str  # sum, mean, last, recompute or none
    definition: Label
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True)
class Source:
    """Where figures come from: what stands beside every one of them."""

    source_id: str
    title: str
    publisher: str
    year: str
    url: str
    licence: Label
    method: str
    method_name: Label
    publisher_id: str = ""  # in Indonesian, where the pack gives it; else as it stands
    title_id: str = ""

    @property
    def short_publisher(self) -> str:
        """The publisher's name without remarks on copies and archives."""
        return self.publisher.partition(" (")[0].partition(";")[0]

    @property
    def citation(self) -> str:
        """`Publisher (year): title`, without the year where the source gives none."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.publisher}{year}: {self.title}"

    def publisher_in(self, language: str) -> str:
        """The publisher, with remarks on copies and quotations in the reader's language."""
        return (self.publisher_id if language == INDONESIAN else "") or self.publisher

    def title_in(self, language: str) -> str:
        """The title as printed, with remarks in the reader's language."""
        return (self.title_id if language == INDONESIAN else "") or self.title

    def cited(self, language: str) -> str:
        """The citation with its remarks in the reader's language."""
        own = replace(self, publisher=self.publisher_in(language), title=self.title_in(language))
        return own.citation


@dataclass(frozen=True)
class Period:
    """The span the figures stand for; both ends None when the source gives no date."""

    start: date | None
    end: date | None
    freq: str = "_O"

    def words(self, language: str) -> str:
        return Formatter(language).period(self.start, self.end, self.freq)


@dataclass(frozen=True)
class EditionStamp:
    """Which edition of which region a figure was made from."""

    region: str
    region_name: Label
    number: int
    published_at: datetime
    published_on: date  # the day in the region's time zone: what readers are told
    is_training: bool
