"""Numbers, prices, shares, dates and periods as people write them (Babel, id_ID and en_GB)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date as Date

from babel.dates import format_date
from babel.numbers import format_decimal

MISSING = "–"
MINUS = "\u2212"
NARROW_SPACE = "\u00a0"
LOCALES = {"id": "id_ID", "en": "en_GB"}
COMPACT_STEPS = (
    (1e12, {"id": "T", "en": "tn"}),
    (1e9, {"id": "M", "en": "bn"}),
    (1e6, {"id": "jt", "en": "m"}),
    (1e3, {"id": "rb", "en": "k"}),
)
PERCENT_WORD = {"id": "persen", "en": "percent"}
POINT_WORD = {"id": "poin", "en": "points"}
QUARTER = {"id": "triwulan {quarter} {year}", "en": "Q{quarter} {year}"}


def is_missing(value: object) -> bool:
    """True for None, NaN and NaT."""
    return value is None or value != value


@dataclass(frozen=True)
class Formatter:
    """Writes values in one language. A missing value is always a dash."""

    language: str

    @property
    def locale(self) -> str:
        return LOCALES[self.language]

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """`15.000`, `2,48`; `decimals` fixes the places, else at most two are shown."""
        if is_missing(value):
            return MISSING
        pattern = "#,##0.##" if decimals is None else "#,##0" + _places(decimals)
        return self._decimal(value, pattern)

    def significant(self, value: float | None, digits: int = 3) -> str:
        """For pictures: rounded to `digits` significant digits, never more decimals than needed."""
        if is_missing(value):
            return MISSING
        number = float(value)  # type: ignore[arg-type]
        if number == 0:
            return "0"
        places = max(0, digits - 1 - math.floor(math.log10(abs(number))))
        return self._decimal(round(number, places), "#,##0." + "#" * places if places else "#,##0")

    def compact(self, value: float | None) -> str:
        """`1,2 M` (miliar), `12,5 jt`, `15 rb`; below a thousand the number itself."""
        if is_missing(value):
            return MISSING
        number = float(value)  # type: ignore[arg-type]
        for step, suffix in COMPACT_STEPS:
            if abs(number) >= step * 0.9995:
                return f"{self.significant(number / step)}{NARROW_SPACE}{suffix[self.language]}"
        return self.significant(number)

    def rupiah(self, value: float | None, decimals: int = 0) -> str:
        """`Rp15.000`, with a real minus before the sign of the currency."""
        if is_missing(value):
            return MISSING
        sign = MINUS if float(value) < 0 else ""  # type: ignore[arg-type]
        return f"{sign}Rp{self.number(abs(float(value)), decimals)}"  # type: ignore[arg-type]

    def rupiah_compact(self, value: float | None) -> str:
        """`Rp12,5 jt`."""
        if is_missing(value):
            return MISSING
        sign = MINUS if float(value) < 0 else ""  # type: ignore[arg-type]
        return f"{sign}Rp{self.compact(abs(float(value)))}"  # type: ignore[arg-type]

    def percent(self, value: float | None, decimals: int = 1) -> str:
        """`10,5 persen` from 10.5."""
        if is_missing(value):
            return MISSING
        return f"{self._trimmed(value, decimals)} {PERCENT_WORD[self.language]}"

    def percent_sign(self, value: float | None, decimals: int = 1) -> str:
        """`10,5%` for axes and tables."""
        return MISSING if is_missing(value) else f"{self._trimmed(value, decimals)}%"

    def points(self, value: float | None, decimals: int = 2) -> str:
        """`2,48 poin`: a change between two percentages."""
        if is_missing(value):
            return MISSING
        return f"{self._trimmed(value, decimals)} {POINT_WORD[self.language]}"

    def signed_percent(self, value: float | None, decimals: int = 1) -> str:
        """`+10,5%` or `−3%` with a real minus."""
        if is_missing(value):
            return MISSING
        plus = "+" if float(value) > 0 else ""  # type: ignore[arg-type]
        return f"{plus}{self.percent_sign(value, decimals)}"

    def date(self, value: Date | None) -> str:
        """`17 Agustus 2026`."""
        return MISSING if is_missing(value) else format_date(value, "d MMMM y", self.locale)

    def weekday_date(self, value: Date | None) -> str:
        """`Senin, 17 Agustus 2026`."""
        return MISSING if is_missing(value) else format_date(value, "EEEE, d MMMM y", self.locale)

    def month(self, value: Date | None) -> str:
        """`Agustus 2026`."""
        return MISSING if is_missing(value) else format_date(value, "MMMM y", self.locale)

    def month_short(self, value: Date | None) -> str:
        """`Agu 2026`."""
        return MISSING if is_missing(value) else format_date(value, "MMM y", self.locale)

    def month_name(self, month: int) -> str:
        """`Agustus`."""
        return format_date(Date(2000, month, 1), "LLLL", self.locale)

    def month_name_short(self, month: int) -> str:
        """`Agu`."""
        return format_date(Date(2000, month, 1), "LLL", self.locale)

    def period(self, start: Date | None, end: Date | None, freq: str = "_O") -> str:
        """A period in words: `2023`, `triwulan 2 2024`, `Maret 2024`, `2018–2024`,
        a week as `20–26 Januari 2025`, or two dates.
        """
        if is_missing(start):
            return {"id": "tanpa tahun", "en": "undated"}[self.language]
        if is_missing(end):
            return {"id": "sejak {}", "en": "since {}"}[self.language].format(self.date(start))
        assert start is not None and end is not None
        if _is_whole_year(start) and _is_year_end(end):
            return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        if freq == "Q":
            quarter = (start.month - 1) // 3 + 1
            return QUARTER[self.language].format(quarter=quarter, year=start.year)
        if (start.year, start.month) == (end.year, end.month) and freq == "M":
            return self.month(start)
        if freq == "M":
            return f"{self.month(start)}–{self.month(end)}"
        if freq == "W" and start.year == end.year:
            first = "d" if start.month == end.month else "d MMMM"
            return f"{format_date(start, first, self.locale)}–{self.date(end)}"
        return self.date(start) if start == end else f"{self.date(start)}–{self.date(end)}"

    def _trimmed(self, value: float | None, decimals: int) -> str:
        return self._decimal(value, "#,##0." + "#" * decimals if decimals else "#,##0")

    def _decimal(self, value: float | None, pattern: str) -> str:
        assert value is not None
        written = format_decimal(value, pattern, locale=self.locale)
        return "0" if written in ("-0", MINUS + "0") else written.replace("-", MINUS)


def _places(decimals: int) -> str:
    return "." + "0" * decimals if decimals else ""


def _is_whole_year(start: Date) -> bool:
    return (start.month, start.day) == (1, 1)


def _is_year_end(end: Date) -> bool:
    return (end.month, end.day) == (12, 31)
