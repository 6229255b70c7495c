"""The formulas against tables that a statistician can check by hand."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from analytics.agriculture import formulas

SPEC_FOLDER = Path(__file__).parents[1] / "spec"


def drawn(name):
    table = tomllib.loads((SPEC_FOLDER / f"agriculture_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]


def same(found, expected):
    assert found.tolist() == pytest.approx(expected, nan_ok=True)


def test_yield_is_production_over_harvested_area():
    table, expected = drawn("yield")
    found = formulas.yield_t_per_ha(
        production_t=table["production_t"], harvested_ha=table["harvested_ha"]
    )
    same(found, expected["yield_t_per_ha"])
    same(table["printed_kw_per_ha"] * 0.1, expected["printed_t_per_ha"])


def test_harvest_from_zero_hectares_is_refused_by_name():
    production = pd.Series([10.0, 5.0], index=["35.01", "35.02"])
    area = pd.Series([2.0, 0.0], index=["35.01", "35.02"])
    with pytest.raises(formulas.ImpossibleValue, match=r"35\.02"):
        formulas.yield_t_per_ha(production_t=production, harvested_ha=area)


def test_negative_parts_are_impossible():
    flags = formulas.harvested_from_nothing(
        production_t=pd.Series([-1.0, 1.0, 0.0]), harvested_ha=pd.Series([1.0, -1.0, 0.0])
    )
    assert flags.tolist() == [True, True, False]


def test_a_share_needs_a_whole():
    table, expected = drawn("share")
    same(formulas.share_pct(part=table["value"], whole=100.0), expected["share_pct"])
    same(
        formulas.share_pct(part=table["value_with_a_gap"], whole=float("nan")),
        expected["share_pct_with_a_gap"],
    )
    assert formulas.share_pct(part=table["value"], whole=0.0).isna().all()


def test_changes_in_unit_percent_and_points():
    table, expected = drawn("change")
    before, after = table["before"], table["after"]
    same(formulas.change(before=before, after=after), expected["change"])
    same(formulas.change_pct(before=before, after=after), expected["change_pct"])
    same(formulas.change_points(before_pct=before, after_pct=after), expected["change_points"])


def test_equal_values_share_the_better_rank():
    table, expected = drawn("rank")
    same(formulas.ranks_from_highest(table["value"]), expected["rank"])


def test_a_day_without_a_price_is_no_report():
    table, expected = drawn("monthly_median")
    daily = table.rename(columns={"price_idr_per_kg": "obs_value"})
    found = formulas.monthly_median(daily, by=["area"])
    assert found["area"].tolist() == expected["area"]
    same(found["obs_value"], expected["median_idr_per_kg"])
    assert found["reports"].tolist() == expected["reports"]


def test_formulas_leave_their_input_alone():
    before, after = pd.Series([0.0, 2.0]), pd.Series([1.0, 3.0])
    formulas.change_pct(before=before, after=after)
    formulas.yield_t_per_ha(production_t=after, harvested_ha=pd.Series([1.0, 0.5]))
    assert (before.tolist(), after.tolist()) == ([0.0, 2.0], [1.0, 3.0])


def test_every_drawn_table_is_used():
    tables = {path.stem.removeprefix("agriculture_") for path in SPEC_FOLDER.glob("agriculture_*")}
    assert tables == {"yield", "share", "change", "rank", "monthly_median"}
