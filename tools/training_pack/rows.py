"""One row of the long table as the pack stores it, and the periods it may speak of."""

import calendar
from collections.abc import Iterable
from datetime import date

Row = dict[str, str]
Period = tuple[date, date, str]


def year_period(year: int) -> Period:
    """The whole year."""
    return date(year, 1, 1), date(year, 12, 31), "A"


def month_period(month: date) -> Period:
    """The whole month that begins on the given day."""
    last = calendar.monthrange(month.year, month.month)[1]
    return month, month.replace(day=last), "M"


def span(start: date, end: date) -> Period:
    """Any other span, e.g. a holiday window."""
    return start, end, "_O"


def months(*, first: date, last: date) -> list[date]:
    """First days of all months from first to last, both counted."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1, 1)
        for step in range(count)
    ]


def number(value: float) -> str:
    """A number as the files write it: at most two decimals, none when whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def observation(
    *,
    ref_area: str,
    item: str,
    indicator: str,
    period: Period,
    unit: str,
    source_id: str,
    value: float | None = None,
    words: str = "",
    place: str = "",
    status: str = "A",
    caveats: Iterable[str] = (),
) -> Row:
    """One row; no value and no words is a missing one and must say why in a caveat."""
    start, end, freq = period
    return {
        "ref_area": ref_area,
        "place": place,
        "item": item,
        "indicator": indicator,
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "freq": freq,
        "obs_value": "" if value is None else number(value),
        "obs_text": words,
        "unit": unit,
        "obs_status": status,
        "source_id": source_id,
        "caveat": ";".join(caveats),
    }


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows by area, place, item, indicator, period and source."""
    return sorted(
        rows,
        key=lambda row: tuple(
            row[column]
            for column in (
                "ref_area",
                "place",
                "item",
                "indicator",
                "freq",
                "period_start",
                "period_end",
                "source_id",
            )
        ),
    )
