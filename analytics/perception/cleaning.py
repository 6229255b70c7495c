"""Words of visitors made comparable: letters, repetition, short forms, emoji, people left out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lexicon")
WRITING_FILE = FOLDER / "writing.toml"
# Model, lexicon, aspects and words read the same texts one after the other.
TEXTS_KEPT = 50_000
GOOD_SIGN, BAD_SIGN = "tandasenang", "tandasedih"

# What leads to a person: web and mail addresses, accounts, telephones, identity numbers, plates.
CONTACTS = (
    re.compile(r"(https?://|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\S+"),
    re.compile(
        r"\S{1,64} ?[(\[] ?(at|et) ?[)\]] ?\S{1,255}( ?[(\[] ?(dot|titik) ?[)\]] ?\S{1,64})*",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\w)@[\w.]+"),
    re.compile(
        r"\b(ig|insta(gram)?|fb|facebook|tik ?tok|tele(gram)?|line|twitter|threads|youtube|yt)"
        r"( id)?\s*([:=]\s*[\w.]+|\s[a-z][a-z.]*[\d_][\w.]*)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.,])\+\d[\d\s().-]{7,}\d(?!\w)"),
    re.compile(r"(?<![\d.,])\(?(62[\s.-]?8|0[2-9])\)?([\s.-]?\d\)?){8,12}(?!\d)"),
    re.compile(r"(?<!\d)\d{16}(?!\d)"),
    re.compile(r"\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b"),
)
REPEATED_LETTER = re.compile(r"([a-z])\1{2,}")
LEFT_OUT = re.compile(r"[^a-z0-9\s-]")
DOUBLED = re.compile(r"\b([a-z]{3,})2\b")
TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Writing:
    """Short forms by their whole word, signs by what they express, idle words."""

    short_forms: Mapping[str, str]
    good_signs: tuple[str, ...]
    bad_signs: tuple[str, ...]
    idle_words: frozenset[str]


@cache
def writing() -> Writing:
    """How people write, from `lexicon/writing.toml`."""
    content = tomllib.loads(WRITING_FILE.read_text(encoding="utf-8"))
    signs = content["emoji"]
    return Writing(
        short_forms=content["short_forms"],
        good_signs=(*signs["positive"], *signs["positive_typed"]),
        bad_signs=(*signs["negative"], *signs["negative_typed"]),
        idle_words=frozenset(content["idle"]["words"]),
    )


def without_contacts(text: str) -> str:
    """The text without addresses, handles, telephone and number plates; the rest is unchanged."""
    for pattern in CONTACTS:
        text = pattern.sub(" ", text)
    return " ".join(text.split())


@lru_cache(maxsize=TEXTS_KEPT)
def cleaned(text: str) -> str:
    """Small plain letters, short forms written out, letters at most doubled, emoji as words.

    `Bagusss bgt!! 😍` gives `bagus banget tandasenang`.
    """
    words = TOKEN.findall(_plain_letters(_with_signs(without_contacts(text).lower())))
    return " ".join(written_out(words))


def written_out(words: Iterable[str]) -> list[str]:
    """Each word without stretched letters and with short forms written out."""
    return [part for word in words for part in _whole(word).split()]


def _whole(word: str) -> str:
    known = writing().short_forms
    if word in known:
        return known[word]
    once = REPEATED_LETTER.sub(r"\1", word)
    return known.get(once, once)


def _with_signs(text: str) -> str:
    signs = writing()
    for found, name in ((signs.good_signs, GOOD_SIGN), (signs.bad_signs, BAD_SIGN)):
        for sign in found:
            if sign in text:
                text = text.replace(sign, f" {name} ")
    return text


def _plain_letters(text: str) -> str:
    """Letters without accents; `anak2` as `anak-anak`; marks become blanks."""
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return DOUBLED.sub(r"\1-\1", LEFT_OUT.sub(" ", bare))
