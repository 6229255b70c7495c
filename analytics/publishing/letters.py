"""How wide words are in the product's letters, and the largest size at which they fit a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import ImageFont

from analytics.settings import PROJECT_ROOT

FONT_FOLDER = PROJECT_ROOT / "static" / "fonts"
FONT = "Plus Jakarta Sans"
MEASURED_PX = 100
LINE_HEIGHT = 1.25  # of the size of the letters
POINTS_PER_INCH = 72
# Where our font is not installed another one stands in: room for DejaVu Sans, the widest of the
# common ones (Arial is as wide as ours, Calibri narrower).
SAFETY = {"Regular": 1.1, "Medium": 1.1, "SemiBold": 1.27, "Bold": 1.27}


@dataclass(frozen=True)
class Fitted:
    """Words as lines at a size in points; `is_cut` where the end had to be left out."""

    lines: tuple[str, ...]
    size: float
    is_cut: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def height_in(self) -> float:
        return len(self.lines) * self.size * LINE_HEIGHT / POINTS_PER_INCH


@cache
def _font(weight: str) -> ImageFont.FreeTypeFont:
    path = FONT_FOLDER / f"PlusJakartaSans-{weight}.ttf"
    return ImageFont.truetype(str(path), MEASURED_PX)


@cache
def _word_em(word: str, weight: str) -> float:
    return _font(weight).getlength(word) / MEASURED_PX * SAFETY[weight]


def width_in(words: str, size: float, *, weight: str = "Regular") -> float:
    """Width of one line in inches at a size in points."""
    parts = words.split(" ")
    space = _word_em(" ", weight)
    em = sum(_word_em(part, weight) for part in parts) + space * (len(parts) - 1)
    return em * size / POINTS_PER_INCH


def wrapped(words: str, size: float, *, most_in: float, weight: str = "Regular") -> list[str]:
    """The words in lines of at most that width; a word wider than a line is broken."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            for piece in _pieces(word, size, most_in, weight):
                longer = f"{line} {piece}".strip()
                if line and width_in(longer, size, weight=weight) > most_in:
                    lines.append(line)
                    line = piece
                else:
                    line = longer
        lines.append(line)
    return lines


def _pieces(word: str, size: float, most_in: float, weight: str) -> list[str]:
    if width_in(word, size, weight=weight) <= most_in:
        return [word]
    half = max(1, len(word) // 2)
    if len(word) < 2:
        return [word]
    return [
        *_pieces(word[:half], size, most_in, weight), *_pieces(word[half:], size, most_in, weight)
    ]  # fmt: skip


def fitted(
    words: str, sizes: Sequence[float], *, width: float, height: float, weight: str = "Regular"
) -> Fitted:
    """The words at the largest of `sizes` at which they fit a box of inches.

    At the smallest size what does not fit is cut off with an ellipsis after a whole word.
    """
    for size in sizes:
        found = Fitted(tuple(wrapped(words, size, most_in=width, weight=weight)), size)
        if found.height_in <= height:
            return found
    size = sizes[-1]
    room = max(1, int(height * POINTS_PER_INCH / (size * LINE_HEIGHT)))
    lines = wrapped(words, size, most_in=width, weight=weight)[:room]
    last = lines[-1]
    while width_in(f"{last} …", size, weight=weight) > width and " " in last:
        last = last.rpartition(" ")[0]
    return Fitted((*lines[:-1], f"{last} …"), size, is_cut=True)
