"""The data desk in a browser: a file is taken, and what was typed outlives line and page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analytics.editions.store import open_store
from analytics.ledger.desk import list_batches
from analytics.people.administration import add_user
from analytics.people.database import open_people
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.sign_in import give_ticket, redeem
from analytics.settings import AccountRules
from tests.browser.conftest import PATIENCE_MS, settle
from tests.server.running import RunningServer, start_server
from tests.store import Store

OWNER = Person("terminal:x", "x", Role.ADMIN, "", SignedInBy.TERMINAL)
STRANGE = b"Nama Kec,Hsl,Thn\n<script>document.title='x'</script>,1,2025\n"


@pytest.fixture
def desk(copy_of_store: Store, tmp_path: Path) -> Iterator[RunningServer]:
    with start_server(environ=copy_of_store.environ, log=tmp_path / "log.txt") as server:
        yield server


@pytest.fixture
def officer(copy_of_store: Store, page: Page, desk: RunningServer) -> Page:
    """The browser of an officer who has signed in."""
    people, now = open_people(copy_of_store.settings), datetime.now(UTC)
    rules = AccountRules()
    add_user(people, "siti", role=Role.OFFICER, office="tani", rules=rules, by=OWNER, now=now)
    token = redeem(people, give_ticket(people, "siti", now=now), rules=rules, now=now)
    assert token is not None
    cookie = {"name": "sejahtera_session", "value": token, "url": desk.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.set_default_timeout(PATIENCE_MS)
    return page


def test_a_file_is_uploaded_and_a_form_outlives_line_and_page(
    officer: Page, desk: RunningServer
) -> None:
    officer.goto(f"{desk.address}/meja-data?region=contoh&lang=en&dataset=agriculture")
    settle(officer)
    field = officer.get_by_test_id("stFileUploaderDropzoneInput")
    field.set_input_files({"name": "tabel.csv", "mimeType": "text/csv", "buffer": STRANGE})
    expect(officer.get_by_role("heading", name="Map the columns")).to_be_visible(
        timeout=PATIENCE_MS
    )
    expect(officer.get_by_role("cell", name="<script>document.title='x'</script>")).to_be_visible(
        timeout=PATIENCE_MS
    )
    officer.reload()  # the upload stands in the address
    expect(officer.get_by_role("heading", name="Map the columns")).to_be_visible(
        timeout=PATIENCE_MS
    )
    assert officer.title() != "x"

    officer.goto(
        f"{desk.address}/meja-data?region=contoh&lang=en&form=visits&form_source=contoh_wisata"
    )
    domestic, foreign = officer.get_by_label("Domestic"), officer.get_by_label("Foreign")
    domestic.fill("1200")
    officer.context.set_offline(True)
    foreign.fill("7")
    officer.context.set_offline(False)
    officer.reload()
    expect(domestic).to_have_value("1200", timeout=PATIENCE_MS)
    expect(foreign).to_have_value("7", timeout=PATIENCE_MS)
    officer.get_by_role("button", name="Check", exact=True).click()
    expect(officer.get_by_text("Look once more before you bring it in")).to_be_visible(
        timeout=PATIENCE_MS
    )
    settle(officer)
    for box in officer.get_by_role("checkbox").all():
        officer.locator("label", has=box).click()
        officer.get_by_label("The reason").fill("right")
        officer.get_by_label("The reason").press("Enter")
    officer.get_by_role("button", name="Bring in as a batch").click()
    expect(officer.get_by_text("Kept as batch")).to_be_visible(timeout=PATIENCE_MS)
    expect(domestic).to_have_value("", timeout=PATIENCE_MS)  # what was kept is no draft any more


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Berkas ini tidak diterima; tidak ada yang berubah. Paling besar 128 MB"),
     ("en", "This file was not taken; nothing has changed. At most 128 MB")],
)  # fmt: skip
def test_a_file_of_200_mb_is_turned_away_in_our_words(
    officer: Page, desk: RunningServer, copy_of_store: Store, tmp_path: Path, language: str,
    sentence: str,
) -> None:  # fmt: skip
    large = tmp_path / "besar.csv"
    with large.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    before = kept(copy_of_store)
    officer.goto(f"{desk.address}/meja-data?region=contoh&lang={language}&dataset=agriculture")
    settle(officer)
    told = officer.get_by_text(sentence)
    expect(told).to_be_hidden()
    officer.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(large)
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    officer.get_by_test_id("stFileChip").hover()
    expect(officer.get_by_test_id("stTooltipErrorContent")).to_be_hidden()
    for of_streamlit in officer.get_by_text("File must be").all():
        expect(of_streamlit).to_be_hidden()
    assert "upload=" not in officer.url
    assert kept(copy_of_store) == before


def kept(store: Store) -> tuple[int, int]:
    """Batches in the ledger and the newest edition."""
    found = open_store(store.settings, "contoh")
    with found.engine.connect() as connection:
        return len(list_batches(connection)), found.newest_number()


@pytest.mark.long
def test_a_broken_line_is_told_in_our_words(officer: Page, desk: RunningServer) -> None:
    officer.goto(f"{desk.address}/meja-data?region=contoh&lang=id&form=visits")
    settle(officer)
    domestic = officer.get_by_label("Nusantara")
    domestic.fill("1200")
    desk.process.terminate()
    desk.process.wait()
    dialog = officer.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=PATIENCE_MS)
    officer.wait_for_function(
        "words => getComputedStyle(document.querySelector('[role=dialog] h2'), '::after').content"
        " === JSON.stringify(words)", arg="Sambungan terputus",
    )  # fmt: skip
    expect(dialog.get_by_text("Is Streamlit still running")).to_be_hidden()
    expect(dialog.get_by_text("yourscript.py")).to_be_hidden()
    expect(domestic).to_have_value("1200")
