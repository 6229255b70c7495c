"""Reviews are single voices: several for one place and day, told apart by their words."""

import pandas as pd
import pytest

from analytics.editions.build import _newest_of_each_key
from analytics.editions.changes import _kinds
from analytics.observations.table import KEY_COLUMNS, PUBLISHED, key_columns


def rows(*said, batch=1, dataset="reviews"):
    """Published rows of one place and day, each with its words and stars."""
    fixed = {"dataset": dataset, "ref_area": "88", "place": "a", "item": "ulasan",
             "indicator": "review_text", "freq": "D", "source_id": "s", "batch_id": batch,
             "row_state": PUBLISHED, "unit": "index", "obs_status": "A",
             "period_start": pd.Timestamp(2025, 3, 1),
             "period_end": pd.Timestamp(2025, 3, 1)}  # fmt: skip
    return pd.DataFrame([{**fixed, "obs_text": words, "obs_value": stars} for words, stars in said])


def test_words_belong_to_the_key_of_voices_alone():
    assert key_columns("reviews") == (*KEY_COLUMNS, "obs_text")
    assert key_columns("visits") == KEY_COLUMNS


def test_a_later_file_replaces_the_same_voice_and_keeps_the_others():
    first = rows(("bagus", 5.0), ("kotor", 1.0))
    later = rows(("kotor", 2.0), ("mahal", 2.0), batch=2)
    both = pd.concat([first, later], ignore_index=True)
    found = _newest_of_each_key(both, [1, 2])
    told = dict(zip(found["obs_text"], found["obs_value"], strict=True))
    assert told == {"bagus": 5.0, "kotor": 2.0, "mahal": 2.0}


def test_a_figure_is_replaced_whatever_its_words():
    both = pd.concat(
        [rows(("satu", 5.0), dataset="visits"), rows(("dua", 1.0), batch=2, dataset="visits")],
        ignore_index=True,
    )
    assert _newest_of_each_key(both, [1, 2])["obs_text"].tolist() == ["dua"]


@pytest.mark.parametrize(
    ("said", "kind"), [([("bagus", 5.0)], []), ([("bagus", 4.0)], ["changed"]),
                       ([("bagus", 5.0), ("mahal", 2.0)], ["added"]), ([], ["removed"])]
)  # fmt: skip
def test_changes_of_voices_are_told_by_their_words(said, kind):
    before = rows(("bagus", 5.0))
    after = rows(*said) if said else before.head(0)
    key = list(key_columns("reviews"))
    assert _kinds(before, after, key)["kind"].tolist() == kind
