"""The seed lexicon: what a text's own words say of it, before any model is trained."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from analytics.perception.cleaning import BAD_SIGN, FOLDER, GOOD_SIGN, cleaned, written_out

LANGUAGES = ("id", "jv")
POSITIVE, NEUTRAL, NEGATIVE = "positive", "neutral", "negative"
LABELS = (NEGATIVE, NEUTRAL, POSITIVE)

PLAIN, STRONG, SIGN = 1.0, 2.0, 1.0
REACH_OF_NEGATION = 3
TURNED = -0.8
STRENGTHENED, WEAKENED = 1.5, 0.5
AFTER_CONTRAST = 1.5
LONGEST_PHRASE = 4
ENDINGS = ("nipun", "ipun", "nya", "lah", "kah", "pun", "ne", "ku", "mu", "e")
SHORTEST_STEM = 3
# A judgement weaker than this is none: one turned or weakened plain word says little.
LEAST_SCORE = 0.4


@dataclass(frozen=True)
class Lexicon:
    """Weights of words and phrases, and words that turn, strengthen, weaken or contrast."""

    weights: Mapping[str, float]
    negations: frozenset[str]
    intensifiers: frozenset[str]
    diminishers: frozenset[str]
    contrasts: frozenset[str]


@dataclass(frozen=True)
class Judgement:
    """What the words of one text say: sums of positive and negative weights, words counted."""

    positive: float
    negative: float
    hits: int
    negations: int
    words: int

    @property
    def score(self) -> float:
        return self.positive - self.negative

    @property
    def label(self) -> str:
        """positive, negative, or neutral where neither side outweighs."""
        if self.score >= LEAST_SCORE:
            return POSITIVE
        return NEGATIVE if self.score <= -LEAST_SCORE else NEUTRAL


@cache
def seed_lexicon() -> Lexicon:
    """The lexicon of both languages, from `lexicon/id.toml` and `lexicon/jv.toml`."""
    parts = [
        tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    ]
    weights: dict[str, float] = {GOOD_SIGN: SIGN, BAD_SIGN: -SIGN}
    for part in parts:
        for side, sign in ((POSITIVE, 1), (NEGATIVE, -1)):
            for strength, size in (("plain", PLAIN), ("strong", STRONG)):
                weights |= {_as_read(word): sign * size for word in part[side][strength]}
    turning = {name: frozenset(word for part in parts for word in part["turning"][name])
               for name in ("negations", "intensifiers", "diminishers", "contrasts")}  # fmt: skip
    return Lexicon(weights=weights, **turning)


def _as_read(phrase: str) -> str:
    return " ".join(written_out(phrase.split()))


def judge(text: str) -> Judgement:
    """What the words of a text say by the seed lexicon alone."""
    return judge_words(cleaned(text).split())


def judge_words(words: Sequence[str]) -> Judgement:
    """The same for words that are clean already."""
    lexicon = seed_lexicon()
    sums = {1: 0.0, -1: 0.0}
    hits, at, free, last_contrast = 0, 0, 0, _last_contrast(words, lexicon)
    while at < len(words):
        weight, length = _entry_at(words, at, lexicon)
        if weight:
            value = weight * _context(words, free, at, length, lexicon)
            value *= AFTER_CONTRAST if 0 <= last_contrast < at else 1.0
            sums[1 if value > 0 else -1] += abs(value)
            hits += 1
            free = at + length
        at += length
    turned = sum(word in lexicon.negations for word in words)
    return Judgement(sums[1], sums[-1], hits, turned, len(words))


def _entry_at(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[float, int]:
    """Weight and length of the longest entry that begins here; 0 and 1 where none does."""
    for length in range(min(LONGEST_PHRASE, len(words) - at), 1, -1):
        weight = lexicon.weights.get(" ".join(words[at : at + length]))
        if weight:
            return weight, length
    return weight_of(words[at]), 1


@lru_cache(maxsize=50_000)
def weight_of(word: str) -> float:
    """Weight of one word, also with an ending or doubled (`enak-enak`, `apike`); 0 if unknown."""
    weights = seed_lexicon().weights
    for form in _forms(word):
        if form in weights:
            return weights[form]
    return 0.0


def _forms(word: str) -> list[str]:
    forms = [word]
    first, _, second = word.partition("-")
    if second and (first == second or second.startswith(first)):
        forms.append(first)
    for form in list(forms):
        forms += [
            form.removesuffix(ending)
            for ending in ENDINGS
            if form.endswith(ending) and len(form) - len(ending) >= SHORTEST_STEM
        ]
    return forms


def _context(words: Sequence[str], free: int, at: int, length: int, lexicon: Lexicon) -> float:
    """How words before and after change an entry: turned, strengthened, weakened.

    Only words from `free` on turn it: an earlier entry has taken those before.
    """
    before = words[max(free, at - REACH_OF_NEGATION) : at]
    near = [*words[max(0, at - 1) : at], *words[at + length : at + length + 1]]
    factor = TURNED if any(word in lexicon.negations for word in before) else 1.0
    if any(word in lexicon.intensifiers for word in near):
        factor *= STRENGTHENED
    elif words[at - 1 : at] and words[at - 1] in lexicon.diminishers:
        factor *= WEAKENED
    return factor


def _last_contrast(words: Sequence[str], lexicon: Lexicon) -> int:
    """Position of the last word that turns to another side; -1 without one."""
    return max((at for at, word in enumerate(words) if word in lexicon.contrasts), default=-1)
