"""What has been revised since a snapshot, in words: one line a figure, with the largest change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.briefing.numbers import Change
from analytics.i18n import Formatter, text

VALUE = "obs_value"


def revision_lines(changes: Sequence[Change], language: str) -> Iterator[str]:
    """One line for each figure that changed, in the order of the figures."""
    for number in sorted({change.exhibit for change in changes}):
        yield _line([change for change in changes if change.exhibit == number], language)


def _line(own: Sequence[Change], language: str) -> str:
    told = largest(own)
    values = {"number": own[0].exhibit, "heading": own[0].heading, "n": len(own)}
    if told.column == "":
        return text("briefing.revision.gone", language, **values)
    return text("briefing.revision.line", language, change=change_words(told, language), **values)


def largest(changes: Sequence[Change]) -> Change:
    """The change of a value that is largest against the value before; else the first one."""
    values = [change for change in changes if change.column == VALUE] or list(changes)
    return max(values, key=_share)


def _share(change: Change) -> float:
    difference = change.difference
    if difference is None:
        return float("inf") if change.before is None or change.after is None else 0.0
    return abs(difference) / max(abs(float(change.before)), 1e-9)


def change_words(change: Change, language: str) -> str:
    """`35.05 · padi · 2023-01-01: 240.224 menjadi 241.000 (+776)`."""
    if change.column == "":
        return text("briefing.command.gone", language)
    write = Formatter(language)
    before, after = (_told(value, write) for value in (change.before, change.after))
    values = {"row": change.row, "column": change.column, "before": before, "after": after}
    if change.difference is None:
        return text("briefing.command.change", language, **values)
    sign = "+" if change.difference > 0 else ""
    difference = f"{sign}{write.number(change.difference)}"
    return text("briefing.command.change_by", language, difference=difference, **values)


def _told(value: object, write: Formatter) -> str:
    if value is None:
        return write.number(None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return write.number(value)
    return str(value)
