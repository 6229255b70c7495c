"""What a site takes and how many visits a day it can hold: further rows of the dataset `visits`."""

import math

from training_pack.randomness import stream
from training_pack.rows import Row, month_period, observation, year_period
from training_pack.sources import TOURISM
from training_pack.tourism import DESTINATIONS, Counts, Destination

CAPACITY_YEAR = 2025
DAYS_OF_A_BUSY_MONTH = 12


def income_rows(*, counts: Counts) -> list[Row]:
    """Tickets and fees by month of every site that takes a ticket; free ones report none."""
    sites = {site.place: site for site in DESTINATIONS if site.ticket_idr}
    rows: list[Row] = []
    for (place, month), (visits, _) in sorted(counts.items()):
        if place not in sites or not visits:
            continue
        site = sites[place]
        paid = math.exp(stream("income", place, month).gauss(-0.12, 0.04))
        rows.append(
            observation(
                ref_area=site.subdistrict,
                place=place,
                item="kunjungan",
                indicator="site_income",
                period=month_period(month),
                unit="IDR",
                source_id=TOURISM,
                value=round(visits * site.ticket_idr * paid, -3),
            )
        )
    return rows


def capacity_of(site: Destination) -> int:
    """Visits a day that an invented plan of the site allows."""
    room = stream("capacity", site.place).uniform(0.9, 2.2)
    return round(site.visits / DAYS_OF_A_BUSY_MONTH * room, -1) or 10


def capacity_rows() -> list[Row]:
    """How many visits a day each counted site can hold."""
    return [
        observation(
            ref_area=site.subdistrict,
            place=site.place,
            item="kunjungan",
            indicator="site_capacity",
            period=year_period(CAPACITY_YEAR),
            unit="visits",
            source_id=TOURISM,
            value=capacity_of(site),
            status="E",
        )
        for site in DESTINATIONS
        if site.is_counted
    ]
