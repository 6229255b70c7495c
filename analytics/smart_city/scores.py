"""Scores by component, programme and dimension of one year, in one state of certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.status import ObsStatus
from analytics.smart_city.formulas import (
    component_means,
    known_weight_pct,
    like_for_like,
    mean_of_all,
    weighted_scores,
)
from analytics.smart_city.rows import SMART_CITY, programmes, yearly
from analytics.smart_city.scheme import COMPONENTS, DIMENSIONS, State, score_code, weight_code

# Code of an indicator -> component and state.
SCORES: Mapping[str, tuple[str, State]] = {
    score_code(component, state): (component, state) for component in COMPONENTS for state in State
}
SCORE = "score"


@dataclass(frozen=True)
class Evaluation:
    """The scores of one year in one state. Rows of `scores` are programmes, columns components."""

    year: int
    state: State
    scores: pd.DataFrame
    dimensions: pd.Series
    weights_pct: pd.Series
    rows: pd.DataFrame

    @property
    def by_dimension(self) -> pd.DataFrame:
        """Mean of each component over the programmes that have it, one row for each dimension."""
        return component_means(self.scores, self.dimensions).reindex(list(DIMENSIONS))

    @property
    def dimension_scores(self) -> pd.Series:
        """Score of each dimension; missing where a component with a weight is."""
        return weighted_scores(self.by_dimension, weights_pct=self.weights_pct)

    @property
    def programme_scores(self) -> pd.Series:
        """Score of each programme; missing where a component with a weight is."""
        return weighted_scores(self.scores, weights_pct=self.weights_pct)

    @property
    def whole(self) -> float:
        """Mean of the six dimensions; missing as soon as one of them is."""
        return mean_of_all(self.dimension_scores, wanted=DIMENSIONS)

    @property
    def known_weight_pct(self) -> pd.Series:
        """How much of the weight rests on known scores, by programme."""
        return known_weight_pct(self.scores, weights_pct=self.weights_pct)


def score_rows(edition: Edition) -> pd.DataFrame:
    """Every score of a component, missing ones too: with `component`, `state` and `dimension`."""
    rows = yearly(edition, SMART_CITY, indicator=tuple(SCORES))
    table = programmes(edition).set_index("item")["dimension"]
    rows = rows.assign(
        component=[SCORES[str(code)][0] for code in rows["indicator"]],
        state=[SCORES[str(code)][1].value for code in rows["indicator"]],
        dimension=rows["item"].map(table),
    )
    return rows[rows["dimension"].notna()].reset_index(drop=True)


def offered(edition: Edition) -> dict[int, tuple[State, ...]]:
    """Years with a score, each with the states in which it has one, the surest first."""
    rows = score_rows(edition)
    known = rows[rows["obs_value"].notna()]
    return {
        int(year): tuple(state for state in State if state.value in set(group["state"]))
        for year, group in known.groupby("year")
    }


def weights_pct(edition: Edition, year: int) -> pd.Series:
    """The weight of each component in a year, in percent; missing where the pack has none."""
    rows = yearly(edition, SMART_CITY, indicator=[weight_code(name) for name in COMPONENTS])
    of_year = rows[rows["year"] == year].set_index("indicator")["obs_value"]
    return pd.Series({name: of_year.get(weight_code(name), np.nan) for name in COMPONENTS})


def weight_rows(edition: Edition) -> pd.DataFrame:
    """All weights, oldest first, with `component`."""
    codes = {weight_code(name): name for name in COMPONENTS}
    rows = yearly(edition, SMART_CITY, indicator=tuple(codes))
    return rows.assign(component=rows["indicator"].map(codes))


def evaluation(edition: Edition, *, year: int, state: State) -> Evaluation:
    """The scores of a year in a state; every programme has a row, scored or not."""
    table = programmes(edition).set_index("item")
    every = score_rows(edition)
    rows = every[(every["year"] == year) & (every["state"] == state.value)]
    wide = rows.pivot_table(index="item", columns="component", values="obs_value", dropna=False)
    return Evaluation(
        year=year,
        state=state,
        scores=wide.reindex(index=table.index, columns=list(COMPONENTS)).astype(float),
        dimensions=table["dimension"],
        weights_pct=weights_pct(edition, year),
        rows=rows,
    )


@dataclass(frozen=True)
class Change:
    """Scores of dimensions on two years, and their change, by dimension, in points.

    `as_scored` is what the two results say. `like_for_like` takes only programmes and components
    scored in both years, and weighs both with the newer year's weights: only it says whether
    anything became better.
    """

    as_scored: pd.Series
    like_for_like: pd.Series
    before: pd.Series
    programmes: pd.Series


def change_since(now: Evaluation, before: Evaluation) -> Change:
    """The change by dimension between two evaluations in the same state.

    Raises ValueError for two states: a draft is not compared with what was verified.
    """
    if now.state is not before.state:
        raise ValueError(f"{now.state} is not compared with {before.state}.")
    newer, older = like_for_like(now.scores, before.scores)
    sides = [
        weighted_scores(
            component_means(side, now.dimensions.reindex(side.index)),
            weights_pct=now.weights_pct,
        ).reindex(list(DIMENSIONS))
        for side in (newer, older)
    ]
    compared = newer.notna().any(axis="columns").groupby(now.dimensions).sum()
    return Change(
        as_scored=now.dimension_scores - before.dimension_scores,
        like_for_like=sides[0] - sides[1],
        before=before.dimension_scores,
        programmes=compared.reindex(list(DIMENSIONS), fill_value=0),
    )


def status_of(values: pd.Series, state: State) -> pd.Series:
    """The status of computed scores: that of their state, missing where there is none."""
    known = values.notna()
    return known.map({True: state.status, False: ObsStatus.MISSING.value})
