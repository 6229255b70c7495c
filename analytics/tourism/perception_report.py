"""What visitors think: five scores, their course, and the most telling words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.figures.result import Label, Number, Result, Statement
from analytics.jobs.perception import perceived
from analytics.perception.aspects import SCORES
from analytics.perception.lexicon import LABELS
from analytics.perception.measuring import Measured, Score, score
from analytics.perception.opinions import FEWEST_TEXTS, WHOLE, Perceived
from analytics.tourism.answers import (
    answer,
    first_code,
    indicator_of,
    missing_notes,
    nothing,
    ranged,
    year_cells,
)
from analytics.tourism.brand_formulas import is_apart
from analytics.tourism.words import listed

WHOLE_NUMBER = {"decimals": 0}
OVERALL = "overall"


def opinions_of(edition: Edition) -> pd.DataFrame:
    """Opinions with `year`."""
    opinions = perceived(edition).opinions
    return opinions.assign(year=pd.to_datetime(opinions["day"]).dt.year)


def perception_years(edition: Edition) -> tuple[int, ...]:
    """Years with at least 30 texts, oldest first."""
    opinions = opinions_of(edition)
    whole = opinions[opinions["aspect"] == WHOLE]
    counts = whole.groupby("year")["texts"].sum()
    return tuple(int(year) for year in counts.index[counts >= FEWEST_TEXTS])


def counts_of(opinions: pd.DataFrame, aspects: Iterable[str]) -> dict[str, float]:
    """Texts by label that speak of any of these aspects."""
    rows = opinions[opinions["aspect"].isin(list(aspects))]
    sums = rows.groupby("label")["texts"].sum()
    return {label: float(sums.get(label, 0.0)) for label in LABELS}


def overall_of(counts: dict[str, float]) -> float:
    """Share of content texts out of 100, a neutral one counted half."""
    total = sum(counts.values())
    return 100 * (counts["positive"] + counts["neutral"] / 2) / total


def scores_report(edition: Edition, *, year: int = 0) -> Result:
    """The five scores of a year (0: the newest), shrunk to the mean of all remarks on aspects.

    Columns `score` (which), `raw`, `low`, `high`, `texts`, `last_day`. A score of fewer than 30
    texts is missing.
    """
    indicator = indicator_of("perception_score", unit="score", decimals=0)
    years = perception_years(edition)
    if not years:
        return answer(
            edition, name="perception_scores", frame=nothing("score"), indicator=indicator,
            title=Statement("perception.scores.title.empty"), notes=_empty_notes(edition),
        )  # fmt: skip
    year = year if year in years else years[-1]
    opinions = opinions_of(edition)
    of_year = opinions[opinions["year"] == year]
    frame = _score_frame(of_year, year)
    return answer(
        edition, name="perception_scores", frame=frame, indicator=indicator,
        used=_used(of_year), title=_scores_title(frame, year),
        statements=_scores_statements(of_year, frame, perceived(edition)), notes=_few(frame),
        parameters={"year": year},
    )  # fmt: skip


def _empty_notes(edition: Edition) -> tuple[Statement, ...]:
    opinions = opinions_of(edition)
    n = int(opinions.loc[opinions["aspect"] == WHOLE, "texts"].sum())
    if not n:
        return missing_notes("reviews")
    return (Statement("perception.missing.few_reviews", {"n": n, "least": FEWEST_TEXTS}),
            missing_notes("reviews")[1])  # fmt: skip


def _used(opinions: pd.DataFrame) -> pd.DataFrame:
    """Sources as rows with a value."""
    return opinions.assign(obs_value=opinions["texts"].astype(float), caveat="")


def _score_frame(opinions: pd.DataFrame, year: int) -> pd.DataFrame:
    every = counts_of(opinions, [aspect for group in SCORES.values() for aspect in group])
    mean = overall_of(every) if sum(every.values()) else 50.0
    rows = [_score_row(name, counts_of(opinions, group), mean) for name, group in SCORES.items()]
    last = pd.to_datetime(opinions["day"]).max()
    frame = pd.DataFrame(rows).assign(
        **year_cells(year, until=last), last_day=last,
        source_id=first_code(opinions["source_id"]), caveat="",
    )  # fmt: skip
    return frame.sort_values("obs_value", ascending=False, ignore_index=True)


def _score_row(name: str, counts: dict[str, float], mean: float) -> dict[str, object]:
    texts = sum(counts.values())
    if texts < FEWEST_TEXTS:
        gap = float("nan")
        return {"score": name, "obs_value": gap, "raw": gap, "low": gap, "high": gap,
                "texts": texts, "obs_status": "M"}  # fmt: skip
    found = score(**counts, overall=mean)
    return {"score": name, "obs_value": found.shrunk, "raw": found.raw, "low": found.low,
            "high": found.high, "texts": texts, "obs_status": "E"}  # fmt: skip


def score_label(name: str) -> Label:
    """What a score is called."""
    return in_both(f"perception.score.{name}")


def _scores_title(frame: pd.DataFrame, year: int) -> Statement:
    known = frame[frame["obs_value"].notna()]
    if len(known) < 2:
        return Statement("perception.scores.title.few", {"year": str(year)})
    best, worst = known.iloc[0], known.iloc[-1]
    if not is_apart(ranged(best), ranged(worst)):
        return Statement("perception.scores.title.not_apart", {"year": str(year)})
    values = {"best": score_label(best["score"]), "worst": score_label(worst["score"])}
    return Statement("perception.scores.title.apart", {**values, "year": str(year)})


def _scores_statements(
    opinions: pd.DataFrame, frame: pd.DataFrame, found: Perceived
) -> tuple[Statement, ...]:
    n = int(opinions.loc[opinions["aspect"] == WHOLE, "texts"].sum())
    last = Number(frame["last_day"].iloc[0].date(), "date")
    read = Statement(
        "perception.scores.sentence.read", {"n": Number(n, "number", WHOLE_NUMBER), "day": last}
    )
    return (read, *speaker_statements(found))


def speaker_statements(found: Perceived) -> tuple[Statement, ...]:
    """Who spoke for unrated texts and parts of texts, and how right it was on held-out ones."""
    spoke = Statement(
        f"perception.speaker.{found.spoke}",
        {"rated": Number(found.rated, "number", WHOLE_NUMBER),
         "unrated": Number(found.unrated, "number", WHOLE_NUMBER)},
    )  # fmt: skip
    told = [spoke]
    for name, measured in (("model", found.model), ("lexicon", found.lexicon)):
        if measured is not None:
            told.append(Statement(f"perception.speaker.measured_{name}", _measured(measured)))
    return tuple(told)


def _measured(measured: Measured) -> dict[str, object]:
    two = {"decimals": 2}
    return {
        "f1": Number(measured.macro_f1, "number", two),
        "low": Number(measured.low, "number", two),
        "high": Number(measured.high, "number", two),
        "n": Number(measured.n, "number", WHOLE_NUMBER),
    }


def _few(frame: pd.DataFrame) -> tuple[Statement, ...]:
    few = frame[frame["obs_value"].isna()]
    if few.empty:
        return ()
    names = listed([score_label(name) for name in few["score"]])
    return (Statement("perception.scores.note.few", {"scores": names, "least": FEWEST_TEXTS}),)


def overall_score(opinions: pd.DataFrame, *, mean: float) -> Score:
    """The score of whole texts."""
    return score(**counts_of(opinions, [WHOLE]), overall=mean)


def course_report(edition: Edition) -> Result:
    """The score of whole texts by year, drawn to the mean of all years."""
    indicator = indicator_of("overall_score", unit="score", decimals=0)
    years = perception_years(edition)
    if not years:
        return answer(
            edition, name="perception_by_year", frame=nothing("year"), indicator=indicator,
            title=Statement("perception.course.title.empty"), notes=_empty_notes(edition),
        )  # fmt: skip
    opinions = opinions_of(edition)
    mean = overall_of(counts_of(opinions, [WHOLE]))
    rows = []
    for year in years:
        found = overall_score(opinions[opinions["year"] == year], mean=mean)
        rows.append({**year_cells(year), "obs_value": found.shrunk, "raw": found.raw,
                     "low": found.low, "high": found.high, "texts": found.n, "obs_status": "E",
                     "source_id": first_code(opinions["source_id"]), "caveat": ""})  # fmt: skip
    frame = pd.DataFrame(rows)
    last = pd.to_datetime(opinions["day"]).max()
    frame.loc[frame.index[-1], "period_end"] = min(last, frame["period_end"].iloc[-1])
    return answer(
        edition, name="perception_by_year", frame=frame, indicator=indicator,
        used=_used(opinions), title=_course_title(frame),
    )  # fmt: skip


def _course_title(frame: pd.DataFrame) -> Statement:
    first, last = frame.iloc[0], frame.iloc[-1]
    values = {"first": str(int(first["year"])), "last": str(int(last["year"]))}
    if len(frame) < 2:
        return Statement("perception.course.title.one", {"year": values["last"]})
    if not is_apart(ranged(first), ranged(last)):
        return Statement("perception.course.title.not_apart", values)
    kind = "up" if last["obs_value"] > first["obs_value"] else "down"
    return Statement(f"perception.course.title.{kind}", values)


def words_report(edition: Edition) -> Result:
    """The words that part content from discontented texts most surely; `obs_value` is their z.

    Columns `word`, `side`, `positive_texts`, `negative_texts`. Over all years.
    """
    indicator = indicator_of("telling_word", unit="z", decimals=1, better="neither")
    found = perceived(edition)
    years = perception_years(edition)
    if found.words.empty or not years:
        return answer(
            edition, name="telling_words", frame=nothing("word"), indicator=indicator,
            title=Statement("perception.words.title.empty"), notes=_empty_notes(edition),
        )  # fmt: skip
    days = pd.to_datetime(found.opinions["day"])
    frame = found.words.assign(
        obs_value=found.words["z"], obs_status="E", period_start=days.min(),
        period_end=days.max(), freq="_O", source_id=first_code(found.opinions["source_id"]),
        caveat="",
    )  # fmt: skip
    tops = {side: listed([Label(word, word) for word in frame.loc[frame["side"] == side, "word"]],
                         at_most=4) for side in ("positive", "negative")}  # fmt: skip
    return answer(
        edition, name="telling_words", frame=frame, indicator=indicator,
        used=_used(found.opinions), title=Statement("perception.words.title.told"),
        statements=(Statement("perception.words.sentence.both", tops),),
    )  # fmt: skip
