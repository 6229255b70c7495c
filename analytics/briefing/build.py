"""Builds the document of a briefing from a draft and an edition. Same input, same document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from analytics.briefing.annex import annex_of
from analytics.briefing.draft import Draft, DraftPart, DraftSection
from analytics.briefing.making import BadRecipe, CannotMake, Kitchen, Made
from analytics.briefing.model import (
    Briefing,
    Confirmation,
    Cover,
    Exhibit,
    Frozen,
    Gap,
    Grid,
    Listing,
    Part,
    Passage,
    Question,
    Section,
)
from analytics.briefing.questions import Reasons, drafted, no_reasons
from analytics.briefing.resolve import resolved
from analytics.briefing.results import ACCOUNTS, account_table
from analytics.figures.figure import Figure, Kind
from analytics.figures.recipe import Recipe
from analytics.figures.result import Label, Source
from analytics.i18n import Formatter, text
from analytics.observations.status import ObsStatus
from analytics.publishing.tables import TRAINING_NOTICE

SOURCES_NAMED = 3


@dataclass(frozen=True)
class Builder:
    """One building of a briefing: its kitchen, the written reasons, and what frames it."""

    kitchen: Kitchen
    reasons: Reasons = no_reasons
    coat_of_arms: bytes = b""
    letter: bytes = b""
    frozen: Frozen | None = None
    on_figure: Callable[[int, int], None] = field(default=lambda _done, _total: None)

    @property
    def language(self) -> str:
        return self.kitchen.language

    def briefing(self, draft: Draft) -> Briefing:
        """The document of a draft. Raises BadRecipe for a recipe that no edition could make."""
        sections = self._sections(draft)
        exhibits = [p for s in sections for p in s.parts if isinstance(p, Exhibit)]
        stamp = self.kitchen.edition.stamp
        return Briefing(
            name=draft.name,
            language=self.language,
            stamp=stamp,
            today=self.kitchen.today,
            cover=self._cover(draft),
            sections=sections,
            annex=annex_of(exhibits, language=self.language),
            colour=draft.colour,
            band=TRAINING_NOTICE if stamp.is_training else "",
            frozen=self.frozen,
        )

    def _cover(self, draft: Draft) -> Cover:
        stamp = self.kitchen.edition.stamp
        region = stamp.region_name.in_language(self.language)
        day = Formatter(self.language).weekday_date(draft.day) if draft.day else ""
        return Cover(
            title=self._said(draft.title, region=region),
            region=region,
            edition=edition_words(self.kitchen),
            office=self._said(draft.office, region=region),
            hearing=self._said(draft.hearing, region=region),
            day=day,
            place=self._said(draft.place, region=region),
            prepared_by=draft.prepared_by,
            legal_basis=tuple(self._said(each, region=region) for each in draft.legal_basis),
            coat_of_arms=self.coat_of_arms,
            letter=self.letter,
        )

    def _said(self, label: Label, *, region: str) -> str:
        """A text in the language; `{region}` in an outline is the region's name."""
        return label.in_language(self.language).replace("{region}", region)

    def _sections(self, draft: Draft) -> tuple[Section, ...]:
        total, done, number = len(draft.recipes), 0, 0
        sections = []
        for position, section in enumerate(draft.sections, start=1):
            parts: list[Part] = []
            for part in section.parts:
                made = self._part(part, number + 1)
                number += isinstance(made, Exhibit)
                if part.kind == "figure":
                    done += 1
                    self.on_figure(done, total)
                parts.append(made)
            sections.append(self._section(position, section, parts))
        return tuple(sections)

    def _section(self, position: int, section: DraftSection, parts: Sequence[Part]) -> Section:
        region = self.kitchen.edition.stamp.region_name.in_language(self.language)
        heading = self._said(section.heading, region=region)
        if not heading:
            heading = text("briefing.section.unnamed", self.language, n=position)
        return Section(position, heading, tuple(parts))

    def _part(self, part: DraftPart, number: int) -> Part:
        heading = part.heading.in_language(self.language)
        if part.kind == "text":
            return Passage(part.text.in_language(self.language))
        if part.kind == "list":
            items = tuple(item.in_language(self.language) for item in part.items)
            return Listing(items, heading) if items else self._empty_list(part)
        if part.kind in ACCOUNTS:
            return account_table(
                self.kitchen.edition, part.kind, language=self.language, heading=heading
            )
        if part.kind == "follow_up":
            return self._follow_up(part)
        return self._figure(part, number)

    def _empty_list(self, part: DraftPart) -> Gap:
        return Gap(
            heading=part.heading.in_language(self.language),
            reason=text("briefing.gap.list_reason", self.language),
            cure=text("briefing.gap.list_cure", self.language),
        )

    def _follow_up(self, part: DraftPart) -> Part:
        """Recommendations with what was done, or the blank with its reason."""
        heading = part.heading.in_language(self.language) or text(
            "briefing.follow_up.heading", self.language
        )
        if not part.questions:
            return Gap(
                heading=heading,
                reason=text("briefing.follow_up.missing", self.language),
                cure=text("briefing.follow_up.cure", self.language),
            )
        columns = tuple(
            text(f"briefing.follow_up.{name}", self.language) for name in ("recommendation", "done")
        )
        rows = tuple(
            (each.question.in_language(self.language), each.answer.in_language(self.language))
            for each in part.questions
        )
        return Grid(heading, columns, rows)

    # Figures

    def _figure(self, part: DraftPart, number: int) -> Part:
        assert part.recipe is not None
        try:
            made = self.kitchen.make(resolved(part.recipe, self.kitchen.edition))
        except CannotMake:
            return self._gap(part)
        if is_blank(made.figure):
            return self._gap(part, made.figure)
        confirmation = self._confirmation(part)
        if needs_confirmation(made.figure) and confirmation is None:
            return self._unconfirmed(part, made.figure)
        return self._exhibit(part, made, number, confirmation)

    def _exhibit(
        self, part: DraftPart, made: Made, number: int, confirmation: Confirmation | None
    ) -> Exhibit:
        figure, language = made.figure, self.language
        recipe = figure.made_by
        assert recipe is not None
        caveats = tuple(c.in_language(language) for c in figure.result.caveats)
        return Exhibit(
            number=number,
            heading=part.heading.in_language(language) or figure.title(language),
            figure=figure,
            recipe=recipe,
            sentence=figure.sentence(language),
            context=figure.context(language, today=self.kitchen.today),
            source=source_line(figure, self.kitchen),
            alt_text=figure.alt_text(language),
            caveats=caveats,
            notes=part.notes.in_language(language) or self._notes(figure),
            questions=self._questions(part, figure),
            drawing=made.drawing,
            confirmation=confirmation,
        )

    def _notes(self, figure: Figure) -> str:
        """What a speaker can say: the sentences, then each caveat on a line of its own."""
        language = self.language
        notes = [note.words(language) for note in figure.result.notes]
        caveats = [
            text("briefing.notes.caveat", language, caveat=caveat.in_language(language))
            for caveat in figure.result.caveats
        ]
        return "\n".join(line for line in [figure.sentence(language), *notes, *caveats] if line)

    def _questions(self, part: DraftPart, figure: Figure) -> tuple[Question, ...]:
        if part.questions is None:
            return drafted(
                figure, self.kitchen.edition, language=self.language, reasons=self.reasons
            )
        return tuple(
            Question("own", *(each.in_language(self.language) for each in (q.question, q.answer)))
            for q in part.questions
        )

    def _confirmation(self, part: DraftPart) -> Confirmation | None:
        if not part.confirmed_by.strip():
            return None
        words = text(
            "briefing.confirmation.words",
            self.language,
            name=part.confirmed_by,
            date=Formatter(self.language).date(self.kitchen.today),
            reason=part.confirmed_why,
        )
        return Confirmation(part.confirmed_by, self.kitchen.today, part.confirmed_why, words)

    def _unconfirmed(self, part: DraftPart, figure: Figure) -> Gap:
        return Gap(
            heading=part.heading.in_language(self.language) or figure.title(self.language),
            reason=text("briefing.confirmation.missing", self.language),
            cure=text("briefing.confirmation.cure", self.language),
        )

    def _gap(self, part: DraftPart, figure: Figure | None = None) -> Gap:
        """Why there is no figure: its own notes, else what the outline knows, else that the
        edition holds nothing of it.
        """
        language = self.language
        notes = [n.words(language) for n in figure.result.notes] if figure is not None else []
        known = part.reason.in_language(language)
        name = part.about.in_language(language) or part.heading.in_language(language)
        return Gap(
            heading=name or (figure.title(language) if figure is not None else ""),
            reason=notes[0] if notes else known or text("briefing.gap.reason", language),
            cure=text("briefing.gap.cure", language),
        )


def is_blank(figure: Figure) -> bool:
    """True when a figure shows neither a value nor a text."""
    frame = figure.frame
    has_text = "obs_text" in frame.columns and bool((frame["obs_text"].fillna("") != "").any())
    is_timeline = figure.kind is Kind.TIMELINE and not frame.empty
    return figure.is_empty and not has_text and not is_timeline


def needs_confirmation(figure: Figure) -> bool:
    """True when some value shown is unverified or in conflict (status U)."""
    frame = figure.frame
    is_doubted = frame["obs_status"].astype(str) == ObsStatus.UNVERIFIED.value
    return bool((is_doubted & frame["obs_value"].notna()).any())


def edition_words(kitchen: Kitchen) -> str:
    """`Edisi 3, 24 November 2026`."""
    stamp = kitchen.edition.stamp
    published = Formatter(kitchen.language).date(stamp.published_on)
    return text("briefing.cover.edition", kitchen.language, number=stamp.number, date=published)


def source_line(figure: Figure, kitchen: Kitchen) -> str:
    """Publishers with year, at most three and how many more, and the edition."""
    sources = figure.result.sources
    named = list(dict.fromkeys(_short(source) for source in sources))
    listed = "; ".join(named[:SOURCES_NAMED])
    more = len(named) - SOURCES_NAMED
    if more > 0:
        listed = text("briefing.source.more", kitchen.language, listed=listed, n=more)
    return text(
        "briefing.source.line", kitchen.language, sources=listed, edition=edition_words(kitchen)
    )


def _short(source: Source) -> str:
    return f"{source.short_publisher} {source.year}".strip()


def pinned(draft: Draft, briefing: Briefing) -> Draft:
    """The draft with each figure's recipe as it was made: codes instead of words, runs named.

    Figures that could not be made keep the recipe of the draft.
    """
    made: dict[int, Recipe] = {}
    for section, drawn in enumerate(briefing.sections):
        for position, part in enumerate(drawn.parts):
            if isinstance(part, Exhibit):
                made[section * 10_000 + position] = part.recipe
    sections = tuple(
        replace(
            section,
            parts=tuple(
                replace(part, recipe=made.get(number * 10_000 + position, part.recipe))
                for position, part in enumerate(section.parts)
            ),
        )
        for number, section in enumerate(draft.sections)
    )
    return replace(draft, sections=sections)


__all__ = ["BadRecipe", "Builder", "edition_words", "is_blank", "needs_confirmation", "pinned",
           "source_line"]  # fmt: skip
