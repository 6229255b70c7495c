"""The drawn tables of agriculture: what is given, and what must come out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

SPEC_FOLDER = Path(__file__).parents[1] / "spec"


def drawn(name: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of that name and its expected results."""
    table = tomllib.loads((SPEC_FOLDER / f"agriculture_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]
