"""Invented destinations, their monthly visits, and the figures on the region's brand."""

import calendar
import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from training_pack.event_calendar import event_factor
from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE, REGENCY_CODES
from training_pack.rows import Row, in_order, month_period, months, observation, span, year_period
from training_pack.sources import PRESS, TOURISM

VISIT_MONTHS = months(first=date(2018, 1, 1), last=date(2026, 10, 1))
FULL_YEARS = tuple(range(2018, 2026))
CLOSED_MONTHS = (
    date(2020, 4, 1),
    date(2020, 5, 1),
    date(2020, 6, 1),
    date(2021, 7, 1),
    date(2021, 8, 1),
)
NO_FOREIGNERS = (date(2020, 4, 1), date(2022, 3, 1))
RAMADAN_LOSS = 0.45
HOLIDAY_DAYS = 10
LEBARAN_GAIN = {"nature": 1.5, "manmade": 1.2, "village": 0.7, "culture": 0.5}
RECOVERED = {"nature": 1.12, "manmade": 0.93, "village": 1.3, "culture": 0.84}
MONTH_WEIGHTS = {
    "nature": (1.15, 0.75, 0.8, 0.85, 0.95, 1.25, 1.3, 0.9, 0.85, 0.9, 0.9, 1.4),
    "manmade": (1.1, 0.8, 0.85, 0.9, 0.95, 1.3, 1.25, 0.85, 0.85, 0.9, 0.9, 1.35),
    "village": (0.95, 0.9, 0.95, 0.95, 1.05, 1.1, 1.15, 1.05, 1.0, 1.0, 0.95, 0.95),
    "culture": (0.8, 0.8, 0.9, 0.9, 1.25, 1.15, 1.0, 0.9, 0.95, 1.2, 1.25, 0.9),
}


@dataclass(frozen=True, kw_only=True)
class Destination:
    """One invented site; `visits` is a usual month in 2018."""

    place: str
    name: str
    subdistrict: str
    kind: str
    visits: int
    ticket_idr: int
    operator: str
    operator_en: str
    foreign_share: float
    opened: date = VISIT_MONTHS[0]
    is_counted: bool = True


def _site(
    place: str,
    name: str,
    number: int,
    kind: str,
    visits: int,
    ticket: int,
    operator: str,
    operator_en: str,
    foreign: float,
    *,
    opened: date = VISIT_MONTHS[0],
    is_counted: bool = True,
) -> Destination:
    return Destination(
        place=place,
        name=name,
        subdistrict=f"{REGENCY_CODE}.{number:02d}",
        kind=kind,
        visits=visits,
        ticket_idr=ticket,
        operator=operator,
        operator_en=operator_en,
        foreign_share=foreign,
        opened=opened,
        is_counted=is_counted,
    )


_VILLAGE = ("BUM Desa", "Village enterprise")
_OFFICE = ("Dinas Pariwisata", "Tourism office")
_PRIVATE = ("Swasta", "Private")
DESTINATIONS = (
    _site("telaga-umpama", "Telaga Umpama", 1, "nature", 4200, 5000, *_VILLAGE, 0.001),
    _site("kebun-teh-misal", "Kebun Teh Misal", 2, "nature", 6900, 10000, *_PRIVATE, 0.004),
    _site("air-terjun-peraga", "Air Terjun Peraga", 3, "nature", 5400, 7500, *_VILLAGE, 0.003),
    _site(
        "hutan-pinus-andai",
        "Hutan Pinus Andai",
        4,
        "nature",
        3800,
        5000,
        *_VILLAGE,
        0.0005,
        opened=date(2019, 6, 1),
    ),
    _site("kampung-tenun-latih", "Kampung Tenun Latih", 5, "village", 1500, 0, *_VILLAGE, 0.012),
    _site("puncak-gunung-andai", "Puncak Gunung Andai", 6, "nature", 2600, 15000, *_VILLAGE, 0.008),
    _site("candi-kedung-contoh", "Candi Kedung Contoh", 7, "culture", 9800, 3000, *_OFFICE, 0.016),
    _site(
        "kampung-koi-contoh",
        "Kampung Koi Contoh",
        7,
        "village",
        2400,
        0,
        *_VILLAGE,
        0.02,
        opened=date(2021, 9, 1),
    ),
    _site(
        "taman-banjar-latih",
        "Taman Rekreasi Banjar Latih",
        8,
        "manmade",
        14500,
        20000,
        *_PRIVATE,
        0.0004,
    ),
    _site(
        "desa-sawah-misal", "Desa Wisata Sawah Misal", 9, "village", 3100, 5000, *_VILLAGE, 0.009
    ),
    _site(
        "bendungan-misal", "Bendungan Misal", 9, "nature", 52000, 0, *_OFFICE, 0.0, is_counted=False
    ),
    _site(
        "kolam-renang-kalicoba",
        "Kolam Renang Kalicoba",
        10,
        "manmade",
        11200,
        12000,
        *_OFFICE,
        0.0002,
    ),
    _site("museum-andaian", "Museum Andaian", 10, "culture", 5200, 5000, *_OFFICE, 0.011),
    _site("candi-jati-peraga", "Candi Jati Peraga", 11, "culture", 3300, 3000, *_OFFICE, 0.014),
    _site("taman-buah-andai", "Taman Buah Andai", 12, "manmade", 6100, 15000, *_PRIVATE, 0.0008),
    _site("pantai-umpama", "Pantai Umpama", 13, "nature", 17500, 10000, *_VILLAGE, 0.002),
    _site("pantai-pasir-latih", "Pantai Pasir Latih", 14, "nature", 21000, 10000, *_VILLAGE, 0.003),
    _site(
        "kampung-nelayan-coba",
        "Kampung Nelayan Coba",
        14,
        "village",
        1900,
        0,
        *_VILLAGE,
        0.006,
        opened=date(2023, 3, 1),
    ),
    _site("goa-misal", "Goa Misal", 15, "nature", 2900, 8000, *_VILLAGE, 0.005),
    _site(
        "taman-kelinci-mekar",
        "Taman Kelinci Mekar Coba",
        16,
        "manmade",
        4400,
        15000,
        *_PRIVATE,
        0.0003,
    ),
)
AWARDED_PLACE, AWARD_MONTH, AWARD_GAIN = "desa-sawah-misal", date(2023, 6, 1), 1.55
REPAIRED = {("museum-andaian", date(2024, 2, 1)), ("museum-andaian", date(2024, 3, 1))}
EMPTY = {("goa-misal", date(2020, 7, 1)), ("kampung-tenun-latih", date(2020, 7, 1))}
UNREPORTED = {
    ("telaga-umpama", date(2022, 9, 1)),
    ("telaga-umpama", date(2022, 10, 1)),
    ("taman-kelinci-mekar", date(2025, 2, 1)),
}


def days_in_month(*, month: date, start: date, length: int) -> int:
    """How many of the days from start fall into the month."""
    days = [start + timedelta(days=step) for step in range(length)]
    return sum((day.year, day.month) == (month.year, month.month) for day in days)


@cache
def feast_effect(*, kind: str, month: date, lebaran_days: tuple[date, ...]) -> float:
    """Factor of Ramadan (fewer) and the ten days from Lebaran (more)."""
    factor = 1.0
    for feast in lebaran_days:
        fasting = days_in_month(month=month, start=feast - timedelta(days=29), length=29)
        holiday = days_in_month(month=month, start=feast, length=HOLIDAY_DAYS)
        factor += holiday / HOLIDAY_DAYS * LEBARAN_GAIN[kind] - fasting / 29 * RAMADAN_LOSS
    return factor


def pandemic_factor(*, kind: str, month: date) -> float:
    """1 until February 2020, a deep fall, then a slow and uneven way back."""
    if month < date(2020, 3, 1):
        return 1.0
    if month == date(2020, 3, 1):
        return 0.5
    since = (month.year - 2020) * 12 + month.month - 4
    climbed = min(1.0, since / 36)
    return 0.28 + (RECOVERED[kind] - 0.28) * climbed**1.2


def usual_visits(*, site: Destination, month: date, lebaran_days: tuple[date, ...]) -> float:
    """Visits of a site in a month were it open and counted."""
    years = (month.year - 2018) + (month.month - 1) / 12
    noise = stream("visits", site.place, month).gauss(0, 0.09)
    growth = 1 + stream("site", site.place).gauss(0.015, 0.03)
    awarded = site.place == AWARDED_PLACE and month >= AWARD_MONTH
    return (
        site.visits
        * growth**years
        * MONTH_WEIGHTS[site.kind][month.month - 1]
        * feast_effect(kind=site.kind, month=month, lebaran_days=lebaran_days)
        * pandemic_factor(kind=site.kind, month=month)
        * (AWARD_GAIN if awarded else 1.0)
        * event_factor(place=site.place, month=month)
        * math.exp(noise)
    )


def foreign_visits(*, site: Destination, month: date, visits: int) -> int:
    """Visits from abroad: none while the borders were closed."""
    if NO_FOREIGNERS[0] <= month <= NO_FOREIGNERS[1]:
        return 0
    noise = math.exp(stream("foreign", site.place, month).gauss(0, 0.3))
    august = 1.5 if month.month in (7, 8) else 1.0
    return min(visits, round(visits * site.foreign_share * noise * august))


def why_missing(*, site: Destination, month: date) -> str:
    """The caveat of a month without a count, empty when there is one."""
    if month in CLOSED_MONTHS or (site.place, month) in REPAIRED:
        return "site_closed"
    return "not_reported_in_period" if (site.place, month) in UNREPORTED else ""


Counts = dict[tuple[str, date], tuple[int, int]]


def monthly_counts(*, lebaran_days: tuple[date, ...]) -> Counts:
    """(all visits, visits from abroad) of each site and month that has a count."""
    counts: Counts = {}
    for site in DESTINATIONS:
        for month in VISIT_MONTHS:
            if month < site.opened or why_missing(site=site, month=month):
                continue
            visits = round(usual_visits(site=site, month=month, lebaran_days=lebaran_days))
            visits = 0 if (site.place, month) in EMPTY else visits
            counts[site.place, month] = (
                visits,
                foreign_visits(site=site, month=month, visits=visits),
            )
    return counts


def visit_triplet(
    *,
    ref_area: str,
    place: str,
    period: tuple[date, date, str],
    counts: tuple[int, int] | None,
    status: str = "A",
    caveats: tuple[str, ...] = (),
) -> list[Row]:
    """All, domestic and foreign visits of one period; three missing rows when not counted."""
    values: tuple[int | None, ...] = (None, None, None)
    if counts is not None:
        values = (counts[0], counts[0] - counts[1], counts[1])
    return [
        observation(
            ref_area=ref_area,
            place=place,
            item="kunjungan",
            indicator=indicator,
            period=period,
            unit="visits",
            source_id=TOURISM,
            value=value,
            status=status if counts is not None else "M",
            caveats=caveats,
        )
        for indicator, value in zip(
            ("visits", "visits_domestic", "visits_foreign"), values, strict=True
        )
    ]


def site_rows(*, counts: Counts) -> list[Row]:
    """Monthly visits of every site from the month it opened."""
    rows: list[Row] = []
    for site in DESTINATIONS:
        for month in VISIT_MONTHS:
            if month < site.opened:
                continue
            why = why_missing(site=site, month=month)
            caveats = [] if site.is_counted else ["traffic_over_dam"]
            rows += visit_triplet(
                ref_area=site.subdistrict,
                place=site.place,
                period=month_period(month),
                counts=counts.get((site.place, month)),
                caveats=(*caveats, *([why] if why else [])),
            )
    return rows


def counted_sum(*, counts: Counts, year: int) -> tuple[int, int]:
    """Visits of a year at all sites that are counted by default."""
    counted = {site.place for site in DESTINATIONS if site.is_counted}
    parts = [
        pair for (place, month), pair in counts.items() if place in counted and month.year == year
    ]
    return sum(pair[0] for pair in parts), sum(pair[1] for pair in parts)


def total_rows(*, counts: Counts) -> list[Row]:
    """Yearly totals of the regency and, by an invented size, of the other kabupaten/kota."""
    rows: list[Row] = []
    for year in FULL_YEARS:
        own = counted_sum(counts=counts, year=year)
        rows += visit_triplet(ref_area=REGENCY_CODE, place="", period=year_period(year), counts=own)
        for code in REGENCY_CODES:
            if code == REGENCY_CODE:
                continue
            size = math.exp(stream("tourism", code).gauss(-0.2, 0.7))
            noise = math.exp(stream("tourism", code, year).gauss(0, 0.08))
            pair = (round(own[0] * size * noise), round(own[1] * size * noise * 0.9))
            rows += visit_triplet(ref_area=code, place="", period=year_period(year), counts=pair)
    return rows


def holiday_share(*, kind: str, feast: date, month: date, lebaran_days: tuple[date, ...]) -> float:
    """Part of a month's visits that falls into the ten days from Lebaran."""
    days = days_in_month(month=month, start=feast, length=HOLIDAY_DAYS)
    usual = days / calendar.monthrange(month.year, month.month)[1]
    gained = days / HOLIDAY_DAYS * LEBARAN_GAIN[kind]
    effect = feast_effect(kind=kind, month=month, lebaran_days=lebaran_days)
    return (usual + gained) / effect


def holiday_counts(
    *, counts: Counts, feast: date, lebaran_days: tuple[date, ...]
) -> tuple[int, int] | None:
    """Visits (all, from abroad) in the ten days from Lebaran; None when every site was closed."""
    end = feast + timedelta(days=HOLIDAY_DAYS - 1)
    total, foreign = 0.0, 0.0
    for site in DESTINATIONS:
        for month in sorted({feast.replace(day=1), end.replace(day=1)}):
            if not site.is_counted or (site.place, month) not in counts:
                continue
            share = holiday_share(
                kind=site.kind, feast=feast, month=month, lebaran_days=lebaran_days
            )
            total += counts[site.place, month][0] * share
            foreign += counts[site.place, month][1] * share * 0.8
    return (round(total), round(foreign)) if total else None


def holiday_rows(*, counts: Counts, lebaran_days: tuple[date, ...]) -> list[Row]:
    """Visits in the ten days from Lebaran, as counted for the regency."""
    rows: list[Row] = []
    for feast in lebaran_days:
        if feast.replace(day=1) not in VISIT_MONTHS:
            continue
        pair = holiday_counts(counts=counts, feast=feast, lebaran_days=lebaran_days)
        rows += visit_triplet(
            ref_area=REGENCY_CODE,
            place="",
            period=span(feast, feast + timedelta(days=HOLIDAY_DAYS - 1)),
            counts=pair,
            caveats=() if pair else ("site_closed",),
        )
    return rows


def press_rows() -> list[Row]:
    """A holiday total the press gave and nobody confirmed."""
    start, end = date(2024, 4, 8), date(2024, 4, 15)
    return [
        observation(
            ref_area=REGENCY_CODE,
            item="kunjungan",
            indicator="visits",
            period=span(start, end),
            unit="visits",
            source_id=PRESS,
            value=96000,
            status="U",
            caveats=["unverified_source", "conflicting"],
        )
    ]


def visit_rows(*, lebaran_days: tuple[date, ...]) -> list[Row]:
    """The dataset `visits`: 20 sites by month, regency totals, Lebaran windows, a press claim."""
    counts = monthly_counts(lebaran_days=lebaran_days)
    return in_order(
        [
            *site_rows(counts=counts),
            *total_rows(counts=counts),
            *holiday_rows(counts=counts, lebaran_days=lebaran_days),
            *press_rows(),
        ]
    )


def destination_rows() -> list[dict[str, str]]:
    """The reference table of destinations."""
    return [
        {
            "place": site.place,
            "kind": site.kind,
            "operator": site.operator,
            "operator_en": site.operator_en,
            "ticket_idr": str(site.ticket_idr),
            "is_counted_by_default": str(site.is_counted).lower(),
            "source_id": TOURISM,
            "caveat": "" if site.is_counted else "traffic_over_dam",
        }
        for site in DESTINATIONS
    ]


def destination_places(*, points: dict[str, tuple[float, float]]) -> list[dict[str, str]]:
    """The destinations as places; `points` is longitude and latitude by place."""
    return [
        {
            "place": site.place,
            "place_name": site.name,
            "kind": "destination",
            "ref_area": site.subdistrict,
            "latitude": f"{points[site.place][1]:.5f}",
            "longitude": f"{points[site.place][0]:.5f}",
            "source_id": TOURISM,
            "caveat": "" if site.is_counted else "traffic_over_dam",
        }
        for site in DESTINATIONS
    ]
