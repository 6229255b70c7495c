"""Words of the data and of people as text: nothing in them is Markdown, HTML or a formula."""

from __future__ import annotations

MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~$:"})


def as_text(words: str) -> str:
    """The words with every mark that Markdown would read escaped."""
    return words.translate(MARKS)
