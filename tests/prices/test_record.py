"""The record: what counts as foretold, how it is scored, what missed; by hand on a small region."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.observations.concepts import Period
from analytics.prices.record import (
    backtest_figure,
    chosen_pairs,
    misses_figure,
    record_figure,
    record_items,
)
from analytics.prices.record_pairs import issued_pairs, scored
from tests.prices.record_ledger import issued_rows
from tests.prices.small_prices import HEADER, build, flat_months, monthly_rows, publish

SERIES = "prices|88.01|pasar-uji|telur||price_producer|IDR/kg|s_office"
SEPTEMBER, OCTOBER, NOVEMBER = "2026-09-01", "2026-10-01", "2026-11-01"
BEFORE, CAME = flat_months(1000.0)[:-2], flat_months(1100.0, 1300.0)
REVISED = flat_months(1050.0, 1300.0)
# Made in edition 1, which ends in August: 10 percent too low, far too low, not due yet.
ROWS = [
    (SERIES, SEPTEMBER, 990.0, 900.0, 1150.0, 800.0, 1200.0),
    (SERIES, OCTOBER, 1000.0, 900.0, 1150.0, 800.0, 1200.0),
    (SERIES, NOVEMBER, 1000.0, 900.0, 1150.0, 800.0, 1200.0),
]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, ...]:
    """Prices to August, then to October, then with September revised."""
    folder = tmp_path_factory.mktemp("record")
    store = build(folder, prices=monthly_rows(BEFORE))
    for prices in (CAME, REVISED):
        table = HEADER + monthly_rows(prices)
        (folder / "data" / "uji" / "prices.csv").write_text(table, encoding="utf-8")
        store = publish(Path(folder))
    return tuple(store.edition(number) for number in store.numbers())


def pairs_of(editions: tuple[Edition, ...], rows=ROWS, **given: object) -> pd.DataFrame:
    return issued_pairs(editions[-1], issued_rows(rows, **given), editions=editions)


def test_a_forecast_waits_until_its_price_has_come(editions: tuple[Edition, ...]) -> None:
    assert list(pairs_of(editions)["state"]) == ["due", "due", "waiting"]
    assert list(pairs_of(editions[:1])["state"]) == ["waiting"] * 3


def test_what_was_known_when_it_was_computed_is_no_forecast(editions: tuple[Edition, ...]) -> None:
    pairs = pairs_of(editions, edition=2)
    assert list(pairs["state"]) == ["known_before", "known_before", "waiting"]
    assert scored(pairs).empty and len(scored(pairs, with_known_before=True)) == 2
    figure = record_figure(editions[-1], pairs, by="horizon")
    with_them = record_figure(editions[-1], pairs, by="horizon", with_known_before=True)
    assert "termasuk yang dihitung belakangan" in with_them.title("id")
    assert "perhitungan belakangan" in " ".join(n.words("id") for n in figure.result.notes)


def test_the_price_of_the_edition_counts_and_a_revision_is_told(
    editions: tuple[Edition, ...],
) -> None:
    first = pairs_of(editions).iloc[0]
    assert (first["first_y"], first["y"], first["is_revised"]) == (1100.0, 1050.0, True)
    result = record_figure(editions[-1], pairs_of(editions), by="run").result
    assert "1 of them were revised" in result.sentence("en")
    earlier = pairs_of(editions[:2])
    assert earlier["y"].iloc[0] == 1100.0 and not earlier["is_revised"].any()


def test_withheld_ranges_are_no_forecasts(editions: tuple[Edition, ...]) -> None:
    assert pairs_of(editions, status="withheld").empty


def test_scores_by_horizon_are_as_counted_by_hand(editions: tuple[Edition, ...]) -> None:
    frame = record_figure(editions[-1], pairs_of(editions), by="horizon").frame
    misses = [100 * 60 / 1050, 100 * 300 / 1300]
    assert frame["obs_value"].tolist() == pytest.approx(misses)
    assert frame["bias"].tolist() == pytest.approx([-miss for miss in misses])
    assert frame["coverage_80"].tolist() == [100.0, 0.0]
    # Before: a wave of +10, -20, +10 a year, so the mean change over a year is 20 of 3 turns.
    before = BEFORE.to_numpy()
    scale = np.abs(before[12:] - before[:-12]).mean()
    assert frame["mase"].tolist() == pytest.approx([60 / scale, 300 / scale])


def test_misses_name_month_range_side_and_what_came(editions: tuple[Edition, ...]) -> None:
    figure = misses_figure(editions[-1], pairs_of(editions))
    row = figure.frame.iloc[0]
    assert len(figure.frame) == 1 and row["outside"] == "above_95"
    assert (row["price"], row["forecast"], row["lo_80"], row["hi_95"]) == (1300, 1000, 900, 1200)
    words = figure.table("id").words()
    assert "di atas rentang 95%" in set(words["Di luar"])


def test_nothing_due_is_no_range_that_held(editions: tuple[Edition, ...]) -> None:
    figure = misses_figure(editions[0], pairs_of(editions[:1]))
    assert figure.title("id") == "Belum ada ramalan terbit yang dapat dinilai"
    told = figure.result.notes
    assert "menunggu" in " ".join(note.words("id") for note in told)
    assert not any("di luar rentang" in note.words("id") for note in told)


def test_one_commodity_run_or_horizon_is_chosen(editions: tuple[Edition, ...]) -> None:
    pairs = pairs_of(editions)
    assert record_items(pairs) == ("telur",)
    assert chosen_pairs(pairs, item="padi").empty
    assert list(chosen_pairs(pairs, item="telur", run=1, horizon=2)["ds"]) == [
        pd.Timestamp(OCTOBER)
    ]


@pytest.mark.parametrize(("language", "told"), [("id", "November 2026"), ("en", "November 2026")])
def test_the_empty_record_says_what_waits_for_which_month(
    editions: tuple[Edition, ...], language: str, told: str
) -> None:
    pairs = chosen_pairs(pairs_of(editions), horizon=3)
    figure = record_figure(editions[-1], pairs, by="horizon")
    assert figure.is_empty
    assert told in figure.result.notes[1].words(language)


def test_a_ledger_without_any_run_says_what_to_do(editions: tuple[Edition, ...]) -> None:
    figure = record_figure(editions[-1], pairs_of(editions, rows=[]), by="series")
    assert "python -m analytics forecast" in figure.result.notes[1].words("en")


def test_several_series_of_a_back_test_are_joined_by_their_pairs(
    editions: tuple[Edition, ...],
) -> None:
    base = {"model": "combination", "horizon": 1, "status": "issued", "run_id": 1, "mase": 1.0,
            "coverage_80": 80.0, "coverage_95": 95.0, "ranges": 10,
            "first_ds": date(2024, 2, 1), "last_ds": date(2025, 1, 1)}  # fmt: skip
    other = SERIES.replace("pasar-uji", "")
    scores = pd.DataFrame([
        {**base, "unique_id": SERIES, "mape": 10.0, "pairs": 30},
        {**base, "unique_id": other, "mape": 20.0, "pairs": 10},
        {**base, "unique_id": SERIES, "horizon": 0, "mape": 99.0, "pairs": 30},
    ])  # fmt: skip
    figure = backtest_figure(editions[-1], scores)
    assert figure.frame["obs_value"].tolist() == [12.5]
    assert "belum pernah diterbitkan" in figure.sentence("id")
    assert "atas 2 seri" in figure.sentence("id")
    assert figure.result.period == Period(date(2024, 2, 1), date(2025, 1, 31), "M")
    assert backtest_figure(editions[-1], scores.iloc[:0]).is_empty
