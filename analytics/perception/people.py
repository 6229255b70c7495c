"""Reviews without the people in them: what the door leaves out before anything is stored.

Rules, not a model: a name is told by what stands before it (Pak, mbak, nama saya, kata) or by a
list of given names, and is written as an ellipsis. Names of places and of history stay, and so
do names of eating houses (warung Bu Tini). A name that no rule knows is not seen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from analytics.perception.cleaning import FOLDER, without_contacts
from analytics.perception.lexicon import weight_of

PEOPLE_FILE = FOLDER / "people.toml"
LEFT_OUT = "…"
MOST_WORDS = 3
SHOUTED_SHARE = 0.7
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDINGS = ("nya", "ne", "e")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Manners:
    """How people are named: phrases of small words by what they lead to, and names."""

    titles: frozenset[Phrase]
    introductions: frozenset[Phrase]
    mentions: frozenset[Phrase]
    closings: frozenset[Phrase]
    figures: frozenset[Phrase]
    short_titles: frozenset[str]
    not_names: frozenset[str]
    place_words: frozenset[str]
    names: frozenset[str]
    also_words: frozenset[str]


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def small(self) -> str:
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@cache
def manners() -> Manners:
    """The words of `lexicon/people.toml`."""
    content = tomllib.loads(PEOPLE_FILE.read_text(encoding="utf-8"))
    of_phrases = ("titles", "introductions", "mentions", "closings", "figures")
    found: dict[str, Any] = {name: frozenset(words) for name, words in content.items()}
    return Manners(**found | {name: phrases(content[name]) for name in of_phrases})


def phrases(texts: Iterable[str]) -> frozenset[Phrase]:
    """Texts as their small words."""
    return frozenset(tuple(WORD.findall(text.lower())) for text in texts) - {()}


def without_people(text: str, *, kept: frozenset[Phrase] = frozenset()) -> str:
    """The text without addresses, handles, numbers and names; each name is one ellipsis.

    `kept` are names of places (`phrases`), which stay even where they look like a person's.
    """
    bare = without_contacts(text)
    words = [_Word(m.group(), m.start(), m.end()) for m in WORD.finditer(bare)]
    spans = _Reader(bare, words, kept).spans()
    for start, end in sorted(spans, reverse=True):
        bare = bare[:start] + LEFT_OUT + bare[end:]
    return bare


class _Reader:
    """Finds the names in one text."""

    def __init__(self, text: str, words: list[_Word], kept: frozenset[Phrase]) -> None:
        self.text, self.words = text, words
        letters = [sign for sign in text if sign.isalpha()]
        shouted = sum(sign.isupper() for sign in letters) > SHOUTED_SHARE * len(letters)
        self.has_case = not shouted
        self.small = [word.small for word in words]
        self.safe = set(self._safe(kept | manners().figures))

    def spans(self) -> Iterator[tuple[int, int]]:
        """Start and end of every name, in order."""
        at = 0
        while at < len(self.words):
            start, length = self._name_at(at)
            if length:
                yield self.words[start].start, self.words[start + length - 1].end
            at = max(at + 1, start + length)

    def _safe(self, kept: frozenset[Phrase]) -> Iterator[int]:
        """Words of places: kept phrases, and what follows a word such as warung or makam."""
        lengths = {len(phrase) for phrase in kept}
        for at, small in enumerate(self.small):
            for length in lengths:
                if tuple(self.small[at : at + length]) in kept:
                    yield from range(at, at + length)
            if small in manners().place_words:
                yield from self._named_place(at + 1)

    def _named_place(self, at: int) -> Iterator[int]:
        after_title = False
        for position in range(at, min(at + MOST_WORDS, len(self.words))):
            is_title = (self.small[position],) in manners().titles
            is_named = self.words[position].is_capital and self.has_case
            if not (is_title or is_named or after_title) or not self._is_near(position):
                return
            yield position
            after_title = is_title

    def _is_near(self, at: int) -> bool:
        """Whether only blanks stand between a word and the one before."""
        return not self.text[self.words[at - 1].end : self.words[at].start].strip() if at else False

    def _name_at(self, at: int) -> tuple[int, int]:
        """Where a name begins that the words at a position lead to, and its length in words."""
        known = manners()
        leads = ((known.introductions, self._may_be), (known.titles, self._titled),
                 (known.closings, self._signed), (known.mentions, self._mentioned))  # fmt: skip
        for lead, is_name in leads:
            for length in sorted({len(phrase) for phrase in lead}, reverse=True):
                first = at + length
                if tuple(self.small[at:first]) in lead and self._may_be(first) and is_name(first):
                    return first, self._length(first)
        return (at, self._length(at)) if self._may_be(at) and self._is_bare(at) else (at, 0)

    def _may_be(self, at: int) -> bool:
        return (
            at < len(self.words)
            and at not in self.safe
            and stem(self.small[at]) not in manners().not_names
            and (self.small[at],) not in manners().titles
            and len(self.small[at]) > 1
        )

    def _titled(self, at: int) -> bool:
        before, small = self.small[at - 1], self.small[at]
        gap = self.text[self.words[at - 1].end : self.words[at].start]
        if gap.strip() and not (gap.strip() == "." and before in manners().short_titles):
            return False
        if self._is_known(at) or (stem(small) in manners().names and not weight_of(small)):
            return True
        return self.has_case and self.words[at].is_capital and not weight_of(small)

    def _mentioned(self, at: int) -> bool:
        gap = self.text[self.words[at - 1].end : self.words[at].start].strip()
        return gap in ("", ":", ".") and self._is_known(at)

    def _signed(self, at: int) -> bool:
        """A name after a mark, at the end of the text."""
        gap = self.text[self.words[at - 1].end : self.words[at].start].strip()
        last = at + self._length(at) == len(self.words)
        return bool(gap) and last and self.words[at].is_capital

    def _is_known(self, at: int) -> bool:
        """A name of the list; one that is a word too only with a capital."""
        name = stem(self.small[at])
        if name not in manners().names:
            return False
        with_capital = self.has_case and self.words[at].is_capital
        return with_capital or name not in manners().also_words

    def _is_bare(self, at: int) -> bool:
        name = stem(self.small[at])
        is_name = name in manners().names and name not in manners().also_words
        return is_name and self.has_case and self.words[at].is_capital

    def _length(self, at: int) -> int:
        """Words of the name that begins here: further ones have a capital and are no other word."""
        length = 1
        while length < MOST_WORDS and self._goes_on(at + length):
            length += 1
        return length

    def _goes_on(self, at: int) -> bool:
        if not (self._may_be(at) and self._is_near(at)):
            return False
        if self._is_known(at):
            return True
        is_word = weight_of(self.small[at]) or self.small[at] in manners().place_words
        return self.has_case and self.words[at].is_capital and not is_word


def stem(word: str) -> str:
    """A known name or little word without its ending: `budine`, `kasirnya`; else the word."""
    known = manners().names | manners().not_names
    if word in known:
        return word
    return next((word.removesuffix(e) for e in ENDINGS if word.removesuffix(e) in known), word)
