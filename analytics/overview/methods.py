"""The drawn tables of the tests, as the Methods page prints them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analytics.figures.result import Label
from analytics.settings import PROJECT_ROOT

SPEC_FOLDER = PROJECT_ROOT / "tests" / "spec"
THEMES = ("agriculture", "prices", "forecasting", "tourism", "smartcity", "overview")


@dataclass(frozen=True)
class DrawnTable:
    """One formula with the small table that its test checks by hand."""

    theme: str
    name: str
    title: Label
    formula: Label
    source: Label
    given: pd.DataFrame
    expected: pd.DataFrame


def drawn_tables(folder: Path = SPEC_FOLDER) -> tuple[DrawnTable, ...]:
    """Every drawn table in `folder`, by theme and name. Raises KeyError for an incomplete one."""
    tables = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(tables, key=lambda table: (THEMES.index(table.theme), table.name)))


def _read(path: Path) -> DrawnTable:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    theme, _, name = path.stem.partition("_")
    return DrawnTable(
        theme=theme,
        name=name,
        title=_label(content, "title"),
        formula=_label(content, "formula"),
        source=_source(content),
        given=pd.DataFrame(content["rows"], columns=content["columns"]),
        expected=_expected(content["expected"]),
    )


def _label(content: Mapping[str, str], name: str) -> Label:
    return Label(content[f"{name}_id"], content[f"{name}_en"])


def _source(content: Mapping[str, str]) -> Label:
    """Words in both languages; a plain citation is the same in both."""
    if "source" in content:
        return Label(content["source"], content["source"])
    return _label(content, "source")


def _expected(values: Mapping[str, object]) -> pd.DataFrame:
    """One column a result; single results make one row."""
    is_list = {name: isinstance(value, list) for name, value in values.items()}
    columns: dict[str, Sequence[object]] = {
        name: value if is_list[name] else [value]  # type: ignore[misc]
        for name, value in values.items()
    }
    return pd.DataFrame({name: pd.Series(column) for name, column in columns.items()})
