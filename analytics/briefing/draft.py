"""A draft of a briefing: what an outline file, the cart and a snapshot hold. Plain data.

One TOML file an outline, both languages in it: a text is `{ id = "...", en = "..." }`, or one
text for both. The same plain form is kept as JSON in the store.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from analytics.figures.palette import THEME_COLOUR
from analytics.figures.recipe import Recipe, recipe_from
from analytics.observations.concepts import Label

FOLDER = Path(__file__).with_name("outlines")
KINDS = ("figure", "text", "list", "targets", "budget", "follow_up")
EMPTY = Label("", "")
LONGEST_TEXT = 20_000
MOST_PARTS = 200


class BadOutline(ValueError):
    """An outline that cannot be read; the message names the place and what was expected."""


@dataclass(frozen=True)
class DraftQuestion:
    """A question a person wrote, with its answer."""

    question: Label
    answer: Label


@dataclass(frozen=True)
class DraftPart:
    """A figure by its recipe, a text, a list, or a table that is built from the data.

    `about` names what is meant to be seen, for the blank that stands where it is missing;
    `reason` says why it may be, where the figure itself cannot.
    `heading` and `notes` are empty where those made from the data stand. `questions` is None
    as long as the drafted ones stand. `confirmed_by` and `confirmed_why` take a figure in
    whose numbers are unverified or in conflict.
    """

    kind: str
    recipe: Recipe | None = None
    about: Label = EMPTY
    reason: Label = EMPTY
    heading: Label = EMPTY
    text: Label = EMPTY
    items: tuple[Label, ...] = ()
    notes: Label = EMPTY
    questions: tuple[DraftQuestion, ...] | None = None
    confirmed_by: str = ""
    confirmed_why: str = ""


@dataclass(frozen=True)
class DraftSection:
    """A chapter of the draft."""

    heading: Label
    parts: tuple[DraftPart, ...] = ()


@dataclass(frozen=True)
class Draft:
    """Everything a briefing is built from but the edition and the language."""

    name: str
    title: Label
    office: Label = EMPTY
    hearing: Label = EMPTY
    day: date | None = None
    place: Label = EMPTY
    prepared_by: str = ""
    legal_basis: tuple[Label, ...] = ()
    colour: str = "green"
    sections: tuple[DraftSection, ...] = ()

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """The recipes of all figures in order."""
        return tuple(p.recipe for s in self.sections for p in s.parts if p.recipe is not None)

    def with_figure(self, recipe: Recipe) -> Draft:
        """The draft with one figure more at its end."""
        part = DraftPart("figure", recipe=recipe)
        if not self.sections:
            return replace(self, sections=(DraftSection(EMPTY, (part,)),))
        *before, last = self.sections
        return replace(self, sections=(*before, replace(last, parts=(*last.parts, part))))


def outline_names() -> tuple[str, ...]:
    """Names of the outlines that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def read_outline(name: str) -> Draft:
    """A ready-made outline by its name. Raises BadOutline for another name."""
    if name not in outline_names():
        raise BadOutline(f"'{name}': {', '.join(outline_names())}")
    return outline_of_file(FOLDER / f"{name}.toml")


def outline_of_file(path: Path) -> Draft:
    """The outline in a TOML file. Raises BadOutline, naming file and place."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        return draft_from({"name": path.stem, **plain})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, BadOutline) as error:
        raise BadOutline(f"{path.name}: {error}") from error


def draft_from(plain: Mapping[str, Any]) -> Draft:
    """The draft that `as_plain` or a TOML file holds. Raises BadOutline."""
    _known(plain, {*PLAIN_FIELDS, "section"}, "outline")
    sections = [
        _section(each, f"section {number}")
        for number, each in enumerate(_tables(plain.get("section", ()), "section"), start=1)
    ]
    if sum(len(section.parts) for section in sections) > MOST_PARTS:
        raise BadOutline(f"more than {MOST_PARTS} parts")
    return Draft(
        name=str(plain.get("name", "")),
        title=_label(plain.get("title", ""), "title"),
        office=_label(plain.get("office", ""), "office"),
        hearing=_label(plain.get("hearing", ""), "hearing"),
        day=_day(plain.get("day")),
        place=_label(plain.get("place", ""), "place"),
        prepared_by=_text(plain.get("prepared_by", ""), "prepared_by"),
        legal_basis=_labels(plain.get("legal_basis", ()), "legal_basis"),
        colour=_colour(plain.get("colour", "green")),
        sections=tuple(sections),
    )


def as_plain(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it; `draft_from` reads it."""
    return {
        "name": draft.name,
        **{name: _plain(getattr(draft, name)) for name in ("title", "office", "hearing", "place")},
        "day": draft.day.isoformat() if draft.day else None,
        "prepared_by": draft.prepared_by,
        "legal_basis": [_plain(label) for label in draft.legal_basis],
        "colour": draft.colour,
        "section": [
            {"heading": _plain(s.heading), "part": [part_as_plain(part) for part in s.parts]}
            for s in draft.sections
        ],
    }


PLAIN_FIELDS = frozenset(
    {"name", "title", "office", "hearing", "day", "place", "prepared_by", "legal_basis", "colour"}
)
PART_FIELDS = frozenset(
    {"kind", "maker", "choices", "about", "reason", "heading", "text", "items", "notes", "question",
     "confirmed_by", "confirmed_why"}
)  # fmt: skip


def part_as_plain(part: DraftPart) -> dict[str, Any]:
    """The part as JSON can hold it, without what is empty."""
    plain: dict[str, Any] = {"kind": part.kind, **(part.recipe.as_plain() if part.recipe else {})}
    plain |= {
        name: _plain(getattr(part, name))
        for name in ("about", "reason", "heading", "text", "notes")
        if getattr(part, name) != EMPTY
    }
    if part.items:
        plain["items"] = [_plain(label) for label in part.items]
    if part.questions is not None:
        plain["question"] = [
            {"question": _plain(each.question), "answer": _plain(each.answer)}
            for each in part.questions
        ]
    if part.confirmed_by:
        plain |= {"confirmed_by": part.confirmed_by, "confirmed_why": part.confirmed_why}
    return plain


def _plain(label: Label) -> dict[str, str]:
    return {"id": label.id, "en": label.en}


def _section(plain: Mapping[str, Any], place: str) -> DraftSection:
    _known(plain, {"heading", "part"}, place)
    parts = [
        _part(each, f"{place}, part {number}")
        for number, each in enumerate(_tables(plain.get("part", ()), place), start=1)
    ]
    return DraftSection(_label(plain.get("heading", ""), place), tuple(parts))


def _part(plain: Mapping[str, Any], place: str) -> DraftPart:
    _known(plain, PART_FIELDS, place)
    kind = str(plain.get("kind", "figure"))
    if kind not in KINDS:
        raise BadOutline(f"{place}: kind '{kind}' is none of {', '.join(KINDS)}")
    if kind == "figure" and not isinstance(plain.get("maker"), str):
        raise BadOutline(f"{place}: a figure needs a maker")
    questions = plain.get("question")
    return DraftPart(
        kind=kind,
        recipe=recipe_from(plain) if kind == "figure" else None,
        about=_label(plain.get("about", ""), place),
        reason=_label(plain.get("reason", ""), place),
        heading=_label(plain.get("heading", ""), place),
        text=_label(plain.get("text", ""), place),
        items=_labels(plain.get("items", ()), place),
        notes=_label(plain.get("notes", ""), place),
        questions=None if questions is None else _questions(questions, place),
        confirmed_by=_text(plain.get("confirmed_by", ""), place),
        confirmed_why=_text(plain.get("confirmed_why", ""), place),
    )


def _questions(plain: Any, place: str) -> tuple[DraftQuestion, ...]:
    return tuple(
        DraftQuestion(
            _label(each.get("question", ""), place), _label(each.get("answer", ""), place)
        )
        for each in _tables(plain, place)
    )


def _label(value: Any, place: str) -> Label:
    if isinstance(value, str):
        return Label(_text(value, place), value)
    if isinstance(value, Mapping) and set(value) == {"id", "en"}:
        return Label(_text(value["id"], place), _text(value["en"], place))
    raise BadOutline(f"{place}: a text is a string or {{ id = ..., en = ... }}")


def _labels(values: Any, place: str) -> tuple[Label, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise BadOutline(f"{place}: a list of texts was expected")
    return tuple(_label(value, place) for value in values)


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise BadOutline(f"{place}: a text of at most {LONGEST_TEXT} letters was expected")
    return value


def _day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadOutline(f"day: '{value}' is no date such as 2026-03-31") from None


def _colour(value: Any) -> str:
    if value not in THEME_COLOUR.values():
        raise BadOutline(f"colour: '{value}' is none of {', '.join(THEME_COLOUR.values())}")
    return str(value)


def _tables(values: Any, place: str) -> Sequence[Mapping[str, Any]]:
    if not isinstance(values, Sequence) or not all(isinstance(each, Mapping) for each in values):
        raise BadOutline(f"{place}: tables were expected")
    return values


def _known(plain: Mapping[str, Any], names: frozenset[str] | set[str], place: str) -> None:
    strange = sorted(set(plain) - set(names))
    if strange:
        raise BadOutline(f"{place}: unknown {', '.join(strange)}")
