"""The drawn tables are complete in both languages, and the Methods page shows one of them."""

import re
import tomllib

import pytest

from analytics.overview.methods import SPEC_FOLDER, drawn_tables

IN_BOTH = ("title", "formula")
CONTENT = {"columns", "rows", "expected"}
# Words that stand in nearly every text of one language and in none of the other.
INDONESIAN = {"aturan", "atau", "bila", "dan", "dari", "nilai", "rata", "sama", "tahun", "tidak"}
ENGLISH = {"from", "is", "mean", "month", "not", "of", "or", "rule", "same", "the", "value", "when"}
SPECS = sorted(SPEC_FOLDER.glob("*.toml"))
GOOD = """title_id = "Judul"
title_en = "Title"
formula_id = "jumlah"
formula_en = "sum"
source = "Fisher 1958"
columns = ["a"]
rows = [[1.0]]

[expected]
a = 1.0
"""


def in_both(*names):
    return {f"{name}_{language}" for name in names for language in ("id", "en")}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_drawn_table_has_both_languages(path):
    drawn = tomllib.loads(path.read_text(encoding="utf-8"))
    source = {"source"} if "source" in drawn else in_both("source")
    assert set(drawn) == in_both(*IN_BOTH) | source | CONTENT


@pytest.mark.parametrize("table", drawn_tables(), ids=lambda table: f"{table.theme}_{table.name}")
def test_no_text_holds_words_of_the_other_language(table):
    for label in (table.title, table.formula, table.source):
        assert not set(re.findall(r"[a-z]+", label.en.lower())) & INDONESIAN, label.en
        if label.id != label.en:
            assert not set(re.findall(r"[a-z]+", label.id.lower())) & ENGLISH, label.id


@pytest.mark.parametrize("lacking", ["title_en", "formula_id", "source"])
def test_incomplete_drawn_table_is_refused(tmp_path, lacking):
    lines = [line for line in GOOD.splitlines() if not line.startswith(lacking)]
    (tmp_path / "prices_example.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(KeyError, match=lacking):
        drawn_tables(tmp_path)


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_methods_page_shows_only_its_language(open_page, language, other):
    app = open_page("methods", lang=language)
    assert not app.exception
    shown = {element.value for element in (*app.markdown, *app.caption)}
    labels = [expander.label for expander in app.expander]
    for table in drawn_tables():
        assert table.title.in_language(language) in labels
        for label in (table.formula, table.source):
            assert found(label.in_language(language), shown)
            if label.id != label.en:
                assert not found(label.in_language(other), shown)


def found(words, shown):
    """Whether a text of the page holds the words; marks that Markdown would read are masked."""
    return any(words in text.replace("\\", "") for text in shown)
