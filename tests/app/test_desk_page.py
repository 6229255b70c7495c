"""The data desk as people use it: upload, submit, publish by another person, seen on the map."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from analytics.editions.store import open_store
from analytics.ingest.door import MAX_BYTES, MEGABYTE
from analytics.ledger.desk import list_batches
from analytics.people.administration import add_user
from analytics.people.audit import Wanted, entries
from analytics.people.database import open_people
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.sign_in import give_ticket, redeem
from analytics.settings import PROJECT_ROOT, AccountRules
from pages.ui.navigation import entry
from tests.app.opening import open_in_process
from tests.store import Store

pytestmark = pytest.mark.thorough

REGION = "contoh"
HEADINGS = "Kode wilayah,Wilayah,Komoditas,Tahun,Luas panen (ha),Produksi (ton),source_id"
OWNER = Person("terminal:x", "x", Role.ADMIN, "", SignedInBy.TERMINAL)


@dataclass
class InProcess:
    """Work done at once, in this process, for tests of pages."""

    known: Any = field(default=None)

    def is_running(self) -> bool:
        return False

    def wait(self, seconds: float) -> bool:
        return True

    def how_far(self) -> None:
        return None

    def answer(self) -> Any:
        return self.known


def start_in_process(function: str, /, **arguments: object) -> InProcess:
    module, _, name = function.partition(":")
    return InProcess(getattr(importlib.import_module(module), name)(**arguments))


@dataclass
class Office:
    """The installation of one test: who signs in, and what its region holds."""

    store: Store
    people: Engine
    patch: pytest.MonkeyPatch

    def sign_in(self, name: str, role: Role) -> None:
        now = datetime.now(UTC)
        rules = AccountRules()
        add_user(self.people, name, role=role, office="tani", rules=rules, by=OWNER, now=now)
        token = redeem(self.people, give_ticket(self.people, name, now=now), rules=rules, now=now)
        self.patch.setattr("pages.ui.access.session_token", lambda: token)

    def states(self) -> list[str]:
        with open_store(self.store.settings, REGION).engine.connect() as connection:
            return [one.state for one in list_batches(connection) if one.reader != "pack"]

    def acts(self) -> list[tuple[str, str]]:
        found = entries(self.people, Wanted())[::-1]
        told = zip(found["who"], found["what"], strict=True)
        kinds = ("uploaded", "published", "withdrew")
        return [pair for pair in told if pair[1] in kinds and not pair[0].startswith("terminal")]


@pytest.fixture
def office(copy_of_store: Store, monkeypatch: pytest.MonkeyPatch) -> Office:
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("analytics.jobs.background.start", start_in_process)
    return Office(copy_of_store, open_people(copy_of_store.settings), monkeypatch)


def rows_of(office: Office, *productions: object) -> bytes:
    """A filled template: rice of the first districts in the last year."""
    edition = office.store.edition(REGION)
    areas = edition.reference("areas")
    own = areas[areas["parent_code"] == edition.ref_area]["area_code"].tolist()
    lines = [
        f"{code},,Padi,2025,1000,{production},contoh_dinas"
        for code, production in zip(own, productions, strict=False)
    ]
    return "\n".join([HEADINGS, *lines, ""]).encode()


def open_desk(**address: str) -> AppTest:
    app = open_in_process("desk", region=REGION, **{"lang": "id", **address})
    assert not app.exception
    return app


def upload(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].set_value(("padi.csv", content, "text/csv"))
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    """All that stands on the page, as one text, without the escapes of Markdown."""
    parts = [*app.markdown, *app.caption, *app.success, *app.error, *app.warning, *app.info]
    html = [str(one.proto.body) for one in app.main if getattr(one, "type", "") == "html"]
    return "\n".join([*(str(part.value) for part in parts), *html]).replace("\\", "")


def html_of(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def test_a_visitor_is_told_what_the_desk_is_and_finds_the_way_in(office: Office) -> None:
    app = open_desk(lang="en")
    assert [title.value for title in app.title] == ["Data desk"]
    assert "That needs an account" in words_of(app)
    assert not app.file_uploader
    assert [link.proto.label for link in app.get("page_link")][-1] == "Sign in"


def test_the_way_of_a_table_from_its_upload_to_the_map(office: Office) -> None:
    office.sign_in("siti", Role.OFFICER)
    app = upload(open_desk(dataset="agriculture"), rows_of(office, 6100, 7200, 8300))
    assert "padi.csv terbaca sebagai templat Sejahtera: 6 baris, 0 ditolak" in words_of(app)
    if app.checkbox:
        app.checkbox(
            key=next(box.key for box in app.checkbox if box.key.startswith("tick_"))
        ).check()
        reason = next(one for one in app.text_input if one.key.startswith("reason_"))
        reason.set_value("angka tetap dari dinas")
        app.run()
    assert not app.button(key="desk_send").disabled
    app.button(key="desk_send").click().run()
    assert not app.exception
    assert "Tersimpan sebagai batch" in words_of(app)
    assert office.states() == ["submitted"]
    app.button(key="desk_open_kept").click().run()
    assert not [one for one in app.button if one.key.startswith("publish_")]  # an officer's page

    office.sign_in("budi", Role.VERIFIER)
    app = open_desk(part="batches", lang="en")
    assert "it would be edition 2" in words_of(app)
    app = open_desk(part="batches")
    publish = next(one for one in app.button if one.key.startswith("publish_"))
    publish.click().run()
    assert not app.exception
    told = words_of(app)
    assert "edisi 2 sekarang berlaku" in told
    assert "Angka baru 0, berubah 6, hilang 0, sama 0." in told
    assert "Wilayah yang angkanya berubah: " in told
    assert "Jumlah Produksi Padi seluruh kecamatan, 2025: dari " in told
    link = [one.proto for one in app.get("page_link")][-1]
    assert link.label == "Lihat di peta pertanian"
    assert "item=padi" in link.query_string and "level=kecamatan" in link.query_string
    assert (office.states(), office.acts()) == (["published"], [("siti", "uploaded"),
                                                                ("budi", "published")])  # fmt: skip
    on_map = open_in_process("agriculture", region=REGION, lang="id", level="kecamatan",
                             item="padi", indicator="production", period="2025")  # fmt: skip
    assert not on_map.exception
    rows = office.store.edition(REGION).observations(
        "agriculture", indicator="production", item="padi", source_id="contoh_dinas"
    )
    assert {6100.0, 7200.0, 8300.0} <= set(rows["obs_value"])

    app = open_desk(part="batches", state="published")
    withdraw = next(one for one in app.button if one.key.startswith("withdraw_"))
    withdraw.click().run()
    assert "Sebutkan alasannya" in words_of(app)
    next(one for one in app.text_input if one.key.startswith("withdraw_reason")).set_value("keliru")
    app.run()
    next(one for one in app.button if one.key.startswith("withdraw_")).click().run()
    assert "edisi 3 berlaku tanpanya" in words_of(app)
    assert "Angka baru 0, berubah 6, hilang 0, sama 0." in words_of(app)
    assert office.states() == ["withdrawn"]


def test_who_brought_a_batch_cannot_publish_it(office: Office) -> None:
    office.sign_in("budi", Role.VERIFIER)
    app = upload(open_desk(dataset="agriculture"), rows_of(office, "5000"))
    for box in app.checkbox:
        box.check()
    for one in app.text_input:
        if one.key.startswith("reason_"):
            one.set_value("benar")
    app.run()
    app.button(key="desk_send").click().run()
    app.button(key="desk_open_kept").click().run()
    publish = next(one for one in app.button if one.key.startswith("publish_"))
    assert publish.disabled
    assert "orang lain yang harus menerbitkannya" in words_of(app)


def test_markup_in_a_file_is_shown_as_words(office: Office) -> None:
    office.sign_in("siti", Role.OFFICER)
    app = upload(open_desk(dataset="agriculture"), rows_of(office, "<script>alert(1)</script>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html_of(app)
    assert "<script>alert(1)" not in html_of(app)


def test_a_strange_table_is_mapped_on_the_page(office: Office) -> None:
    office.sign_in("siti", Role.OFFICER)
    areas = office.store.edition(REGION).reference("areas")
    name = areas[areas["level"] == "kecamatan"]["name"].iloc[0]
    strange = f"Tabel kantor,,\nNama Kec,Hsl,Thn\n{name},7000,2025\n".encode()
    app = upload(open_desk(dataset="agriculture"), strange)
    assert "susunan tabel tidak dikenali" in words_of(app)
    wanted = {"Nama Kec": "area", "Hsl": "measure:production", "Thn": "year"}
    for box in app.selectbox:
        for heading, role in wanted.items():
            if box.key.startswith("role_") and heading in box.label:
                box.set_value(role)
    app.run()
    for box in app.selectbox:
        if box.key.startswith("unit_"):
            box.set_value("t")
    next(one for one in app.text_input if one.key.endswith("_item")).set_value("padi")
    app.run()
    app.button(key="desk_try").click().run()
    assert not app.exception
    assert "tabel dengan pemetaan tersimpan: 1 baris, 0 ditolak" in words_of(app)
    app.text_input(key="desk_mapping_name").set_value("rekap dinas")
    app.button(key="desk_mapping_save").click().run()
    again = upload(open_desk(dataset="agriculture"), strange + b"\n")
    assert "rekap dinas" in words_of(again)
    again.button(key="use_rekap dinas").click().run()
    assert "1 baris, 0 ditolak" in words_of(again)
    again.text_input(key="mapping_name_agriculture").set_value("rekap baru").run()
    again.button(key="desk_mapping_rename").click().run()
    assert "Pemetaan 'rekap dinas' sekarang bernama 'rekap baru'" in words_of(again)
    again.button(key="desk_mapping_delete").click().run()
    assert not again.exception
    assert "Pemetaan 'rekap baru' tidak ditawarkan lagi" in words_of(again)
    found = entries(office.people, Wanted(who="siti"))["what"].tolist()
    assert found[:3] == ["deleted_mapping", "renamed_mapping", "saved_mapping"]


def test_a_table_that_is_read_wrongly_is_mapped_all_the_same(office: Office) -> None:
    office.sign_in("siti", Role.OFFICER)
    app = upload(open_desk(dataset="agriculture"), rows_of(office, 7000, 8000))
    assert "terbaca sebagai templat Sejahtera" in words_of(app)
    token = next(one.key for one in app.toggle if one.key.startswith("by_hand_"))
    app.toggle(key=token).set_value(True).run()
    assert not app.exception
    roles = {box.label: box for box in app.selectbox if box.key.startswith("role_")}
    harvested = next(box for label, box in roles.items() if "Luas panen" in label)
    assert harvested.value == "measure:harvested_area"
    harvested.set_value("ignored").run()
    app.button(key="desk_try").click().run()
    assert not app.exception
    assert "tabel dengan pemetaan tersimpan: 2 baris, 0 ditolak" in words_of(app)
    assert not app.toggle(key=token).value
    app.toggle(key=token).set_value(True).run()
    again = next(box for box in app.selectbox
                 if box.key.startswith("role_") and "Luas panen" in box.label)  # fmt: skip
    assert again.value == "ignored"
    app.button(key="desk_without_mapping").click().run()
    assert "terbaca sebagai templat Sejahtera: 4 baris" in words_of(app)


FORMS = (("prices", "id"), ("visits", "en"), ("planting", "id"), ("event", "en"),
         ("programme", "id"))  # fmt: skip


@pytest.mark.parametrize(("form", "language"), FORMS)
def test_every_form_opens(office: Office, form: str, language: str) -> None:
    office.sign_in("siti", Role.OFFICER)
    app = open_desk(form=form, lang=language)
    assert app.get("bidi_component") or app.info, form


def test_a_filled_form_becomes_a_batch(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.sign_in("siti", Role.OFFICER)

    @dataclass
    class Sent:
        sent: dict[str, str]

    typed = {"visits_domestic": "1200", "visits_foreign": "5", "days_open": "30"}
    monkeypatch.setattr("pages.data_desk.form_parts.entry_form", lambda **_: Sent(typed))
    app = open_desk(form="visits", form_source="contoh_wisata")
    assert "Lagi" not in words_of(app)
    assert "Sel A" not in html_of(app) and "Sel B" not in html_of(app)
    for box in app.checkbox:
        box.check()
    for one in app.text_input:
        if one.key.startswith("reason_"):
            one.set_value("benar")
    app.run()
    app.button(key="form_send").click().run()
    assert not app.exception
    assert "Tersimpan sebagai batch" in words_of(app)
    assert office.states() == ["submitted"]


def test_the_desk_stands_in_the_navigation_only_for_those_who_may_use_it(office: Office) -> None:
    shown: dict[str, str] = {}
    page = st.Page

    def noted(path: Any, **said: Any) -> Any:
        shown[said["url_path"]] = said["visibility"]
        return page(path, **said)

    office.patch.setattr("pages.ui.navigation.st.Page", noted)
    open_desk()
    assert shown[entry("desk").address] == "hidden"
    office.sign_in("siti", Role.OFFICER)
    open_desk()
    assert shown[entry("desk").address] == "visible"


def test_what_a_crash_left_is_told_on_the_desk(office: Office) -> None:
    office.sign_in("siti", Role.OFFICER)
    folder = open_store(office.store.settings, REGION).folder
    (folder / "prices-0123456789abcdef.parquet").write_bytes(b"half")
    app = open_desk(lang="en")
    assert "After the last start of the server" in words_of(app)
    assert not (folder / "prices-0123456789abcdef.parquet").exists()


def test_the_browser_takes_as_much_as_the_door() -> None:
    config = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["maxUploadSize"] * MEGABYTE == MAX_BYTES
