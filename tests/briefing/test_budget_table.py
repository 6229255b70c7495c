"""The table of a budget: as set, after revision, spent; the revision only where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from analytics.briefing.model import Briefing, Gap, Grid
from analytics.briefing.results import ACCOUNTS, Account, _without_empty, reported, share_pct
from analytics.briefing.writers import written

BUDGET = ACCOUNTS["budget"]
SET, REVISED, SPENT = BUDGET.indicators


def grids(briefing: Briefing) -> Iterator[Grid | Gap]:
    for section in briefing.sections:
        for part in section.parts:
            if isinstance(part, Grid | Gap) and part.heading in ("Anggaran dan realisasi",):
                yield part


def rows(**values: float | None) -> pd.DataFrame:
    return pd.DataFrame({"indicator": list(values), "obs_value": list(values.values())})


@pytest.mark.parametrize(
    ("values", "share"),
    [
        ({SET: 200, REVISED: 100, SPENT: 80}, 80),
        ({SET: 200, SPENT: 80}, 40),
        ({SET: 200, REVISED: None, SPENT: 80}, 40),
        ({SET: 200, REVISED: 100, SPENT: None}, None),
        ({SET: 0, SPENT: 80}, None),
        ({SPENT: 80}, None),
    ],
)
def test_what_is_spent_is_measured_by_the_revised_budget_where_there_is_one(
    values: dict[str, float | None], share: float | None
) -> None:
    assert share_pct(pd.Series(values, dtype=float), BUDGET) == share


def test_a_budget_that_was_never_revised_has_no_column_for_it() -> None:
    def shown(**values: float | None) -> Account:
        return _without_empty(BUDGET, rows(**values))

    assert shown(budget_ceiling=2, budget_realised=1).indicators == (SET, SPENT)
    assert shown(budget_ceiling=2, budget_revised=None).indicators == (SET, SPENT)
    assert shown(budget_ceiling=2, budget_revised=3).indicators == (SET, REVISED, SPENT)
    assert ACCOUNTS["targets"] == _without_empty(ACCOUNTS["targets"], rows(other=1))


@pytest.mark.thorough
def test_a_region_with_revisions_shows_them_and_one_without_budgets_says_so(
    lkpj: Callable[[str, str], Briefing],
) -> None:
    (table,) = grids(lkpj("contoh", "id"))
    assert isinstance(table, Grid)
    assert table.columns[2:6] == ("Pagu anggaran", "Pagu perubahan", "Realisasi anggaran",
                                  "Capaian")  # fmt: skip
    assert all(len(row) == len(table.columns) for row in table.rows)
    (blank,) = grids(lkpj("blitar", "id"))
    assert isinstance(blank, Gap)
    assert "python -m analytics template budget" in blank.cure
    assert written(lkpj("contoh", "id"), suffix="pdf").startswith(b"%PDF")


def _in_years(*results: tuple[int, float | None]) -> pd.DataFrame:
    rows = [
        {"indicator": code, "obs_value": value, "period_end": pd.Timestamp(year, 12, 31)}
        for year, result in results
        for code, value in (("budget_ceiling", 10.0), ("budget_realised", result))
    ]
    return pd.DataFrame(rows).astype({"obs_value": float})


@pytest.mark.parametrize(
    ("rows", "year"),
    [
        (_in_years((2023, 8.0), (2024, 9.0), (2025, None)), 2024),
        (_in_years((2024, None), (2025, None)), 2025),
    ],
)
def test_the_newest_year_with_a_result_is_reported(rows: pd.DataFrame, year: int) -> None:
    kept = reported(rows, ACCOUNTS["budget"])
    assert set(kept["period_end"].dt.year) == {year}
    assert len(kept) == 2
