"""A third region with a coat of arms: it stands on every file, and its loss stops none."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation

from analytics.briefing.draft import Draft
from analytics.briefing.office import Office, open_office
from analytics.briefing.writers import written
from tests.briefing.conftest import load
from tests.editions.test_publish import settings_for
from tests.pack.test_pictures import png, svg
from tests.small_pack import describe, write_small_pack

GREEN = (11, 93, 59)


def office_with(tmp_path: Path, picture: bytes, file: str) -> Office:
    folder = tmp_path / "data" / "uji"
    write_small_pack(folder)
    (folder / file).write_bytes(picture)
    describe(folder, lambda d: d["sejahtera"].update(coat_of_arms=file))
    settings = settings_for(tmp_path, "uji")
    load(open_office(settings, "uji"), folder)
    return open_office(settings, "uji")


def file_of(office: Office, draft: Draft, suffix: str) -> bytes:
    return written(office.briefing(draft, office.edition(), language="id"), suffix=suffix)


def middle(picture: bytes) -> Any:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return image.getpixel((image.width // 2, image.height // 2))


@pytest.mark.parametrize(("picture", "file"), [(png(), "arms.png"), (svg(), "arms.svg")])
def test_slides_letter_and_story_show_the_coat_of_arms(
    tmp_path: Path, small_draft: Draft, picture: bytes, file: str
) -> None:
    office = office_with(tmp_path, picture, file)
    cover = Presentation(io.BytesIO(file_of(office, small_draft, "pptx"))).slides[0]
    (arms,) = (shape for shape in cover.shapes if shape.name == "coat of arms")
    assert middle(arms.image.blob) == GREEN
    assert arms._element.xpath(".//p:cNvPr")[0].get("descr") == "Lambang Kabupaten Uji"
    assert arms.width / arms.height == pytest.approx(40 / 50, abs=0.01)

    letter = Document(io.BytesIO(file_of(office, small_draft, "docx")))
    first = letter.inline_shapes[0]
    assert first._inline.docPr.get("descr") == "Lambang daerah"
    part = letter.part.related_parts[first._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert middle(part.blob) == GREEN

    story = file_of(office, small_draft, "html").decode()
    assert base64.b64encode(picture).decode() in story


@pytest.mark.parametrize("layout", ["pdf", "summary.pdf", "handout.pdf"])
def test_every_layout_of_the_pdf_shows_the_coat_of_arms(
    tmp_path: Path, small_draft: Draft, layout: str
) -> None:
    from pypdf import PdfReader

    office = office_with(tmp_path, png(), "arms.png")
    page = PdfReader(io.BytesIO(file_of(office, small_draft, layout))).pages[0]
    assert [middle(image.data) for image in page.images] == [GREEN]


def test_a_picture_that_is_lost_after_loading_is_left_out(
    tmp_path: Path, small_draft: Draft
) -> None:
    office_with(tmp_path, png(), "arms.png")
    settings, path = settings_for(tmp_path, "uji"), tmp_path / "data" / "uji" / "arms.png"
    path.write_bytes(png()[:70])
    assert open_office(settings, "uji").coat_of_arms == b""
    path.unlink()
    lost = open_office(settings, "uji")
    cover = Presentation(io.BytesIO(file_of(lost, small_draft, "pptx"))).slides[0]
    assert "coat of arms" not in {shape.name for shape in cover.shapes}
