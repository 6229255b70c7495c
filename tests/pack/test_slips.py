"""The rule that finds slips in daily entries, and the cleaning that rests on it."""

from __future__ import annotations

import math
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pack import entry_rules as rules_module
from analytics.pack import explanations, judgement, neighbourhood, repeated_entries, slips
from analytics.pack.corrections import kind_name, reason_text
from analytics.pack.entry_rules import InvalidRules, read_entry_rules
from analytics.pack.explanations import POWER_KINDS, POWER_REASONS
from analytics.pack.slips import (
    CLEAN_COLUMNS,
    clean_wide_daily,
    count_candidates,
    describe_candidates,
    propose_corrections,
)

pytestmark = pytest.mark.thorough

BLITAR = Path(__file__).parents[2] / "data" / "blitar"
AREAS = ("11.01", "11.02", "11.03", "11.04")
DAYS = 50
# Prices of the drawn tables: usual level of each item; they move by a few per cent.
LEVELS = {"paddy": 5000, "rice": 10000, "tuber": 3000, "chilli": 30000, "beef": 52000}


def drawn_table(**levels: float) -> pd.DataFrame:
    """Four areas over 50 days; every price wanders by at most four per cent, in steps of 50."""
    used = LEVELS | levels
    rows = [
        {
            "row_id": 10 * day + place + 1,
            "area_code": area,
            "date": (date(2024, 1, 1) + timedelta(days=day)).isoformat(),
            **{item: wandering(level, day, place) for item, level in used.items()},
        }
        for day in range(DAYS)
        for place, area in enumerate(AREAS)
    ]
    return pd.DataFrame(rows)


def wandering(level: float, day: int, place: int) -> int:
    share = 0.02 * math.sin(day / 6) + 0.02 * math.sin(place * 2.0)
    return int(round(level * (1 + share) / 50) * 50)


def row_id(day: int, place: int = 0) -> int:
    return 10 * day + place + 1


def with_cell(table: pd.DataFrame, row: int, item: str, value: float) -> pd.DataFrame:
    changed = table.copy()
    changed.loc[changed["row_id"] == row, item] = value
    return changed


def cell(table: pd.DataFrame, row: int, item: str) -> float:
    return table.loc[table["row_id"] == row, item].item()


def flat_table(**levels: float) -> pd.DataFrame:
    """Four areas over 50 days at prices that never move."""
    table = drawn_table(**levels)
    return table.assign(**(LEVELS | levels))


def found(table: pd.DataFrame, rules: dict | None = None) -> list[tuple]:
    proposed = propose_corrections(table, rules=rules)
    columns = ["row_id", "field", "corrected_value", "kind"]
    return list(proposed[columns].itertuples(index=False, name=None))


# What the rule must leave alone


def test_a_clean_stretch_gives_no_candidates():
    assert describe_candidates(drawn_table()).empty


def test_a_season_in_which_all_areas_quadruple_is_no_slip():
    table = drawn_table()
    days = (pd.to_datetime(table["date"]) - pd.Timestamp(2024, 1, 1)).dt.days
    table["chilli"] = (table["chilli"] * 4 ** (days / DAYS)).round(-2)
    assert propose_corrections(table).empty


@pytest.mark.parametrize("factor", [0.25, 0.5, 2, 4])
def test_a_jump_in_one_area_that_stays_is_a_price(factor):
    table = drawn_table()
    stays = (table["area_code"] == AREAS[1]) & (table["row_id"] >= row_id(25))
    table["chilli"] = table["chilli"].where(~stays, table["chilli"] * factor)
    assert propose_corrections(table).empty


def test_a_single_odd_price_without_explanation_is_listed_and_left_alone():
    table = with_cell(flat_table(), row_id(20), "rice", 14000)
    described = describe_candidates(table)
    assert described[["row_id", "field", "kind", "corrected_value"]].values.tolist() == [
        [row_id(20), "rice", "", ""]
    ]
    assert propose_corrections(table).empty


def test_an_entry_without_an_area_is_never_corrected_and_never_a_neighbour():
    table = with_cell(drawn_table(), row_id(20), "rice", 100000)
    table.loc[table["row_id"] == row_id(20), "area_code"] = None
    assert describe_candidates(table).empty


def test_too_few_neighbours_are_no_judgement():
    table = drawn_table()
    assert describe_candidates(with_cell(table, row_id(3), "rice", 100000).head(2)).empty


# What the rule must find


@settings(max_examples=15, deadline=None)
@given(
    day=st.integers(0, DAYS - 1),
    place=st.integers(0, len(AREAS) - 1),
    item=st.sampled_from(sorted(LEVELS)),
    factor=st.sampled_from([10, 100, 0.1]),
)
def test_an_injected_factor_is_found_and_nothing_else(day, place, item, factor):
    table = drawn_table()
    entered = cell(table, row_id(day, place), item)
    slipped = with_cell(table, row_id(day, place), item, round(entered * factor, 6))
    kind = "factor_hundred" if factor == 100 else "factor_ten"
    assert found(slipped) == [(row_id(day, place), item, f"{entered:.10g}", kind)]


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_rows_makes_no_difference(seed):
    table = with_cell(drawn_table(), row_id(20), "rice", 100000)
    shuffled = table.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(describe_candidates(table), describe_candidates(shuffled))


def test_a_run_of_the_same_slip_is_found_whole():
    table = drawn_table()
    for day in range(5):
        table = with_cell(table, row_id(day), "rice", cell(table, row_id(day), "rice") * 10)
    assert [entry[0] for entry in found(table)] == [row_id(day) for day in range(5)]


def test_a_value_in_thousands_is_found():
    table = with_cell(flat_table(), row_id(20), "chilli", 30)
    assert found(table) == [(row_id(20), "chilli", "30000", "factor_thousand")]


@pytest.mark.parametrize("typed", [132503, 3250, 43250, 31250])
def test_one_wrong_digit_is_read_as_the_value_typed_before_and_after(typed):
    table = with_cell(flat_table(rice=13250), row_id(20), "rice", typed)
    assert found(table) == [(row_id(20), "rice", "13250", "digit_slip")]


def test_a_lost_digit_with_two_readings_becomes_missing():
    """1200 may be 12000 (zero lost) or 12800 (eight lost): nobody can tell."""
    table = with_cell(flat_table(rice=12800), row_id(20), "rice", 1200)
    assert found(table) == [(row_id(20), "rice", "", "impossible")]


def test_an_added_digit_with_two_readings_becomes_missing():
    """113250 may be 11325 (zero added) or 13250 (one added)."""
    table = with_cell(flat_table(rice=13250), row_id(20), "rice", 113250)
    assert found(table) == [(row_id(20), "rice", "", "impossible")]


def test_what_cannot_be_a_price_and_has_no_reading_becomes_missing():
    table = with_cell(flat_table(), row_id(20), "rice", 4)
    assert found(table) == [(row_id(20), "rice", "", "impossible")]


def test_two_columns_far_off_are_exchanged():
    table = with_cell(drawn_table(), row_id(20), "chilli", 52000)
    table = with_cell(table, row_id(20), "beef", 30000)
    assert found(table) == [
        (row_id(20), "chilli", "30000", "swapped_columns"),
        (row_id(20), "beef", "52000", "swapped_columns"),
    ]


def test_two_near_columns_are_exchanged_only_between_equal_entries():
    table = flat_table(paddy=2000, rice=2800)
    table = with_cell(table, row_id(20), "paddy", 2800)
    assert found(with_cell(table, row_id(20), "rice", 2000)) == [
        (row_id(20), "paddy", "2000", "swapped_columns"),
        (row_id(20), "rice", "2800", "swapped_columns"),
    ]


def test_a_row_typed_one_column_late_is_moved_back():
    table = flat_table()
    shifted = {"paddy": 0, "rice": 5000, "tuber": 10000, "chilli": 3000}
    for item, value in shifted.items():
        table = with_cell(table, row_id(20), item, value)
    assert found(table) == [
        (row_id(20), "paddy", "5000", "shifted_columns"),
        (row_id(20), "rice", "10000", "shifted_columns"),
        (row_id(20), "tuber", "3000", "shifted_columns"),
        (row_id(20), "chilli", "", "shifted_columns"),
    ]


def test_the_price_of_the_next_column_becomes_missing():
    table = with_cell(flat_table(), row_id(20), "rice", 5000)
    assert found(table) == [(row_id(20), "rice", "", "neighbouring_column")]


# Rules of a pack

TWO_BASES = {
    "bases": [
        {"item": "beef", "basis": "live", "low": 40000, "high": 70000, "caveat": "beef_live"},
        {"item": "beef", "basis": "meat", "low": 80000, "high": 130000, "caveat": "beef_meat"},
    ]
}


def test_two_bases_of_one_item_are_not_corrected_into_each_other():
    table = drawn_table()
    meat = table["row_id"] % 3 == 0
    table["beef"] = table["beef"].where(~meat, 110000)
    assert describe_candidates(table, rules=TWO_BASES).empty


def test_a_slip_is_read_on_the_basis_that_the_area_uses():
    table = flat_table(beef=110000)
    table.loc[table["area_code"] != AREAS[0], "beef"] = 52000
    table = with_cell(table, row_id(20), "beef", 11000)
    assert found(table, TWO_BASES) == [(row_id(20), "beef", "110000", "factor_ten")]


def test_a_reading_dearer_than_the_better_good_is_not_taken():
    rules = {"ordered": [{"lower": "paddy", "upper": "rice"}]}
    table = with_cell(flat_table(paddy=4150, rice=4500), row_id(20), "paddy", 48000)
    assert found(table) == [(row_id(20), "paddy", "4800", "factor_ten")]
    assert found(table, rules) == [(row_id(20), "paddy", "", "impossible")]


def test_an_exchanged_pair_is_set_right_if_so_typed_beside_it():
    rules = {"ordered": [{"lower": "paddy", "upper": "rice"}]}
    table = flat_table(paddy=8500, rice=9000)
    table = with_cell(with_cell(table, row_id(20), "paddy", 9000), row_id(20), "rice", 8500)
    assert [entry[1:] for entry in found(table, rules)] == [
        ("paddy", "8500", "swapped_columns"),
        ("rice", "9000", "swapped_columns"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"basis": []},
        {"bases": [{"item": "beef"}]},
        {"limits": {"own_weeks": 3}},
        {"ordered": [{"lower": "paddy", "upper": "silk"}]},
    ],
)
def test_rules_that_name_something_unknown_are_refused(broken):
    with pytest.raises(InvalidRules):
        describe_candidates(drawn_table().head(8), rules=broken)


def test_the_code_of_the_rule_names_no_region_and_no_item():
    modules = (slips, explanations, judgement, neighbourhood, repeated_entries, rules_module)
    code = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules)
    named = {"blitar", *farmgate().columns[4:]}
    assert not [name for name in named if name in code.lower()]


# Cleaning: nothing vanishes

NO_CORRECTIONS = propose_corrections(drawn_table().head(0))


def small_table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["row_id", "area_code", "date", "paddy", "rice"])


def cleaned(table: pd.DataFrame, rules: dict | None = None) -> pd.DataFrame:
    return clean_wide_daily(table, propose_corrections(table, rules=rules), rules)


def test_zero_is_not_reported_and_not_a_price():
    long = clean_wide_daily(small_table((1, "11.01", "2024-01-01", 0, 9000)), NO_CORRECTIONS)
    assert list(long.columns) == list(CLEAN_COLUMNS)
    assert long["obs_status"].tolist() == ["M", "A"]
    assert long["caveat"].tolist() == ["not_reported", ""]
    assert math.isnan(long["obs_value"].iloc[0])
    assert long["raw_value"].tolist() == [0, 9000]


def test_a_corrected_value_keeps_its_raw_value_and_says_so():
    table = with_cell(flat_table(), row_id(20), "rice", 100000)
    row = cleaned(table).query("row_id == @row_id(20) and item == 'rice'").iloc[0]
    assert (row["raw_value"], row["obs_value"], row["obs_status"]) == (100000, 10000, "A")
    assert (row["correction"], row["caveat"]) == ("factor_ten", "entry_corrected")


def test_a_withdrawn_value_is_missing_with_its_reason():
    table = with_cell(flat_table(), row_id(20), "rice", 4)
    row = cleaned(table).query("row_id == @row_id(20) and item == 'rice'").iloc[0]
    assert (row["raw_value"], row["obs_status"], row["caveat"]) == (4, "M", "entry_withdrawn")
    assert row["correction"] == "impossible"


def test_every_row_and_item_is_there_once():
    long = cleaned(drawn_table())
    assert len(long) == DAYS * len(AREAS) * len(LEVELS)
    assert not long.duplicated(["row_id", "item"]).any()


def test_a_value_says_on_which_basis_it_stands():
    table = with_cell(flat_table(), row_id(20), "beef", 110000)
    long = clean_wide_daily(table, NO_CORRECTIONS, TWO_BASES)
    beef = long[(long["item"] == "beef")].set_index("row_id")["caveat"]
    assert beef[row_id(20)] == "beef_meat"
    assert set(beef.drop(row_id(20))) == {"beef_live"}


def test_a_caveat_of_a_period_ends_with_its_last_row():
    rules = {"caveats": [{"items": ["paddy"], "caveat": "column_unclear", "last_row_id": 1}]}
    table = small_table((1, "11.01", "2024-01-01", 5000, 9000), (2, "11.01", "2024-01-02", 5000, 1))
    long = clean_wide_daily(table, NO_CORRECTIONS, rules)
    assert long["caveat"].tolist() == ["column_unclear", "", "", ""]


def test_a_row_without_an_area_is_rejected_with_the_reason():
    table = small_table((1, "", "2024-01-01", 5000, 9000), (2, "11.01", "2024-01-01", 5000, 9000))
    long = clean_wide_daily(table, NO_CORRECTIONS)
    assert long["row_state"].tolist() == ["rejected"] * 2 + ["published"] * 2
    assert long["row_reason"].tolist() == ["area_missing"] * 2 + [""] * 2


def states(table: pd.DataFrame) -> dict[int, tuple[str, str]]:
    long = clean_wide_daily(table, propose_corrections(table))
    rows = long[long["row_reason"] != ""].drop_duplicates("row_id")
    return {row.row_id: (row.row_state, row.row_reason) for row in rows.itertuples()}


def entered_again(table: pd.DataFrame, **changed: float) -> pd.DataFrame:
    """The table with its row of day 20 entered a second time as row 999."""
    again = table[table["row_id"] == row_id(20)].assign(row_id=999, **changed)
    return pd.concat([table, again], ignore_index=True)


def test_of_equal_rows_the_first_is_published():
    assert states(entered_again(flat_table())) == {
        row_id(20): ("published", "first_of_equal"),
        999: ("repeated", "equal_to_first"),
    }


def test_of_different_rows_the_nearest_is_published():
    assert states(entered_again(flat_table(), rice=10400)) == {
        row_id(20): ("published", "nearest_to_neighbourhood"),
        999: ("repeated", "farther_from_neighbourhood"),
    }
    table = with_cell(flat_table(), row_id(20), "rice", 10400)
    assert states(entered_again(table, rice=10000))[999][0] == "published"


def test_a_row_is_judged_after_its_corrections():
    table = entered_again(flat_table(), rice=100000, paddy=5050)
    assert states(table)[999] == ("repeated", "farther_from_neighbourhood")
    assert found(table)[0][:3] == (999, "rice", "10000")


def test_of_equally_near_rows_the_latest_is_published():
    assert states(entered_again(flat_table(), rice=0)) == {
        row_id(20): ("repeated", "earlier_of_equally_near"),
        999: ("published", "latest_of_equally_near"),
    }


# The table of Kabupaten Blitar


def farmgate() -> pd.DataFrame:
    return pd.read_csv(BLITAR / "farmgate_prices.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def farmgate_rules() -> dict:
    path = BLITAR / "corrections" / "farmgate_rules.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def described(farmgate_rules) -> pd.DataFrame:
    return describe_candidates(farmgate(), rules=farmgate_rules)


@pytest.fixture(scope="module")
def committed() -> pd.DataFrame:
    path = BLITAR / "corrections" / "farmgate_prices.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def farmgate_long(committed, farmgate_rules) -> pd.DataFrame:
    return clean_wide_daily(farmgate(), committed, farmgate_rules)


def test_the_committed_corrections_are_what_the_rule_proposes(described, committed):
    accepted = described[described["kind"] != ""][list(committed.columns)]
    pd.testing.assert_frame_equal(
        accepted.astype({"row_id": str}).reset_index(drop=True), committed, check_dtype=False
    )


def test_counts_by_kind_are_those_of_the_readme(described):
    counts = count_candidates(described).groupby("kind")["candidates"].sum()
    assert counts.to_dict() == {
        "": 21,
        "digit_slip": 14,
        "factor_hundred": 1,
        "factor_ten": 125,
        "factor_thousand": 3,
        "impossible": 13,
        "neighbouring_column": 4,
        "shifted_columns": 7,
        "swapped_columns": 18,
    }
    readme = (BLITAR / "corrections" / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{kind}` | {n} |" in readme for kind, n in counts.items() if kind)
    assert "| left alone | 21 |" in readme


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_and_reason_has_words(described, language):
    kinds = {*described["kind"], *POWER_KINDS.values()} - {""}
    digits = {"digit_added", "digit_lost", "digits_exchanged", "first_digit_wrong"}
    reasons = {*described["reason"], *POWER_REASONS.values(), *digits, "typed_one_column_early"}
    assert all(kind_name(kind, language) for kind in kinds)
    assert all(reason_text(reason, language) for reason in reasons)


# Read in the table by hand, with the entries around them; see the README of the corrections.
HAND_CHECKED = [
    (2, "gkg_penggilingan", "48500", "4850", "factor_ten"),
    (318, "telur_ayam_ras", "235000", "23500", "factor_ten"),
    (1910, "cabe_keriting", "2700", "27000", "factor_ten"),
    (163, "daging_sapi", "1100", "110000", "factor_hundred"),
    (184, "cabe_besar", "30", "30000", "factor_thousand"),
    (1597, "beras_medium", "43250", "13250", "digit_slip"),
    (875, "daging_sapi", "21000", "50000", "swapped_columns"),
    (936, "beras_premium", "5800", "9500", "shifted_columns"),
    (1062, "daging_ayam", "51000", "", "neighbouring_column"),
    (1584, "beras_medium", "1200", "", "impossible"),
]


@pytest.mark.parametrize("entry", HAND_CHECKED, ids=[f"row {one[0]}" for one in HAND_CHECKED])
def test_hand_checked_rows_are_corrected_as_read(entry, committed):
    row, field, raw_value, corrected_value, kind = entry
    found_entry = committed[(committed["row_id"] == str(row)) & (committed["field"] == field)]
    columns = ["raw_value", "corrected_value", "kind"]
    assert found_entry[columns].values.tolist() == [[raw_value, corrected_value, kind]]


def test_all_rows_stay_and_row_35_is_rejected(farmgate_long):
    assert farmgate_long["row_id"].nunique() == 2067
    rejected = farmgate_long[farmgate_long["row_state"] == "rejected"]
    assert set(rejected["row_id"]) == {35}
    assert set(rejected["row_reason"]) == {"area_missing"}


def test_of_24_repeated_days_one_row_each_is_published(farmgate_long):
    rows = farmgate_long.drop_duplicates("row_id")
    repeated = rows[rows["row_state"] == "repeated"]
    assert len(repeated[["ref_area", "date"]].drop_duplicates()) == 24
    published = rows[rows["row_state"] == "published"]
    assert not published.duplicated(["ref_area", "date"]).any()


def test_beef_is_marked_by_basis_and_no_basis_is_corrected_into_the_other(farmgate_long):
    beef = farmgate_long[(farmgate_long["item"] == "daging_sapi") & (farmgate_long.obs_value > 0)]
    basis = beef["caveat"].str.extract("(beef_live_weight|beef_basis_unclear|beef_meat)")[0]
    assert basis.notna().all()
    assert beef[basis == "beef_live_weight"]["obs_value"].between(40000, 69999).all()
    assert beef[basis == "beef_meat"]["obs_value"].between(80000, 130000).all()
    moved = beef[(beef["correction"] == "factor_ten")]
    assert (moved["obs_value"] == moved["raw_value"] * 10).all()


def test_chilli_columns_are_marked_until_row_1974_and_not_moved(farmgate_long):
    chilli = farmgate_long[farmgate_long["item"].isin(["cabe_besar", "cabe_keriting"])]
    reported = chilli[chilli["obs_value"].notna()]
    marked = reported["caveat"].str.contains("chilli_column_unclear")
    assert (marked == (reported["row_id"] <= 1974)).all()
    bird = farmgate_long[farmgate_long["item"] == "cabe_rawit_merah"]
    assert bird[bird["row_id"] <= 1974]["obs_value"].isna().all()
    assert (bird["correction"] == "").all()


def test_the_rules_of_the_pack_can_be_read():
    rules = read_entry_rules(BLITAR / "corrections" / "farmgate_rules.toml")
    assert rules.named_items() <= set(farmgate().columns)
