"""Coats of arms: what opens is shown in the size it needs, what does not is told and left out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from analytics.pack.checks import check_pack
from analytics.pack.pictures import LARGEST_BYTES, BrokenPicture, as_png, kind_of, picture_of
from analytics.pack.reader import read_pack
from tests.pack.test_bad_packs import problems_of
from tests.small_pack import describe, write_small_pack

SHIELD = '<path d="M4 4h32v24q0 14-16 20Q4 42 4 28z" fill="#0B5D3B"/>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'
BOX = 'viewBox="0 0 40 50"'


def svg(size: str = BOX, content: str = SHIELD) -> bytes:
    return SVG.format(size=size, content=content).encode()


def png(width: int = 40, height: int = 50) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "#0B5D3B").save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    "size", [BOX, 'width="40" height="50"', 'width="40px" height="50px"',
             f'width="100%" height="12mm" {BOX}', f'width="90000" height="90000" {BOX}'],
)  # fmt: skip
def test_a_drawing_becomes_a_picture_of_the_height_asked_for(size: str) -> None:
    drawn = Image.open(io.BytesIO(as_png(svg(size), height_px=500)))
    assert drawn.size == (400, 500)
    assert drawn.convert("RGBA").getpixel((200, 250)) == (11, 93, 59, 255)


def test_a_png_stays_as_it_is() -> None:
    assert as_png(png(), height_px=500) == png()
    assert (kind_of(png()), kind_of(svg())) == ("image/png", "image/svg+xml")


BROKEN = {
    "cut off": png()[:60],
    "only its first bytes": png()[:8],
    "no picture": b"a coat of arms",
    "empty": b"",
    "HTML": b"<html><body/></html>",
    "unclosed": svg()[:-8],
    "without a size": svg(size=""),
    "of no height": svg(size='viewBox="0 0 40 0"'),
    "a thread": svg(size='viewBox="0 0 4000 1"'),
    "a picture from outside": svg(content='<image href="http://example.org/a.png"/>'),
    "a file from outside": svg(content='<image href="../../etc/passwd"/>'),
    "too large": svg(content=SHIELD + " " * LARGEST_BYTES),
    "too many points": png(5000, 4000),
    "an entity without its end": b'<!DOCTYPE s [<!ENTITY x "y">]>' + svg(content="&x;")[:-6],
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_whole_picture_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(BrokenPicture):
        as_png(content, height_px=100)
    folder = write_small_pack(tmp_path)
    file = "arms.png" if content.startswith(b"\x89PNG") else "arms.svg"
    (folder / file).write_bytes(content)
    describe(folder, lambda d: d["sejahtera"].update(coat_of_arms=file))
    (problem,) = problems_of(folder)
    assert (problem.kind, problem.file) == ("picture_broken", file)
    assert problem.words("en").startswith(f"{file}: the file does not open as a picture")
    assert picture_of(folder, file) == b""


def test_a_good_picture_is_no_problem(tmp_path: Path) -> None:
    folder = write_small_pack(tmp_path)
    (folder / "media").mkdir()
    (folder / "media" / "arms.svg").write_bytes(svg())
    describe(folder, lambda d: d["sejahtera"].update(coat_of_arms="media/arms.svg"))
    check_pack(read_pack(folder))
    assert picture_of(read_pack(folder).folder, "media/arms.svg") == svg()


def test_a_picture_that_is_gone_or_outside_is_none(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(png())
    folder = write_small_pack(tmp_path / "uji")
    for file in ("", "gone.png", "../outside.png"):
        assert picture_of(folder, file) == b""
