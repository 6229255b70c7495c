"""The formulas against tables that can be checked by hand."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from analytics.geography.concentration import concentration_hhi, top_share_pct
from analytics.tourism import formulas
from analytics.tourism.site_months import comparable_years, fixed_panel, usual_years

SPEC_FOLDER = Path(__file__).parents[1] / "spec"


def drawn(name):
    table = tomllib.loads((SPEC_FOLDER / f"tourism_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]


def same(found, expected):
    assert list(found) == pytest.approx(expected, nan_ok=True, abs=1e-6)


def test_gini_is_0_for_even_months_and_11_twelfths_for_one_month():
    table, expected = drawn("gini")
    same([formulas.gini_of_months(table[name]) for name in expected["series"]], expected["gini"])


def test_theil_is_0_for_even_months_and_ln_12_for_one_month():
    table, expected = drawn("theil")
    same([formulas.theil_of_months(table[name]) for name in expected["series"]], expected["theil"])


def test_eleven_months_have_no_index():
    assert pd.isna(formulas.gini_of_months(pd.Series([100.0] * 11)))
    assert formulas.month_shares_pct(pd.Series([100.0] * 11)).isna().all()


def test_visits_below_zero_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        formulas.gini_of_months(pd.Series([-1.0] + [100.0] * 11))


def test_concentration():
    table, expected = drawn("hhi")
    names = expected["series"]
    same([concentration_hhi(table[name]) for name in names], expected["hhi"])
    same([top_share_pct(table[name]) for name in names], expected["top_three_pct"])


def test_recovery_needs_both_years():
    table, expected = drawn("recovery")
    found = formulas.recovery_pct(visits=table["visits"], base=table["base"])
    same(found, expected["recovery_pct"])


def test_attainment():
    table, expected = drawn("attainment")
    found = formulas.attainment_pct(realised=table["realised"], target=table["target"])
    same(found, expected["attainment_pct"])


def months(table):
    """One row a site and month; the first months of a year are the reported ones."""
    rows = [
        {"place": row.destination, "year": year, "month": month,
         "obs_value": 10.0 if month <= getattr(row, f"months_{year}") else float("nan")}
        for row in table.itertuples()
        for year in (2019, 2023, 2024)
        for month in range(1, 13)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_panel_holds_the_sites_that_reported_in_every_year():
    table, expected = drawn("panel")
    rows = months(table)
    everywhere = fixed_panel(rows, years=(2019, 2023, 2024))
    assert list(everywhere.sites) == expected["panel_of_all_years"]
    assert list(fixed_panel(rows, years=(2023, 2024)).sites) == expected["panel_of_2023_2024"]
    lenient = fixed_panel(rows, years=(2019, 2023, 2024), least_months=9)
    assert list(lenient.sites) == expected["panel_of_all_years_with_9_months"]


def test_years_of_closure_are_compared_only_when_asked_for():
    assert usual_years((2018, 2019, 2020, 2021, 2022)) == (2019, 2022)
    assert comparable_years(months(drawn("panel")[0])) == (2019, 2023, 2024)


def test_every_drawn_table_is_used():
    tables = {path.stem.removeprefix("tourism_") for path in SPEC_FOLDER.glob("tourism_*")}
    tables -= {"brand_index", "macro_f1", "nps", "perception_score", "promotion_gap"}  # perception
    assert tables == {
        "attainment", "effect_gap", "effect_interval", "gini", "growth_split", "hhi", "needed_pace",
        "panel", "recovery", "theil",
    }  # fmt: skip


def test_growth_is_split_into_sites_and_visits_per_site():
    table, expected = drawn("growth_split")
    parts = [
        formulas.growth_split(
            sites_before=row.sites_before, sites_after=row.sites_after,
            visits_before=row.visits_before, visits_after=row.visits_after,
        )
        for row in table.itertuples()
    ]  # fmt: skip
    same([part[0] for part in parts], expected["by_sites"])
    same([part[1] for part in parts], expected["by_visits"])
    known = table[table["sites_before"] > 0]
    change = known["visits_after"] - known["visits_before"]
    same([sum(part) for part in parts[: len(known)]], change.tolist())


def test_pace_needed():
    table, expected = drawn("needed_pace")
    found = [
        formulas.needed_per_month(
            target=row.target, so_far=row.so_far, months_left=int(row.months_left)
        )
        for row in table.itertuples()
    ]
    same(found, expected["needed_per_month"])
