"""Local Moran against a table drawn by hand, a slow second computation, and known patterns."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analytics.geography import moran
from tests.agriculture.drawn_table import drawn

pytestmark = pytest.mark.thorough

SIDE = 6


def grid():
    """Areas of a square of 36, each beside those that share a side with it."""
    cells = [(row, column) for row in range(SIDE) for column in range(SIDE)]
    steps = ((-1, 0), (1, 0), (0, -1), (0, 1))
    return {
        f"{r}{c}": tuple(f"{r + dr}{c + dc}" for dr, dc in steps if (r + dr, c + dc) in cells)
        for r, c in cells
    }


NORTH_HIGH = {code: float(int(code[0]) < 3) * 10 + int(code[1]) * 0.1 for code in grid()}


def test_the_drawn_table_and_what_cannot_be_tested():
    table, expected = drawn("moran")
    found = moran.local_moran(
        values=dict(zip(table["area"], table["value"], strict=True)),
        neighbours={row.area: tuple(row.neighbours.split()) for row in table.itertuples()},
        permutations=99,
    )
    assert found.index.tolist() == expected["area"]
    assert found["local_i"].tolist() == pytest.approx(expected["local_i"], nan_ok=True, abs=1e-6)
    assert found["neighbours"].tolist() == expected["neighbours_known"]
    assert found["p_least"].tolist() == pytest.approx(expected["p_least"], nan_ok=True, abs=1e-6)
    assert found["reason"].tolist() == expected["reason"]
    assert set(found["cluster"]) == {moran.UNTESTABLE}


def test_two_neighbours_among_22_areas_can_never_pass():
    ring = {str(i): (str((i - 1) % 22), str((i + 1) % 22)) for i in range(22)}
    found = moran.local_moran(
        values={code: float(code) for code in ring}, neighbours=ring, permutations=99
    )
    assert set(found["reason"]) == {moran.FEW_SETS}
    assert found["p_least"].unique() == pytest.approx([1 / 210])
    assert found["p"].isna().all()


def test_p_is_close_to_the_count_over_every_neighbour_set():
    beside, code = grid(), "01"
    found = moran.local_moran(values=NORTH_HIGH, neighbours=beside)
    values = pd.Series(NORTH_HIGH) - np.mean(list(NORTH_HIGH.values()))
    others = values.drop(code)
    own = abs(values[list(beside[code])].mean())
    sets = [abs(np.mean(one)) for one in combinations(others, len(beside[code]))]
    exact = np.mean([one >= own - 1e-12 for one in sets])
    assert found.loc[code, "p"] == pytest.approx(exact, abs=0.02)


def test_two_halves_make_a_high_and_a_low_group():
    found = moran.local_moran(values=NORTH_HIGH, neighbours=grid())
    named = found[found["cluster"].isin([moran.HIGH_HIGH, moran.LOW_LOW])]
    assert {code[0] for code in named.index[named["cluster"] == moran.HIGH_HIGH]} <= {"0", "1", "2"}
    assert {code[0] for code in named.index[named["cluster"] == moran.LOW_LOW]} <= {"3", "4", "5"}
    assert len(named) >= 4
    corners = found.loc[["00", "05", "50", "55"]]
    assert set(corners["reason"]) == {moran.FEW_SETS}


def test_chance_is_called_chance_and_the_seed_is_kept():
    noise = np.random.default_rng(7).normal(size=SIDE * SIDE)
    values = dict(zip(grid(), noise, strict=True))
    first, again = (moran.local_moran(values=values, neighbours=grid()) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert set(first["cluster"]) == {moran.CHANCE, moran.UNTESTABLE}


def test_equal_values_cannot_be_tested():
    found = moran.local_moran(values=dict.fromkeys(grid(), 5.0), neighbours=grid())
    assert set(found["reason"]) == {moran.NO_VARIANCE}
    assert found["local_i"].isna().all()
