"""The coat of arms of a region: a PNG or SVG file of its pack, opened once to see that it shows."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from analytics.pack.reader import is_file_of

KINDS = {".png": "image/png", ".svg": "image/svg+xml"}
PNG_START = b"\x89PNG\r\n\x1a\n"
LARGEST_BYTES = 1_000_000  # it is sent with every page
LARGEST_PIXELS = 16_000_000
LONGEST_SIDES = 8  # the longer side by the shorter
TRIED_PX = 64
SVG_ROOT = "{http://www.w3.org/2000/svg}svg"
ADDRESSES = ("href", "{http://www.w3.org/1999/xlink}href")
INSIDE = ("#", "data:")
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class BrokenPicture(ValueError):
    """What should be a picture does not open as a PNG, or as an SVG that brings all it shows."""


def kind_of(content: bytes) -> str:
    """`image/png` or `image/svg+xml`."""
    return KINDS[".png" if content.startswith(PNG_START) else ".svg"]


def picture_of(folder: Path, file: str, *, is_tried: bool = True) -> bytes:
    """The picture that a pack names; empty where it names none, or the file is gone or broken.

    Loading tells of both; a page or file made later does without. An SVG is drawn once as a
    trial, unless it is not to be tried: the server never loads the library that draws.
    """
    if not file or not is_file_of(folder, file):
        return b""
    content = (folder / file).read_bytes()
    try:
        if is_tried:
            as_png(content, height_px=TRIED_PX)
        else:
            _checked(content, height_px=TRIED_PX)
    except BrokenPicture:
        return b""
    return content


def as_png(content: bytes, *, height_px: int) -> bytes:
    """The picture as PNG; an SVG is drawn in that height. Raises BrokenPicture."""
    drawing = _checked(content, height_px=height_px)
    if not drawing:
        return content
    import vl_convert

    try:
        drawn: bytes = vl_convert.svg_to_png(drawing)
    except RuntimeError as error:
        raise BrokenPicture(str(error).partition("\n")[0]) from None
    return drawn


def _checked(content: bytes, *, height_px: int) -> str:
    """The SVG in that height, or nothing for a PNG that opens. Raises BrokenPicture."""
    if len(content) > LARGEST_BYTES:
        raise BrokenPicture(f"{len(content)} bytes")
    if content.startswith(PNG_START):
        _open_png(content)
        return ""
    return _svg_of_height(content, height_px)


def _open_png(content: bytes) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise BrokenPicture(f"{picture.width} x {picture.height}")
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise BrokenPicture(str(error)) from None


def _svg_of_height(content: bytes, height_px: int) -> str:
    """The drawing with a size of its own: the library allots what a file says, however much."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenPicture(str(error)) from None
    targets = [each.get(name, "#") for each in root.iter() for name in ADDRESSES]
    if root.tag != SVG_ROOT or not all(target.startswith(INSIDE) for target in targets):
        raise BrokenPicture("no SVG that brings all it shows")
    box = _box(root)
    root.set("viewBox", " ".join(map(str, box)))
    root.set("height", str(height_px))
    root.set("width", str(round(height_px * box[2] / box[3])))
    return str(etree.tostring(root, encoding="unicode"))


def _box(root: Any) -> tuple[float, float, float, float]:
    """The part that is shown: `viewBox`, else width and height in pixels."""
    told = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = [LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    try:
        if len(told) == 4:
            left, top, width, height = (float(number) for number in told)
        else:
            left = top = 0.0
            width, height = (float(side[1]) for side in sides if side is not None)
    except ValueError:
        raise BrokenPicture("neither viewBox nor width and height") from None
    if not 1 / LONGEST_SIDES <= (width / height if height else 0) <= LONGEST_SIDES:
        raise BrokenPicture(f"{width} x {height}")
    return left, top, width, height
