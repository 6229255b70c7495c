"""The Smart City page: every section in both languages, both regions, and a region without any."""

import io
import json
from urllib.parse import parse_qs

import pytest
from openpyxl import load_workbook

from analytics.briefing.draft import draft_from
from analytics.desk.files import template
from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.ingest.templates import DATA_SHEET
from analytics.ledger.programme_entries import EntryKind, entries_of
from analytics.pack.reader import read_pack
from analytics.settings import load_settings
from analytics.smart_city.measures import budget_rows, measure_rows
from analytics.smart_city.year_report import year_figures
from pages.smart_city.choices import SECTIONS
from pages.smart_city.year import briefing, workbook
from tests.app.opening import OFFICER, open_in_process
from tests.small_desk import NOW, TODAY, Desk
from tests.small_pack import write_small_pack


def opened(open_page, **address):
    page = open_page("smart_city", **address)
    assert not page.exception
    return page


def words_of(page):
    kinds = (page.title, page.header, page.subheader, page.markdown, page.caption, page.info,
             page.warning)  # fmt: skip
    return " ".join(element.value for kind in kinds for element in kind)


VIEWS = [
    *(("blitar", "id", section) for section in SECTIONS),
    *(("contoh", "en", section) for section in SECTIONS),
    ("blitar", "en", "scores"),
    ("contoh", "id", "scores"),
]


@pytest.mark.parametrize(("region", "language", "section"), VIEWS)
def test_every_section_opens(open_page, region, language, section):
    page = opened(open_page, region=region, lang=language, section=section)
    assert page.query_params["section"] in (section, [section])


def test_without_scores_the_page_says_so_and_lists_the_evaluations(open_page):
    told = words_of(opened(open_page, region="blitar", section="scores"))
    assert "Belum ada nilai evaluasi" in told
    assert "7 kali evaluasi tercatat" in told


@pytest.mark.parametrize(
    ("state", "sign"),
    [("verified", "✔ Terverifikasi"), ("self_assessed", "△ Penilaian mandiri")],
)
def test_a_state_is_told_in_sign_and_words(open_page, state, sign):
    page = opened(open_page, region="contoh", section="scores", year="2025", state=state)
    assert sign in words_of(page)
    assert bool(page.warning) == (state != "verified")


def test_a_draft_is_warned_of(open_page):
    page = opened(open_page, region="contoh", section="scores", year="2026")
    assert "○ Draf" in page.warning[0].value


def test_each_score_of_a_programme_opens_into_its_evidence(open_page):
    page = opened(open_page, region="contoh", section="scores", year="2024",
                  programme="data_terbuka")  # fmt: skip
    labels = [part.label for part in page.expander]
    assert any(label.startswith("Keluaran: ") for label in labels)
    assert "Foto dan berita acara\\: Data terbuka 2024" in words_of(page)


@pytest.mark.parametrize(
    "address",
    [
        {"section": "xx", "year": "1066", "state": "final", "programme": "<b>"},
        {"section": "questions", "owner": "x", "kind": "y"},
        {"section": "year", "year": "abc"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_usual_view(open_page, address):
    for region in ("blitar", "contoh"):
        opened(open_page, region=region, **address)


def test_the_public_reads_and_has_no_form(open_page):
    page = opened(open_page, region="blitar", section="questions")
    assert not page.text_area
    assert "petugas yang masuk" in words_of(page)


# Writing


@pytest.fixture
def officer(copy_of_store, monkeypatch, as_officer):
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    return copy_of_store


def kept(store, region, kind):
    with open_store(store.settings, region).engine.connect() as connection:
        return entries_of(connection, kind)


def test_an_answer_keeps_its_words_name_and_question(officer):
    page = open_in_process("smart_city", region="blitar", section="questions")
    page.text_area[0].set_value("Dinas <b>Kesehatan</b> *bukan* RSUD.")
    page.button[-1].click()
    page.run()
    assert not page.exception
    ((code, (answer,)),) = kept(officer, "blitar", EntryKind.ANSWER).items()
    assert code == "score:evaluasi_tahunan:2019"
    assert (answer.words, answer.written_by) == (
        "Dinas <b>Kesehatan</b> *bukan* RSUD.",
        OFFICER.signature,
    )
    told = words_of(page)
    assert r"Ditulis Siti \<b\> (siti)" in told
    assert "91 dari 92 pertanyaan belum dijawab" in told


@pytest.mark.parametrize("kind", ["target", "result"])
def test_a_question_for_a_figure_leads_to_the_form_of_its_programme(officer, kind):
    page = open_in_process("smart_city", region="blitar", section="questions", kind=kind)
    asked = page.selectbox(key="smart_city_figure")
    assert asked.options
    code = asked.value
    link = next(
        one.proto for one in page.get("page_link") if "form=programme" in one.proto.query_string
    )
    assert link.label == "Isi angkanya di Meja data"
    said = parse_qs(link.query_string)
    assert said["programme"] == [code.split(":")[1]]
    address = {name: found[0] for name, found in said.items() if name not in ("lang", "region")}
    desk = open_in_process("desk", region="blitar", **address)
    assert not desk.exception
    chosen = next(box for box in desk.selectbox if box.label == "Program")
    assert chosen.value == said["programme"][0]
    year = next(box for box in desk.selectbox if box.label == "Tahun")
    assert ("of_year" in said) == (kind == "result")
    assert year.value == said.get("of_year", [year.options[0]])[0]


def test_evidence_without_address_and_file_is_refused_in_words(officer):
    page = open_in_process("smart_city", region="contoh", section="scores")
    page.text_area[0].set_value("Foto lapangan.")
    page.button[-1].click()
    page.run()
    assert "memerlukan alamat atau berkas" in page.error[0].value
    assert kept(officer, "contoh", EntryKind.EVIDENCE) == {}


# Tables of offices


def filled(region, dataset, figures):
    """The template as the page offers it, with `figures` (heading: value) in its first row."""
    content = template(region, dataset, TODAY, "id")
    book = load_workbook(io.BytesIO(content))
    sheet = book[DATA_SHEET]
    headings = [str(cell.value) for cell in sheet[1]]
    for heading, value in figures.items():
        if heading not in headings:  # an office may add a column that the reader knows
            headings.append(heading)
            sheet.cell(row=1, column=len(headings), value=heading)
        sheet.cell(row=2, column=headings.index(heading) + 1, value=value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_filled_templates_come_back_in_and_show_on_the_page(officer):
    desk = Desk(officer.settings, region="blitar")
    performance = {"Satuan": "persen", "Nilai awal kinerja": 10, "Target kinerja": 50,
                   "Realisasi kinerja": 30}  # fmt: skip
    budget = {"Pagu anggaran (Rp)": 1000000, "Pagu perubahan (Rp)": 800000,
              "Realisasi anggaran (Rp)": 600000}  # fmt: skip
    for dataset, figures in (("performance", performance), ("budget", budget)):
        book = filled("blitar", dataset, figures | {"Sumber": "S005"})
        desk.publish(book, dataset=dataset)
    edition = officer.edition("blitar")
    rows = measure_rows(edition)
    assert rows.loc[rows["item"] == "command_center", "obs_value"].tolist() == [10, 30, 50]
    assert budget_rows(edition)["obs_value"].sum() == 2400000
    page = open_in_process("smart_city", region="blitar", section="programmes",
                           programme="command_center")  # fmt: skip
    assert not page.exception
    told = words_of(page)
    assert "Capaian program 30 persen pada 2025, target 50 persen" in told
    assert "75 persen anggaran 2025 terserap" in told
    assert "0 dari 1 program yang terukur sudah mencapai target" in told


# A region without Smart City


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Belum ada data Smart City"), ("en", "There are no Smart City data")],
)
def test_a_region_without_smart_city_has_a_designed_empty_page(
    tmp_path, monkeypatch, language, words
):
    write_small_pack(tmp_path / "data" / "uji")
    monkeypatch.setenv("SEJAHTERA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEJAHTERA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SEJAHTERA_REGIONS", "uji")
    monkeypatch.setenv("SEJAHTERA_REGION", "uji")
    settings = load_settings()
    store = open_store(settings, "uji")
    publish_pack(store, read_pack(settings.pack_dir("uji")), published_by="pemasang", now=NOW)
    page = open_in_process("smart_city", lang=language)
    assert not page.exception
    assert words in words_of(page)


def test_the_workbook_of_the_year_has_a_sheet_for_each_part(store):
    edition = store.edition("contoh")
    parts = year_figures(edition, year=2025)
    content = workbook(parts, is_training=True, language="en")
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == len(parts) + 1
    assert book["Scores of dimensions"]["A1"].value == "DATA LATIHAN"


def test_the_report_of_the_year_is_offered_as_slides_paper_and_workbook(open_page):
    page = opened(open_page, region="contoh", lang="en", section="year", year="2024")
    labels = [button.proto.label for button in page.get("download_button")]
    offered = [label for label in labels if "2024" in label]
    assert [kind for label in offered for kind in ("PPTX", "PDF", "XLSX") if kind in label] == [
        "PPTX", "PDF", "XLSX",
    ]  # fmt: skip


def test_the_slides_of_the_year_are_those_of_the_chosen_one(store, monkeypatch):
    sent = {}
    monkeypatch.setattr(
        "pages.smart_city.year.run_job", lambda name, **told: sent.update(told, name=name) or b"x"
    )
    edition = store.edition("contoh")
    assert briefing(edition, year=2023, language="en", suffix="pptx") == b"x"
    assert sent["name"] == "analytics.jobs.briefings:briefing_file"
    assert (sent["region"], sent["language"], sent["suffix"]) == ("contoh", "en", "pptx")
    draft = draft_from(json.loads(sent["draft"]))
    years = {recipe.choices["year"] for recipe in draft.recipes if "year" in recipe.choices}
    assert years == {2023}
