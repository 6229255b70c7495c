"""Reviews come in without the people who wrote them."""

import io

import pandas as pd
import pytest
from sqlalchemy import create_engine, text

from analytics.ingest.submit import Wish, kept_content, submit
from tests.small_desk import NOW

REVIEWS = """Nama,Akun,Tanggal,Ulasan,Bintang,Tempat
Siti Rahayuningsih,@siti_rhy,2025-03-01T08:10:00Z,"Bagus, hubungi @siti_rhy 0812-3456-789",5,{place}
Budi Raharjono,@budirh,2025-03-01,Kotor,2 bintang,{place}
Joko Wibisana,@jokow,2025-03-01,Kotor,,{place}
Rini Lestiyani,@rini,2025-03-02,,4,{place}
"""
PEOPLE = ("Siti", "Rahayuningsih", "siti_rhy", "Budi", "Raharjono", "Joko", "Rini", "3456")


@pytest.fixture
def report(check, region):
    names = region.tables["places"].set_index("kind")["place_name"]
    return check(REVIEWS.format(place=names["destination"].iloc[0]), "reviews", source="T001")


def test_words_stars_and_place_come_in(report):
    rows = report.rows
    assert report.layout == "review_export" and report.is_clean
    assert rows["obs_text"].tolist() == ["Bagus, hubungi", "Kotor", "Kotor"]
    assert rows["obs_value"].fillna(0).tolist() == [5, 2, 0]
    assert set(rows["indicator"]) == {"review_text"} and set(rows["obs_status"]) == {"A"}
    assert set(rows["period_start"]) == {"2025-03-01"}


def test_stars_without_words_are_counted_and_left_out(report):
    told = report.findings.set_index("kind")["found"]
    assert told["review_wordless"] == "1"


def test_two_visitors_may_say_the_same_on_one_day(report):
    repeated = report.findings[report.findings["kind"] == "repeated"]
    assert set(repeated["severity"]) == {"note"} and len(report.accepted) == 3


def test_no_name_handle_or_number_reaches_what_is_kept(report):
    content, name = kept_content(report, REVIEWS.encode())
    words = content.decode("utf-8")
    assert name.endswith(".csv") and len(pd.read_csv(io.BytesIO(content))) == 3
    assert [person for person in PEOPLE if person in words] == []


def test_no_name_reaches_the_ledger(report, region, tmp_path):
    from analytics.ledger.migrations import bring_up_to_date

    engine = create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    bring_up_to_date(engine)
    wish = Wish(submitted_by="petugas")
    submit(engine, report, REVIEWS.encode(), wish, region=region, now=NOW)
    with engine.connect() as connection:
        tables = connection.execute(
            text("select name from sqlite_master where type = 'table'")
        ).scalars()
        for table in tables.all():
            for row in connection.execute(text(f'select * from "{table}"')):
                told = b" ".join(
                    cell if isinstance(cell, bytes) else str(cell).encode() for cell in row
                )
                assert [person for person in PEOPLE if person.encode() in told] == [], table


def test_other_datasets_keep_their_bytes(check):
    report = check("Kode wilayah,Komoditas,Tahun,Produksi (ton)\n35.05.01,Padi,2024,10\n",
                   "agriculture", source="T001")  # fmt: skip
    assert kept_content(report, b"as it came") == (b"as it came", report.file)


def test_names_within_words_leave_and_places_of_the_region_stay(check, region):
    names = region.tables["places"].set_index("kind")["place_name"]["destination"]
    words = f"Kata Pak Budi {names.iloc[1]} sepi, ig: siti_rhy"
    rows = check(REVIEWS.format(place=names.iloc[0]).replace("Kotor,2", f'"{words}",2'),
                 "reviews", source="T001").rows  # fmt: skip
    assert f"Kata Pak … {names.iloc[1]} sepi," in rows["obs_text"].tolist()
