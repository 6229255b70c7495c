"""Services by their documented layout, from a local server: whole and checked, or a sentence."""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import Engine, select

from analytics.commands.fetch import COMMANDS
from analytics.connectors.fetching import Fetched, fetch, hand_to_ingest, keep_refused
from analytics.connectors.services import SERVICES, Request, _same_guard
from analytics.connectors.transport import ConnectorFault, Manners
from analytics.editions.store import open_store
from analytics.i18n import LANGUAGES
from analytics.ingest.region import Region, region_of_pack
from analytics.ingest.submit import Wish
from analytics.ledger.batches import batch_content
from analytics.ledger.desk import DeskRefused, find_batch, list_batches
from analytics.ledger.tables import batches
from analytics.pack.reader import read_pack
from analytics.settings import PROJECT_ROOT, Settings, SettingsError, load_settings
from tests.ingest.layout_files import BPS_ANSWER, EXAMPLES
from tests.small_desk import give_accounts

pytestmark = pytest.mark.thorough

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FILES = {example.layout: example.content for example in EXAMPLES}
HASTY = Manners(timeout_s=5, tries=3, sleep=lambda _seconds: None)
# Not codes of HTTP: 200 without a length, 429 with a time to wait.
NO_LENGTH, ASKS_TO_WAIT = 299, 498
Answers = dict[str, list[tuple[int, bytes]]]


@pytest.fixture(scope="module")
def region() -> Region:
    return region_of_pack(read_pack(PROJECT_ROOT / "data" / "blitar"), today=TODAY)


class _Answering(BaseHTTPRequestHandler):
    """Gives the next answer of a path; the last one is repeated."""

    answers: Answers
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        waiting = self.answers.get(self.path, [(404, b"")])
        status, body = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        self.send_response({NO_LENGTH: 200, ASKS_TO_WAIT: 429}.get(status, status))
        promised = len(body) + (100 if status == 206 else 0)
        if status != NO_LENGTH:
            self.send_header("Content-Length", str(promised))
        if status == ASKS_TO_WAIT:
            self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def service() -> Iterator[tuple[str, Answers, list[str]]]:
    """Address of a local service, its answers by path, and the paths that were asked."""
    handler = type("Answering", (_Answering,), {"answers": {}, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler.answers, handler.asked
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ask(service, region: Region) -> Callable[..., Fetched]:
    """`ask("wfp_hdx", "/path", enabled=True)`: what the local service gives, without waiting."""
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {})

    def run(name: str, path: str, *, since: int | None = None, **said: object) -> Fetched:
        asked = _switched_on(settings, name, service[0] + path, **said)
        return fetch(asked, region, source=name, since=since, today=TODAY, manners=HASTY)

    return run


def _switched_on(settings: Settings, name: str, address: str, **said: object) -> Settings:
    """The settings with one service on, which lies at the address."""
    own = dict(settings.connectors[name], enabled=True, address=address)
    own |= {"source": "worldbank_pink_sheet", **said}
    return replace(settings, connectors={name: own})


def _package(*urls: str) -> bytes:
    resources = [{"format": "CSV", "url": url} for url in urls]
    return json.dumps({"success": True, "result": {"resources": resources}}).encode()


WFP = {"/show": [(200, _package("/notes.pdf", "/x/wfp_food_prices_idn.csv"))],
       "/x/wfp_food_prices_idn.csv": [(200, FILES["wfp_hdx"])]}  # fmt: skip
PINK = {"/page": [(200, b'<a href="/d/CMO-Historical-Data-Monthly.xlsx">Monthly</a>')],
        "/d/CMO-Historical-Data-Monthly.xlsx": [(200, FILES["pink_sheet"])]}  # fmt: skip
BPS_PATH = "/api/model/data/lang/ind/domain/3500/var/45/th/116:126/key/secret"
BPS = {BPS_PATH: [(200, FILES["bps_webapi"])]}
BPS_SAID = {"domain": "3500", "variable": "45", "key": "secret"}


@pytest.mark.parametrize(
    ("source", "path", "answers", "said"),
    [("wfp_hdx", "/show", WFP, {}), ("pink_sheet", "/page", PINK, {}),
     ("bps_webapi", "/api", BPS, BPS_SAID)],
)  # fmt: skip
def test_the_file_is_read_by_the_layout_of_uploads(service, ask, source, path, answers, said):
    service[1].update({where: list(given) for where, given in answers.items()})
    fetched = ask(source, path, **said)
    assert fetched.content == FILES[source]
    assert fetched.report.layout == SERVICES[source].layout
    assert len(fetched.report.rows) and fetched.report.is_clean


def test_a_busy_service_is_asked_again_and_a_busy_day_ends_in_a_sentence(service, ask):
    service[1].update({**WFP, "/show": [(503, b""), (429, b""), *WFP["/show"]]})
    assert ask("wfp_hdx", "/show").report.is_clean
    service[1]["/show"] = [(503, b"")]
    with pytest.raises(ConnectorFault) as caught:
        ask("wfp_hdx", "/show")
    assert caught.value.kind == "busy"
    assert service[2].count("/show") == 3 + 3


@pytest.mark.parametrize(
    ("source", "answers", "kind"),
    [
        ("wfp_hdx", {"/": [(200, b"<html>moved</html>")]}, "changed"),
        ("wfp_hdx", {"/": [(200, b"[]")]}, "changed"),
        ("wfp_hdx", {"/": [(200, _package("/other.csv"))]}, "changed"),
        ("wfp_hdx", {"/": [(404, b"")]}, "changed"),
        ("wfp_hdx", {"/": [(403, b"")]}, "refused"),
        ("wfp_hdx", {"/": [(200, _package("/wfp_food_prices_idn.csv"))],
                     "/wfp_food_prices_idn.csv": [(200, b"date;price\n1;2\n")]}, "changed"),
        ("wfp_hdx", {"/": [(200, _package("/wfp_food_prices_idn.csv"))],
                     "/wfp_food_prices_idn.csv": [(206, FILES["wfp_hdx"])]}, "unreachable"),
        ("pink_sheet", {"/": [(200, b"<a href='CMO-Annual.xlsx'>")]}, "changed"),
    ],
    ids=["html", "list", "resources", "gone", "forbidden", "columns", "cut", "link"],
)  # fmt: skip
def test_what_is_not_the_documented_layout_loads_nothing(service, ask, source, answers, kind):
    service[1].update({where: list(given) for where, given in answers.items()})
    with pytest.raises(ConnectorFault) as caught:
        ask(source, "/")
    assert caught.value.kind == kind
    assert all("{" not in caught.value.words(language) for language in LANGUAGES)


def test_a_changed_service_is_named_so_in_both_languages():
    fault = ConnectorFault("changed", source="wfp_hdx", found="HTML", expected="JSON")
    assert "layanan berubah" in fault.words("id")
    assert "service changed" in fault.words("en")


def test_bps_without_data_is_told_and_the_key_never(service, ask):
    lacking = {**BPS_ANSWER, "data-availability": "list-not-available"}
    for answer, kind in (((200, json.dumps(lacking).encode()), "no_data"), ((500, b""), "busy")):
        service[1][BPS_PATH] = [answer]
        with pytest.raises(ConnectorFault) as caught:
            ask("bps_webapi", "/api", **BPS_SAID)
        assert caught.value.kind == kind
        assert "secret" not in caught.value.words("en")
    with pytest.raises(ConnectorFault) as caught:
        ask("bps_webapi", "/api", **{**BPS_SAID, "key": ""})
    assert (caught.value.kind, caught.value.found) == ("setting_missing", "key")


def test_a_key_is_never_logged_shown_or_kept(service, ask, caplog):
    key = "0123456789abcdef"
    path = BPS_PATH.replace("secret", key)
    said = {**BPS_SAID, "key": key}
    service[1][path] = [(503, b""), (200, FILES["bps_webapi"])]
    with caplog.at_level(logging.DEBUG):
        assert ask("bps_webapi", "/api", **said).report.is_clean
    assert key not in caplog.text
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {"BPS_WEBAPI_KEY": key})
    assert settings.connectors["bps_webapi"]["key"] == key
    assert key not in repr(settings)
    assert key not in repr(Request(said, None, TODAY, HASTY))
    service[1][path] = [(200, json.dumps({**BPS_ANSWER, "asked": path}).encode())]
    with pytest.raises(ConnectorFault) as caught:
        ask("bps_webapi", "/api", **said)
    assert caught.value.kind == "key_repeated"
    assert key not in caught.value.words("id") + str(caught.value)


def test_an_answer_that_drips_for_ever_is_given_up(service, ask, region):
    service[1].update({"/show": [(200, b"x" * 200_000)]})
    ticks = iter(range(0, 10_000, 400))
    hurried = replace(HASTY, whole_s=300, clock=lambda: float(next(ticks)))
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {})
    asked = _switched_on(settings, "wfp_hdx", service[0] + "/show")
    with pytest.raises(ConnectorFault) as caught:
        fetch(asked, region, source="wfp_hdx", since=None, today=TODAY, manners=hurried)
    assert (caught.value.kind, service[2]) == ("slow", ["/show"])


def test_an_answer_of_untold_length_or_another_status_loads_nothing(service, ask):
    for status, body, kind in ((NO_LENGTH, WFP["/show"][0][1], "not_whole"),
                               (203, WFP["/show"][0][1], "changed")):  # fmt: skip
        service[1]["/show"] = [(status, body)]
        with pytest.raises(ConnectorFault) as caught:
            ask("wfp_hdx", "/show")
        assert caught.value.kind == kind


def test_a_service_says_how_long_to_wait(service, region):
    waited: list[float] = []
    service[1].update({**WFP, "/show": [(ASKS_TO_WAIT, b""), *WFP["/show"]]})
    settings = _switched_on(
        load_settings(PROJECT_ROOT / "sejahtera.toml", {}), "wfp_hdx", service[0] + "/show"
    )
    patient = replace(HASTY, sleep=waited.append, pause_s=2.0, longest_pause_s=60.0)
    fetch(settings, region, source="wfp_hdx", since=None, today=TODAY, manners=patient)
    assert waited == [2.0, 7.0, 2.0]


@pytest.mark.parametrize("link", ["file:///etc/passwd", "ftp://a.example/wfp_food_prices_a.csv",
                                  "http://a.example/wfp_food_prices_a.csv"])  # fmt: skip
def test_a_link_that_leaves_the_encrypted_way_is_not_followed(link):
    with pytest.raises(ConnectorFault) as caught:
        _same_guard("https://a.example/show", link, "wfp_hdx")
    assert caught.value.kind == "changed"
    assert _same_guard("https://a.example/show", "/b.csv", "wfp_hdx") == "https://a.example/b.csv"


@pytest.mark.parametrize("said", [{"dataset": "pasar"}, {"source": "tidak_ada"}])
def test_a_wrong_setting_is_told_before_the_service_is_asked(service, ask, said):
    with pytest.raises(ConnectorFault) as caught:
        ask("wfp_hdx", "/show", **said)
    assert caught.value.kind == "setting_wrong"
    assert next(iter(said.values())) in caught.value.words("id")
    assert service[2] == []


def test_services_are_off_by_default_and_unknown_ones_are_named(region):
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {})
    assert set(settings.connectors) == set(SERVICES)
    for source, kind in [*((name, "off") for name in SERVICES), ("pasar", "unknown")]:
        with pytest.raises(ConnectorFault) as caught:
            fetch(settings, region, source=source, since=None, today=TODAY)
        assert caught.value.kind == kind


def test_since_leaves_earlier_years_out_of_the_report_but_not_of_the_file(service, ask):
    service[1].update({where: list(given) for where, given in WFP.items()})
    fetched = ask("wfp_hdx", "/show", since=2099)
    assert fetched.report.rows.empty
    assert fetched.content == FILES["wfp_hdx"]


@pytest.fixture
def engine(tmp_path) -> Engine:
    """A desk where nothing has been brought yet."""
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {"SEJAHTERA_HOME": str(tmp_path)})
    return open_store(settings, "blitar").engine


def test_what_was_fetched_waits_as_a_batch_with_bytes_and_report(service, ask, engine, region):
    service[1].update({where: list(given) for where, given in BPS.items()})
    fetched = ask("bps_webapi", "/api", since=2016, **BPS_SAID)
    first, again = (hand_to_ingest(engine, fetched, Wish("siti", accepted_warnings="benar"),
                                   region=region, now=NOW) for _ in range(2))  # fmt: skip
    assert (first.is_new, again) == (True, replace(first, is_new=False))
    with engine.connect() as connection:
        batch = find_batch(connection, first.batch_id)
        assert batch_content(connection, first.batch_id) == FILES["bps_webapi"]
        assert "secret" not in str(connection.execute(select(batches)).all())
    assert batch.facts["connector"] == "bps_webapi"
    assert (batch.state, batch.reader, batch.submitted.who) == ("submitted", "bps_webapi", "siti")
    assert batch.sha256 == hashlib.sha256(FILES["bps_webapi"]).hexdigest()
    assert batch.facts["row_count"] == len(fetched.report.rows) == batch.row_count


def test_refused_rows_are_refused_as_those_of_an_upload(service, ask, engine, region):
    content = FILES["wfp_hdx"].replace(b",11500.5,", b",tidak tahu,")
    service[1].update({**WFP, "/x/wfp_food_prices_idn.csv": [(200, content)]})
    fetched = ask("wfp_hdx", "/show")
    wish = Wish("siti", accepted_warnings="benar")
    with pytest.raises(DeskRefused) as caught:
        hand_to_ingest(engine, fetched, wish, region=region, now=NOW)
    assert caught.value.kind == "rows_refused"
    with engine.connect() as connection:
        assert list_batches(connection) == []
    kept = hand_to_ingest(engine, fetched, replace(wish, only_accepted=True), region=region,
                          now=NOW)  # fmt: skip
    assert kept.rows == len(fetched.report.rows) - 1


def test_the_command_leaves_a_batch_or_keeps_what_the_desk_refused(
    service, tmp_path, monkeypatch, capsys
):
    service[1].update({where: list(given) for where, given in WFP.items()})
    home = load_settings(PROJECT_ROOT / "sejahtera.toml", {"SEJAHTERA_HOME": str(tmp_path)})
    asked = _switched_on(home, "wfp_hdx", service[0] + "/show")
    monkeypatch.setattr("analytics.connectors.fetching.Manners", lambda: HASTY)
    give_accounts(asked)
    parser = argparse.ArgumentParser()
    _, _, run, add_options = COMMANDS[0]
    add_options(parser, asked)
    given = ["wfp_hdx", "--as", "siti", "--region", "blitar"]
    refused = parser.parse_args(given, argparse.Namespace(lang="en"))
    with pytest.raises(DeskRefused, match="warning"):
        run(asked, refused)
    (folder,) = tmp_path.glob("*/fetched/wfp_hdx")
    assert str(folder) in capsys.readouterr().err and len(list(folder.iterdir())) == 2
    assert run(asked, parser.parse_args([*given, "--accept-warnings", "ya"], refused)) == 0
    assert "kept as batch" in capsys.readouterr().out


def test_a_source_must_be_named_before_the_service_is_asked(service, ask):
    with pytest.raises(ConnectorFault) as caught:
        ask("wfp_hdx", "/show", source="")
    assert (caught.value.kind, caught.value.found) == ("setting_missing", "source")
    assert service[2] == []


def test_a_refused_file_and_its_report_are_kept_whole(service, ask, tmp_path):
    service[1].update({where: list(given) for where, given in WFP.items()})
    kept = keep_refused(ask("wfp_hdx", "/show"), tmp_path / "f", today=TODAY, language="id")
    assert kept.read_bytes() == FILES["wfp_hdx"]
    assert json.loads(kept.with_name(kept.name + ".check.json").read_bytes())["layout"] == "wfp_hdx"
    assert not list(kept.parent.glob("*.part"))


def test_the_key_of_bps_may_stand_in_the_environment(tmp_path):
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {"BPS_WEBAPI_KEY": "k"})
    assert settings.connectors["bps_webapi"]["key"] == "k"
    path = tmp_path / "s.toml"
    path.write_text('regions = ["a"]\nconnectors = 3\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="connectors"):
        load_settings(path, {})
