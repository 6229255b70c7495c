"""What a text speaks of: parts of it, and the aspects and scores that each part touches."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analytics.perception.cleaning import FOLDER, cleaned, written_out
from analytics.perception.lexicon import ENDINGS, SHORTEST_STEM, seed_lexicon

ASPECTS = (
    "access", "cleanliness", "price", "facilities", "nature_culture", "service", "safety",
)  # fmt: skip
# The five scores, each with its aspects.
SCORES: Mapping[str, tuple[str, ...]] = {
    "attraction": ("nature_culture",),
    "comfort": ("cleanliness", "facilities"),
    "value": ("price",),
    "hospitality": ("service",),
    "access_safety": ("access", "safety"),
}
BREAK = re.compile(r"[.!?;,\n]+")
LONGEST_PHRASE = 3


@dataclass(frozen=True)
class Part:
    """A part of a text, clean, and the aspects it speaks of."""

    words: str
    aspects: frozenset[str]


@cache
def aspect_words() -> Mapping[str, str]:
    """The aspect of each word or phrase, from `lexicon/aspects.toml`."""
    content = tomllib.loads((FOLDER / "aspects.toml").read_text(encoding="utf-8"))
    return {
        " ".join(written_out(word.split())): aspect
        for aspect in ASPECTS
        for word in content[aspect]["words"]
    }


def parts_of(text: str) -> list[Part]:
    """The parts of a text between stops and before words that contrast, with their aspects."""
    pieces = [cleaned(piece) for piece in BREAK.split(text)]
    cut = [part for piece in pieces for part in _before_contrasts(piece.split())]
    return [Part(part, aspects_of(part)) for part in cut if part]


def _before_contrasts(words: list[str]) -> list[str]:
    contrasts = seed_lexicon().contrasts
    starts = [0, *(at for at, word in enumerate(words) if at and word in contrasts), len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(starts)]


def aspects_of(clean: str) -> frozenset[str]:
    """Aspects that the words of a clean text name."""
    words, found, at = clean.split(), set(), 0
    while at < len(words):
        aspect, length = _aspect_at(words, at)
        if aspect:
            found.add(aspect)
        at += length
    return frozenset(found)


def _aspect_at(words: list[str], at: int) -> tuple[str, int]:
    known = aspect_words()
    for length in range(min(LONGEST_PHRASE, len(words) - at), 1, -1):
        aspect = known.get(" ".join(words[at : at + length]))
        if aspect:
            return aspect, length
    return next((known[form] for form in _forms(words[at]) if form in known), ""), 1


def _forms(word: str) -> list[str]:
    """The word, and without an ending: `parkirnya`, `dalane`."""
    return [word] + [
        word.removesuffix(ending)
        for ending in ENDINGS
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM
    ]
