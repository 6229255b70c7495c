"""What the rice balance needs beside production and people: dated, invented parameters."""

from datetime import date

from training_pack.region import PROVINCE_CODE
from training_pack.sources import REGISTER

_INVENTED = ("Angka rekaan untuk latihan.", "A figure invented for training.")
_STEPS = (
    ("rice_conversion", "percent", date(2015, 1, 1), None, 63.5),
    ("rice_consumption_home", "kg/person/month", date(2015, 1, 1), date(2019, 12, 31), 6.9),
    ("rice_consumption_home", "kg/person/month", date(2020, 1, 1), None, 6.6),
    ("rice_consumption_outside", "kg/person/year", date(2015, 1, 1), None, 22.0),
)


def food_parameter_rows() -> list[dict[str, str]]:
    """food_parameters.csv: one parameter that was replaced, the others in force since 2015."""
    return [
        {
            "parameter": parameter,
            "ref_area": PROVINCE_CODE,
            "value": str(value),
            "unit": unit,
            "valid_from": start.isoformat(),
            "valid_to": end.isoformat() if end else "",
            "source_id": REGISTER,
            "note_id": _INVENTED[0],
            "note_en": _INVENTED[1],
        }
        for parameter, unit, start, end, value in _STEPS
    ]
