"""The dataset `reviews`: invented words of invented visitors, with stars or without."""

import calendar
from datetime import date

from training_pack.randomness import stream
from training_pack.rows import Row, in_order, observation
from training_pack.sources import TOURISM
from training_pack.tourism import DESTINATIONS

REVIEWS = "reviews"
YEARS = range(2021, 2027)
LAST_MONTH_OF_2026 = 10
PER_YEAR = 250
RATED_SHARE = 0.72
JAVANESE_SHARE = 0.25
PIECES = (1, 2, 2, 3)
NEUTRAL_SHARE = 0.22
# What visitors come to speak of, by kind of site; the other aspects come up anywhere.
ASPECTS = ("access", "cleanliness", "price", "facilities", "nature_culture", "service", "safety")
# How content visitors are with each aspect (share of positive remarks), changing by year.
CONTENT = {
    "access": 0.45, "cleanliness": 0.55, "price": 0.68, "facilities": 0.48,
    "nature_culture": 0.9, "service": 0.7, "safety": 0.6,
}  # fmt: skip
CONTENT_BY_YEAR = {"cleanliness": 0.03, "facilities": 0.04, "access": -0.01}
GOOD = {
    "access": (
        ("jalan menuju lokasi mulus", "parkirnya luas dan mudah", "gampang dijangkau dari kota"),
        ("dalane alus", "parkirane jembar", "gampang diparani"),
    ),
    "cleanliness": (
        ("tempatnya bersih dan terawat", "toiletnya bersih", "tidak ada sampah berserakan"),
        ("panggonane resik", "kebersihane apik tenan", "resik lan kopen"),
    ),
    "price": (
        ("tiket masuk murah", "harga makanan terjangkau", "tiketnya sepadan dengan yang didapat"),
        ("tikete murah", "regane mirah", "regane cocok kanggo keluarga"),
    ),
    "facilities": (
        ("fasilitas lengkap", "gazebo nyaman untuk istirahat", "mushola dan kamar mandi memadai"),
        ("fasilitase pepak", "warunge akeh lan enak", "gazebone kepenak"),
    ),
    "nature_culture": (
        ("pemandangan indah sekali", "udaranya sejuk dan asri", "sejarahnya menarik dipelajari"),
        ("sesawangane endah", "hawane adhem lan seger", "panggonane asri banget"),
    ),
    "service": (
        ("petugas ramah dan sigap", "pelayanan cepat", "pemandunya sabar dan sopan"),
        ("petugase grapyak", "pelayanane cepet", "sing jaga sumeh lan sopan"),
    ),
    "safety": (
        ("pagar pengaman kokoh, terasa aman", "aman untuk anak", "penjaga pantai selalu siaga"),
        ("aman kanggo bocah", "pagere kuwat dadi tenang", "slamet lan aman"),
    ),
}
BAD = {
    "access": (
        ("jalan menuju lokasi rusak dan sempit", "parkiran semrawut", "petunjuk arah tidak ada"),
        ("dalane rusak lan bolong", "parkirane ruwet", "dalane ciut lan macet"),
    ),
    "cleanliness": (
        ("sampah di mana-mana, kotor", "toilet bau dan jorok", "tempatnya tidak terawat"),
        ("panggonane reged", "jedhinge mambu", "akeh uwuh lan kemproh"),
    ),
    "price": (
        ("tiket mahal tidak sebanding", "harga makanan kemahalan", "ada pungutan liar di parkiran"),
        ("tikete larang", "regane kelarangen", "mbayar maneh ing njero, larang"),
    ),
    "facilities": (
        ("fasilitas rusak dan kurang", "kamar mandi sedikit, antre lama", "gazebo bocor dan kusam"),
        ("fasilitase rusak", "gazebone bocor", "kursine kurang lan rusak"),
    ),
    "nature_culture": (
        ("pemandangan biasa saja, mengecewakan", "airnya kotor", "candinya tidak terawat"),
        ("sesawangane biasa wae, kuciwa", "kaline reged", "panas lan sumuk"),
    ),
    "service": (
        ("petugas judes", "pelayanan lambat dan tidak ramah", "loket tutup, kami kecewa"),
        ("petugase judhes", "pelayanane suwe", "sing jaga ora ramah"),
    ),
    "safety": (
        ("tangga licin dan berbahaya", "pagar rusak, rawan jatuh", "tidak ada rambu bahaya"),
        ("dalane lunyu lan mbebayani", "pagere rusak, medeni", "ora aman kanggo bocah"),
    ),
}
NEUTRAL = (
    (
        "datang bersama keluarga hari Minggu", "buka dari jam delapan sampai sore",
        "kami berangkat rombongan dari sekolah", "lokasinya di tepi jalan desa",
        "tiket dibeli di loket depan", "ada kolam dan taman di dalamnya",
    ),
    (
        "mrene bareng kanca dina Minggu", "bukake jam wolu nganti sore",
        "budhal saka omah numpak motor", "panggonane cedhak pasar",
    ),
)  # fmt: skip
ENDS = {
    1: ("", "", ". Pasti ke sini lagi", "! 😍", " 👍", ". Mantap", "!!!"),
    -1: ("", "", ". Kecewa", " 😞", ". Semoga diperbaiki", "!!"),
    0: ("", ".", ". Sekian"),
}
SLANG = {
    "yang": "yg", "tidak": "gak", "sekali": "bgt", "dengan": "dgn", "untuk": "utk",
    "sudah": "udh", "ramah": "ramaah", "murah": "murahh", "kotor": "kotorrr",
}  # fmt: skip
SLANG_SHARE = 0.35


def review_rows() -> list[Row]:
    """About 250 reviews a year over the sites that are counted, the larger ones oftener."""
    rows: dict[tuple[str, ...], Row] = {}
    sites = [site for site in DESTINATIONS if site.is_counted]
    for year in YEARS:
        luck = stream(REVIEWS, year)
        months = LAST_MONTH_OF_2026 if year == YEARS[-1] else 12
        for _ in range(round(PER_YEAR * months / 12)):
            site = luck.choices(sites, weights=[site.visits for site in sites])[0]
            month = luck.randint(1, months)
            day = date(year, month, luck.randint(1, calendar.monthrange(year, month)[1]))
            if day < site.opened:
                continue
            words, stars = _review(luck, year)
            is_rated = luck.random() < RATED_SHARE
            row = observation(
                ref_area=site.subdistrict, place=site.place, item="ulasan",
                indicator="review_text", period=(day, day, "D"), unit="index",
                source_id=TOURISM, value=stars if is_rated else None, words=words,
            )  # fmt: skip
            rows[(site.place, day.isoformat(), words)] = row
    return sorted(in_order(rows.values()), key=lambda row: (row["period_start"], row["place"]))


def _review(luck, year: int) -> tuple[str, int]:  # type: ignore[no-untyped-def]
    """Words and stars: remarks on one to three aspects, or a plain account."""
    speech = 1 if luck.random() < JAVANESE_SHARE else 0
    if luck.random() < NEUTRAL_SHARE:
        words = luck.sample(NEUTRAL[speech], k=min(2, luck.choice(PIECES)))
        return _written(luck, ", ".join(words), 0), luck.choice((3, 3, 3, 4))
    told, balance = [], 0
    aspects = luck.sample(ASPECTS, k=luck.choice(PIECES))
    for aspect in aspects:
        share = CONTENT[aspect] + CONTENT_BY_YEAR.get(aspect, 0) * (year - YEARS[0])
        is_good = luck.random() < share
        told.append(luck.choice((GOOD if is_good else BAD)[aspect][speech]))
        balance += 1 if is_good else -1
    mood = (balance > 0) - (balance < 0)
    best = {1: (5, 5, 4), 0: (3, 3, 2, 4), -1: (1, 2, 2)}[mood]
    return _written(luck, ", ".join(told), mood), luck.choice(best)


def _written(luck, words: str, mood: int) -> str:  # type: ignore[no-untyped-def]
    """As people type: a capital, slang now and then, an end that fits the mood."""
    if luck.random() < SLANG_SHARE:
        words = " ".join(SLANG.get(word, word) for word in words.split(" "))
    return words[:1].upper() + words[1:] + luck.choice(ENDS[mood])
