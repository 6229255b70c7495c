"""How long the forecast page takes from the stored run, beside a bare page with the same charts.

    python -m tests.benchmarks.bench_outlook [--region blitar] [--rounds 30]

Starts the app and the bare page over the store of this installation, asks both by turns for a
run in a session without a browser, and prints the median from the request to the end of the run,
cold (first run after the start) and warm, with the ratio. Exit code 1 when a warm run takes
300 ms or more, or when forecast, ranges, back-test or sentence is lacking.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from analytics.editions.edition import Edition
from analytics.editions.store import open_store
from analytics.figures.charts import chart_spec
from analytics.ledger.forecasts import IssuedForecast, newest_forecast
from analytics.prices.catalogue import price_catalogue
from analytics.prices.figures import outlook_figure, past_figure
from analytics.settings import PROJECT_ROOT, Settings, load_settings
from pages.ui.figure import _with_rows
from pages.ui.navigation import entry
from tests.server.running import start_server
from tests.server.session import Session, open_session

PROMISE_MS = 300.0
WARM_UP = 3
LANGUAGE = "id"
PAGE = entry("prices")
BARE_PAGE = Path(__file__).with_name("bare_outlook.py")


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and says by the exit code whether the promise is kept."""
    options = _options(arguments)
    settings = load_settings()
    region = options.region or settings.default_region
    edition, series, issued = _stored(settings, region)
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        bare_address = _start_bare(running, folder, _charts(edition, series, issued))
        environ = {"SEJAHTERA_HOME": str(settings.home)}
        app = running.enter_context(start_server(environ=environ, log=folder / "app.txt"))
        session = running.enter_context(open_session(app.address))
        bare = running.enter_context(open_session(bare_address))
        query = {"view": "forecast", "region": region, "lang": LANGUAGE}
        cold = _timed(session, PAGE.address, query)
        _check(session, issued)
        _timed(bare, "", {})
        pairs = [
            (_timed(session, PAGE.address, query), _timed(bare, "", {}))
            for _ in range(WARM_UP + options.rounds)
        ][WARM_UP:]
    own, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    months = price_catalogue(edition)[series].months
    sys.stdout.write(
        f"{region}: {months} months, {options.rounds} runs by turns, median in ms\n"
        f"forecast page  {own:6.0f}   (first run {cold:.0f}; promise: under {PROMISE_MS:.0f})\n"
        f"bare page      {other:6.0f}   ratio {own / other:.1f}\n"
    )
    return 0 if own < PROMISE_MS else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--region", help="region of sejahtera.toml (default: the first shown)")
    parser.add_argument("--rounds", type=int, default=30)
    return parser.parse_args(arguments)


def _stored(settings: Settings, region: str) -> tuple[Edition, str, IssuedForecast]:
    """The region's flagship series and its newest forecast."""
    store = open_store(settings, region)
    edition = store.edition()
    series = price_catalogue(edition).series[0].key.unique_id
    with store.engine.connect() as connection:
        issued = newest_forecast(connection, series)
    if issued is None:
        raise SystemExit(f"No forecast yet: python -m analytics forecast --region {region}")
    return edition, series, issued


def _charts(edition: Edition, series: str, issued: IssuedForecast) -> list[dict]:
    """The two charts of the page as it sends them."""
    figures = (
        outlook_figure(edition, series=series, issued=issued, today=issued.facts.as_of),
        past_figure(edition, series=series, issued=issued),
    )
    specs = [chart_spec(figure, language=LANGUAGE, theme="light") for figure in figures]
    return [_with_rows(spec, spec["datasets"]) for spec in specs if spec is not None]


def _start_bare(running: ExitStack, folder: Path, charts: list[dict]) -> str:
    project = folder / "bare"
    shutil.copytree(PROJECT_ROOT / ".streamlit", project / ".streamlit")
    shutil.copytree(PROJECT_ROOT / "static", project / "static")
    shutil.copy(BARE_PAGE, project / "server.py")
    file = project / "charts.json"
    file.write_text(json.dumps(charts), encoding="utf-8")
    environ = {"PYTHONPATH": str(PROJECT_ROOT), "BARE_CHARTS": str(file)}
    server = start_server(environ=environ, log=project / "log.txt", project=project)
    return running.enter_context(server).address


def _timed(session: Session, page: str, query: dict[str, str]) -> float:
    """Milliseconds from the request to the end of the run."""
    begin = time.perf_counter()
    session.run(page, query)
    return 1000 * (time.perf_counter() - begin)


def _check(session: Session, issued: IssuedForecast) -> None:
    """Forecast with ranges, back-test and sentence are really on the page."""
    words = session.texts()
    for wanted in ("low_95", "forecast_value", f"putaran {issued.run_id}"):
        if wanted not in words:
            raise SystemExit(f"The forecast page lacks '{wanted}'.")


if __name__ == "__main__":
    sys.exit(main())
