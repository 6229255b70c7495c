"""Sentiment of texts by a model trained on the region's own rated reviews.

Words and characters (TF-IDF) of the cleaned text and the counts of the seed lexicon go into one
linear support vector machine. scikit-learn is imported when it is needed and not before: only job
processes and commands train.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from analytics.perception.cleaning import cleaned
from analytics.perception.lexicon import LABELS, NEGATIVE, NEUTRAL, POSITIVE, judge, judge_words
from analytics.perception.measuring import Labels, macro_f1

SEED = 20261124
FOLDS = 5
# Above this many rated texts one fold is held out and judged, and stands for the others.
MOST_FOLDED = 2000
REGULARISATION = 0.5
# Before this many rated texts, and this many of each label, the seed lexicon speaks.
LEAST_RATED, LEAST_OF_LABEL = 300, 30
SEED_LEXICON, TRAINED = "seed_lexicon", "trained"


def label_of_stars(stars: float) -> str:
    """What a rating says: 4 and 5 stars positive, 3 neutral, 1 and 2 negative."""
    if stars >= 4:
        return POSITIVE
    return NEUTRAL if stars >= 3 else NEGATIVE


def judged(texts: Sequence[str]) -> np.ndarray:
    """The labels of texts by the seed lexicon alone."""
    return np.array([judge(text).label for text in texts], dtype=object)


def trained(texts: Sequence[str], labels: Labels) -> Any:
    """A model of these cleaned texts (`cleaned_all`). Raises ValueError for a single label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion, make_pipeline
    from sklearn.preprocessing import FunctionTransformer
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, tokenizer=str.split, token_pattern=None
    )
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=120_000
    )
    seed = FunctionTransformer(lexicon_features)
    machine = LinearSVC(C=REGULARISATION, class_weight="balanced", random_state=SEED)
    features = FeatureUnion([("words", words), ("letters", letters), ("seed", seed)])
    return make_pipeline(features, machine).fit(list(texts), list(labels))


def cleaned_all(texts: Sequence[str]) -> list[str]:
    """Texts as the model reads them."""
    return [cleaned(text) for text in texts]


def lexicon_features(texts: Sequence[str]) -> np.ndarray:
    """Six numbers a cleaned text: parts of both sides, their balance, how often and how turned."""
    return np.array([_features(text.split()) for text in texts]).reshape(-1, 6)


def _features(words: list[str]) -> list[float]:
    found = judge_words(words)
    weight = 1 + found.positive + found.negative
    root = max(1, found.words) ** 0.5
    return [
        found.positive / weight,
        found.negative / weight,
        float(np.tanh(found.score / 2)),
        found.score / root,
        found.hits / root,
        found.negations / root,
    ]


def held_out(
    texts: Sequence[str],
    labels: Labels,
    *,
    folds: int = FOLDS,
    train: Callable[[Sequence[str], Labels], Any] = trained,
) -> np.ndarray:
    """For each text the label of a model that did not see it (stratified folds, fixed seed).

    The texts are cleaned where `train` wants them so. Above MOST_FOLDED texts only one fold is
    held out: the others are told None.
    """
    from sklearn.model_selection import StratifiedKFold

    read, truth = np.array(texts, dtype=object), np.array(labels, dtype=object)
    told = np.empty(len(truth), dtype=object)
    cut = StratifiedKFold(folds, shuffle=True, random_state=0)
    rounds = folds if len(truth) <= MOST_FOLDED else 1
    for seen, unseen in islice(cut.split(read, truth), rounds):
        told[unseen] = train(read[seen], truth[seen]).predict(read[unseen])
    return told


def may_train(labels: Labels) -> bool:
    """True when there are enough rated texts of every label."""
    counts = [list(labels).count(label) for label in LABELS]
    return sum(counts) >= LEAST_RATED and min(counts) >= LEAST_OF_LABEL


def speaker(labels: Labels, by_model: Labels, by_lexicon: Labels) -> str:
    """Who speaks for unrated texts: the model only where it is no worse on texts it never saw."""
    is_worse = macro_f1(labels, by_model) < macro_f1(labels, by_lexicon)
    return SEED_LEXICON if is_worse else TRAINED


def yardstick(texts: Sequence[str], labels: Labels) -> Any:
    """A plain TF-IDF with logistic regression on the raw texts: what the pipeline must beat."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2)),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
    )
    plain = LogisticRegression(max_iter=2000)
    return make_pipeline(features, plain).fit(list(texts), list(labels))
