"""What a heading or title says: indicator, item, unit, year, month. Also of bilingual ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analytics.ingest.periods import WHOLE_YEAR_WORDS, is_provisional, month_number, year_number
from analytics.ingest.places import Names, plain
from analytics.ingest.region import Region, words

YEAR_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
NOTE_WORDS = ("catatan", "sumber", "keterangan", "note", "source", "ket", "diolah")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def spaced(text: str) -> str:
    """Words in small letters between single blanks, so that a phrase can be looked for."""
    return f" {_NOT_WORD.sub(' ', text.lower()).strip()} "


def is_note(text: str) -> bool:
    """Whether a row begins the notes below a table."""
    words_in = spaced(text).split()
    return bool(words_in) and (words_in[0] in NOTE_WORDS or text.lstrip().startswith("*"))


@dataclass(frozen=True)
class Heading:
    """What is said in the cells above one column, or in a title; empty or None where nothing is."""

    indicator: str = ""
    item: str = ""
    unit: str = ""
    year: int | None = None
    month: int | None = None
    is_whole_year: bool = False
    is_provisional: bool = False

    @property
    def period(self) -> str:
        """The period as text, `2018-03` or `2018*`; empty without a year."""
        if self.year is None:
            return ""
        star = "*" if self.is_provisional else ""
        if self.month is not None and not self.is_whole_year:
            return f"{self.year}-{self.month:02d}{star}"
        return f"{self.year}{star}"

    def over(self, below: Heading) -> Heading:
        """This heading completed by what only `below` says."""
        return Heading(
            indicator=self.indicator or below.indicator,
            item=self.item or below.item,
            unit=self.unit or below.unit,
            year=self.year or below.year,
            month=self.month or below.month,
            is_whole_year=self.is_whole_year or below.is_whole_year,
            is_provisional=self.is_provisional or below.is_provisional,
        )


@dataclass(frozen=True)
class HeadingReader:
    """Reads headings with the words of a region."""

    region: Region

    @cached_property
    def default_items(self) -> Mapping[str, str]:
        """What a table is about by its indicator, when it names no commodity."""
        return {code: items[0] for code, items in words()["default_item"].items()}

    @cached_property
    def _items(self) -> list[tuple[str, str]]:
        general = set(self.default_items.values())
        return _phrases(self.region.items, without=general)

    @cached_property
    def _indicators(self) -> list[tuple[str, str]]:
        return _phrases(self.region.indicators, without=())

    def read(self, text: str) -> Heading:
        """Everything one cell says."""
        year = year_number(text.split("\n")[0].strip())
        return Heading(
            indicator=self.indicator_in(text),
            item=self.item_in(text),
            unit=self.unit_in(text),
            year=year,
            month=None if year else month_number(text),
            is_whole_year=_is_whole_year(text),
            is_provisional=bool(year) and is_provisional(text.split("\n")[0]),
        )

    def read_title(self, texts: Iterable[str]) -> Heading:
        """What the title says: a year only when it names a single one."""
        joined = " ".join(texts)
        years = set(YEAR_IN_TEXT.findall(joined))
        return Heading(
            indicator=self.indicator_in(joined),
            item=self.item_in(joined),
            unit=self.unit_in(joined),
            year=int(years.pop()) if len(years) == 1 else None,
        )

    def unit_in(self, text: str) -> str:
        """The unit in brackets or after the last comma; empty when there is none known."""
        candidates = [*IN_BRACKETS.findall(text), text.rsplit(",", 1)[-1]]
        for candidate in candidates:
            code = self.region.units.find(candidate.strip()).code
            if code:
                return code
        return ""

    def item_in(self, text: str) -> str:
        """The only item named; empty when none or several are."""
        found = _longest(self._items, text)
        return found.pop() if len(found) == 1 else ""

    def indicator_in(self, text: str) -> str:
        """The indicator named by the longest phrase; empty when none or two equally long are."""
        found = _longest(self._indicators, text)
        return found.pop() if len(found) == 1 else ""


def _is_whole_year(text: str) -> bool:
    parts = [plain(part) for part in re.split(r"[\n/]", text) if plain(part)]
    return bool(parts) and all(part in WHOLE_YEAR_WORDS for part in parts)


def _phrases(names: Names, *, without: Iterable[str]) -> list[tuple[str, str]]:
    """Phrases and codes, longest first; names that two codes bear are left out."""
    left_out = set(without)
    pairs = [
        (spaced(phrase), next(iter(codes)))
        for phrase, codes in names.by_phrase.items()
        if len(codes) == 1 and not codes & left_out
    ]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def _longest(phrases: list[tuple[str, str]], text: str) -> set[str]:
    """Codes of the phrases in a text that are part of no longer one."""
    rest, found = spaced(text), set()
    for phrase, code in phrases:
        if phrase in rest:
            found.add(code)
            rest = rest.replace(phrase, "  ")
    return found
