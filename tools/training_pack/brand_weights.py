"""brand_weights.csv: how the internal brand index is put together, invented for training."""

from datetime import date

BRAND_WEIGHTS = "brand_weights"
COLUMNS = (
    "brand", "part", "valid_from", "valid_to", "weight", "floor", "ceiling", "is_decided",
    "citation_id", "citation_en",
)  # fmt: skip
_FIRST, _SECOND = date(2022, 1, 1), date(2025, 1, 1)
# Value that scores 0 and value that scores 100.
_ENDS = {
    "reach": (0, 60), "demand": (50, 150), "perception": (0, 100), "experience": (-100, 100),
    "economy": (50, 125), "resident_support": (0, 100), "business": (-10, 20),
    "surroundings": (0, 100),
}  # fmt: skip
_BEFORE = {
    "reach": 20, "demand": 30, "perception": 15, "experience": 15, "economy": 10,
    "resident_support": 10,
}  # fmt: skip
_NOW = {
    "region": {"reach": 15, "demand": 20, "perception": 20, "experience": 20, "economy": 15,
               "resident_support": 10},
    "tourism": {"reach": 25, "demand": 25, "perception": 25, "experience": 25},
    "business": {"economy": 50, "business": 50},
    "appearance": {"surroundings": 60, "resident_support": 40},
}  # fmt: skip


def brand_weight_rows() -> list[dict[str, str]]:
    """Weights that were replaced in 2025, and those in force since."""
    steps = [("region", _BEFORE, _FIRST, date(2024, 12, 31))]
    steps += [(brand, weights, _SECOND, None) for brand, weights in _NOW.items()]
    return [
        {
            "brand": brand,
            "part": part,
            "valid_from": start.isoformat(),
            "valid_to": end.isoformat() if end else "",
            "weight": str(weight),
            "floor": str(_ENDS[part][0]),
            "ceiling": str(_ENDS[part][1]),
            "is_decided": "true",
            "citation_id": f"Bobot rekaan untuk latihan ({start.year}).",
            "citation_en": f"Weights invented for training ({start.year}).",
        }
        for brand, weights, start, end in steps
        for part, weight in weights.items()
    ]
