"""The dataset `branding`: targets, revenue, hotels, businesses, events, reviews, searches."""

import math
from datetime import date

from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE, REGENCY_CODES, SUBDISTRICT_CODES
from training_pack.rows import (
    Period,
    Row,
    in_order,
    month_period,
    observation,
    span,
    year_period,
)
from training_pack.sources import REGISTER, TOURISM
from training_pack.tourism import (
    CLOSED_MONTHS,
    DESTINATIONS,
    FULL_YEARS,
    VISIT_MONTHS,
    Counts,
    counted_sum,
    pandemic_factor,
)

ROOMS = 640
VISIT_TARGETS = {
    2018: 1450000,
    2019: 1600000,
    2020: 1700000,
    2021: 800000,
    2022: 1200000,
    2023: 1600000,
    2024: 1850000,
    2025: 1900000,
    2026: 2000000,
}
IDR_PER_VISIT = 2100
SEARCH_YEARS = tuple(range(2019, 2026))
TOPICS = ("nature", "culture", "manmade", "village")
SEARCH_TOPIC_SHARES = {"nature": 46, "culture": 12, "manmade": 18, "village": 24}
PROMOTION_TOPIC_SHARES = {"nature": 38, "culture": 33, "manmade": 20, "village": 9}
TOPIC_YEARS = (2023, 2024, 2025)
EVENTS = (
    ("99.01.07", "Festival Kedung Contoh", date(2019, 7, 13), 3, 8200, 145000000),
    ("99.01.14", "Festival Layang Pasir Latih", date(2019, 9, 15), 1, 5100, 60000000),
    ("99.01.07", "Festival Kedung Contoh", date(2022, 7, 16), 2, 6900, 120000000),
    ("99.01.14", "Festival Layang Pasir Latih", date(2022, 9, 18), 1, 6400, 75000000),
    ("99.01.10", "Kirab Budaya Kalicoba", date(2023, 8, 19), 1, 11800, 90000000),
    ("99.01.07", "Festival Kedung Contoh", date(2023, 7, 15), 3, 9700, 160000000),
    ("99.01.09", "Festival Sawah Misal", date(2024, 5, 11), 2, 4300, 40000000),
    ("99.01.07", "Festival Kedung Contoh", date(2024, 7, 13), 3, 10400, 175000000),
    ("99.01.10", "Kirab Budaya Kalicoba", date(2025, 8, 16), 1, 13200, 110000000),
    ("99.01.14", "Festival Layang Pasir Latih", date(2025, 9, 14), 2, 8800, 95000000),
)
WORDS = (
    (REGENCY_CODE, "merek", "brand_slogan", year_period(2019), "Contoh, Tanah Belajar"),
    (REGENCY_CODE, "merek", "brand_slogan", year_period(2023), "Contoh Ngangeni"),
    (REGENCY_CODE, "merek", "brand_programme", year_period(2024), "Ayo Mampir Contoh"),
    (
        "99.01.09",
        "desa_wisata",
        "award_given",
        year_period(2023),
        "Desa Wisata Sawah Misal, juara latihan tingkat provinsi",
    ),
)


def fact(
    *,
    code: str,
    item: str,
    indicator: str,
    period: Period,
    unit: str,
    value: float,
    status: str = "A",
    place: str = "",
    source_id: str = TOURISM,
) -> Row:
    """One number of the dataset."""
    return observation(
        ref_area=code,
        place=place,
        item=item,
        indicator=indicator,
        period=period,
        unit=unit,
        source_id=source_id,
        value=value,
        status=status,
    )


def revenue_rows(*, code: str, visits: dict[int, int]) -> list[Row]:
    """Tourism revenue: target, revised target, realisation and its share of the revised target."""
    rows = []
    for year, total in visits.items():
        luck = stream("revenue", code, year)
        target = round(VISIT_TARGETS[year] * IDR_PER_VISIT * luck.uniform(0.95, 1.05), -6)
        revised = round(target * (0.55 if year in (2020, 2021) else luck.uniform(0.96, 1.06)), -6)
        realised = round(total * IDR_PER_VISIT * luck.uniform(0.9, 1.08))
        for indicator, unit, value in (
            ("tourism_pad_target", "IDR", target),
            ("tourism_pad_target_revised", "IDR", revised),
            ("tourism_pad_realised", "IDR", realised),
            ("tourism_pad_realised_share", "percent", 100 * realised / revised),
        ):
            rows.append(
                fact(
                    code=code,
                    item="pendapatan_pariwisata",
                    indicator=indicator,
                    period=year_period(year),
                    unit=unit,
                    value=value,
                    status="P" if year == FULL_YEARS[-1] and "realised" in indicator else "A",
                )
            )
    return rows


def target_rows(*, visits: dict[int, int]) -> list[Row]:
    """Visitor targets and how far they were reached."""
    rows = [
        fact(
            code=REGENCY_CODE,
            item="pariwisata",
            indicator="visits_target",
            period=year_period(year),
            unit="visits",
            value=target,
        )
        for year, target in VISIT_TARGETS.items()
    ]
    return rows + [
        fact(
            code=REGENCY_CODE,
            item="pariwisata",
            indicator="visits_target_attainment",
            period=year_period(year),
            unit="percent",
            value=100 * total / VISIT_TARGETS[year],
        )
        for year, total in visits.items()
    ]


def hotel_month(month: date) -> dict[str, tuple[str, float]]:
    """Rooms offered and sold, guests and their nights of one month, with the occupancy."""
    luck = stream("hotel", month)
    offered = ROOMS * month_period(month)[1].day
    season = 1 + 0.12 * math.cos(2 * math.pi * (month.month - 7) / 12)
    usual = 0.46 * season * pandemic_factor(kind="culture", month=month)
    share = 0.06 if month in CLOSED_MONTHS else min(0.95, usual * math.exp(luck.gauss(0, 0.05)))
    sold = round(offered * share)
    nights = round(sold * luck.uniform(1.6, 1.8))
    return {
        "room_nights_available": ("night", offered),
        "room_nights_occupied": ("night", sold),
        "hotel_room_occupancy": ("percent", 100 * sold / offered),
        "guest_nights": ("night", nights),
        "guests": ("person", round(nights / luck.uniform(1.25, 1.45))),
    }


def hotel_rows() -> list[Row]:
    """Hotels by month in the own regency, and yearly occupancy of every kabupaten/kota."""
    rows = [
        fact(
            code=REGENCY_CODE,
            item="hotel",
            indicator=indicator,
            period=month_period(month),
            unit=unit,
            value=value,
            status="P" if month == VISIT_MONTHS[-1] else "A",
        )
        for month in VISIT_MONTHS
        for indicator, (unit, value) in hotel_month(month).items()
    ]
    for code in REGENCY_CODES:
        for year in FULL_YEARS:
            if code == REGENCY_CODE:
                parts = [hotel_month(month) for month in VISIT_MONTHS if month.year == year]
                sold = sum(part["room_nights_occupied"][1] for part in parts)
                value = 100 * sold / sum(part["room_nights_available"][1] for part in parts)
            else:
                level = stream("occupancy", code).uniform(28, 58)
                dip = 0.45 if year in (2020, 2021) else 1.0
                value = level * dip * math.exp(stream("occupancy", code, year).gauss(0, 0.05))
            rows.append(
                fact(
                    code=code,
                    item="hotel",
                    indicator="hotel_room_occupancy",
                    period=year_period(year),
                    unit="percent",
                    value=value,
                )
            )
    return rows


def business_rows() -> list[Row]:
    """Micro businesses by kecamatan and in all, and the sites and hotels open in each year."""
    rows = []
    for year in range(2019, 2026):
        units = {}
        for code in SUBDISTRICT_CODES:
            start = stream("business", code).uniform(700, 2600)
            growth = 1 + stream("business growth", code).uniform(0.02, 0.13)
            units[code] = round(start * growth ** (year - 2019))
        units[REGENCY_CODE] = sum(units.values())
        rows += [
            fact(
                code=code,
                item="umkm",
                indicator="micro_business_units",
                period=year_period(year),
                unit="business",
                value=value,
                source_id=REGISTER,
            )
            for code, value in units.items()
        ]
    for year in FULL_YEARS:
        opened = sum(site.opened.year <= year for site in DESTINATIONS)
        for item, indicator, unit, value in (
            ("pariwisata", "destinations_count", "site", opened),
            ("hotel", "hotels_count", "hotel", 14 + (year - 2018) // 2),
        ):
            rows.append(
                fact(
                    code=REGENCY_CODE,
                    item=item,
                    indicator=indicator,
                    period=year_period(year),
                    unit=unit,
                    value=value,
                )
            )
    return rows


def review_rows() -> list[Row]:
    """Mean rating and number of reviews by site; a few sites have hardly any reviews."""
    rows = []
    for site in DESTINATIONS:
        for year in range(2021, 2026):
            if site.opened.year >= year:
                continue
            luck = stream("reviews", site.place, year)
            count = max(3, round(site.visits / 90 * luck.uniform(0.1, 1.2)))
            rating = min(
                5.0,
                max(
                    2.5,
                    4.25
                    + stream("liked", site.place).gauss(0, 0.25)
                    + luck.gauss(0, 0.8) / math.sqrt(count),
                ),
            )
            for indicator, unit, value in (
                ("review_rating", "index", round(rating, 1)),
                ("review_count", "review", count),
            ):
                rows.append(
                    fact(
                        code=site.subdistrict,
                        place=site.place,
                        item="merek",
                        indicator=indicator,
                        period=year_period(year),
                        unit=unit,
                        value=value,
                    )
                )
    return rows


def survey_rows() -> list[Row]:
    """Answers of visitors: who would recommend the regency (9-10, 7-8, 0-6)."""
    rows = []
    for year, parts in {
        2022: (171, 150, 96),
        2023: (204, 148, 83),
        2024: (233, 161, 71),
        2025: (219, 170, 90),
    }.items():
        for name, value in zip(("promoters", "passives", "detractors"), parts, strict=True):
            rows.append(
                fact(
                    code=REGENCY_CODE,
                    item="merek",
                    indicator=f"survey_{name}",
                    period=year_period(year),
                    unit="person",
                    value=value,
                )
            )
    return rows


def search_rows() -> list[Row]:
    """Shares of searches among the 11 kabupaten/kota (100 in all) and by topic."""
    rows = []
    for year in SEARCH_YEARS:
        weights = {
            code: math.exp(stream("search", code).gauss(0, 0.5))
            * (1 + (0.06 if code == REGENCY_CODE else 0.0)) ** (year - 2019)
            for code in REGENCY_CODES
        }
        rows += [
            fact(
                code=code,
                item="merek",
                indicator="search_share",
                period=year_period(year),
                unit="percent",
                value=100 * weight / sum(weights.values()),
            )
            for code, weight in weights.items()
        ]
    for year in TOPIC_YEARS:
        for indicator, shares in (
            ("search_share", SEARCH_TOPIC_SHARES),
            ("promotion_share", PROMOTION_TOPIC_SHARES),
        ):
            rows += [
                fact(
                    code=REGENCY_CODE,
                    item="merek",
                    indicator=f"{indicator}_{topic}",
                    period=year_period(year),
                    unit="percent",
                    value=shares[topic],
                )
                for topic in TOPICS
            ]
    return rows


def event_rows() -> list[Row]:
    """Festivals with their days, visitors and cost; visitors are rounded by the organisers."""
    rows = []
    for code, name, start, days, visitors, cost in EVENTS:
        period = span(start, date.fromordinal(start.toordinal() + days - 1))
        rows.append(
            observation(
                ref_area=code,
                item="acara_budaya",
                indicator="event_held",
                period=period,
                unit="text",
                source_id=TOURISM,
                words=name,
            )
        )
        rows.append(
            observation(
                ref_area=code,
                item="acara_budaya",
                indicator="event_visitors",
                period=period,
                unit="visits",
                source_id=TOURISM,
                value=visitors,
                status="E",
                caveats=["approximate"],
            )
        )
        rows.append(
            fact(
                code=code,
                item="acara_budaya",
                indicator="event_cost",
                period=period,
                unit="IDR",
                value=cost,
            )
        )
    return rows


def word_rows() -> list[Row]:
    """Slogans, programmes and awards in words."""
    return [
        observation(
            ref_area=code,
            item=item,
            indicator=indicator,
            period=period,
            unit="text",
            source_id=TOURISM,
            words=words,
        )
        for code, item, indicator, period, words in WORDS
    ]


def branding_rows(*, counts: Counts) -> list[Row]:
    """The whole dataset `branding`."""
    visits = {year: counted_sum(counts=counts, year=year)[0] for year in FULL_YEARS}
    rows = revenue_rows(code=REGENCY_CODE, visits=visits)
    for code in REGENCY_CODES:
        if code != REGENCY_CODE:
            size = math.exp(stream("tourism", code).gauss(-0.2, 0.7))
            rows += [
                row
                for row in revenue_rows(
                    code=code, visits={year: round(v * size) for year, v in visits.items()}
                )
                if row["indicator"] == "tourism_pad_realised"
            ]
    return in_order(
        [
            *rows,
            *target_rows(visits=visits),
            *hotel_rows(),
            *business_rows(),
            *review_rows(),
            *survey_rows(),
            *search_rows(),
            *event_rows(),
            *word_rows(),
        ]
    )
