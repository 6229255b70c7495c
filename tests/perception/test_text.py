"""Cleaning, seed lexicon and aspects on sentences written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.perception.aspects import aspects_of, parts_of
from analytics.perception.cleaning import cleaned
from analytics.perception.lexicon import NEGATIVE, NEUTRAL, POSITIVE, judge, weight_of
from analytics.perception.people import without_people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Bagusss bgt!! 😍", "bagus banget tandasenang"),
        ("Tmptnya yg kotor :(", "tmptnya yang kotor tandasedih"),
        ("anak2 senang", "anak-anak senang"),
        ("GAK REKOMENDED", "tidak rekomendasi"),
        ("kafé bersih…", "kafe bersih"),
        ("", ""),
    ],
)
def test_writing_is_made_comparable(written, read):
    assert cleaned(written) == read


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("kontak @budi.w ya", "kontak ya"),
        ("telp 0812-3456-7890 murah", "telp murah"),
        ("lihat https://contoh.id/x lalu surel a@b.id", "lihat lalu surel"),
        ("tiket 15000 dari 2025", "tiket 15000 dari 2025"),
    ],
)
def test_people_are_left_out_and_prices_stay(written, kept):
    assert without_people(written) == kept


@settings(deadline=None)
@given(st.text(max_size=200))
def test_cleaning_takes_any_text_and_is_done_once(text):
    once = cleaned(text)
    assert "@" not in once and once == once.strip()
    assert judge(text).label in (POSITIVE, NEUTRAL, NEGATIVE)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Tempatnya bersih dan petugas ramah", POSITIVE),
        ("Toilet kotor, tiket mahal", NEGATIVE),
        ("Kami datang hari Minggu dengan bus", NEUTRAL),
        ("Petugasnya tidak ramah", NEGATIVE),
        ("Tidak mahal dan tidak mengecewakan", POSITIVE),
        ("Panggonane apik tenan, hawane seger", POSITIVE),
        ("Dalane rusak lan petugase judhes", NEGATIVE),
        ("Ora apik", NEGATIVE),
        ("Pemandangan bagus tapi toilet kotor, bau, dan rusak", NEGATIVE),
        ("👍👍", POSITIVE),
    ],
)
def test_seed_lexicon_reads_both_languages(text, label):
    assert judge(text).label == label


def test_a_negation_turns_what_follows_and_a_strengthener_adds():
    plain, turned, strong = (judge(t).score for t in ("ramah", "bukan ramah", "sangat ramah"))
    assert turned < 0 < plain < strong


def test_endings_and_doubling_are_known():
    assert weight_of("bersihnya") == weight_of("bersih") > 0
    assert weight_of("apike") > 0 and weight_of("enak-enak") > 0
    assert weight_of("meja") == 0


def test_aspects_by_part_of_a_text():
    parts = parts_of("Pemandangan indah tapi toilet kotor. Tiket murah")
    assert [part.aspects for part in parts] == [
        {"nature_culture"},
        {"facilities", "cleanliness"},
        {"price"},
    ]
    assert aspects_of("parkirane jembar") == {"access"}
    assert aspects_of("kami senang") == frozenset()
