"""The commands brief and snapshot: files by their ending, frozen copies, refusals in sentences."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from analytics.briefing.writers import WRITERS
from analytics.cli import main
from analytics.settings import load_settings
from tests.briefing.conftest import MORE_YEARS
from tests.small_desk import give_accounts
from tests.small_pack import AGRICULTURE, describe

pytestmark = pytest.mark.thorough

OUTLINE = """
title = { id = "Paparan uji", en = "Test briefing" }
[[section]]
heading = { id = "Padi", en = "Rice" }
[[section.part]]
maker = "data/series"
choices = { dataset = "agriculture", item = "padi", indicator = "production" }
"""


@pytest.fixture
def outline(home: Path) -> Path:
    """A loaded region and the file of an outline."""
    (home / "data" / "uji" / "agriculture.csv").write_text(AGRICULTURE + MORE_YEARS)
    assert main(["load"]) == 0
    path = home / "uji.toml"
    path.write_text(OUTLINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_briefing_is_written_by_the_ending_the_same_each_time(outline: Path, suffix: str) -> None:
    files = [outline.with_name(f"{name}.{suffix}") for name in ("a", "b")]
    for file in files:
        assert main(["brief", "--outline", str(outline), "--output", str(file)]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_layout_of_the_pdf_is_chosen_and_frozen_with_it(
    outline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = outline.with_name("ringkas.pdf")
    asked = ["brief", "--outline", str(outline), "--layout", "summary", "--output", str(file)]
    assert main(asked) == 0
    assert len(PdfReader(file).pages) == 1
    assert main(["snapshot", "create", "--outline", str(outline)]) == 0
    snapshot = capsys.readouterr().out.strip()
    kept = ["brief", "--snapshot", snapshot, "--output", str(file)]
    assert main([*kept, "--layout", "handout"]) == 0
    width, height = PdfReader(file).pages[0].mediabox[2:]
    assert width > height


def test_the_template_of_the_office_gives_its_letterhead(outline: Path) -> None:
    template, file = outline.with_name("kop.docx"), outline.with_name("a.docx")
    letter = Document()
    letter.add_paragraph("PEMERINTAH KABUPATEN UJI")
    letter.save(str(template))
    asked = ["brief", "--outline", str(outline), "--output", str(file)]
    assert main([*asked, "--template", str(template)]) == 0
    assert Document(str(file)).paragraphs[0].text == "PEMERINTAH KABUPATEN UJI"
    pack = outline.with_name("data") / "uji"
    shutil.copy(template, pack)
    describe(pack, lambda d: d["sejahtera"].update(letter_template=template.name))
    file.unlink()
    assert main(asked) == 0
    assert Document(str(file)).paragraphs[0].text == "PEMERINTAH KABUPATEN UJI"


def test_the_language_of_the_command_is_that_of_the_briefing(outline: Path) -> None:
    for language, title in (("id", "Paparan uji"), ("en", "Test briefing")):
        file = outline.with_name(f"{language}.pptx")
        asked = ["brief", "--outline", str(outline), "--lang", language, "--output", str(file)]
        assert main(asked) == 0
        deck = Presentation(io.BytesIO(file.read_bytes()))
        assert deck.slides[0].shapes.title.text_frame.text == title


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--outline", "kosong", "--output", "x.odp"], "pptx"),
        (["--output", "x.pptx"], "exactly one"),
        (["--outline", "kosong", "--draft", "b", "--output", "x.pptx"], "exactly one"),
        (["--outline", "no-such", "--output", "x.pptx"], "lkpj-pertanian"),
        (["--draft", "no-such", "--output", "x.pptx"], "no-such"),
        (["--snapshot", "nono", "--output", "x.pptx"], "nono"),
        (["--outline", "kosong", "--layout", "summary", "--output", "x.docx"], "PDF"),
        (["--outline", "kosong", "--template", "no.docx", "--output", "x.pdf"], "DOCX"),
        (["--outline", "kosong", "--template", "no.docx", "--output", "x.docx"], "no.docx"),
    ],
)
def test_bad_input_is_exit_2_with_a_sentence(
    outline: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert not any(Path(f"x.{suffix}").exists() for suffix in WRITERS)


def test_a_snapshot_is_created_shown_verified_and_compared(
    outline: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_accounts(load_settings())
    assert main(["snapshot", "create", "--outline", str(outline), "--as", "Siti"]) == 0
    snapshot = capsys.readouterr().out.strip()
    kept = outline.with_name("kept.pptx")
    asked = ["brief", "--snapshot", snapshot, "--output", str(kept)]
    assert main(asked) == 0
    before = kept.read_bytes()
    pack = outline.with_name("data") / "uji" / "agriculture.csv"
    pack.write_text(pack.read_text().replace(",98,,t", ",97,,t"))
    assert main(["load"]) == 0
    assert main(asked) == 0
    assert kept.read_bytes() == before
    capsys.readouterr()
    assert main(["snapshot", "verify", snapshot]) == 0
    assert "Sound" in capsys.readouterr().out
    assert main(["snapshot", "diff", snapshot]) == 0
    assert "98 became 97" in capsys.readouterr().out
    assert main(["snapshot", "show", snapshot, "--format", "json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["edition"], facts["created_by"]) == (1, "siti")
    assert {"pptx", "xlsx"} <= set(facts["files"])
    assert main(["snapshot", "show"]) == 0
    assert snapshot in capsys.readouterr().out


def test_a_blank_briefing_is_not_frozen(outline: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshot", "create", "--outline", "kosong"]) == 2
    assert "no figure" in capsys.readouterr().err
