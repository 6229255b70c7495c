"""What has been revised since a snapshot, in words: one line a figure, with the largest change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analytics.briefing.numbers import Change
from analytics.editions.vocabulary import UnknownCode, Vocabulary
from analytics.figures.sentences import period_words
from analytics.i18n import Formatter, catalogue, text
from analytics.observations.concepts import Label

VALUE = "obs_value"


NAMES: Mapping[str, Callable[[Vocabulary, str], Label | str]] = {
    "ref_area": Vocabulary.area_name,
    "place": Vocabulary.place_name,
    "item": Vocabulary.item_name,
    "indicator": Vocabulary.indicator_name,
}


def revision_lines(changes: Sequence[Change], words: Vocabulary, language: str) -> Iterator[str]:
    """One line for each figure that changed, in the order of the figures."""
    for number in sorted({change.exhibit for change in changes}):
        yield _line([change for change in changes if change.exhibit == number], words, language)


def _line(own: Sequence[Change], words: Vocabulary, language: str) -> str:
    told = largest(own)
    values = {"number": own[0].exhibit, "heading": own[0].heading, "n": len(own)}
    if told.column == "":
        return text("briefing.revision.gone", language, **values)
    return text(
        "briefing.revision.line", language, change=change_words(told, words, language), **values
    )


def largest(changes: Sequence[Change]) -> Change:
    """The change of a value that is largest against the value before; else the first one."""
    values = [change for change in changes if change.column == VALUE] or list(changes)
    return max(values, key=_share)


def _share(change: Change) -> float:
    difference = change.difference
    if difference is None:
        return float("inf") if change.before is None or change.after is None else 0.0
    return abs(difference) / max(abs(float(change.before)), 1e-9)


def change_words(change: Change, words: Vocabulary, language: str) -> str:
    """`Kabupaten Blitar · Padi · 2023: 240.224 menjadi 241.000 (+776)`."""
    if change.column == "":
        return text("briefing.command.gone", language)
    write = Formatter(language)
    before, after = (_told(value, write) for value in (change.before, change.after))
    about = " · ".join(_about(change, words, language))
    values = {"about": about, "before": before, "after": after}
    if change.difference is None:
        return text("briefing.command.change", language, **values)
    sign = "+" if change.difference > 0 else ""
    difference = f"{sign}{write.number(change.difference)}"
    return text("briefing.command.change_by", language, difference=difference, **values)


def _about(change: Change, words: Vocabulary, language: str) -> Iterator[str]:
    """What the row is about, and which column changed where that is not its value."""
    for column, name in NAMES.items():
        code = str(change.about.get(column, ""))
        if code:
            yield _name(name, words, code, language)
    if "period_start" in change.about:
        yield period_words(change.about, language)
    if change.column != VALUE:
        yield _column_words(change.column, language)


def _name(
    name: Callable[[Vocabulary, str], Label | str], words: Vocabulary, code: str, language: str
) -> str:
    """The name of a code; the code itself where the edition has it no more."""
    try:
        found = name(words, code)
    except UnknownCode:
        return code
    return found.in_language(language) if isinstance(found, Label) else found


def _column_words(column: str, language: str) -> str:
    key = f"figures.table.{column}"
    return text(key, language) if key in catalogue(language) else column


def _told(value: object, write: Formatter) -> str:
    if value is None:
        return write.number(None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return write.number(value)
    return str(value)
