"""From names as typed to the codes of the region's vocabulary. Suggests, never guesses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from rapidfuzz import fuzz, process

LIKELY = 72.0
VERY_LIKELY = 88.0
CODE = re.compile(r"[A-Z]{2,3}(-\w+)?|\d\d(\.\d\d){0,2}(\.\d{4})?")
BPS_CODE = re.compile(r"\d{4}|\d{7}|\d{10}")
PLAIN_CODE = re.compile(r"\d{6}")
TOTAL_WORDS = frozenset({"jumlah", "total", "jumlahtotal", "totaljumlah"})
LEVEL_WORDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "regency": "kabupaten",
    "kota": "kota",
    "municipality": "kota",
    "city": "kota",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "subdistrict": "kecamatan",
    "district": "kecamatan",
    "provinsi": "provinsi",
    "prov": "provinsi",
    "province": "provinsi",
}
_NUMBERING = re.compile(r"^\s*\(?(\d{1,3}|[ivx]{1,4})[.)]+\s*(?=\D)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[A-Za-z])\s?(\d\)?|\*+\)?|[¹²³⁴⁵⁶⁷⁸⁹⁾]+)$")


@dataclass(frozen=True)
class Match:
    """A code, or the reason why there is none (`unknown` or `ambiguous`) and the names near it."""

    code: str = ""
    reason: str = ""
    near: str = ""


def plain(text: str) -> str:
    """Small letters and digits alone: `Sanan Kulon` and `S a n a n k u l o n` are one name."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "", letters.lower())


def without_ornaments(text: str) -> str:
    """A name without its number in the list and without footnote marks glued to it."""
    return _FOOTNOTE.sub("", _NUMBERING.sub("", text.strip())).strip()


def split_level(text: str) -> tuple[str, str]:
    """Level named by the first or last word and the name that is left: `Kab. Blitar`."""
    words = re.findall(r"[^\s.]+", without_ornaments(text))
    for position in (0, -1):
        if len(words) > 1 and words[position].lower() in LEVEL_WORDS:
            level = LEVEL_WORDS[words.pop(position).lower()]
            return level, plain(" ".join(words))
    return "", plain(" ".join(words))


def section_level(text: str) -> str:
    """The level that a row such as `Kabupaten/Regency` opens for the rows below; else empty."""
    parts = [plain(part) for part in re.split(r"[/\n]", without_ornaments(text)) if part.strip()]
    levels = {LEVEL_WORDS.get(part, "") for part in parts}
    return levels.pop() if len(levels) == 1 else ""


def is_total(text: str) -> bool:
    """Whether a row's name says that it is the sum of the rows above."""
    words = [plain(part) for part in re.split(r"[/\n]", text) if part.strip()]
    return bool(words) and all(word in TOTAL_WORDS for word in words)


@dataclass(frozen=True)
class Names:
    """Codes by name for one kind of thing (commodities, markets, units)."""

    codes: frozenset[str]
    by_name: Mapping[str, frozenset[str]]
    by_phrase: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], *, codes: Iterable[str]) -> Names:
        """From pairs of name and code; the first name of a code is what is suggested."""
        known = frozenset(codes)
        by_name: dict[str, set[str]] = {}
        by_phrase: dict[str, set[str]] = {}
        labels: dict[str, str] = {}
        for name, code in pairs:
            if code in known and plain(name):
                by_name.setdefault(plain(name), set()).add(code)
                by_phrase.setdefault(name.lower(), set()).add(code)
                labels.setdefault(code, name)
        return cls(
            codes=known,
            by_name={name: frozenset(found) for name, found in by_name.items()},
            by_phrase={phrase: frozenset(found) for phrase, found in by_phrase.items()},
            labels=labels,
        )

    def find(self, text: str, *, likely: float = LIKELY) -> Match:
        """The code of a name or code as typed; names nearer than `likely` (0-100) are suggested."""
        if text in self.codes:
            return Match(code=text)
        found = self._named(text)
        if found and len(found) == 1:
            return Match(code=next(iter(found)))
        if found:
            return Match(reason="ambiguous", near=self._told(found))
        return Match(reason="unknown", near=self._near(text, likely))

    def _named(self, text: str) -> frozenset[str]:
        """Codes of a name as it stands, without ornaments, or of either of its two languages."""
        bare = without_ornaments(text)
        for name in (text, bare):
            if plain(name) in self.by_name:
                return self.by_name[plain(name)]
        parts = [self.by_name.get(plain(part), frozenset()) for part in re.split(r"[/\n]", bare)]
        return frozenset[str]().union(*parts)

    def _near(self, text: str, likely: float) -> str:
        best = process.extractOne(
            plain(text), self.by_name.keys(), scorer=fuzz.ratio, score_cutoff=likely
        )
        return self._told(self.by_name[best[0]]) if best else ""

    def _told(self, codes: Iterable[str]) -> str:
        return ", ".join(f"{self.labels[code]} ({code})" for code in sorted(codes))


@dataclass(frozen=True)
class Areas:
    """Areas of a region and its surroundings by code, by BPS code and by name."""

    table: pd.DataFrame
    ref_area: str
    _cache: dict[tuple[str, str], Match] = field(default_factory=dict, repr=False)

    def find(self, text: str, *, level: str = "") -> Match:
        """The area of a name or code; `level` is what the table says about its rows.

        A level in the name itself goes first. Names that two areas of that level bear are
        ambiguous unless one of them lies in the region.
        """
        key = (text, level)
        if key not in self._cache:
            self._cache[key] = self._find(text.strip(), level)
        return self._cache[key]

    def _find(self, text: str, level: str) -> Match:
        code = self._code(text)
        if code is not None:
            return Match(code=code) if code else Match(reason="unknown")
        named_level, name = split_level(text)
        found = self._named(name, named_level or level) or self._around(name, named_level)
        own = [code for code in found if self._is_own(code)]
        if len(found) > 1 and len(own) == 1 and (named_level or level):
            found = own
        if len(found) == 1:
            return Match(code=found[0])
        if found:
            return Match(reason="ambiguous", near=self._told(found))
        return Match(reason="unknown", near=self._near(name, named_level or level))

    def _code(self, text: str) -> str | None:
        """The code that the text is, empty for a code nobody knows, None for a name."""
        if CODE.fullmatch(text):
            return text if text in self._by_code else ("" if text[0].isdigit() else None)
        if BPS_CODE.fullmatch(text):
            return self._by_bps.get(text, "")
        if PLAIN_CODE.fullmatch(text):
            dotted = f"{text[:2]}.{text[2:4]}.{text[4:]}"
            return dotted if dotted in self._by_code else ""
        return None

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[str, str]]:
        """Name and level by code."""
        columns = zip(self.table["area_code"], self.table["name"], self.table["level"], strict=True)
        return {code: (name, level) for code, name, level in columns}

    @cached_property
    def _by_bps(self) -> Mapping[str, str]:
        pairs = zip(self.table["bps_code"], self.table["area_code"], strict=True)
        return {bps: code for bps, code in pairs if bps}

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, (name, _) in self._by_code.items():
            found.setdefault(split_level(name)[1], []).append(code)
        return found

    def _named(self, name: str, level: str) -> list[str]:
        found = self._by_name.get(name, [])
        return [code for code in found if level in ("", self.level_of(code))]

    def _around(self, name: str, named_level: str) -> list[str]:
        """The province, or the region itself, in a row of the table that lists its parts."""
        if named_level:
            return []
        own = [self.ref_area, self.parent_of(self.ref_area)]
        return [code for code in own if code and split_level(self.name_of(code))[1] == name]

    def level_of(self, code: str) -> str:
        """The level of a known area."""
        return self._by_code[code][1]

    def name_of(self, code: str) -> str:
        """The name of a known area."""
        return self._by_code[code][0]

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        return dict(zip(self.table["area_code"], self.table["parent_code"], strict=True))

    def parent_of(self, code: str) -> str:
        """The area that a known area belongs to; empty at the top."""
        return self._parents.get(code, "")

    def children_of(self, code: str) -> list[str]:
        """Areas directly below, in order of code."""
        return sorted(child for child, parent in self._parents.items() if parent == code)

    def _is_own(self, code: str) -> bool:
        return code == self.ref_area or self.parent_of(code) == self.ref_area

    def _near(self, name: str, level: str) -> str:
        names = [n for n, codes in self._by_name.items() if self._any_of(codes, level)]
        best = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=LIKELY)
        return self._told(self._named(best[0], level)) if best else ""

    def _any_of(self, codes: Iterable[str], level: str) -> bool:
        return not level or any(self.level_of(code) == level for code in codes)

    def _told(self, codes: Iterable[str]) -> str:
        return ", ".join(f"{self.name_of(code)} ({code})" for code in sorted(codes))
