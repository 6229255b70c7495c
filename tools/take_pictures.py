"""Takes the README's pictures from the running app: `python -m tools.take_pictures [--only map]`.

Start the app first (`python start.py run`); --address says where it answers when not on port
8501. Without --only every picture is taken, in both languages, into docs/pictures.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analytics.settings import PROJECT_ROOT
from tests.browser.conftest import settle
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES

FOLDER = PROJECT_ROOT / "docs" / "pictures"
LANGUAGES = ("id", "en")
PATIENCE_MS = 120_000
AT_REST_MS = 2_500  # charts and map tiles are drawn after the app's run has ended


@dataclass(frozen=True)
class Picture:
    """One page at one window size; `width` and `height` in CSS pixels."""

    name: str
    address: str
    width: int
    height: int


PICTURES = (
    Picture("map", "/peta-pertanian", width=1300, height=860),
    Picture("price", "/harga-komoditas", width=1300, height=860),
    Picture("phone", "/harga-komoditas", width=360, height=1240),
)
NAMES = [picture.name for picture in PICTURES]


def main() -> None:
    """Takes the wanted pictures, or all."""
    options = _options()
    wanted = [picture for picture in PICTURES if picture.name in (options.only or NAMES)]
    found = next(path for name in CHROMIUM_NAMES if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_FLAGS))
        for picture, language in product(wanted, LANGUAGES):
            print(take(browser, picture, language=language, server=options.address))
        browser.close()


def take(browser: Browser, picture: Picture, *, language: str, server: str) -> Path:
    """Writes one picture; gives its file."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server}{picture.address}?lang={language}")
    page.locator("h1").first.wait_for()
    settle(page)
    page.wait_for_timeout(AT_REST_MS)
    file = FOLDER / f"{picture.name}-{language}.png"
    page.screenshot(path=file)
    page.close()
    return file


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=NAMES)
    parser.add_argument("--address", default="http://127.0.0.1:8501")
    return parser.parse_args()


if __name__ == "__main__":
    main()
