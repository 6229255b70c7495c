"""The internal brand index: parts, weights as dated data, interval, sensitivity.

What is stored are the parts' rows in the edition and the weights in the pack; the index follows
from them. Trying other weights computes another answer and touches neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.figures.result import Label, Number, Result, Statement
from analytics.i18n import MISSING
from analytics.perception.opinions import FEWEST_TEXTS
from analytics.tourism.answers import (
    answer,
    indicator_of,
    missing_notes,
    nothing,
    year_cells,
)
from analytics.tourism.brand_formulas import (
    DRAWS,
    LEAST_KNOWN_PCT,
    known_weight_pct,
    middle_95,
    rank_ranges,
    scaled,
    weighted_index,
)
from analytics.tourism.brand_parts import FEWEST_SITES, PARTS, PartValue, part_values
from analytics.tourism.words import listed, percent

WEIGHTS = "brand_weights"
REGION = "region"
SUB_BRANDS = ("tourism", "business", "appearance")
BRANDS = (REGION, *SUB_BRANDS)
YES = "true"
ONE = {"decimals": 1}


@dataclass(frozen=True)
class PartWeight:
    """How a part counts: its weight, the values that score 0 and 100, who says so."""

    part: str
    weight: float
    floor: float
    ceiling: float
    is_decided: bool
    citation: Label


def weights_of(edition: Edition, brand: str = REGION, *, day: date | None = None
               ) -> tuple[PartWeight, ...]:  # fmt: skip
    """The weights in force on a day (that of the edition by default), in the order of PARTS."""
    if WEIGHTS not in edition.vocabulary.tables:
        return ()
    told = (day or edition.stamp.published_on).isoformat()
    table = edition.reference(WEIGHTS)
    is_open = (table["valid_to"] == "") | (table["valid_to"] >= told)
    rows = table[(table["brand"] == brand) & (table["valid_from"] <= told) & is_open]
    rows = rows.drop_duplicates("part", keep="last")
    found = {row["part"]: _weight(row) for row in rows.to_dict("records")}
    return tuple(found[part] for part in PARTS if part in found)


def _weight(row: Mapping[str, str]) -> PartWeight:
    return PartWeight(
        part=row["part"], weight=float(row["weight"]), floor=float(row["floor"]),
        ceiling=float(row["ceiling"]), is_decided=row["is_decided"] == YES,
        citation=Label(row["citation_id"], row["citation_en"]),
    )  # fmt: skip


@dataclass(frozen=True)
class YearIndex:
    """The index of one year: its parts as far as known, and itself unless withheld (NaN)."""

    year: int
    parts: Mapping[str, PartValue]
    scores: Mapping[str, float]
    value: float
    low: float
    high: float
    known_pct: float


def indices(
    edition: Edition, brand: str = REGION, *, weights: tuple[PartWeight, ...] | None = None
) -> tuple[YearIndex, ...]:
    """The index of every year of which a part is known, oldest first."""
    weights = weights_of(edition, brand) if weights is None else weights
    wanted = {weight.part for weight in weights}
    by_year: dict[int, dict[str, PartValue]] = {}
    for value in part_values(edition):
        if value.part in wanted:
            by_year.setdefault(value.year, {})[value.part] = value
    return tuple(index_of_parts(year, by_year[year], weights) for year in sorted(by_year))


def index_of_parts(
    year: int, parts: Mapping[str, PartValue], weights: Sequence[PartWeight]
) -> YearIndex:
    """The index of a year by these parts; NaN while they bear too little of the weight."""
    ends = {w.part: {"floor": w.floor, "ceiling": w.ceiling} for w in weights}
    sizes = {w.part: w.weight for w in weights}
    scores = {p: float(scaled(v.value, **ends[p])) for p, v in parts.items()}
    known = known_weight_pct(scores, sizes)
    if known < LEAST_KNOWN_PCT:
        gap = float("nan")
        return YearIndex(year, parts, scores, gap, gap, gap, known)
    total = sum(sizes[p] for p in parts)
    draws = sum(
        (sizes[p] * scaled(v.draws, **ends[p]) for p, v in parts.items()), np.zeros(DRAWS)
    ) / total  # fmt: skip
    low, high = middle_95(draws)
    return YearIndex(year, parts, scores, weighted_index(scores, sizes), low, high, known)


def newest_known(found: Sequence[YearIndex]) -> YearIndex | None:
    """The newest year whose index is not withheld, else the newest year, else None."""
    known = [index for index in found if not np.isnan(index.value)]
    return known[-1] if known else found[-1] if found else None


# Parts of one year


def parts_report(edition: Edition, *, brand: str = REGION, year: int = 0) -> Result:
    """The parts of a year (0: the newest with an index): a row a part that has a weight.

    `obs_value` the score (0-100), `value` in the part's unit, `floor`, `ceiling`, `low`, `high`,
    `n`, `day`, `weight`, `contribution` = weight x score / sum of weights of known parts. The sum
    of `contribution` is the index. Missing parts have no score and stand there.
    """
    indicator = indicator_of("brand_part", unit="score", decimals=1)
    weights = weights_of(edition, brand)
    if not weights:
        return answer(
            edition, name=f"brand_parts_{brand}", frame=nothing("part"), indicator=indicator,
            title=Statement("brand.parts.title.no_weights"),
            notes=(Statement("brand.missing.weights"), Statement("brand.missing.weights_cure")),
        )  # fmt: skip
    found = {index.year: index for index in indices(edition, brand)}
    chosen = found.get(year) or newest_known(tuple(found.values()))
    frame = parts_frame(chosen, weights)
    return answer(
        edition, name=f"brand_parts_{brand}", frame=frame, indicator=indicator,
        title=_parts_title(chosen, weights), statements=_parts_statements(chosen, weights),
        notes=_missing_parts(chosen, weights), parameters={"brand": brand},
    )  # fmt: skip


def parts_frame(chosen: YearIndex | None, weights: Sequence[PartWeight]) -> pd.DataFrame:
    """One row a weight, known or not."""
    parts = chosen.parts if chosen else {}
    total = sum(weight.weight for weight in weights if weight.part in parts)
    rows = [_part_row(weight, parts.get(weight.part), total) for weight in weights]
    span = year_cells(chosen.year) if chosen else {
        "period_start": pd.NaT, "period_end": pd.NaT, "freq": "A", "year": 0}  # fmt: skip
    return pd.DataFrame(rows).assign(**span, caveat="")


def _part_row(weight: PartWeight, value: PartValue | None, total: float) -> dict[str, object]:
    gap = float("nan")
    known = {"obs_value": gap, "value": gap, "low": gap, "high": gap, "n": gap, "day": pd.NaT,
             "contribution": gap, "obs_status": "M", "source_id": ""}  # fmt: skip
    if value is not None:
        ends = {"floor": weight.floor, "ceiling": weight.ceiling}
        score = float(scaled(value.value, **ends))
        low, high = middle_95(scaled(value.draws, **ends)) if value.is_sampled else (gap, gap)
        known = {
            "obs_value": score, "value": value.value, "low": low, "high": high, "n": value.n,
            "day": value.day, "contribution": weight.weight * score / total if total else gap,
            "obs_status": "E", "source_id": value.source_id,
        }  # fmt: skip
    own = {"part": weight.part, "weight": weight.weight, "floor": weight.floor,
           "ceiling": weight.ceiling}  # fmt: skip
    return {**own, **known}


def part_label(part: str) -> Label:
    """What a part is called."""
    return in_both(f"brand.part.{part}.name")


def brand_label(brand: str) -> Label:
    """What a brand is called."""
    return in_both(f"brand.brand.{brand}")


def _parts_title(chosen: YearIndex | None, weights: Sequence[PartWeight]) -> Statement:
    known = len(chosen.parts) if chosen else 0
    values: dict[str, object] = {"known": known, "all": len(weights)}
    if chosen is None:
        return Statement("brand.parts.title.none", values)
    values |= {"year": str(chosen.year)}
    if np.isnan(chosen.value):
        return Statement("brand.parts.title.withheld", values)
    return Statement("brand.parts.title.index", {**values, "value": _one(chosen.value)})


def _one(value: float) -> Number:
    return Number(value, "number", ONE)


def _parts_statements(
    chosen: YearIndex | None, weights: Sequence[PartWeight]
) -> tuple[Statement, ...]:
    basis = Statement("brand.parts.sentence.weights", {"citation": weights[0].citation})
    if chosen is None or np.isnan(chosen.value):
        return (Statement("brand.parts.sentence.rule", {"least": percent(LEAST_KNOWN_PCT)}), basis)
    values = {"low": _one(chosen.low), "high": _one(chosen.high)}
    known = Statement("brand.parts.sentence.known", {"share": percent(chosen.known_pct)})
    return (Statement("brand.parts.sentence.interval", values), known,
            Statement("brand.parts.sentence.by_hand"), basis)  # fmt: skip


def _missing_parts(
    chosen: YearIndex | None, weights: Sequence[PartWeight]
) -> tuple[Statement, ...]:
    """Why each missing part is missing and what would bring it."""
    known = chosen.parts if chosen else {}
    year = str(chosen.year) if chosen else MISSING
    values = {"year": year, "least": FEWEST_TEXTS, "sites": FEWEST_SITES}
    return tuple(
        Statement(f"brand.part.{weight.part}.missing", values)
        for weight in weights
        if weight.part not in known
    )  # fmt: skip


# The index by year


def index_report(edition: Edition, *, brand: str = REGION) -> Result:
    """The index by year with `low`, `high`, `known_pct`, `parts`, `rank_low`, `rank_high`.

    Ranks are of the years that know the same parts as the newest, under all weightings.
    """
    indicator = indicator_of("brand_index", unit="score", decimals=1)
    found = [index for index in indices(edition, brand) if not np.isnan(index.value)]
    if not found:
        return answer(
            edition, name=f"brand_index_{brand}", frame=nothing("year"), indicator=indicator,
            title=Statement("brand.index.title.withheld"), notes=_withheld(edition, brand),
        )  # fmt: skip
    frame = _with_ranks(pd.DataFrame([index_row(index) for index in found]), found)
    return answer(
        edition, name=f"brand_index_{brand}", frame=frame, indicator=indicator,
        used=parts_used(found), title=_index_title(frame), statements=_index_statements(frame),
        parameters={"brand": brand},
    )  # fmt: skip


def _withheld(edition: Edition, brand: str) -> tuple[Statement, ...]:
    chosen = newest_known(indices(edition, brand))
    if not weights_of(edition, brand):
        return (Statement("brand.missing.weights"), Statement("brand.missing.weights_cure"))
    known = percent(chosen.known_pct if chosen else 0.0)
    return (
        Statement("brand.missing.too_few", {"known": known, "least": percent(LEAST_KNOWN_PCT)}),
        Statement("brand.missing.too_few_cure"),
    )


def parts_used(found: Sequence[YearIndex]) -> pd.DataFrame:
    """What indices were made of, as rows that name their sources: a row a part."""
    rows = [(part.value, part.source_id, "") for index in found for part in index.parts.values()]
    return pd.DataFrame(rows, columns=["obs_value", "source_id", "caveat"])


def index_row(index: YearIndex) -> dict[str, object]:
    """An index as a row of an answer."""
    first = next(iter(index.parts.values()))
    return {
        **year_cells(index.year), "obs_value": index.value, "low": index.low, "high": index.high,
        "known_pct": index.known_pct, "parts": len(index.parts), "obs_status": "E",
        "source_id": first.source_id, "caveat": "",
    }  # fmt: skip


def _with_ranks(frame: pd.DataFrame, found: Sequence[YearIndex]) -> pd.DataFrame:
    alike = [at for at, index in enumerate(found) if set(index.parts) == set(found[-1].parts)]
    ranks = frame.assign(rank_low=np.nan, rank_high=np.nan)
    if len(alike) < 2:
        return ranks
    parts = sorted(found[-1].parts)
    scores = np.array([[found[at].scores[part] for part in parts] for at in alike])
    low, high = rank_ranges(scores)
    ranks.loc[alike, "rank_low"], ranks.loc[alike, "rank_high"] = low, high
    return ranks


def _index_title(frame: pd.DataFrame) -> Statement:
    last = frame.iloc[-1]
    values = {"value": _one(last["obs_value"]), "year": str(int(last["year"]))}
    return Statement("brand.index.title.value", values)


def _index_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    last = frame.iloc[-1]
    told = [Statement("brand.index.sentence.interval",
                      {"low": _one(last["low"]), "high": _one(last["high"])})]  # fmt: skip
    ranked = frame[frame["rank_low"].notna()]
    if len(ranked):
        values = {
            "year": str(int(last["year"])), "n": len(ranked),
            "low": int(last["rank_low"]), "high": int(last["rank_high"]),
        }  # fmt: skip
        same = values["low"] == values["high"]
        told.append(Statement(f"brand.index.sentence.{'rank' if same else 'ranks'}", values))
    else:
        told.append(Statement("brand.index.sentence.no_ranks"))
    return tuple(told)


# Sub-brands


def sub_brands_report(edition: Edition) -> Result:
    """The three sub-brands, newest year each: `obs_value`, `low`, `high`, `parts`, `known_pct`."""
    indicator = indicator_of("brand_index", unit="score", decimals=1)
    rows = [_sub_row(edition, brand) for brand in SUB_BRANDS if weights_of(edition, brand)]
    frame = pd.DataFrame(rows) if rows else nothing("brand")
    known = frame[frame["obs_value"].notna()] if len(frame) else frame
    title = Statement("brand.sub.title.none")
    notes: tuple[Statement, ...] = ()
    if len(known):
        names = listed([brand_label(brand) for brand in known["brand"]])
        title = Statement("brand.sub.title.known", {"brands": names})
    lacking = [str(row["brand"]) for row in rows if pd.isna(row["obs_value"])]
    if lacking:
        names = listed([brand_label(brand) for brand in lacking])
        notes = (Statement("brand.sub.note.withheld",
                           {"brands": names, "least": percent(LEAST_KNOWN_PCT)}),
                 Statement("brand.missing.too_few_cure"))  # fmt: skip
    return answer(
        edition, name="sub_brands", frame=frame, indicator=indicator, title=title,
        notes=notes or (() if rows else missing_notes("reviews")),
    )  # fmt: skip


def _sub_row(edition: Edition, brand: str) -> dict[str, object]:
    index = newest_known(indices(edition, brand))
    gap = float("nan")
    if index is None or np.isnan(index.value):
        span = year_cells(index.year) if index else {
            "period_start": pd.NaT, "period_end": pd.NaT, "freq": "A", "year": 0}  # fmt: skip
        return {**span, "brand": brand, "obs_value": gap, "low": gap, "high": gap,
                "parts": len(index.parts) if index else 0,
                "known_pct": index.known_pct if index else 0.0, "obs_status": "M",
                "source_id": "", "caveat": ""}  # fmt: skip
    return {**index_row(index), "brand": brand}


# Other weights, tried on the page


def tried(weights: Sequence[PartWeight], sizes: Mapping[str, float]) -> tuple[PartWeight, ...]:
    """The same parts with other weights; those given are not changed."""
    return tuple(replace(weight, weight=float(sizes[weight.part])) for weight in weights)


def trial_report(edition: Edition, *, sizes: tuple[tuple[str, float], ...]) -> Result:
    """The stored index and one by tried weights for the newest year: two rows, `which`.

    The stored one is computed from the pack's weights as ever.
    """
    indicator = indicator_of("brand_index", unit="score", decimals=1)
    weights = weights_of(edition)
    stored = newest_known(indices(edition))
    if stored is None or np.isnan(stored.value) or sum(size for _, size in sizes) <= 0:
        return answer(
            edition, name="brand_trial", frame=nothing("which"), indicator=indicator,
            title=Statement("brand.index.title.withheld"), notes=_withheld(edition, REGION),
        )  # fmt: skip
    found = {i.year: i for i in indices(edition, weights=tried(weights, dict(sizes)))}
    other = found[stored.year]
    frame = pd.DataFrame([
        {**index_row(stored), "which": "stored"}, {**index_row(other), "which": "tried"}
    ])  # fmt: skip
    return answer(
        edition, name="brand_trial", frame=frame, indicator=indicator,
        title=Statement("brand.trial.title",
                        {"stored": _one(stored.value), "tried": _one(other.value)}),
        statements=(Statement("brand.trial.sentence"),),
    )  # fmt: skip
