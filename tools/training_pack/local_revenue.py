"""The dataset `pad`: the regency's own revenue by account, fees also by site."""

import math
from datetime import date

from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE
from training_pack.rows import Period, Row, in_order, observation, span, year_period
from training_pack.sources import OFFICE
from training_pack.tourism import (
    DESTINATIONS,
    FULL_YEARS,
    VISIT_MONTHS,
    Counts,
    Destination,
    counted_sum,
)

PAD = "pad"
FEES = "retribusi_rekreasi"
ALL_REVENUE = "pendapatan_daerah"
# Rupiah that a visit brings to each account, and all other revenue of the regency in a year.
IDR_PER_VISIT = {
    "pajak_hiburan": 900,
    "pajak_hotel": 1500,
    "pajak_restoran": 2600,
    "retribusi_parkir": 350,
}
OTHER_REVENUE = 285_000_000_000
OTHER_GROWTH = 1.045
OFFICE_SITES = tuple(
    site for site in DESTINATIONS if site.operator_en == "Tourism office" and site.ticket_idr
)
NEWEST = VISIT_MONTHS[-1].year
MONTHS_OF_NEWEST = VISIT_MONTHS[-1].month
Money = tuple[int, int, int]


def account_money(*, account: str, year: int, usual: float, realised: float) -> Money:
    """Target, revised target and what came in, whole thousands."""
    luck = stream("pad", account, year)
    target = usual * luck.uniform(0.94, 1.08)
    revised = target * (0.5 if year in (2020, 2021) else luck.uniform(0.97, 1.06))
    came = realised * math.exp(luck.gauss(0, 0.03))
    return round(target, -3), round(revised, -3), round(came, -3)


def site_money(*, site: Destination, counts: Counts, year: int) -> Money:
    """Fees of a site of the office: its visits times the ticket, a part of it."""
    months = [pair[0] for (place, month), pair in counts.items()
              if place == site.place and month.year == year]  # fmt: skip
    usual = site.visits * 12 * site.ticket_idr * 0.8
    return account_money(
        account=f"{FEES}/{site.place}", year=year, usual=usual,
        realised=sum(months) * site.ticket_idr * 0.8,
    )  # fmt: skip


def money_rows(*, account: str, year: int, money: Money, place: str = "") -> list[Row]:
    """Three rows of one account; what came in this year so far ends with the newest month."""
    is_open = year == NEWEST
    so_far = span(date(year, 1, 1), date(year, MONTHS_OF_NEWEST, 31))
    came: Period = so_far if is_open else year_period(year)
    names = ("revenue_target", "revenue_target_revised", "revenue_realised")
    return [
        observation(
            ref_area=REGENCY_CODE,
            place=place,
            item=account,
            indicator=name,
            period=came if name == names[-1] else year_period(year),
            unit="IDR",
            source_id=OFFICE,
            value=value,
            status="P" if is_open and name == names[-1] else "A",
        )
        for name, value in zip(names, money, strict=True)
    ]


def year_rows(*, counts: Counts, year: int) -> list[Row]:
    """All accounts of one year: taxes, fees by site and in all, and the whole revenue."""
    visits = counted_sum(counts=counts, year=year)[0]
    usual = counted_sum(counts=counts, year=2019)[0]
    found = {
        account: account_money(
            account=account, year=year, usual=usual * rate, realised=visits * rate
        )
        for account, rate in IDR_PER_VISIT.items()
    }
    sites = {site.place: site_money(site=site, counts=counts, year=year) for site in OFFICE_SITES}
    found[FEES] = tuple(map(sum, zip(*sites.values(), strict=True)))  # type: ignore[assignment]
    part = MONTHS_OF_NEWEST / 12 if year == NEWEST else 1.0
    other = OTHER_REVENUE * OTHER_GROWTH ** (year - FULL_YEARS[0])
    rest = account_money(account="other", year=year, usual=other, realised=other * part)
    found[ALL_REVENUE] = tuple(map(sum, zip(rest, *found.values(), strict=True)))  # type: ignore[assignment]
    rows = [
        row
        for account, money in found.items()
        for row in money_rows(account=account, year=year, money=money)
    ]
    for place, money in sites.items():
        rows += money_rows(account=FEES, year=year, money=money, place=place)
    return rows


def revenue_rows(*, counts: Counts) -> list[Row]:
    """The dataset `pad`, every year of visits."""
    years = (*FULL_YEARS, NEWEST)
    return in_order(row for year in years for row in year_rows(counts=counts, year=year))
