"""Written reasons are added to, never changed: on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from analytics.ledger.tables import two_figure_reasons
from analytics.ledger.two_figure_reasons import (
    LONGEST_REASON,
    Quantity,
    Reason,
    ReasonRefused,
    add_reason,
    reasons_of,
)

RICE = Quantity("88.01", "padi", "production")
FIRST = Reason("2023", "Dinas menghitung luas tambah tanam.", "Siti",
               datetime(2026, 11, 24, 2, 0, tzinfo=UTC), 1)  # fmt: skip
SECOND = replace(FIRST, reason="Termasuk padi ladang.", written_by="Budi",
                 written_at=datetime(2026, 11, 25, 2, 0, tzinfo=UTC))  # fmt: skip


def test_the_newest_reason_comes_first_and_earlier_ones_stay(engine):
    for reason in (FIRST, SECOND, replace(FIRST, period="2018")):
        with engine.begin() as connection:
            add_reason(connection, RICE, reason)
    with engine.connect() as connection:
        found = reasons_of(connection, RICE)
        other = reasons_of(connection, replace(RICE, indicator="harvested_area"))
    assert found["2023"] == [SECOND, FIRST]
    assert found["2018"] == [replace(FIRST, period="2018")]
    assert other == {}


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        ("empty", {"reason": "  \n "}),
        ("too_long", {"reason": "x" * (LONGEST_REASON + 1)}),
        ("nameless", {"written_by": " "}),
    ],
)
def test_a_reason_without_words_or_name_is_refused(engine, fault, changed):
    with pytest.raises(ReasonRefused) as refused, engine.begin() as connection:
        add_reason(connection, RICE, replace(FIRST, **changed))
    assert refused.value.fault == fault
    with engine.connect() as connection:
        assert (
            connection.execute(select(func.count()).select_from(two_figure_reasons)).scalar() == 0
        )


def test_words_are_kept_as_they_are(engine):
    words = "=1+1 <script>alert('x')</script> {n} 'luas'; -- ha"
    with engine.begin() as connection:
        add_reason(connection, RICE, replace(FIRST, reason=f"  {words}\n"))
    with engine.connect() as connection:
        assert reasons_of(connection, RICE)["2023"][0].reason == words
