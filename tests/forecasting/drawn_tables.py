"""Reads the drawn tables of `tests/spec`, which the Methods page prints as they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd

SPEC_FOLDER = Path(__file__).parents[1] / "spec"


def drawn_table(name: str) -> tuple[pd.DataFrame, dict[str, object]]:
    """Rows and expected results of a drawn table of the forecasting engine."""
    drawn = tomllib.loads((SPEC_FOLDER / f"forecasting_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(drawn["rows"], columns=drawn["columns"]), drawn["expected"]
