"""The command `confirm`: what it would do, and what it refuses."""

from __future__ import annotations

import pytest

from analytics.cli import main
from analytics.commands.confirming import _span


@pytest.fixture
def run(store, monkeypatch):
    for name, value in store.environ.items():
        monkeypatch.setenv(name, value)
    return lambda *words: main(["confirm", "visits", "--region", "blitar", "--lang", "en", *words])


def test_a_look_says_how_much_and_keeps_nothing(run, store, capsys):
    before = store.edition("blitar").stamp.number
    assert run("--place", "pantai-serang", "--period", "2024", "--dry-run") == 0
    assert "12 unverified rows (sites: 1, 2024-01-01 to 2024-12-31)" in capsys.readouterr().out
    assert store.edition("blitar").stamp.number == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reason", "x"), "one site or one period"),
        (("--place", "pantai-serang"), "Say why"),
        (("--place", "pantai-serang", "--period", "x2024"), "cannot be read"),
        (("--place", "pantai-serang", "--as", "ani", "--reason", "x"), "no active account"),
        (("--place", "nowhere", "--reason", "x"), "no unverified figure"),
    ],
)
def test_what_cannot_be_done_is_bad_input_and_says_why(run, capsys, words, said):
    assert run(*words) == 2
    assert said in capsys.readouterr().err


def test_spans_are_years_months_and_days():
    assert [str(day) for day in _span("2024-02")] == ["2024-02-01", "2024-02-29"]
    assert [str(day) for day in _span("2024-04-08_2024-04-15")] == ["2024-04-08", "2024-04-15"]
    assert _span("") == (None, None)
