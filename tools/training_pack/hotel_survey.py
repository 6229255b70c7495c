"""The dataset `hotel_survey`: rooms, guests and nights by month, and how long guests stay."""

from training_pack.branding import hotel_month
from training_pack.region import REGENCY_CODE
from training_pack.rows import Row, in_order, month_period, observation
from training_pack.sources import TOURISM
from training_pack.tourism import VISIT_MONTHS

HOTEL_SURVEY = "hotel_survey"
STAY = "length_of_stay"


def hotel_survey_rows() -> list[Row]:
    """All hotels of the regency together; the newest month is provisional."""
    rows: list[Row] = []
    for month in VISIT_MONTHS:
        told = hotel_month(month)
        stay = told["guest_nights"][1] / told["guests"][1]
        for indicator, (unit, value) in {**told, STAY: ("night", stay)}.items():
            rows.append(
                observation(
                    ref_area=REGENCY_CODE,
                    item="hotel",
                    indicator=indicator,
                    period=month_period(month),
                    unit=unit,
                    source_id=TOURISM,
                    value=value,
                    status="P" if month == VISIT_MONTHS[-1] else "A",
                )
            )
    return in_order(rows)
