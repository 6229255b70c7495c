"""Datasets `search_interest`, `promotion` and `visitor_survey`: what is sought, promoted, said."""

import math
from datetime import date

from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE
from training_pack.rows import Row, in_order, month_period, months, observation
from training_pack.sources import TOURISM
from training_pack.tourism import DESTINATIONS, MONTH_WEIGHTS

SEARCH_INTEREST, PROMOTION, VISITOR_SURVEY = "search_interest", "promotion", "visitor_survey"
MONTHS = months(first=date(2022, 1, 1), last=date(2026, 10, 1))
TOPIC_OF_KIND = {
    "nature": "topik_alam", "culture": "topik_budaya", "manmade": "topik_buatan",
    "village": "topik_desa_wisata",
}  # fmt: skip
OWN_TERMS = (
    "candi-kedung-contoh", "taman-banjar-latih", "kebun-teh-misal", "pantai-umpama",
    "kampung-koi-contoh", "desa-sawah-misal",
)  # fmt: skip
# The bare name of the regency, which a city of the same name shares: it counts for neither.
SHARED_TERM = ("cari-contoh", "Contoh")
# Peer regions with their terms: name, topic, usual level.
PEER_TERMS = (
    ("99.02", "Pantai Karang Misal", "topik_alam", 48),
    ("99.02", "Keraton Misal", "topik_budaya", 30),
    ("99.03", "Kawah Umpama", "topik_alam", 56),
    ("99.05", "Taman Air Peraga", "topik_buatan", 41),
    ("99.07", "Candi Ilustrasi", "topik_budaya", 22),
    ("99.08", "Desa Kopi Teladan", "topik_desa_wisata", 26),
)
LEVELS = {
    "candi-kedung-contoh": 34, "taman-banjar-latih": 38, "kebun-teh-misal": 36,
    "pantai-umpama": 30, "kampung-koi-contoh": 24, "desa-sawah-misal": 16,
}  # fmt: skip
GROWTH = {"kampung-koi-contoh": 0.09, "desa-sawah-misal": 0.06, "candi-kedung-contoh": -0.02}
# Posts a month by topic: much on culture and little on villages, so that there is a gap to see.
POSTS = {
    "topik_alam": 14, "topik_budaya": 15, "topik_buatan": 9, "topik_desa_wisata": 3,
    "topik_kuliner": 6, "topik_usaha": 4,
}  # fmt: skip
MENTIONS = {REGENCY_CODE: 60, "99.02": 72, "99.03": 81, "99.05": 44, "99.07": 25, "99.08": 33}
SURVEY_QUARTERS = [(year, quarter) for year in range(2023, 2027) for quarter in range(1, 5)][:-1]
RESIDENT_YEARS = (2023, 2024, 2025)


def _slug(name: str) -> str:
    return f"cari-{name.lower().replace(' ', '-')}"


def search_places() -> list[dict[str, str]]:
    """Terms that are no destination of the region: those of peers, and the shared name."""
    named = [(_slug(name), name, code) for code, name, *_ in PEER_TERMS]
    named.append((*SHARED_TERM, REGENCY_CODE))
    return [
        {"place": place, "place_name": name, "kind": "search_term", "ref_area": code,
         "latitude": "", "longitude": "", "source_id": TOURISM, "caveat": ""}
        for place, name, code in named
    ]  # fmt: skip


def search_rows() -> list[Row]:
    """Interest from 0 to 100 by term and month, all terms in one scale; mentions by area."""
    kinds = {site.place: site.kind for site in DESTINATIONS}
    terms = [(REGENCY_CODE, place, TOPIC_OF_KIND[kinds[place]], LEVELS[place])
             for place in OWN_TERMS]  # fmt: skip
    terms += [(code, _slug(name), topic, level) for code, name, topic, level in PEER_TERMS]
    terms.append((REGENCY_CODE, SHARED_TERM[0], "pencarian", 70))
    rows = [
        _row(code, item, "search_interest", month, _interest(place, item, level, month), "index",
             place=place)
        for code, place, item, level in terms
        for month in MONTHS
    ]  # fmt: skip
    return in_order([*rows, *_mention_rows()])


def _interest(place: str, item: str, level: float, month: date) -> int:
    kind = {topic: kind for kind, topic in TOPIC_OF_KIND.items()}.get(item, "culture")
    season = MONTH_WEIGHTS[kind][month.month - 1]
    years = month.year - MONTHS[0].year + (month.month - 1) / 12
    trend = math.exp(GROWTH.get(place, 0.0) * years)
    luck = stream(SEARCH_INTEREST, place, month)
    return max(0, min(100, round(level * season * trend * math.exp(luck.gauss(0, 0.1)))))


def _mention_rows() -> list[Row]:
    return [
        _row(code, "pencarian", "mentions", month,
             max(0, round(usual * math.exp(stream("mentions", code, month).gauss(0, 0.25)))),
             "mention")
        for code, usual in MENTIONS.items()
        for month in MONTHS
    ]  # fmt: skip


def promotion_rows() -> list[Row]:
    """Posts, people reached and cost by topic and month."""
    rows = []
    for topic, usual in POSTS.items():
        for month in MONTHS:
            luck = stream(PROMOTION, topic, month)
            posts = max(0, round(usual * luck.uniform(0.6, 1.4)))
            reach = round(posts * luck.uniform(900, 2600))
            rows += [
                _row(REGENCY_CODE, topic, "promotion_posts", month, posts, "post"),
                _row(REGENCY_CODE, topic, "promotion_reach", month, reach, "person"),
                _row(REGENCY_CODE, topic, "promotion_cost", month,
                     posts * 150000, "IDR"),
            ]  # fmt: skip
    return in_order(rows)


def survey_rows() -> list[Row]:
    """Who would recommend the regency, by quarter; how many residents support it, by year."""
    rows = []
    for year, quarter in SURVEY_QUARTERS:
        luck = stream(VISITOR_SURVEY, year, quarter)
        asked = luck.randint(90, 150)
        promoters = round(asked * luck.uniform(0.42, 0.54))
        detractors = round(asked * luck.uniform(0.14, 0.24))
        start = date(year, 3 * quarter - 2, 1)
        period = (start, month_period(date(year, 3 * quarter, 1))[1], "Q")
        parts = {"survey_promoters": promoters, "survey_detractors": detractors,
                 "survey_passives": asked - promoters - detractors}  # fmt: skip
        rows += [
            observation(ref_area=REGENCY_CODE, item="survei_pengunjung", indicator=indicator,
                        period=period, unit="person", source_id=TOURISM, value=value)
            for indicator, value in parts.items()
        ]  # fmt: skip
    for year in RESIDENT_YEARS:
        asked = stream("residents", year).randint(380, 420)
        supporting = round(asked * stream("support", year).uniform(0.68, 0.8))
        period = (date(year, 1, 1), date(year, 12, 31), "A")
        rows += [
            observation(ref_area=REGENCY_CODE, item="survei_pengunjung", indicator=indicator,
                        period=period, unit="person", source_id=TOURISM, value=value)
            for indicator, value in (
                ("residents_asked", asked), ("residents_supporting", supporting)
            )
        ]  # fmt: skip
    return in_order(rows)


def _row(
    code: str, item: str, indicator: str, month: date, value: float, unit: str, place: str = ""
) -> Row:
    return observation(
        ref_area=code, place=place, item=item, indicator=indicator, period=month_period(month),
        unit=unit, source_id=TOURISM, value=value,
    )  # fmt: skip


__all__ = ["promotion_rows", "search_places", "search_rows", "survey_rows"]
