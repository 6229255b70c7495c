"""How long the map takes to repaint, beside a bare page with the same polygons.

    python -m tests.benchmarks.bench_map [--level kabupaten] [--rounds 20]

Starts the app and two bare pages, opens all three in one headless Chromium, changes commodity
and period in turn, and prints the median time from the key or click to the frame in which the
areas have new colours, and the ratio to the bare page that repaints. Exit code 1 when a ratio
is above the promise. The other bare page, which rebuilds its map as folium does by itself, is
printed for comparison.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from analytics.geography.boundaries import WebGeometry, web_geometry
from analytics.geography.levels import level_boundary
from analytics.i18n import text
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT, Settings, load_settings
from pages.ui.navigation import entry
from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.server.running import start_server

PROMISE = 1.3
WARM_UP = 3
ARROWS = ("ArrowRight", "ArrowLeft")
OPENING_MS = 90_000
PATIENCE_MS = 20_000
QUIET_MS = 400  # between two changes, so that one repaint never runs into the next
LANGUAGE = "id"
MAP_PAGE = entry("agriculture")
BARE_PAGE = Path(__file__).with_name("bare_map.py")

# Waits, frame by frame, until all areas are there and their fills differ from `before`.
REPAINTED = """
([count, before]) => {
  const frame = document.querySelector('iframe[title="streamlit_folium.st_folium"]');
  const inside = frame && frame.contentDocument;
  if (!inside) return null;
  const paths = Array.from(inside.querySelectorAll('path.leaflet-interactive'));
  const fills = paths.map((path) => path.getAttribute('fill')).join();
  return paths.length >= count && fills !== before ? fills : null;
}
"""
STOPWATCH = """
() => {
  const look = REPAINTED;
  window.repaint = (known) => new Promise((resolve) => {
    const watch = () => {
      const fills = look(known);
      const took = performance.now() - window.pressedAt;
      if (fills === null && took < PATIENCE_MS) requestAnimationFrame(watch);
      else resolve([took, fills]);
    };
    watch();
  });
  const press = () => { window.pressedAt = performance.now(); };
  ['keydown', 'click'].forEach((name) => addEventListener(name, press, true));
}
""".replace("REPAINTED", REPAINTED).replace("PATIENCE_MS", str(PATIENCE_MS))


@dataclass(frozen=True)
class Target:
    """A page with a map and the names of its two controls."""

    name: str
    address: str
    controls: Mapping[str, str]


@dataclass(frozen=True)
class Timing:
    """Repaint times of one control of one page; `widget` is slider or combobox."""

    page: str
    control: str
    widget: str
    milliseconds: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        return statistics.median(self.milliseconds)


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and says by the exit code whether the promise is kept."""
    options = _options(arguments)
    settings = load_settings()
    region = options.region or settings.default_region
    boundary = level_boundary(read_pack(settings.pack_dir(region)), level=options.level)
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        targets = [
            running.enter_context(_bare_page(folder, web_geometry(boundary), kind=kind))
            for kind in ("repainted", "rebuilt")
        ]
        if MAP_PAGE.path.is_file():
            targets.append(running.enter_context(_app(folder, settings, region, options.level)))
        browser = running.enter_context(_browser())
        timings = _measured(browser, targets, areas=len(boundary.codes), rounds=options.rounds)
    report, is_kept = _report(timings, level=options.level, areas=len(boundary.codes))
    sys.stdout.write(f"{report}\n")
    return 0 if is_kept else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--region", help="region of sejahtera.toml (default: the first shown)")
    parser.add_argument("--level", default="kabupaten")
    parser.add_argument("--rounds", type=int, default=20)
    return parser.parse_args(arguments)


# --- Pages -----------------------------------------------------------------------------------


@contextmanager
def _app(folder: Path, settings: Settings, region: str, level: str) -> Iterator[Target]:
    """The real map page, over the store of this installation."""
    environ = {"SEJAHTERA_HOME": str(settings.home)}
    with start_server(environ=environ, log=folder / "app.txt") as server:
        query = f"lang={LANGUAGE}&region={region}&level={level}"
        controls = {
            "commodity": text("agriculture.filter.item", LANGUAGE),
            "period": text("agriculture.filter.period", LANGUAGE),
        }
        yield Target("app", f"{server.address}/{MAP_PAGE.address}?{query}", controls)


@contextmanager
def _bare_page(folder: Path, geometry: WebGeometry, *, kind: str) -> Iterator[Target]:
    """The bare page with the app's own settings, in a folder of its own."""
    project = folder / kind
    shutil.copytree(PROJECT_ROOT / "static", project / "static")
    shutil.copytree(PROJECT_ROOT / ".streamlit", project / ".streamlit")
    shutil.copy(BARE_PAGE, project / "server.py")
    file = project / "static" / geometry.file_name
    file.write_bytes(geometry.content)
    environ = {
        "PYTHONPATH": str(PROJECT_ROOT),
        "BARE_BOUNDARY": str(file),
        "BARE_KIND": kind,
    }
    with start_server(environ=environ, log=project / "log.txt", project=project) as server:
        controls = {"commodity": "choice", "period": "step"}
        yield Target(f"bare, {kind}", server.address, controls)


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


# --- Measuring -------------------------------------------------------------------------------


def _measured(browser: Browser, targets: list[Target], *, areas: int, rounds: int) -> list[Timing]:
    """All pages by turns, round by round: what else the machine does falls on all alike."""
    watches = [
        Watch(_opened(browser, target, areas=areas), target, control, areas)
        for target in targets
        for control in ("commodity", "period")
    ]
    for number in range(WARM_UP + rounds):
        for watch in watches:
            watch.change(is_counted=number >= WARM_UP)
    return [watch.timing() for watch in watches]


def _opened(browser: Browser, target: Target, *, areas: int) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(OPENING_MS)
    page.goto(target.address)
    page.wait_for_function(REPAINTED, arg=[areas, ""])
    page.evaluate(STOPWATCH)
    return page


class Watch:
    """Changes one control of one page to and fro and keeps the times."""

    def __init__(self, page: Page, target: Target, control: str, areas: int) -> None:
        self.page = page
        self.target = target
        self.control = control
        self.areas = areas
        self.widget, self.field = self._find(target.controls[control])
        self.fills = page.evaluate(f"({REPAINTED})([{areas}, ''])")
        self.times: list[float] = []
        self.turn = 0
        self.start = self.field.input_value()
        at_end = self.start == self.field.get_attribute("max")
        self.away, self.back = ARROWS[::-1] if at_end else ARROWS

    def _find(self, label: str) -> tuple[str, Locator]:
        for widget in ("slider", "combobox"):
            field = self.page.get_by_role(widget, name=label)
            if field.count():
                return widget, field.first
        raise LookupError(f"{self.target.name}: no slider or list named '{label}'.")

    def change(self, *, is_counted: bool) -> None:
        """One change: to the next step of the slider or entry of the list, or back again."""
        self.page.wait_for_timeout(QUIET_MS)
        self.page.bring_to_front()
        self._press()
        took, self.fills = self._repainted()
        self.turn += 1
        if is_counted:
            self.times.append(took)

    def _press(self) -> None:
        if self.widget == "slider":
            self.field.focus()
            is_at_start = self.field.input_value() == self.start
            self.page.keyboard.press(self.away if is_at_start else self.back)
            return
        self.field.click()
        options = self.page.get_by_role("option")
        options.first.wait_for()
        names = options.all_inner_texts()
        start = names.index(self.start)
        other = start + 1 if start + 1 < len(names) else start - 1
        options.nth(start if self.turn % 2 else other).click()

    def _repainted(self) -> tuple[float, str]:
        known = json.dumps([self.areas, self.fills])
        took, fills = self.page.evaluate(f"window.repaint({known})")
        if fills is None:
            raise SystemExit(f"{self.target.name}: {self.control} changed no colour.")
        return float(took), str(fills)

    def timing(self) -> Timing:
        """What was measured."""
        return Timing(self.target.name, self.control, self.widget, tuple(self.times))


def _report(timings: list[Timing], *, level: str, areas: int) -> tuple[str, bool]:
    """A line for each page and control, and whether every ratio keeps the promise."""
    lines = [f"{level}: {areas} areas, {len(timings[0].milliseconds)} changes each, median in ms"]
    bare = {t.widget: t.median_ms for t in timings if t.page == "bare, repainted"}
    ratios = []
    for timing in timings:
        line = f"{timing.page:16} {timing.control:10} {timing.widget:9} {timing.median_ms:6.0f}"
        line += f"   ({min(timing.milliseconds):.0f} to {max(timing.milliseconds):.0f})"
        if timing.page == "app":
            ratios.append(timing.median_ms / bare[timing.widget])
            line += f"   {ratios[-1]:.2f} times the bare page (promise: {PROMISE})"
        lines.append(line)
    if not ratios:
        lines.append("The app has no map page yet: only the bare pages were measured.")
    return "\n".join(lines), all(ratio <= PROMISE for ratio in ratios)


if __name__ == "__main__":
    sys.exit(main())
