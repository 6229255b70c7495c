"""Price paths: trend, season, Lebaran, breaks, a common shock of the trade and a local one."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from training_pack.randomness import stream
from training_pack.rows import months

FIRST_MONTH = date(2016, 11, 1)
LAST_MONTH = date(2026, 10, 1)
PRICE_MONTHS = months(first=FIRST_MONTH, last=LAST_MONTH)
DAYS_BEFORE_LEBARAN = 26
DAYS_AFTER_LEBARAN = 2
FULL_EFFECT_DAYS = 20


@dataclass(frozen=True, kw_only=True)
class PriceModel:
    """How one price moves. Effects are logarithmic; `base` is the price of November 2016."""

    base: float
    growth_per_year: float
    season: tuple[float, int]
    lebaran: float = 0.0
    common_sd: float = 0.03
    persistence: float = 0.6
    local_sd: float = 0.015
    area_sd: float = 0.03
    shifts: dict[date, float] = field(default_factory=dict)


PRICE_MODELS = {
    "telur_ayam_ras": PriceModel(
        base=17400,
        growth_per_year=0.039,
        season=(0.075, 12),
        lebaran=-0.11,
        common_sd=0.028,
        shifts={date(2020, 4, 1): -0.16, date(2020, 8, 1): 0.16, date(2026, 9, 1): -0.14},
    ),
    "ayam_ras_pedaging": PriceModel(
        base=17100,
        growth_per_year=0.021,
        season=(0.05, 7),
        lebaran=0.10,
        common_sd=0.035,
        shifts={date(2020, 4, 1): -0.35, date(2020, 6, 1): 0.33},
    ),
    "daging_ayam_ras": PriceModel(
        base=29500,
        growth_per_year=0.023,
        season=(0.04, 7),
        lebaran=0.08,
        common_sd=0.025,
    ),
    "jagung": PriceModel(
        base=3900,
        growth_per_year=0.034,
        season=(0.10, 11),
        common_sd=0.03,
        shifts={date(2021, 3, 1): 0.14},
    ),
    "cabai_rawit": PriceModel(
        base=33000,
        growth_per_year=0.035,
        season=(0.28, 1),
        lebaran=0.12,
        common_sd=0.16,
        persistence=0.5,
        local_sd=0.05,
        shifts={date(2026, 9, 1): 0.45},
    ),
    "cabai_besar": PriceModel(
        base=27000,
        growth_per_year=0.03,
        season=(0.22, 2),
        lebaran=0.07,
        common_sd=0.13,
        persistence=0.5,
        local_sd=0.05,
    ),
    "cabai_keriting": PriceModel(
        base=26500,
        growth_per_year=0.03,
        season=(0.22, 2),
        lebaran=0.08,
        common_sd=0.13,
        persistence=0.5,
        local_sd=0.05,
    ),
    "bawang_merah": PriceModel(
        base=23000,
        growth_per_year=0.03,
        season=(0.20, 5),
        lebaran=0.05,
        common_sd=0.09,
    ),
    "gkp_petani": PriceModel(
        base=4300,
        growth_per_year=0.038,
        season=(0.08, 1),
        common_sd=0.02,
        shifts={date(2023, 2, 1): 0.10},
    ),
    "beras_medium": PriceModel(
        base=9000,
        growth_per_year=0.026,
        season=(0.03, 1),
        common_sd=0.012,
        persistence=0.97,
        local_sd=0.006,
        shifts={date(2023, 2, 1): 0.15},
    ),
    "beras_premium": PriceModel(
        base=10600,
        growth_per_year=0.028,
        season=(0.025, 1),
        common_sd=0.011,
        persistence=0.97,
        local_sd=0.006,
        shifts={date(2023, 2, 1): 0.13},
    ),
    "daging_sapi": PriceModel(
        base=98000,
        growth_per_year=0.022,
        season=(0.01, 4),
        lebaran=0.06,
        common_sd=0.008,
    ),
    "gula": PriceModel(
        base=12300,
        growth_per_year=0.035,
        season=(0.02, 4),
        lebaran=0.02,
        common_sd=0.012,
        persistence=0.9,
    ),
    "minyak_goreng_kemasan": PriceModel(
        base=12800,
        growth_per_year=0.02,
        season=(0.01, 3),
        common_sd=0.015,
        persistence=0.9,
        shifts={date(2021, 11, 1): 0.32, date(2022, 9, 1): -0.14},
    ),
    "ubi_kayu": PriceModel(base=1500, growth_per_year=0.035, season=(0.08, 2)),
    "ubi_jalar": PriceModel(base=2600, growth_per_year=0.035, season=(0.07, 3)),
    "kedelai": PriceModel(base=7800, growth_per_year=0.035, season=(0.03, 6)),
    "pisang": PriceModel(base=4800, growth_per_year=0.04, season=(0.05, 9), lebaran=0.06),
    "jeruk": PriceModel(base=6600, growth_per_year=0.035, season=(0.15, 12)),
    "kakao": PriceModel(
        base=27000,
        growth_per_year=0.03,
        season=(0.02, 2),
        common_sd=0.04,
        persistence=0.95,
        shifts={
            date(2023, 10, 1): 0.45,
            date(2024, 2, 1): 0.5,
            date(2025, 8, 1): -0.4,
            date(2026, 6, 1): 0.3,
            date(2026, 8, 1): -0.35,
            date(2026, 10, 1): 0.25,
        },
    ),
    "kopi_robusta": PriceModel(
        base=24000,
        growth_per_year=0.045,
        season=(0.06, 3),
        common_sd=0.035,
        persistence=0.9,
        shifts={date(2024, 1, 1): 0.4},
    ),
    "world_jagung": PriceModel(
        base=150,
        growth_per_year=0.02,
        season=(0.02, 6),
        common_sd=0.04,
        persistence=0.98,
        shifts={date(2021, 1, 1): 0.3, date(2023, 6, 1): -0.25},
    ),
    "world_bungkil_kedelai": PriceModel(
        base=330,
        growth_per_year=0.02,
        season=(0.02, 7),
        common_sd=0.04,
        persistence=0.98,
    ),
    "world_kakao": PriceModel(
        base=2.4,
        growth_per_year=0.03,
        season=(0.02, 2),
        common_sd=0.05,
        persistence=0.97,
        shifts={date(2023, 10, 1): 0.45, date(2024, 2, 1): 0.5, date(2025, 8, 1): -0.4},
    ),
    "world_kopi_robusta": PriceModel(
        base=2.1,
        growth_per_year=0.035,
        season=(0.04, 3),
        common_sd=0.045,
        persistence=0.96,
        shifts={date(2024, 1, 1): 0.35},
    ),
}


@cache
def lebaran_share(*, month: date, lebaran_days: tuple[date, ...]) -> float:
    """How much of the Lebaran effect falls into a month, 0 to 1."""
    days = 0
    for feast in lebaran_days:
        for step in range(-DAYS_BEFORE_LEBARAN, DAYS_AFTER_LEBARAN + 1):
            day = feast + timedelta(days=step)
            days += (day.year, day.month) == (month.year, month.month)
    return min(1.0, days / FULL_EFFECT_DAYS)


def shock_path(*, name: tuple[object, ...], sd: float, persistence: float) -> list[float]:
    """A first-order autoregression over the price months, begun far enough back to be steady."""
    noise = stream(*name)
    value, path = 0.0, []
    for step in range(-24, len(PRICE_MONTHS)):
        value = persistence * value + noise.gauss(0, sd)
        if step >= 0:
            path.append(value)
    return path


def season_effect(*, model: PriceModel, month: date) -> float:
    """The yearly wave, highest in the model's peak month."""
    height, peak = model.season
    return height * math.cos(2 * math.pi * (month.month - peak) / 12)


@cache
def log_path(name: str, code: str, lebaran_days: tuple[date, ...]) -> tuple[float, ...]:
    """Logarithm of the price of each price month in one area."""
    model = PRICE_MODELS[name]
    common = shock_path(name=("trade", name), sd=model.common_sd, persistence=model.persistence)
    local = shock_path(name=("local", name, code), sd=model.local_sd, persistence=0.5)
    offset = stream("offset", name, code).gauss(0, model.area_sd)
    path = []
    for step, month in enumerate(PRICE_MONTHS):
        shifts = sum(size for start, size in model.shifts.items() if month >= start)
        effect = model.lebaran * lebaran_share(month=month, lebaran_days=lebaran_days)
        trend = math.log(1 + model.growth_per_year) * step / 12
        path.append(
            math.log(model.base)
            + trend
            + season_effect(model=model, month=month)
            + effect
            + shifts
            + common[step]
            + local[step]
            + offset
        )
    return tuple(path)


def log_price_on(*, name: str, code: str, day: date, lebaran_days: tuple[date, ...]) -> float:
    """Logarithm of the price on a day, drawn straight between the middles of two months."""
    path = log_path(name, code, lebaran_days)
    position = (day.year - FIRST_MONTH.year) * 12 + day.month - FIRST_MONTH.month
    place = position + (day.day - 15) / 30.5
    before = max(0, min(len(path) - 2, math.floor(place)))
    share = max(0.0, min(1.0, place - before))
    return path[before] * (1 - share) + path[before + 1] * share
