"""Values as JSON between processes: they come back equal, and nothing unknown gets through."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.figures.figure import Kind
from analytics.figures.result import Label, Period, Statement
from analytics.jobs.codec import NotSendable, decoded, encoded
from analytics.observations.status import ObsStatus
from tests.figures.drawn_map import drawn_layer, square_boundary

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(),
    st.sampled_from([Kind.MAP, ObsStatus.MISSING, Label("Padi", "Rice")]),
    st.text(string.ascii_letters, min_size=1).map(Path),
)
values = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.lists(part, max_size=4),
        st.lists(part, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=5), part, max_size=4),
        st.dictionaries(st.tuples(st.integers(), st.text(max_size=3)), part, max_size=3),
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(values)
def test_a_value_comes_back_equal_and_of_its_own_kind(value: Any) -> None:
    back = decoded(encoded(value))
    assert back == value
    assert type(back) is type(value)


def test_a_dictionary_cannot_pass_for_another_kind() -> None:
    trick = {"$path": "/etc/passwd", "$enum": ["analytics.figures.figure:Kind", "map"]}
    assert decoded(encoded(trick)) == trick


FRAME = pd.DataFrame(
    {
        "Wilayah <b>": ["Garum", None, '<script>alert("1")</script>'],
        "obs_value": [1.5, float("nan"), float("inf")],
        "n": [1, 2, 3],
        "is_own": [True, False, True],
        "moment": [pd.Timestamp("2024-03-01"), pd.NaT, pd.Timestamp("2025-01-31 10:00")],
        "day": [date(2024, 3, 1), None, date(2025, 1, 31)],
        "mixed": [pd.NaT, pd.NA, ("a", 1)],
        7: [Label("a", "b"), ObsStatus.NORMAL, {"x": 1}],
    }
)


@pytest.mark.parametrize(
    "frame",
    [FRAME, FRAME.head(0), FRAME.iloc[[2, 0]], FRAME.set_axis(["a", "b", "c"]), pd.DataFrame()],
    ids=["whole", "no_rows", "other_order", "named_rows", "empty"],
)
def test_a_table_comes_back_with_its_types_gaps_and_rows(frame: pd.DataFrame) -> None:
    back = decoded(encoded(frame))
    pd.testing.assert_frame_equal(back, frame, check_index_type=False, check_column_type=False)


@pytest.mark.parametrize("dtype", ["datetime64[s]", "datetime64[us]", "int32", "uint8", "float32"])
def test_columns_of_other_sizes_keep_their_type(dtype: str) -> None:
    frame = pd.DataFrame({"a": pd.Series([1, 2]).astype(dtype)})
    pd.testing.assert_frame_equal(decoded(encoded(frame)), frame)


def test_a_column_with_a_time_zone_is_refused() -> None:
    frame = pd.DataFrame({"a": pd.to_datetime(["2024-01-01"]).tz_localize("Asia/Jakarta")})
    with pytest.raises(NotSendable, match="Asia/Jakarta"):
        encoded(frame)


def test_two_columns_of_one_name_stay_two() -> None:
    frame = pd.DataFrame([[1, 2.5]], columns=["a", "a"])
    pd.testing.assert_frame_equal(decoded(encoded(frame)), frame)


def test_numbers_of_numpy_become_plain_numbers() -> None:
    back = decoded(encoded([np.int64(3), np.float64(0.1), np.bool_(True), np.str_("a")]))
    assert back == [3, 0.1, True, "a"]
    assert [type(one) for one in back] == [int, float, bool, str]


def test_numbers_that_are_none_come_back() -> None:
    nan, infinite = decoded(encoded([float("nan"), np.float64("-inf")]))
    assert nan != nan
    assert infinite == float("-inf")


def test_a_map_comes_back_equal_with_its_outlines() -> None:
    layer, boundary = drawn_layer(), square_boundary()
    assert decoded(encoded((layer, boundary))) == (layer, boundary)


def test_dataclasses_of_this_project_come_back() -> None:
    value = Statement("maps.hover.missing", {"when": Period(date(2024, 1, 1), None, "M")})
    assert decoded(encoded(value)) == value


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: {"a": [1, {"b": {1, 2}}]}, r"value\['a'\]\[1\]\['b'\]: a builtins.set"),
        (lambda: Statement("k", {"x": object()}), r"value\.values\['x'\]: a builtins.object"),
        (lambda: print, "builtin_function_or_method"),
        (lambda: timedelta(1), "datetime.timedelta"),
        (lambda: Kind, "enum.EnumType"),
        (lambda: st.text(), "hypothesis"),
        (lambda: pd.DataFrame({"a": pd.Categorical(["x"])}), r"value\['a'\]: a column of type"),
        (lambda: pd.DataFrame({"a": [1, {2}]}), r"value\['a'\], row 1: a builtins.set"),
        (lambda: json.JSONDecodeError("a", "b", 1), "json.decoder.JSONDecodeError"),
    ],
)
def test_an_unknown_kind_is_refused_with_its_place(make: Callable[[], Any], named: str) -> None:
    with pytest.raises(NotSendable, match=named):
        encoded(make())


@pytest.mark.parametrize(
    "message",
    [
        {"$dataclass": ["subprocess:Popen", {"args": ["true"]}]},
        {"$dataclass": ["analytics.jobs.render:run_job", {}]},
        {"$dataclass": ["analytics.jobs.codec:NotSendable", {}]},
        {"$enum": ["analytics.settings:Settings", "x"]},
        {"$enum": ["analytics.figures.figure:no_such_name", "x"]},
        {"$pickle": "gASVAAAAAAAAAAA="},
        {"$date": "2024-01-01", "further": 1},
        {"$frame": [None, 1, [["a", "category", ["x"]]]]},
    ],
)
def test_a_message_makes_nothing_but_known_values(message: Any) -> None:
    with pytest.raises(NotSendable):
        decoded(json.dumps(message).encode())


def test_a_date_is_no_moment_and_a_moment_no_date() -> None:
    day, moment = decoded(encoded((date(2024, 1, 1), datetime(2024, 1, 1))))
    assert type(day) is date
    assert type(moment) is datetime
    assert type(decoded(encoded(pd.Timestamp("2024-01-01")))) is pd.Timestamp
