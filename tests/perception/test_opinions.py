"""Measuring, training and who speaks, on drawn tables and invented reviews."""

import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.perception import opinions, sentiment
from analytics.perception.lexicon import LABELS
from analytics.perception.measuring import confusion, macro_f1, macro_f1_of, measured, score

SPEC = Path(__file__).parents[1] / "spec"
GOOD = ("bersih dan ramah", "murah dan nyaman", "indah sekali", "apik tenan", "sejuk dan asri")
BAD = ("kotor dan bau", "mahal dan rusak", "judes sekali", "reged tenan", "licin dan bahaya")
PLAIN = ("hari minggu", "jalan desa", "naik bus", "pasar lama", "loket depan")


def drawn(name):
    table = tomllib.loads((SPEC / f"tourism_{name}.toml").read_text(encoding="utf-8"))
    return pd.DataFrame(table["rows"], columns=table["columns"]), table["expected"]


def texts(n, *, rated=True):
    rows = []
    for at in range(n):
        pieces, stars = ((GOOD, 5.0), (BAD, 1.0), (PLAIN, 3.0))[at % 3]
        words = f"{pieces[at % 5]} {pieces[(at // 5) % 5]}"
        rows.append({"place": "a", "day": pd.Timestamp(2025, 1 + at % 12, 1), "text": words,
                     "stars": stars if rated else np.nan, "source_id": "s"})  # fmt: skip
    return pd.DataFrame(rows)


def test_macro_f1():
    table, expected = drawn("macro_f1")
    counts = confusion(table["true"], table["told"])
    for at, label in enumerate(LABELS):
        size = counts[at].sum() + counts[:, at].sum()
        assert 2 * counts[at, at] / size == pytest.approx(expected[f"f1_{label}"], abs=1e-6)
    assert macro_f1(table["true"], table["told"]) == pytest.approx(expected["macro_f1"], abs=1e-6)


@pytest.mark.thorough
@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1))
def test_macro_f1_is_that_of_another_program(pairs):
    from sklearn.metrics import f1_score

    truth, told = zip(*pairs, strict=True)
    theirs = f1_score(truth, told, labels=LABELS, average="macro", zero_division=0)
    assert macro_f1(truth, told) == pytest.approx(theirs)


def test_interval_holds_the_value_and_narrows_with_more_texts():
    few = measured(
        ["positive", "neutral", "negative"] * 10, ["positive", "neutral", "neutral"] * 10
    )
    many = measured(["positive", "neutral", "negative"] * 400,
                    ["positive", "neutral", "neutral"] * 400)  # fmt: skip
    assert few.low < few.macro_f1 < few.high
    assert many.high - many.low < few.high - few.low


def test_an_unknown_label_is_refused_by_name():
    with pytest.raises(ValueError, match="good"):
        macro_f1(["good"], ["positive"])


def test_perception_score():
    table, expected = drawn("perception_score")
    found = [score(positive=row.positive, neutral=row.neutral, negative=row.negative,
                   overall=row.mean) for row in table.itertuples()]  # fmt: skip
    assert [one.raw for one in found] == pytest.approx(expected["raw"], abs=1e-6)
    assert [one.shrunk for one in found] == pytest.approx(expected["shrunk"], abs=1e-6)


@settings(deadline=None)
@given(
    st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.floats(0, 100)
)  # fmt: skip
def test_a_score_lies_between_its_own_and_the_mean(positive, neutral, negative, overall):
    if not positive + neutral + negative:
        with pytest.raises(ValueError, match="text"):
            score(positive=positive, neutral=neutral, negative=negative, overall=overall)
        return
    found = score(positive=positive, neutral=neutral, negative=negative, overall=overall)
    ends = sorted((found.raw, overall))
    assert ends[0] - 1e-9 <= found.shrunk <= ends[1] + 1e-9
    assert 0 <= found.low <= found.shrunk + 1e-9 and found.shrunk <= found.high + 1e-9 <= 100.1


@pytest.mark.parametrize(
    ("stars", "label"), [(5, "positive"), (4, "positive"), (3, "neutral"), (2, "negative")]
)
def test_stars_are_the_label(stars, label):
    assert sentiment.label_of_stars(stars) == label


def test_few_rated_texts_leave_the_word_to_the_lexicon():
    found = opinions.work_out(texts(60))
    assert found.spoke == sentiment.SEED_LEXICON and found.model is None
    assert found.lexicon.n == 60


def test_a_model_worse_than_the_lexicon_does_not_speak():
    truth = ["positive", "neutral", "negative"]
    assert sentiment.speaker(truth, ["neutral"] * 3, truth) == sentiment.SEED_LEXICON
    assert sentiment.speaker(truth, truth, ["neutral"] * 3) == sentiment.TRAINED


@pytest.mark.thorough
def test_enough_rated_texts_train_a_model_that_is_measured_on_what_it_did_not_see():
    both = pd.concat([texts(330), texts(60, rated=False)], ignore_index=True)
    found = opinions.work_out(both)
    assert found.spoke == sentiment.TRAINED
    assert (found.rated, found.unrated, found.model.n) == (330, 60, 330)
    whole = found.opinions[found.opinions["aspect"] == opinions.WHOLE]
    assert whole["texts"].sum() == 390
    assert not whole.loc[whole["is_rated"], "label"].isna().any()


@pytest.mark.thorough
def test_held_out_labels_come_from_models_that_did_not_see_the_text():
    """Labels by a coin cannot be told: a leak of the text itself would tell them."""
    words = [f"kata{n}" for n in range(300)]
    coin = np.random.default_rng(1).choice(LABELS, size=300)
    told = sentiment.held_out(words, coin, folds=5)
    assert macro_f1(coin, told) < 0.5


def test_a_single_aspect_takes_the_stars_and_several_are_told_apart():
    frame = pd.DataFrame(
        [
            {"text": "toiletnya begitulah", "stars": 1.0},
            {"text": "pemandangan indah, tiket mahal", "stars": 3.0},
        ]
    ).assign(place="a", day=pd.Timestamp(2025, 1, 1), source_id="s")
    found = opinions.work_out(frame).opinions
    labels = dict(zip(found["aspect"], found["label"], strict=True)) | {}
    assert labels["facilities"] == "negative"
    assert labels["nature_culture"] == "positive" and labels["price"] == "negative"


def test_telling_words_need_thirty_texts_and_fall_on_the_right_side():
    clean = ["bersih sekali", "kotor sekali"] * 20
    labels = ["positive", "negative"] * 20
    assert opinions.telling_words(clean[:20], labels[:20]).empty
    found = opinions.telling_words(clean, labels).set_index("word")["side"]
    assert found.to_dict() == {"bersih": "positive", "kotor": "negative"}


def test_log_odds_by_hand():
    """10 against 0 of 20 words, prior 50: log(35/85) - log(25/95) over its standard error."""
    found = opinions.log_odds_z(np.array([10.0, 0.0]), np.array([0.0, 10.0]))
    by_hand = (np.log(35 / 25) - np.log(25 / 35)) / np.sqrt(1 / 35 + 1 / 25)
    assert found == pytest.approx([by_hand, -by_hand])


def test_no_score_without_counts():
    assert macro_f1_of(np.zeros((3, 3))) == 0
