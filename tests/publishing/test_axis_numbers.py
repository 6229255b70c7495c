"""Axes of native charts: round steps, formats that build their own separators."""

from __future__ import annotations

import pytest

from analytics.publishing.axis_numbers import axis_format, scale_of, whole_format
from analytics.publishing.letters import fitted, width_in


@pytest.mark.parametrize(
    ("values", "from_zero", "low", "high", "step"),
    [
        ([0, 400_000], True, 0, 400_000, 100_000),
        ([30_790, 38_641], False, 30_000, 40_000, 2_000),
        ([17_000, 26_000], False, 16_000, 26_000, 2_000),
        ([4_000, 26_000], False, 0, 30_000, 10_000),
        ([-30, 40], True, -40, 40, 20),
        ([5.56, 6.61], False, 5.5, 7.0, 0.5),
        ([7.0, 7.0], False, 6, 8, 0.5),
        ([], True, 0, 1, 0.2),
    ],
)
def test_an_axis_holds_all_values_with_round_steps(values, from_zero, low, high, step) -> None:
    found = scale_of(values, from_zero=from_zero)
    assert (found.low, found.high, found.step) == (low, high, step)


def test_decimals_and_minus_thousands_are_not_left_to_the_viewer() -> None:
    assert scale_of([0, 400_000], from_zero=True).is_whole
    assert not scale_of([5.56, 6.61], from_zero=False).is_whole
    assert scale_of([-5_000, 5_000], from_zero=True).is_whole
    assert not scale_of([-1_500, 900], from_zero=True).is_whole


def test_billions_and_a_minus_have_formats_of_their_own() -> None:
    billions = scale_of([2.35e9, 3.4e9], from_zero=True)
    assert axis_format(billions, "id").startswith(r"[>=1000000000]#\.###\.###\.###;")
    assert axis_format(scale_of([-30, 40], from_zero=True), "id") == '0;"−"0;0'
    thousands = scale_of([-5_000, 5_000], from_zero=True)
    assert axis_format(thousands, "en") == r'#\,###;"−"#\,###;0'


def test_each_language_has_its_own_separator() -> None:
    assert whole_format("id") == r"[>=1000000]#\.###\.###;[>=1000]#\.###;0"
    assert whole_format("en") == r"[>=1000000]#\,###\,###;[>=1000]#\,###;0"


def test_words_take_the_largest_size_that_fits_and_are_cut_only_at_the_smallest() -> None:
    short = fitted("Harga telur", (26, 14), width=10, height=1)
    assert (short.size, short.is_cut, short.text) == (26, False, "Harga telur")
    long = fitted("Harga telur ayam ras " * 60, (26, 14), width=4, height=1)
    assert (long.size, long.is_cut) == (14, True)
    assert long.height_in <= 1
    assert all(width_in(line, 14) <= 4 for line in long.lines)
