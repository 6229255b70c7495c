"""From texts to opinions: who speaks, what each text and each aspect of it is told to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.perception.aspects import parts_of
from analytics.perception.cleaning import BAD_SIGN, GOOD_SIGN, writing
from analytics.perception.lexicon import LABELS, NEGATIVE, NEUTRAL, POSITIVE, seed_lexicon
from analytics.perception.measuring import Labels, Measured, measured
from analytics.perception.sentiment import (
    SEED_LEXICON,
    TRAINED,
    cleaned_all,
    held_out,
    judged,
    label_of_stars,
    may_train,
    speaker,
    trained,
)

WHOLE = ""
OPINION_COLUMNS = ("place", "day", "aspect", "label", "is_rated", "texts", "source_id")
WORD_COLUMNS = ("word", "side", "z", "positive_texts", "negative_texts")
FEWEST_TEXTS = 30
FEWEST_OF_WORD = 5
SHORTEST_WORD = 3
WORDS_TOLD = 12
# A word told less surely than this may be chance.
LEAST_Z = 1.96
PRIOR_WORDS = 50.0


@dataclass(frozen=True)
class Perceived:
    """What the reviews say.

    `opinions`: OPINION_COLUMNS, a row a place, day, aspect ("" the whole text), label and source
    with the number of texts. `words`: WORD_COLUMNS, the most telling first. `spoke` is trained
    or seed_lexicon; `model` and `lexicon` are measured on the rated texts, None without any.
    """

    opinions: pd.DataFrame
    words: pd.DataFrame
    spoke: str
    rated: int
    unrated: int
    model: Measured | None
    lexicon: Measured | None


def no_opinions() -> Perceived:
    """What an edition without reviews says."""
    return Perceived(
        opinions=pd.DataFrame(columns=list(OPINION_COLUMNS)),
        words=pd.DataFrame(columns=list(WORD_COLUMNS)),
        spoke=SEED_LEXICON, rated=0, unrated=0, model=None, lexicon=None,
    )  # fmt: skip


def work_out(texts: pd.DataFrame) -> Perceived:
    """Opinions of texts (place, day, stars, text, source_id); stars are the label where given."""
    is_rated = texts["stars"].notna().to_numpy()
    stars = np.array([label_of_stars(star) for star in texts.loc[is_rated, "stars"]], dtype=object)
    rated = texts.loc[is_rated, "text"]
    by_lexicon = judged(rated)
    lexicon = measured(stars, by_lexicon) if len(stars) else None
    model, spoke, tell = None, SEED_LEXICON, judged
    if may_train(stars):
        read = cleaned_all(rated)
        by_model = held_out(read, stars)
        was_held = by_model != np.array(None)
        model = measured(stars[was_held], by_model[was_held])
        spoke = speaker(stars[was_held], by_model[was_held], by_lexicon[was_held])
        if spoke == TRAINED:
            tell = _by_model(trained(read, stars))
    labels = np.empty(len(texts), dtype=object)
    labels[is_rated] = stars
    labels[~is_rated] = tell(list(texts.loc[~is_rated, "text"]))
    return Perceived(
        opinions=_counted(texts, labels, is_rated, tell),
        words=telling_words(cleaned_all(texts["text"]), labels),
        spoke=spoke,
        rated=int(is_rated.sum()),
        unrated=int((~is_rated).sum()),
        model=model,
        lexicon=lexicon,
    )


def _by_model(model):  # type: ignore[no-untyped-def]
    def tell(texts: Sequence[str]) -> np.ndarray:
        if not len(texts):
            return np.array([], dtype=object)
        found: np.ndarray = model.predict(cleaned_all(texts))
        return found

    return tell


def _counted(texts: pd.DataFrame, labels: np.ndarray, is_rated: np.ndarray, tell) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """Texts by place, day, aspect and label; `is_rated` only counts for whole texts."""
    base = texts[["place", "day", "source_id"]].reset_index(drop=True)
    whole = base.assign(aspect=WHOLE, label=labels, is_rated=is_rated)
    at, aspects, told = _aspect_opinions(list(texts["text"]), labels, tell)
    by_aspect = base.iloc[at].assign(aspect=aspects, label=told, is_rated=is_rated[at])
    rows = pd.concat([whole, by_aspect], ignore_index=True)
    keys = [name for name in OPINION_COLUMNS if name != "texts"]
    counted = rows.groupby(keys, sort=True).size().rename("texts").reset_index()
    return counted[list(OPINION_COLUMNS)]


def _aspect_opinions(texts: list[str], labels: np.ndarray, tell):  # type: ignore[no-untyped-def]
    """One opinion a text and aspect: the text's own label where it speaks of one aspect alone,
    else what its parts about that aspect are told to be.
    """
    at: list[int] = []
    aspects: list[str] = []
    told: list[str | None] = []
    asked: list[str] = []
    for number, text in enumerate(texts):
        by_aspect: dict[str, list[str]] = {}
        for part in parts_of(text):
            for aspect in part.aspects:
                by_aspect.setdefault(aspect, []).append(part.words)
        for aspect, parts in sorted(by_aspect.items()):
            at.append(number)
            aspects.append(aspect)
            told.append(str(labels[number]) if len(by_aspect) == 1 else None)
            if told[-1] is None:
                asked.append(" ".join(parts))
    answers = iter(tell(asked))
    return np.array(at, dtype=int), aspects, [str(next(answers)) if t is None else t for t in told]


def telling_words(clean: Sequence[str], labels: Labels) -> pd.DataFrame:
    """Words that part content from discontented texts most surely, WORDS_TOLD a side.

    Log odds of being in a positive text over a negative one, both drawn to their sum by a prior
    (Monroe, Colaresi and Quinn 2008), over their standard error. None of fewer than 30 texts.
    """
    sides = {side: _texts_by_word(clean, labels, side) for side in (POSITIVE, NEGATIVE)}
    sizes = {side: sum(label == side for label in labels) for side in (POSITIVE, NEGATIVE)}
    if len(labels) < FEWEST_TEXTS or not all(sizes.values()):
        return pd.DataFrame(columns=list(WORD_COLUMNS))
    words = sorted(word for word, n in (sides[POSITIVE] + sides[NEGATIVE]).items()
                   if n >= FEWEST_OF_WORD and _is_told(word))  # fmt: skip
    frame = pd.DataFrame({
        "word": words,
        "positive_texts": [sides[POSITIVE][word] for word in words],
        "negative_texts": [sides[NEGATIVE][word] for word in words],
    })  # fmt: skip
    counts = [frame[f"{side}_texts"].to_numpy(float) for side in (POSITIVE, NEGATIVE)]
    frame = frame.assign(z=log_odds_z(*counts))
    frame = frame.assign(side=np.where(frame["z"] > 0, POSITIVE, NEGATIVE))
    sure = frame[frame["z"].abs() >= LEAST_Z].sort_values(["z", "word"], ascending=[False, True])
    ends = [sure[sure["z"] > 0].head(WORDS_TOLD), sure[sure["z"] < 0].tail(WORDS_TOLD)[::-1]]
    best = pd.concat(ends)
    return best[list(WORD_COLUMNS)].reset_index(drop=True)


def log_odds_z(positive: np.ndarray, negative: np.ndarray) -> np.ndarray:
    """z of the log odds ratio of each word, with a prior of PRIOR_WORDS words spread as in both."""
    both = positive + negative
    prior = PRIOR_WORDS * both / max(both.sum(), 1.0)
    total = {"p": positive.sum() + PRIOR_WORDS, "n": negative.sum() + PRIOR_WORDS}
    p, n = positive + prior, negative + prior
    odds = np.log(p / (total["p"] - p)) - np.log(n / (total["n"] - n))
    found: np.ndarray = odds / np.sqrt(1 / p + 1 / n)
    return found


def _texts_by_word(clean: Sequence[str], labels: Labels, side: str) -> Counter[str]:
    return Counter(
        word
        for text, label in zip(clean, labels, strict=True)
        if label == side
        for word in set(text.split())
    )


def _is_told(word: str) -> bool:
    """Words that mean something by themselves: none that only turn, strengthen or join."""
    lexicon = seed_lexicon()
    idle = lexicon.negations | lexicon.intensifiers | lexicon.contrasts | lexicon.diminishers
    idle |= writing().idle_words
    is_sign = word in (GOOD_SIGN, BAD_SIGN)
    return len(word) > SHORTEST_WORD and word not in idle and not is_sign and not word.isdigit()


__all__ = ["LABELS", "NEUTRAL", "Perceived", "no_opinions", "telling_words", "work_out"]
