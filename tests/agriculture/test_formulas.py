"""The formulas against tables that a statistician can check by hand."""

import pandas as pd
import pytest

from analytics.agriculture import formulas
from analytics.agriculture.balance import rice_balance
from analytics.geography.concentration import concentration_hhi, top_share_pct
from tests.agriculture.drawn_table import SPEC_FOLDER, drawn


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


def test_growth_is_compound_and_needs_a_first_amount():
    table, expected = drawn("growth")
    found = formulas.annual_growth_pct(before=table["first"], after=table["last"], years=2)
    same(found, expected["growth_two_years_pct"])
    with pytest.raises(ValueError, match="later year"):
        formulas.annual_growth_pct(before=table["first"], after=table["last"], years=0)


def test_the_best_comparable_area_harvests_between_half_and_twice_as_much():
    table, expected = drawn("yield_gap")
    rows = table.set_index("area")
    found = formulas.yield_gaps(
        yield_t_per_ha=rows["yield_t_per_ha"], harvested_ha=rows["harvested_ha"]
    )
    assert found["peers"].tolist() == expected["peers"]
    for name in ("best_t_per_ha", "gap_t_per_ha", "gap_pct", "gap_t"):
        same(found[name].astype(float), expected[name])
    assert found["best_area"].dropna().unique().tolist() == ["B"]


def test_variation_needs_five_years():
    table, expected = drawn("variation")
    same(formulas.variation_pct(table.drop(columns="area")), expected["variation_pct"])


def test_ranks_stand_within_each_year():
    table, expected = drawn("rank_by_year")
    found = formulas.ranks_by_year(table[["year_1", "year_2"]])
    same(found["year_1"], expected["rank_year_1"])
    same(found["year_2"], expected["rank_year_2"])


def test_concentration_leaves_out_areas_without_data():
    table, expected = drawn("concentration")
    assert concentration_hhi(table["amount_t"]) == pytest.approx(expected["hhi"])
    assert top_share_pct(table["amount_t"]) == pytest.approx(expected["cr3_pct"])


def test_rice_balance_needs_every_part():
    table, expected = drawn("balance")
    found = rice_balance(**{name: table[name] for name in table.columns})
    for name in found.columns:
        same(found[name], expected[name])


def test_two_figures_differ_in_the_unit_and_in_percent():
    table, expected = drawn("two_figures")
    sides = {"before": table["bps_t"], "after": table["office_t"]}
    same(formulas.change(**sides), expected["difference_t"])
    same(formulas.change_pct(**sides), expected["difference_pct"])


def test_every_drawn_table_is_used():
    tables = {path.stem.removeprefix("agriculture_") for path in SPEC_FOLDER.glob("agriculture_*")}
    tests = "".join(path.read_text("utf-8") for path in SPEC_FOLDER.parent.glob("*/test_*.py"))
    assert {name for name in tables if f'drawn("{name}")' not in tests} == set()
