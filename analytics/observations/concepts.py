"""What stands beside every figure: names, indicators, sources, periods, the edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analytics.i18n import Formatter


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

    @property
    def short_publisher(self) -> str:
        """The publisher's name without remarks on copies and archives."""
        return self.publisher.partition(" (")[0].partition(";")[0]

    @property
    def citation(self) -> str:
        """`Publisher (year): title`, without the year where the source gives none."""
        year = f" ({self.year})" if self.year else ""
        return f"{self.publisher}{year}: {self.title}"


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
