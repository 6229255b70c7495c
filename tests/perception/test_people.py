"""Names, accounts and numbers leave the words of visitors; places stay."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.perception.people import manners, phrases, without_people

PLACES = phrases(["Candi Penataran", "Pantai Serang", "Kampung Coklat", "Blitar", "Rahmat Park"])


def told(text):
    return without_people(text, kept=PLACES)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Kata Pak Budi tiketnya murah", "Kata Pak … tiketnya murah"),
        ("mbak sari di loket ramah", "mbak … di loket ramah"),
        ("Dilayani Mbak Ayu Lestari, ramah", "Dilayani Mbak …, ramah"),
        ("Bpk. Luqman yang jaga baik", "Bpk. … yang jaga baik"),
        ("PAK BUDI RAMAH SEKALI", "PAK … RAMAH SEKALI"),
        ("Bu Sri Wahyuni Ramah", "Bu … Ramah"),
        ("Mas Bagus pemandunya sabar", "Mas … pemandunya sabar"),
        ("nama saya joko dari Malang", "nama saya … dari Malang"),
        ("Budi Santoso dan Siti Rahayu naik perahu", "… dan … naik perahu"),
        ("Pemandu bernama Wahyudi", "Pemandu bernama …"),
        ("Salam, Rina Marlina", "Salam, …"),
        ("dari keluarga Santoso", "dari keluarga …"),
        ("Petugasnya Budinya galak", "Petugasnya … galak"),
        ("A.n. Joko Susilo", "A.n. …"),
    ],
)
def test_names_leave_indonesian(written, kept):
    assert told(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("jare Lik Parno dalane apik", "jare Lik … dalane apik"),
        ("jenengku Slamet, saka Srengat", "jenengku …, saka Srengat"),
        ("Matur nuwun Pakdhe Karyo", "Matur nuwun Pakdhe …"),
        ("cak narto sing dodol dawet", "cak … sing dodol dawet"),
        ("Mbah Tukinem isih jualan", "Mbah … isih jualan"),
        ("pak de karyo grapyak", "pak de … grapyak"),
    ],
)
def test_names_leave_javanese(written, kept):
    assert told(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ig: budi_santoso keren", "keren"),
        ("follow IG rina_99 ya", "follow ya"),
        ("fb: Budi Santoso", "…"),
        ("tanya @siti_rhy saja", "tanya saja"),
        ("surel budi (at) gmail (dot) com", "surel"),
        ("b.s@contoh.id atau https://contoh.id/b", "atau"),
        ("wa 08123456789", "wa"),
        ("telp 0812 3456 7890, kantor 0342-801234", "telp , kantor"),
        ("+62 812-3456-7890", ""),
        ("NIK 3505012345678901", "NIK"),
        ("mobil AG 1234 KK ditilang", "mobil ditilang"),
    ],
)
def test_accounts_and_numbers_leave(written, kept):
    assert told(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Makam Bung Karno bersih",
        "makam bung karno ramai, candi penataran sepi",
        "Ziarah ke makam Pak Karno",
        "Candi Penataran di Blitar, lalu Pantai Serang",
        "ning Penataran rame",
        "Rahmat Park tutup",
        "warung Bu Tini enak, pecel Mbok Yah juga",
        "Gunung Slamet terlihat dari Jl. Sudirman",
        "candi bernama Sawentar",
        "rombongan SMA Budi Utomo",
        "Pak Parkir galak, pak satpam judes, Mbak Resepsionisnya jutek",
        "Terima kasih Pak. Tempatnya bagus",
        "Terima kasih Pak Bupati Blitar",
        "mas bagus banget tempatnya",
        "Indah, asri, Slamet sampai rumah",
        "Dina Minggu rame",
        "Salam Lestari!",
        "Ibu hamil boleh masuk, bapak-bapak menunggu",
        "tiket 10.000 - 15.000, buka 08.00-17.00 sejak 2019",
        "Line 2 panjang, antre 30 menit",
    ],
)
def test_places_roles_prices_and_words_stay(written):
    assert told(written) == written


def test_a_place_of_the_region_stays_only_where_it_is_known():
    assert without_people("Pak Rahmat Park") == "Pak …"
    assert told("Rahmat Park") == "Rahmat Park"


def test_words_that_are_names_too_are_names():
    assert manners().also_words <= manners().names
    assert not manners().not_names & manners().names - manners().also_words


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120))
def test_any_text_is_taken_and_keeps_no_account(text):
    assert not re.search(r"(?<!\w)@\w|https?://\S", without_people(text))


def test_a_long_line_without_blanks_takes_no_longer_than_its_length():
    """Bounded patterns: with unbounded ones these letters take minutes."""
    assert len(without_people("a" * 60_000)) == 60_000
