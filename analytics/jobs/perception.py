"""What visitors say, worked out in a process of its own and kept beside the edition.

The answer depends on the dataset's rows and the program alone, so its file is named by both: the
same file serves every edition that holds these rows. Nothing here is pickled.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import pandas as pd

from analytics.editions.edition import Edition
from analytics.jobs.codec import decoded, encoded
from analytics.jobs.render import run_job
from analytics.perception.measuring import Measured, measured
from analytics.perception.opinions import Perceived, no_opinions
from analytics.settings import PROJECT_ROOT

DATASET, INDICATOR = "reviews", "review_text"
FOLDER = "perceived"


def perceived(edition: Edition) -> Perceived:
    """The opinions in the edition's reviews; from its file, else worked out in a job and kept.

    Raises JobFailed when the job gives no answer.
    """
    if DATASET not in edition.datasets:
        return no_opinions()
    path = edition.folder.parent / FOLDER / f"{_key(edition)}.json"
    if path.is_file():
        kept: Perceived = decoded(path.read_bytes())
        return kept
    texts = review_texts(edition)
    found: Perceived = (
        run_job("analytics.perception.opinions:work_out", texts=texts)
        if len(texts)
        else no_opinions()
    )
    _keep(path, encoded(found))
    return found


def review_texts(edition: Edition) -> pd.DataFrame:
    """place, day, stars (NaN where unrated), text of every review of the region, oldest first."""
    rows = edition.observations(DATASET, indicator=INDICATOR)
    columns = {"period_start": "day", "obs_value": "stars", "obs_text": "text"}
    frame = rows.rename(columns=columns)[["place", "day", "stars", "text", "source_id"]]
    return frame.sort_values(["day", "place", "text"], kind="stable", ignore_index=True)


def _key(edition: Edition) -> str:
    rows = str(edition.dataset_facts(DATASET)["rows_sha256"])
    return hashlib.sha256(f"{rows} {program()}".encode()).hexdigest()[:32]


@cache
def program() -> str:
    """A hash of the code and words that opinions depend on."""
    folder = PROJECT_ROOT / "analytics" / "perception"
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.py"), *folder.glob("lexicon/*.toml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _keep(path: Path, content: bytes) -> None:
    """Written beside and then put in place: a reader sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as beside:
        beside.write(content)
    os.replace(beside.name, path)  # noqa: PTH105 (one step, over an older file too)


# Measuring on texts with known labels


def measured_on(train: pd.DataFrame, test: pd.DataFrame) -> dict[str, Measured]:
    """Macro F1 on `test` of the pipeline and the plain yardstick trained on `train`, and of the
    seed lexicon alone. Frames with `text` and `label`. Raises ValueError for an unknown label.
    """
    from analytics.perception import sentiment

    read = {name: sentiment.cleaned_all(frame["text"]) for name, frame in
            (("train", train), ("test", test))}  # fmt: skip
    told = {
        "pipeline": sentiment.trained(read["train"], train["label"]).predict(read["test"]),
        "seed_lexicon": sentiment.judged(test["text"]),
        "yardstick": sentiment.yardstick(train["text"], train["label"]).predict(test["text"]),
    }
    return {name: measured(test["label"], labels) for name, labels in told.items()}


def measured_over(frame: pd.DataFrame, *, folds: int) -> dict[str, Measured]:
    """The same by stratified folds of one table: every text is told by a model without it."""
    from analytics.perception import sentiment

    read = sentiment.cleaned_all(frame["text"])
    told = {
        "pipeline": sentiment.held_out(read, frame["label"], folds=folds),
        "seed_lexicon": sentiment.judged(frame["text"]),
        "yardstick": sentiment.held_out(
            list(frame["text"]), frame["label"], folds=folds, train=sentiment.yardstick
        ),
    }
    return {name: measured(frame["label"], labels) for name, labels in told.items()}
