"""Producer to consumer: the gap by hand, only of like with like, with both sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.prices.margin import margin, margin_figure, margin_idr, margin_pct, partners
from tests.prices.drawn_tables import drawn_table
from tests.prices.small_prices import edition_with, monthly_rows

PRODUCER = "prices|88.01|pasar-uji|telur||price_producer|IDR/kg|s_office"
CONSUMER = "prices|88.01.01||telur||price_retail|IDR/kg|s_official"


def test_gap_as_drawn() -> None:
    rows, expected = drawn_table("margin")
    asked = rows["producer_price"], rows["consumer_price"]
    assert list(margin_idr(*asked)) == pytest.approx(expected["margin_idr"], nan_ok=True)
    assert list(margin_pct(*asked)) == pytest.approx(expected["margin_pct"], nan_ok=True)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Producer for four months; consumer for the second and the fourth, provisional, by an
    official source; besides one of another region."""
    months = pd.date_range("2026-06-01", periods=4, freq="MS")
    producer = pd.Series([1000.0, 1100.0, 1200.0, 1300.0], index=months)
    consumer = pd.Series([1400.0, 1250.0], index=months[[1, 3]])
    retail = monthly_rows(consumer, indicator="price_retail", area="88.01.01", place="")
    rows = (
        monthly_rows(producer)
        + retail.replace(",A,s_office,", ",P,s_official,")
        + monthly_rows(consumer, indicator="price_retail", area="88", place="")
    )
    return edition_with(tmp_path_factory.mktemp("margin"), prices=rows)


def test_only_own_prices_are_held_against_each_other(edition: Edition) -> None:
    assert partners(edition, series=PRODUCER) == (CONSUMER,)
    assert partners(edition, series=CONSUMER) == (PRODUCER,)


def test_a_month_without_both_prices_is_missing(edition: Edition) -> None:
    frame = margin(edition, series=CONSUMER, partner=PRODUCER).frame
    assert list(frame["obs_value"]) == pytest.approx([300, float("nan"), -50], nan_ok=True)
    assert list(frame["obs_status"]) == ["P", "M", "P"]


@pytest.mark.parametrize("series", [PRODUCER, CONSUMER])
def test_both_sources_and_what_is_not_known_alike_are_said(edition: Edition, series: str) -> None:
    partner = CONSUMER if series == PRODUCER else PRODUCER
    result = margin(edition, series=series, partner=partner)
    assert len(result.sources) == 2
    assert "The places differ" in result.notes[0].words("en")
    assert "lebih tinggi 4 persen" in result.sentence("id")
    figure = margin_figure(edition, series=series, partner=partner)
    assert figure.alt_text("en") and len(figure.table("id").frame) == 3


def test_a_series_alone_has_no_partner(tmp_path: Path) -> None:
    months = pd.date_range("2026-06-01", periods=2, freq="MS")
    rows = monthly_rows(pd.Series([1.0, 2.0], index=months))
    assert partners(edition_with(tmp_path, prices=rows), series=PRODUCER) == ()
