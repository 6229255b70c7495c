"""Periods as offices write them: years, months by Indonesian or English names, days, half months.

Days stand before months, as in Indonesia: `03/ 01/ 2022` is the third of January.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "pebruari", "feb", "peb"),
            ("maret", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agu", "agt", "ags", "agst", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
WHOLE_YEAR_WORDS = frozenset({"tahunan", "annual", "jumlah", "total", "setahun"})
HALF_MONTH_DAYS = 15
# The mark of provisional figures, at the end or after the year: `Maret 2022* I`.
STAR = re.compile(r"\s*\*{1,2}$|(?<=\d{4})\s*\*{1,2}(?= )")


@dataclass(frozen=True)
class Span:
    """A period: first and last day, its kind (A, Q, M, D, _O) and whether it was marked `*`."""

    start: date
    end: date
    freq: str
    is_provisional: bool = False


def year_span(year: int) -> Span:
    """A whole year."""
    return Span(date(year, 1, 1), date(year, 12, 31), "A")


def month_span(year: int, month: int) -> Span:
    """A whole month."""
    return Span(date(year, month, 1), date(year, month, last_day(year, month)), "M")


def last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return calendar.monthrange(year, month)[1]


def month_number(text: str) -> int | None:
    """1 to 12 for a month's name in either language, also of a bilingual heading."""
    for part in re.split(r"[\n/|]", text.lower()):
        word = part.strip(" .*:")
        if word in MONTHS:
            return MONTHS[word]
    return None


def year_number(text: str) -> int | None:
    """The year of a heading such as `2022`, `2022*`, `Tahun 2022` or `2022 r`."""
    match = re.fullmatch(r"(?:tahun|year)?\s*((?:19|20)\d\d)(?:\.0)?\s*(\*{1,2}|[rex])?\)?", text,
                         re.IGNORECASE)  # fmt: skip
    return int(match[1]) if match else None


def is_provisional(text: str) -> bool:
    """Whether a heading carries the star of provisional figures."""
    return bool(re.search(r"\d\s*(\*{1,2}|x)\)?$", text.strip()))


@lru_cache(maxsize=200_000)
def read_period(text: str) -> Span | None:
    """The period of a text; None when it is none.

    `2022`, `2022*`, `2022-03`, `1960M01`, `2023Q1`, `Triwulan I 2023`, `Maret 2022`, `01/2022`,
    `3 Maret 2022`, `2022-03-03`, `03/ 01/ 2022`, `Maret 2022 I` (first half), `1-15 Maret 2022`.
    """
    words = re.sub(r"\s+", " ", text).strip()
    starless = STAR.sub("", words)
    if starless != words:
        span = read_period(starless)
        return replace(span, is_provisional=True) if span else None
    year = year_number(words)
    if year:
        return year_span(year)
    for pattern, build in PATTERNS:
        match = pattern.fullmatch(words)
        if match:
            return _possible(build, match)
    return None


def _possible(build: Callable[[re.Match[str]], Span | None], match: re.Match[str]) -> Span | None:
    """The span, or None for days and months that no calendar has."""
    try:
        return build(match)
    except (ValueError, KeyError):
        return None


def _day(year: str, month: int | str, day: str) -> Span:
    only = date(int(year), int(month), int(day))
    return Span(only, only, "D")


def _quarter(year: str, quarter: int) -> Span:
    first = 3 * quarter - 2
    return Span(date(int(year), first, 1), month_span(int(year), first + 2).end, "Q")


def _half_month(year: str, month: int, half: int) -> Span:
    """First half: days 1 to 15; second: 16 to the end."""
    if half not in (1, 2):
        raise ValueError(half)
    whole = month_span(int(year), month)
    middle = whole.start.replace(day=HALF_MONTH_DAYS)
    if half == 1:
        return Span(whole.start, middle, "_O")
    return Span(middle.replace(day=HALF_MONTH_DAYS + 1), whole.end, "_O")


def _days(year: str, month: int, first: str, last: str) -> Span:
    start, end = (date(int(year), month, int(day)) for day in (first, last))
    return Span(start, end, "_O") if start <= end else _unordered(start, end)


def _unordered(start: date, end: date) -> Span:
    raise ValueError(f"{start} is after {end}")


def _range(first: str, last: str) -> Span:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return Span(start, end, _freq_of(start, end)) if start <= end else _unordered(start, end)


def _freq_of(start: date, end: date) -> str:
    """The kind of a span given by its two days: a whole year, quarter, month, a day, or another."""
    if start == end:
        return "D"
    if start.day != 1 or end.day != last_day(end.year, end.month) or start.year != end.year:
        return "_O"
    months = end.month - start.month + 1
    if months == 3 and start.month % 3 != 1:
        return "_O"
    return {1: "M", 3: "Q", 12: "A"}.get(months, "_O")


def _number_of(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else ROMAN[numeral.lower()]


_YEAR = r"((?:19|20)\d\d)"
_ISO = r"(\d{4}-\d\d-\d\d)"
_NAME = r"([A-Za-z]+)\.?"
_RAW_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], Span | None]], ...] = (
    (_YEAR + r"-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", lambda m: _day(m[1], m[2], m[3])),
    (r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?" + _YEAR, lambda m: _day(m[3], m[2], m[1])),
    (r"(\d{1,2})[ -]" + _NAME + r"[ -]" + _YEAR, lambda m: _day(m[3], MONTHS[m[2].lower()], m[1])),
    (_YEAR + r"[ -]?M(\d{1,2})", lambda m: month_span(int(m[1]), int(m[2]))),
    (_YEAR + r"[-/](\d{1,2})", lambda m: month_span(int(m[1]), int(m[2]))),
    (r"(\d{1,2})[-/]" + _YEAR, lambda m: month_span(int(m[2]), int(m[1]))),
    (_NAME + r"[ -]" + _YEAR, lambda m: month_span(int(m[2]), MONTHS[m[1].lower()])),
    (_YEAR + r"[ -]" + _NAME, lambda m: month_span(int(m[1]), MONTHS[m[2].lower()])),
    (_YEAR + r"[ -]?Q([1-4])", lambda m: _quarter(m[1], int(m[2]))),
    (r"(?:triwulan|tw|quarter) ?(iv|iii|ii|i|[1-4]),? " + _YEAR,
     lambda m: _quarter(m[2], _number_of(m[1]))),
    (_NAME + r" " + _YEAR + r",? ?(?:periode )?(ii|i|[12])",
     lambda m: _half_month(m[2], MONTHS[m[1].lower()], _number_of(m[3]))),
    (_NAME + r" (ii|i|[12]),? " + _YEAR,
     lambda m: _half_month(m[3], MONTHS[m[1].lower()], _number_of(m[2]))),
    (r"(\d{1,2}) ?[-–] ?(\d{1,2}) " + _NAME + " " + _YEAR,
     lambda m: _days(m[4], MONTHS[m[3].lower()], m[1], m[2])),
    (_ISO + r" ?(?:/|–|s\.?d\.?|-) ?" + _ISO, lambda m: _range(m[1], m[2])),
)  # fmt: skip
PATTERNS = tuple((re.compile(p, re.IGNORECASE), build) for p, build in _RAW_PATTERNS)
