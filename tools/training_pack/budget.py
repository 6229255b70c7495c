"""The dataset `budget`: what each programme was given, was given after revision, and spent."""

from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE
from training_pack.rows import Row, in_order, observation, year_period
from training_pack.smart_city import PROGRAMMES, Programme
from training_pack.sources import REGISTER

BUDGET = "budget"
BUDGET_YEARS = tuple(range(2021, 2027))
OPEN_YEAR = BUDGET_YEARS[-1]
SPENT_SO_FAR = 0.62
NOT_REPORTED = {("pasar_tani", 2023)}
MILLION = 1_000_000


def amounts(programme: Programme, year: int) -> dict[str, float | None]:
    """Budget set, revised and spent in IDR; one report was never handed in."""
    level = stream(BUDGET, programme.item).uniform(180, 2400)
    luck = stream(BUDGET, programme.item, year)
    ceiling = round(level * luck.uniform(0.85, 1.2)) * MILLION
    revised = round(ceiling / MILLION * luck.uniform(0.8, 1.15)) * MILLION
    share = luck.uniform(0.78, 0.99) * (SPENT_SO_FAR if year == OPEN_YEAR else 1)
    is_missing = (programme.item, year) in NOT_REPORTED
    spent = None if is_missing else round(revised * share)
    return {"budget_ceiling": ceiling, "budget_revised": revised, "budget_realised": spent}


def budget_row(programme: Programme, year: int, indicator: str, value: float | None) -> Row:
    """One amount; what is spent in a year that is not over is provisional."""
    is_open = year == OPEN_YEAR and indicator == "budget_realised"
    return observation(
        ref_area=REGENCY_CODE,
        item=programme.item,
        indicator=indicator,
        period=year_period(year),
        unit="IDR",
        source_id=REGISTER,
        value=value,
        status="M" if value is None else "P" if is_open else "A",
        caveats=["not_reported_in_period"] if value is None else [],
    )


def budget_rows() -> list[Row]:
    """Every programme and year."""
    return in_order(
        budget_row(programme, year, indicator, value)
        for programme in PROGRAMMES
        for year in BUDGET_YEARS
        for indicator, value in amounts(programme, year).items()
    )
