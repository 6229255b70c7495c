"""The dataset `performance`: what each programme was to reach in each year, and what it reached."""

from training_pack.region import REGENCY_CODE
from training_pack.rows import Row, in_order, observation, year_period
from training_pack.smart_city import (
    BASELINE_YEAR,
    PROGRAMMES,
    TARGET_YEARS,
    YEARS,
    Programme,
    result_row,
    rounded,
)
from training_pack.sources import REGISTER

PERFORMANCE = "performance"


def target(programme: Programme, year: int) -> float:
    """The yearly step of the way from baseline to last target, which the plan makes even."""
    part = (year - BASELINE_YEAR) / (TARGET_YEARS[-1] - BASELINE_YEAR)
    return rounded(programme, programme.baseline + (programme.target - programme.baseline) * part)


def performance_row(programme: Programme, part: str, year: int, value: float) -> Row:
    """One figure of a programme in the unit that it is measured in."""
    return observation(
        ref_area=REGENCY_CODE,
        item=programme.item,
        indicator=f"performance_{part}",
        period=year_period(year),
        unit=programme.unit,
        source_id=REGISTER,
        value=value,
    )


def performance_rows() -> list[Row]:
    """Baseline, a target for every year and the yearly results of `smart_city`, gaps included."""
    rows = []
    for programme in PROGRAMMES:
        rows.append(performance_row(programme, "baseline", BASELINE_YEAR, programme.baseline))
        rows += [performance_row(programme, "target", y, target(programme, y)) for y in YEARS]
        rows += [
            result_row(programme, year) | {"indicator": "performance_realised"} for year in YEARS
        ]
    return in_order(rows)
