"""What the scores of a year answer: dimensions, components, change, weights, what is missing."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import told
from analytics.figures.result import Label, Number, Result, Statement
from analytics.smart_city.rows import (
    SMART_CITY,
    caveats_of,
    own_rows,
    sources_of,
    with_year_period,
    year_period,
)
from analytics.smart_city.scheme import DIMENSIONS, SCALE_TOP, WHOLE_PCT, State
from analytics.smart_city.scores import (
    SCORE,
    Change,
    Evaluation,
    change_since,
    evaluation,
    offered,
    status_of,
    weight_rows,
)
from analytics.smart_city.words import (
    a_list,
    component_labels,
    computed,
    dimension_labels,
    listed,
    percent,
    score,
    score_indicator,
    state_label,
)

EVALUATION_ITEM = "evaluasi_tahunan"
SAME_WITHIN = 0.005
AT, DONE = "@", "✓"


def dimension_report(edition: Edition, *, year: int, state: State) -> Result:
    """Score of each dimension in the year, beside the year before in the same state.

    Columns: `dimension`, `series` (the year as text), `scored` and `programmes` (how many
    programmes have any score, of how many), `known_pct` (weight that rests on known scores).
    """
    now = evaluation(edition, year=year, state=state)
    before = _before(edition, now)
    sides = [side for side in (before, now) if side is not None]
    frame = pd.concat([_dimension_frame(side) for side in sides], ignore_index=True)
    return Result(
        name="smart_city_dimensions",
        frame=frame,
        indicator=score_indicator(),
        sources=sources_of(edition, now.rows),
        period=year_period([side.year for side in sides]),
        edition=edition.stamp,
        title=_dimension_title(now),
        statements=_dimension_statements(now, before),
        caveats=caveats_of(edition, now.rows, SMART_CITY),
        notes=_notes(now, before),
        parameters={"year": year, "state": state.value},
    )


def _before(edition: Edition, now: Evaluation) -> Evaluation | None:
    """The year before in the same state, where it has any score."""
    if now.state not in offered(edition).get(now.year - 1, ()):
        return None
    return evaluation(edition, year=now.year - 1, state=now.state)


def _dimension_frame(side: Evaluation) -> pd.DataFrame:
    values = side.dimension_scores
    scored = side.scores.notna().any(axis="columns").groupby(side.dimensions).sum()
    frame = pd.DataFrame(
        {
            "dimension": list(DIMENSIONS),
            "series": str(side.year),
            "obs_value": values.to_numpy(),
            "obs_status": status_of(values, side.state).to_numpy(),
            "scored": scored.reindex(list(DIMENSIONS), fill_value=0).to_numpy(),
            "programmes": side.dimensions.value_counts()
            .reindex(list(DIMENSIONS), fill_value=0)
            .to_numpy(),
            "year": side.year,
        }
    )
    return with_year_period(frame)


def _dimension_title(now: Evaluation) -> Statement:
    values = {"year": str(now.year), "state": state_label(now.state)}
    whole = now.whole
    if pd.isna(whole):
        known = int(now.dimension_scores.notna().sum())
        key = "some" if known else "none"
        return Statement(
            f"smart_city.dimensions.title.{key}", {**values, "n": known, "all": len(DIMENSIONS)}
        )
    return Statement(
        "smart_city.dimensions.title.whole",
        {**values, "score": score(whole), "top": Number(SCALE_TOP, "number", {"decimals": 0})},
    )


def _dimension_statements(now: Evaluation, before: Evaluation | None) -> tuple[Statement, ...]:
    values = now.dimension_scores.dropna()
    names = dimension_labels()
    if values.empty:
        return ()
    extremes = None
    if len(values) > 1:
        extremes = Statement(
            "smart_city.dimensions.sentence.extremes",
            {
                "high": names[str(values.idxmax())],
                "high_score": score(values.max()),
                "low": names[str(values.idxmin())],
                "low_score": score(values.min()),
            },
        )
    return told([extremes, _whole_change(now, before)])


def _whole_change(now: Evaluation, before: Evaluation | None) -> Statement | None:
    """The mean change of the six dimensions, like for like; none unless all six are known."""
    if before is None:
        return None
    change = change_since(now, before).like_for_like
    if change.isna().any():
        return None
    size = float(change.mean())
    return Statement(
        f"smart_city.dimensions.sentence.{_direction(size)}",
        {"before": str(before.year), "size": score(abs(size))},
    )


def _direction(size: float) -> str:
    if abs(size) < SAME_WITHIN:
        return "same"
    return "up" if size > 0 else "down"


def _notes(now: Evaluation, before: Evaluation | None) -> tuple[Statement, ...]:
    """Why a score is missing, and what is not compared."""
    notes = [_weights_note(now)]
    lacking = [code for code in DIMENSIONS if pd.isna(now.dimension_scores[code])]
    if lacking and now.weights_pct.notna().all():
        names = listed([dimension_labels()[code] for code in lacking])
        notes.append(Statement("smart_city.dimensions.note.lacking", {"names": names}))
    if before is None:
        notes.append(
            Statement(
                "smart_city.dimensions.note.no_before",
                {"before": str(now.year - 1), "state": state_label(now.state)},
            )
        )
    return told(notes)


def _weights_note(now: Evaluation) -> Statement | None:
    if abs(float(now.weights_pct.sum(skipna=False)) - WHOLE_PCT) < SAME_WITHIN:
        return None
    values = {"year": str(now.year), "whole": percent(WHOLE_PCT, decimals=0)}
    return Statement("smart_city.dimensions.note.weights", values)


def component_report(edition: Edition, *, year: int, state: State, by: str) -> Result:
    """Components across, dimensions or programmes down, the score at the end.

    `by` is `dimension` or `item`. Column `component` holds the five components and `score`.
    """
    now = evaluation(edition, year=year, state=state)
    table, scores = (
        (now.by_dimension, now.dimension_scores)
        if by == "dimension"
        else (now.scores, now.programme_scores)
    )
    if by == "item":
        table, scores = _in_scheme_order(table, now), _in_scheme_order(scores, now)
    wide = table.assign(**{SCORE: scores})
    frame = (
        wide.rename_axis(by)
        .reset_index()
        .melt(id_vars=by, var_name="component", value_name="obs_value")
    )
    frame = with_year_period(
        frame.assign(obs_status=status_of(frame["obs_value"], state), year=year)
    )
    return Result(
        name=f"smart_city_components_{by}",
        frame=frame,
        indicator=score_indicator(),
        sources=sources_of(edition, now.rows),
        period=year_period([year]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.components.title.{by}", {"year": str(year), "state": state_label(state)}
        ),
        statements=_component_statements(now, by),
        notes=told([_weights_note(now)]),
        parameters={"year": year, "state": state.value, "by": by},
    )


def _in_scheme_order(table: pd.DataFrame | pd.Series, now: Evaluation) -> pd.DataFrame | pd.Series:
    """Programmes by dimension, in the scheme's order."""
    place = now.dimensions.map({code: place for place, code in enumerate(DIMENSIONS)})
    return table.loc[place.sort_values(kind="stable").index]


def _component_statements(now: Evaluation, by: str) -> tuple[Statement, ...]:
    if by == "dimension":
        means = now.by_dimension.mean().dropna()
        if len(means) < 2:
            return ()
        names = component_labels()
        values = {
            "high": names[str(means.idxmax())],
            "high_score": score(means.max()),
            "low": names[str(means.idxmin())],
            "low_score": score(means.min()),
        }
        return (Statement("smart_city.components.sentence.dimension", values),)
    whole = int(now.programme_scores.notna().sum())
    return (
        Statement(
            "smart_city.components.sentence.item", {"n": whole, "all": len(now.programme_scores)}
        ),
    )


def change_report(edition: Edition, *, year: int, state: State) -> Result:
    """Change of each dimension since the year before, in points of the score, like for like.

    Columns: `as_scored` (difference of the two results), `before_score`, `compared` (programmes
    scored in both years).
    """
    now = evaluation(edition, year=year, state=state)
    before = _before(edition, now)
    change = change_since(now, before) if before is not None else None
    frame = _change_frame(now, change)
    return Result(
        name="smart_city_change",
        frame=frame,
        indicator=computed("change", unit="points", decimals=2, better="up"),
        sources=sources_of(edition, now.rows),
        period=year_period([year - 1, year] if before is not None else [year]),
        edition=edition.stamp,
        title=_change_title(now, before, change),
        statements=_change_statements(change),
        notes=_change_notes(now, before),
        parameters={"year": year, "state": state.value},
    )


def _change_frame(now: Evaluation, change: Change | None) -> pd.DataFrame:
    nothing = pd.Series(float("nan"), index=list(DIMENSIONS))
    values = nothing if change is None else change.like_for_like
    frame = pd.DataFrame(
        {
            "dimension": list(DIMENSIONS),
            "obs_value": values.to_numpy(),
            "obs_status": status_of(values, now.state).to_numpy(),
            "as_scored": (nothing if change is None else change.as_scored).to_numpy(),
            "before_score": (nothing if change is None else change.before).to_numpy(),
            "compared": (nothing if change is None else change.programmes).to_numpy(),
            "year": now.year,
        }
    )
    return with_year_period(frame)


def _change_title(now: Evaluation, before: Evaluation | None, change: Change | None) -> Statement:
    if before is None or change is None or change.like_for_like.isna().all():
        return Statement("smart_city.change.title.none", {"year": str(now.year)})
    known = change.like_for_like.dropna()
    return Statement(
        "smart_city.change.title.some",
        {
            "n": int((known > SAME_WITHIN).sum()),
            "all": len(known),
            "year": str(now.year),
            "before": str(before.year),
        },
    )


def _change_statements(change: Change | None) -> tuple[Statement, ...]:
    if change is None or change.like_for_like.isna().all():
        return ()
    known = change.like_for_like.dropna()
    most = str(known.abs().idxmax())
    values = {"name": dimension_labels()[most], "size": score(abs(known[most]))}
    key = f"smart_city.change.sentence.{_direction(float(known[most]))}"
    return (Statement(key, values), Statement("smart_city.change.sentence.how"))


def _change_notes(now: Evaluation, before: Evaluation | None) -> tuple[Statement, ...]:
    if before is None:
        values = {"before": str(now.year - 1), "state": state_label(now.state)}
        return (Statement("smart_city.dimensions.note.no_before", values),)
    if now.weights_pct.equals(before.weights_pct):
        return ()
    values = {"year": str(now.year), "before": str(before.year)}
    return (Statement("smart_city.change.note.weights", values),)


def weights_report(edition: Edition) -> Result:
    """Weights of the components by year, in percent."""
    rows = weight_rows(edition)
    frame = rows[rows["obs_value"].notna()].reset_index(drop=True).drop(columns="indicator")
    years = sorted({int(year) for year in frame["year"]})
    changed = _weight_changes(frame)
    return Result(
        name="smart_city_weights",
        frame=frame,
        indicator=computed("weight", unit="percent", decimals=0),
        sources=sources_of(edition, frame),
        period=year_period(years),
        edition=edition.stamp,
        title=_weights_title(years, changed),
        caveats=caveats_of(edition, frame),
        notes=() if years else (Statement("smart_city.weights.note.none"),),
    )


def _weight_changes(frame: pd.DataFrame) -> list[int]:
    """Years in which any weight differs from the year before it in the table."""
    wide = frame.pivot_table(index="year", columns="component", values="obs_value")
    differs = wide.diff().abs().gt(0).any(axis="columns")
    return [int(year) for year in wide.index[differs]]


def _weights_title(years: list[int], changed: list[int]) -> Statement:
    if not years:
        return Statement("smart_city.weights.title.none")
    span = {"first": str(years[0]), "last": str(years[-1])}
    if not changed:
        return Statement("smart_city.weights.title.same", span)
    names = listed([Label(str(year), str(year)) for year in changed])
    return Statement("smart_city.weights.title.changed", {"years": names})


def missing_report(edition: Edition, *, year: int, state: State) -> Result:
    """Components that programmes lack, each with its weight: what keeps a score from being made."""
    now = evaluation(edition, year=year, state=state)
    long = (
        now.scores.rename_axis("item")
        .reset_index()
        .melt(id_vars="item", var_name="component", value_name="score")
    )
    lacking = long[long["score"].isna()].assign(
        dimension=lambda rows: rows["item"].map(now.dimensions),
        obs_value=lambda rows: rows["component"].map(now.weights_pct),
        obs_status="A",
        year=year,
    )
    order = {code: place for place, code in enumerate(DIMENSIONS)}
    ordered = lacking.assign(place=lacking["dimension"].map(order)).sort_values(
        ["place", "item"], kind="stable", ignore_index=True
    )
    frame = with_year_period(ordered.drop(columns=["score", "place"]))
    programmes_lacking = frame["item"].nunique()
    key = "some" if len(frame) else "none"
    return Result(
        name="smart_city_missing",
        frame=frame,
        indicator=computed("missing_weight", unit="percent", decimals=0),
        sources=(),
        period=year_period([year]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.missing.title.{key}",
            {"n": len(frame), "programmes": programmes_lacking, "year": str(year)},
        ),
        notes=(Statement("smart_city.missing.note.rule"),) if len(frame) else (),
        parameters={"year": year, "state": state.value},
    )


def evaluations_report(edition: Edition) -> Result:
    """What is recorded of the yearly evaluations themselves: days they were held, statements."""
    rows = evaluation_words(edition)
    codes = [f"{row.indicator}{AT}{row.period_start:%Y-%m-%d}" for row in rows.itertuples()]
    held = rows[rows["obs_text"] == "held"]
    frame = rows.assign(event=codes, obs_text=DONE).drop(columns="indicator")
    years = [int(year) for year in frame["year"].dropna()]
    key = "some" if len(held) else "none"
    return Result(
        name="smart_city_evaluations",
        frame=frame,
        indicator=a_list("evaluations"),
        sources=sources_of(edition, frame),
        period=year_period(years),
        edition=edition.stamp,
        title=Statement(f"smart_city.evaluations.title.{key}", {"n": len(held)}),
        caveats=caveats_of(edition, frame, SMART_CITY),
    )


def evaluation_words(edition: Edition) -> pd.DataFrame:
    """Rows of the evaluation item that are words, oldest first."""
    rows = own_rows(edition, SMART_CITY, item=EVALUATION_ITEM)
    return rows[rows["obs_text"].fillna("") != ""].reset_index(drop=True)
