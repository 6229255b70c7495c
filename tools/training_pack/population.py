"""People and land of every kecamatan and kabupaten/kota."""

from training_pack.landscape import CITY_PEOPLE_FACTORS, POPULATION
from training_pack.randomness import stream
from training_pack.region import (
    PROVINCE_CODE,
    REGENCY_CODE,
    REGENCY_CODES,
    SUBDISTRICT_CODES,
)
from training_pack.rows import Row, in_order, observation, year_period
from training_pack.sources import REGISTER

YEARS = tuple(range(2015, 2026))
AREA_YEAR = 2025
VILLAGES_PER_SUBDISTRICT = (9, 16)


def people_by_part(year: int) -> dict[str, tuple[int, int]]:
    """Men and women of each kecamatan and each other kabupaten/kota."""
    base = dict(zip(SUBDISTRICT_CODES, map(float, POPULATION), strict=True))
    for code in REGENCY_CODES:
        if code != REGENCY_CODE:
            drawn = stream("people", code).uniform(0.55, 1.35)
            base[code] = sum(POPULATION) * CITY_PEOPLE_FACTORS.get(code, drawn)
    result = {}
    for code, people in base.items():
        growth = 1 + stream("people growth", code).gauss(0.0065, 0.004)
        total = people * growth ** (year - YEARS[0])
        men = round(total * stream("men", code).uniform(0.494, 0.508))
        result[code] = (men, round(total) - men)
    return result


def people_by_area(year: int) -> dict[str, tuple[int, int]]:
    """The parts with the regency and the province added."""
    result = people_by_part(year)
    own = [result[code] for code in SUBDISTRICT_CODES]
    result[REGENCY_CODE] = (sum(men for men, _ in own), sum(women for _, women in own))
    every = [result[code] for code in REGENCY_CODES]
    result[PROVINCE_CODE] = (sum(men for men, _ in every), sum(women for _, women in every))
    return result


def people_rows() -> list[Row]:
    """Population by sex, 2015 to 2025; the last year is provisional."""
    return [
        observation(
            ref_area=code,
            item="penduduk",
            indicator=indicator,
            period=year_period(year),
            unit="person",
            source_id=REGISTER,
            value=value,
            status="P" if year == YEARS[-1] else "A",
        )
        for year in YEARS
        for code, (men, women) in people_by_area(year).items()
        for indicator, value in (
            ("population", men + women),
            ("population_male", men),
            ("population_female", women),
        )
    ]


def land_rows(*, areas_km2: dict[str, float]) -> list[Row]:
    """Official land area; the regency and the province are the sums of their parts."""
    rounded = {code: round(area, 2) for code, area in areas_km2.items()}
    rounded[REGENCY_CODE] = sum(rounded[code] for code in SUBDISTRICT_CODES)
    rounded[PROVINCE_CODE] = sum(rounded[code] for code in REGENCY_CODES)
    return [
        observation(
            ref_area=code,
            item="wilayah",
            indicator="land_area",
            period=year_period(AREA_YEAR),
            unit="km2",
            source_id=REGISTER,
            value=area,
        )
        for code, area in rounded.items()
    ]


def population_rows(*, areas_km2: dict[str, float]) -> list[Row]:
    """The dataset `population`."""
    return in_order([*people_rows(), *land_rows(areas_km2=areas_km2)])


def village_rows() -> list[Row]:
    """Villages of each kecamatan and of the regency (part of the dataset `agriculture`)."""
    counts = {
        code: stream("villages", code).randint(*VILLAGES_PER_SUBDISTRICT)
        for code in SUBDISTRICT_CODES
    }
    counts[REGENCY_CODE] = sum(counts.values())
    return [
        observation(
            ref_area=code,
            item="wilayah",
            indicator="village_count",
            period=year_period(AREA_YEAR),
            unit="village",
            source_id=REGISTER,
            value=count,
        )
        for code, count in counts.items()
    ]
