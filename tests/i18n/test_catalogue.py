"""Both languages are complete: same keys, same values, nothing unused, nothing unknown."""

import re
import string
from pathlib import Path

import pytest

from analytics.i18n import LANGUAGES, MissingText, catalogue, text

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    *ROOT.glob("streamlit_app.py"),
    *ROOT.glob("pages/**/*.py"),
    *ROOT.glob("analytics/**/*.py"),
]


def forms(words):
    return [words] if isinstance(words, str) else list(words.values())


def placeholders(words):
    names = set()
    for form in forms(words):
        names |= {name for _, name, _, _ in string.Formatter().parse(form) if name}
    return names


def test_languages_have_the_same_keys():
    indonesian, english = (set(catalogue(language)) for language in LANGUAGES)
    assert indonesian - english == set(), "not in English"
    assert english - indonesian == set(), "not in Indonesian"


def test_languages_ask_for_the_same_values():
    indonesian, english = catalogue("id"), catalogue("en")
    different = {
        key: (placeholders(indonesian[key]), placeholders(english[key]))
        for key in indonesian
        if placeholders(indonesian[key]) - {"n"} != placeholders(english[key]) - {"n"}
    }
    assert different == {}


def test_no_text_is_empty():
    empty = [
        key for lang in LANGUAGES for key, words in catalogue(lang).items() if "" in forms(words)
    ]
    assert empty == []


def test_every_text_is_used_and_every_key_in_the_code_is_known():
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE)
    literal = set(re.findall(r"""["']([a-z_]+(?:\.[a-z0-9_]+)+)["']""", code))
    prefixes = tuple(re.findall(r"""f["']([a-z_]+\.[a-z0-9_.]*)\{""", code))
    unused = [key for key in catalogue("id") if key not in literal and not key.startswith(prefixes)]
    assert unused == []
    themes = {key.split(".")[0] for key in catalogue("id")}
    keys = {
        key for key in literal if key.split(".")[0] in themes and not key.endswith((".py", ".toml"))
    }
    known_prefixes = {key.rsplit(".", depth)[0] for key in catalogue("id") for depth in (1, 2, 3)}
    assert keys - set(catalogue("id")) - known_prefixes - OTHER_DOTTED == set()


# Dotted strings in the code that are not texts: the file of accounts.
OTHER_DOTTED: set[str] = {"people.sqlite"}


def test_plural_follows_the_number():
    assert "1 problem." in text("cli.load.refused", "en", n=1)
    assert "2 problems." in text("cli.load.refused", "en", n=2)


def test_unknown_key_and_missing_value_are_errors():
    with pytest.raises(MissingText, match=r"no\.such\.key"):
        text("no.such.key", "id")
    with pytest.raises(MissingText, match="region"):
        text("cli.load.progress", "id")
