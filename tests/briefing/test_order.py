"""Sections and parts in the order that was chosen: nothing is lost, whatever is wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.briefing import arrange
from analytics.briefing.draft import Draft, DraftPart, DraftSection, read_outline
from analytics.briefing.order import in_order, places
from analytics.observations.concepts import Label


def part(words: str) -> DraftPart:
    return DraftPart("text", text=Label(words, words))


def draft_of(*sections: tuple[str, str]) -> Draft:
    """Sections by heading, their parts by one letter each."""
    made = tuple(
        DraftSection(Label(heading, heading), tuple(part(letter) for letter in letters))
        for heading, letters in sections
    )
    return replace(read_outline("kosong"), sections=made)


def told(draft: Draft) -> list[tuple[str, str]]:
    return [(s.heading.id, "".join(p.text.id for p in s.parts)) for s in draft.sections]


DRAFT = draft_of(("Satu", "abc"), ("Dua", "d"), ("Tiga", ""))
SATU, A, B, C, DUA, D, TIGA = (place.name for place in places(DRAFT))


def test_a_part_goes_to_the_section_it_stands_under() -> None:
    changed = in_order(DRAFT, [SATU, B, C, DUA, D, TIGA, A])
    assert told(changed) == [("Satu", "bc"), ("Dua", "d"), ("Tiga", "a")]


def test_a_section_moves_with_what_follows_it() -> None:
    changed = in_order(DRAFT, [DUA, D, SATU, A, B, C, TIGA])
    assert told(changed) == [("Dua", "d"), ("Satu", "abc"), ("Tiga", "")]


def test_a_part_before_every_section_begins_the_first() -> None:
    assert told(in_order(DRAFT, [D, SATU, A, B, C, DUA, TIGA]))[0] == ("Satu", "dabc")


def test_two_moves_in_one_answer_count_both() -> None:
    first = [SATU, B, A, C, DUA, D, TIGA]
    both = [SATU, B, C, A, DUA, D, TIGA]
    assert told(in_order(in_order(DRAFT, first), both)) == told(in_order(DRAFT, both))


def test_a_part_added_meanwhile_stays_where_it_was_put() -> None:
    grown = arrange.with_part(arrange.with_new_part(DRAFT, 1, "list"), (1, 0), text=Label("x", "x"))
    changed = in_order(grown, [SATU, C, B, A, DUA, D, TIGA])
    assert told(changed) == [("Satu", "cba"), ("Dua", "x"), ("Tiga", "")]
    assert changed.sections[1].parts[1].kind == "list"


def test_equal_parts_keep_their_number() -> None:
    twins = draft_of(("", "aa"), ("", "a"))
    names = [place.name for place in places(twins)]
    assert len(set(names)) == len(names)
    assert told(in_order(twins, [names[0], names[1], names[3], names[2], names[4]])) == [
        ("", "a"),
        ("", "aa"),
    ]


def test_names_that_are_not_there_are_passed_over() -> None:
    assert in_order(DRAFT, ["<script>", A, A]) == in_order(DRAFT, [A])
    assert in_order(DRAFT, []) == DRAFT
    assert in_order(read_outline("kosong"), [A]) == read_outline("kosong")


@settings(max_examples=60, deadline=None)
@given(
    letters=st.lists(st.text("abc", max_size=4), min_size=1, max_size=4),
    data=st.data(),
)
def test_whatever_is_wanted_every_section_and_part_is_there_once(
    letters: list[str], data: st.DataObject
) -> None:
    draft = draft_of(*((f"S{n % 2}", each) for n, each in enumerate(letters)))
    names = [place.name for place in places(draft)]
    wanted = data.draw(st.lists(st.sampled_from([*names, "strange"]), max_size=12))
    changed = in_order(draft, wanted)
    parts = lambda one: Counter(p.text.id for s in one.sections for p in s.parts)  # noqa: E731
    assert parts(changed) == parts(draft)
    assert Counter(s.heading for s in changed.sections) == Counter(
        s.heading for s in draft.sections
    )
