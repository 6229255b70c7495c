"""Citations in the reader's language: remarks on copies and quotations of the real pack."""

from __future__ import annotations

import csv
import re

import pytest

from analytics.observations.concepts import Label, Source
from analytics.settings import PROJECT_ROOT

PACK = PROJECT_ROOT / "data" / "blitar"
# English remarks as compilers write them; names of works and of organisations may be English.
ENGLISH = re.compile(
    r"\b(quoting|citing|copy (in|on)|reposted by|compiled by|archived by|republished by|"
    r"monthly and annual|first release|source line|in force|joint decree|travel blog|snapshot|"
    r"figures of|via [A-Z]|page \d)"
)


def rows_of(table: str) -> dict[str, dict[str, str]]:
    with (PACK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row["source_id"]: row for row in csv.DictReader(file)}


def test_every_english_remark_has_indonesian_words() -> None:
    words = rows_of("source_words")
    missing = [
        f"{source}: {row[name]}"
        for source, row in rows_of("sources").items()
        for name in ("publisher", "title")
        if ENGLISH.search(row[name]) and not words.get(source, {}).get(f"{name}_id")
    ]
    assert missing == []


def test_indonesian_words_hold_no_english_remark_and_belong_to_a_source() -> None:
    sources = rows_of("sources")
    for source, row in rows_of("source_words").items():
        assert source in sources
        assert not ENGLISH.search(f"{row['publisher_id']} {row['title_id']}")


@pytest.mark.parametrize("name", ["publisher", "title"])
def test_numbers_of_a_citation_are_the_same_in_both_languages(name: str) -> None:
    sources = rows_of("sources")
    for source, row in rows_of("source_words").items():
        if row[f"{name}_id"]:
            digits = [
                re.sub(r"\D", "", words) for words in (sources[source][name], row[f"{name}_id"])
            ]
            assert sorted(digits[0]) == sorted(digits[1]), source


def test_citation_is_in_the_reader_s_language() -> None:
    plain = Label("", "")
    source = Source(
        source_id="s", title="Padi, monthly", publisher="Koran (quoting BPS)", year="2024", url="",
        licence=plain, method="", method_name=plain, publisher_id="Koran (mengutip BPS)",
    )  # fmt: skip
    assert source.cited("en") == "Koran (quoting BPS) (2024): Padi, monthly"
    assert source.cited("id") == "Koran (mengutip BPS) (2024): Padi, monthly"
