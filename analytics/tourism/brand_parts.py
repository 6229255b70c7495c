"""The parts of the internal brand index: each year's value with its number, date and draws.

A part says what it was measured on and keeps draws of its value (bootstrap), so that the index
has an interval. A part that cannot be known is not there; nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.perception.aspects import SCORES
from analytics.perception.measuring import PRIOR_TEXTS
from analytics.perception.opinions import FEWEST_TEXTS, WHOLE
from analytics.tourism.answers import FEWEST_ASKED
from analytics.tourism.brand_formulas import DRAWS, SEED, resampled_means
from analytics.tourism.perception_report import counts_of, opinions_of, overall_of, perception_years
from analytics.tourism.revenue import REALISED, TARGETS
from analytics.tourism.rows import BRANDING, YEAR, region_rows
from analytics.tourism.search import FEWEST_MONTHS, monthly_shares, peer_count, search_rows
from analytics.tourism.site_months import common_cells, fixed_panel, site_months
from analytics.tourism.surveys import answers_by_year, support_by_year, survey_rows

PARTS = (
    "reach", "demand", "perception", "experience", "economy", "resident_support", "business",
    "surroundings",
)  # fmt: skip
FEWEST_SITES = 3
PAD = "pad"
BUSINESSES = "micro_business_units"
SURROUNDINGS = tuple(aspect for name in ("comfort", "access_safety") for aspect in SCORES[name])


@dataclass(frozen=True)
class PartValue:
    """One part in one year, in its own unit.

    `n` is what it rests on (months, sites, texts, people; 1 for a single count), `day` its newest
    observation, `draws` values as they might have been: all the same for a count.
    """

    part: str
    year: int
    value: float
    n: int
    day: pd.Timestamp
    draws: np.ndarray
    source_id: str
    is_sampled: bool = True


def part_values(edition: Edition) -> tuple[PartValue, ...]:
    """Every part of every year that can be known, verified figures only."""
    return tuple(value for part in PARTS for value in OF_PART[part](edition))


def _random(part: str, year: int) -> np.random.Generator:
    return np.random.default_rng([SEED, PARTS.index(part), year])


def _reach(edition: Edition) -> list[PartValue]:
    """Share of search in the peer set in percent; months are drawn again."""
    rows = search_rows(edition)
    if peer_count(rows) < 2:
        return []
    shares = monthly_shares(rows)
    own = shares[shares["area"] == edition.ref_area]
    found = []
    for year, part in own.groupby("year"):
        if len(part) >= FEWEST_MONTHS:
            of_year = rows[rows["year"] == year]
            found.append(PartValue(
                "reach", int(year), float(part["share_pct"].mean()), len(part),
                of_year["period_end"].max(), resampled_means(part["share_pct"]),
                _source(of_year),
            ))  # fmt: skip
    return found


def _demand(edition: Edition) -> list[PartValue]:
    """Visits of the fixed panel of two years in percent of the year before; sites drawn again."""
    rows = site_months(edition)
    years = sorted({int(year) for year in rows["year"].dropna()}) if len(rows) else []
    found = []
    for before, year in pairwise(years):
        panel = fixed_panel(rows, years=(before, year))
        if year != before + 1 or len(panel.sites) < FEWEST_SITES:
            continue
        cells = common_cells(rows, panel)
        sums = cells.pivot_table(index="place", columns="year", values="obs_value", aggfunc="sum")
        if sums[before].sum() <= 0:
            continue
        picks = _random("demand", year).integers(0, len(sums), size=(DRAWS, len(sums)))
        old, new = (sums[y].to_numpy(float)[picks].sum(axis=1) for y in (before, year))
        found.append(PartValue(
            "demand", year, 100 * float(sums[year].sum() / sums[before].sum()), len(sums),
            cells["period_end"].max(), 100 * new / np.maximum(old, 1), _source(cells),
        ))  # fmt: skip
    return found


def _of_texts(edition: Edition, part: str, aspects: tuple[str, ...]) -> list[PartValue]:
    """The shrunk score of texts or remarks of a year; their labels are drawn again."""
    opinions = opinions_of(edition)
    years = perception_years(edition)
    found = []
    for year in years:
        of_year = opinions[opinions["year"] == year]
        counts = counts_of(of_year, aspects)
        n = int(sum(counts.values()))
        if n < FEWEST_TEXTS:
            continue
        mean = overall_of(counts_of(opinions, aspects))
        shares = np.array([counts[label] for label in ("negative", "neutral", "positive")]) / n
        drawn = _random(part, year).multinomial(n, shares, size=DRAWS)
        raw = 100 * (drawn[:, 2] + drawn[:, 1] / 2) / n
        found.append(PartValue(
            part, year, _shrunk(overall_of(counts), n, mean), n,
            pd.to_datetime(of_year["day"]).max(), _shrunk(raw, n, mean), _source(of_year),
        ))  # fmt: skip
    return found


def _shrunk(raw, n: int, mean: float):  # type: ignore[no-untyped-def]
    return (n * raw + PRIOR_TEXTS * mean) / (n + PRIOR_TEXTS)


def _perception(edition: Edition) -> list[PartValue]:
    return _of_texts(edition, "perception", (WHOLE,))


def _surroundings(edition: Edition) -> list[PartValue]:
    return _of_texts(edition, "surroundings", SURROUNDINGS)


def _experience(edition: Edition) -> list[PartValue]:
    """Net promoter score; respondents are drawn again."""
    used = survey_rows(edition)
    found = []
    for year, row in answers_by_year(edition).iterrows():
        n = int(row.sum())
        if n < FEWEST_ASKED:
            continue
        shares = (row / n).to_numpy(float)
        drawn = _random("experience", int(year)).multinomial(n, shares, size=DRAWS)
        found.append(PartValue(
            "experience", int(year), 100 * float(row["promoters"] - row["detractors"]) / n, n,
            used.loc[used["year"] == year, "period_end"].max(),
            100 * (drawn[:, 0] - drawn[:, 2]) / n, _source(used),
        ))  # fmt: skip
    return found


def _resident_support(edition: Edition) -> list[PartValue]:
    """Share of residents in support in percent; residents are drawn again."""
    used = survey_rows(edition)
    found = []
    for year, row in support_by_year(edition).iterrows():
        n, share = int(row["asked"]), float(row["supporting"] / row["asked"])
        drawn = _random("resident_support", int(year)).binomial(n, share, size=DRAWS)
        found.append(PartValue(
            "resident_support", int(year), 100 * share, n,
            used.loc[used["year"] == year, "period_end"].max(), 100 * drawn / n, _source(used),
        ))  # fmt: skip
    return found


def _economy(edition: Edition) -> list[PartValue]:
    """Regional revenue from tourism in percent of its target (the revised one where known)."""
    for dataset in (PAD, BRANDING):
        rows = region_rows(edition, dataset, freq=YEAR, item="pendapatan_pariwisata")
        found = _attained(rows[rows["obs_value"].notna()])
        if found:
            return found
    return []


def _attained(rows: pd.DataFrame) -> list[PartValue]:
    found = []
    for year, part in rows.groupby("year"):
        by_name = part.drop_duplicates("indicator").set_index("indicator")["obs_value"]
        target = next((by_name[name] for name in TARGETS if name in by_name), None)
        if target and REALISED in by_name:
            value = 100 * float(by_name[REALISED] / target)
            found.append(_count("economy", int(year), value, part))
    return found


def _business(edition: Edition) -> list[PartValue]:
    """Micro businesses in percent more than the year before."""
    rows = region_rows(edition, BRANDING, freq=YEAR, indicator=BUSINESSES)
    known = rows[rows["obs_value"].notna()].drop_duplicates("year").set_index("year")
    return [
        _count(
            "business", int(year),
            100 * float(known["obs_value"][year] / known["obs_value"][year - 1] - 1),
            known.loc[[year]],
        )
        for year in known.index
        if year - 1 in known.index and known["obs_value"][year - 1] > 0
    ]  # fmt: skip


def _count(part: str, year: int, value: float, rows: pd.DataFrame) -> PartValue:
    """A count is no sample: it has no interval of its own."""
    return PartValue(
        part, year, value, 1, rows["period_end"].max(), np.full(DRAWS, value), _source(rows),
        is_sampled=False,
    )  # fmt: skip


def _source(rows: pd.DataFrame) -> str:
    known = rows.loc[rows["source_id"] != "", "source_id"]
    return str(known.mode().iloc[0]) if len(known) else ""


OF_PART: Mapping[str, Callable[[Edition], list[PartValue]]] = {
    "reach": _reach,
    "demand": _demand,
    "perception": _perception,
    "experience": _experience,
    "economy": _economy,
    "resident_support": _resident_support,
    "business": _business,
    "surroundings": _surroundings,
}
