"""Three or four figures beside a map: of the area in focus, or of the level as a whole."""

from __future__ import annotations

import pandas as pd

from analytics.agriculture.answers import area_label, value_words
from analytics.agriculture.change_report import change_report
from analytics.agriculture.map_report import PERCENT_UNIT, direction, map_report
from analytics.agriculture.measures import Measure, measure_of
from analytics.editions.edition import Edition
from analytics.figures.figure import Fact
from analytics.figures.result import Number, Result, Statement
from analytics.figures.sentences import written_number

TONES = {
    ("up", "up"): "good",
    ("down", "down"): "good",
    ("up", "down"): "bad",
    ("down", "up"): "bad",
}


def map_facts(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    focus: str | None = None,
    with_unverified: bool = False,
) -> tuple[Fact, ...]:
    """Value with its change, rank and share of the area in focus; else the highest and lowest."""
    asked = {"level": level, "item": item, "indicator": indicator}
    measure = measure_of(edition, **asked, with_unverified=with_unverified)
    result = map_report(
        edition, **asked, period=period, focus=focus, with_unverified=with_unverified
    )
    known = result.frame[result.frame["obs_value"].notna()]
    own = known[known["ref_area"] == (focus or edition.ref_area)]
    if len(own):
        return _own_facts(edition, measure, result, own.iloc[0], period)
    facts = [_known(result)]
    if known["obs_value"].nunique() > 1:
        facts += [_extreme(edition, measure, known, kind=kind) for kind in ("highest", "lowest")]
    return tuple(facts)


def change_facts(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    before: str,
    after: str,
    mode: str,
    focus: str | None = None,
    with_unverified: bool = False,
) -> tuple[Fact, ...]:
    """The change of the area in focus with both values, and how many rose and fell."""
    asked = {"level": level, "item": item, "indicator": indicator}
    result = change_report(
        edition, **asked, before=before, after=after, mode=mode, focus=focus,
        with_unverified=with_unverified,
    )  # fmt: skip
    known = result.frame[result.frame["obs_value"].notna()]
    own = known[known["ref_area"] == (focus or edition.ref_area)]
    counts = [_count("rises", int((known["obs_value"] > 0).sum()), len(known))]
    counts.append(_count("falls", int((known["obs_value"] < 0).sum()), len(known)))
    if own.empty:
        return tuple(counts)
    measure = measure_of(edition, **asked, with_unverified=with_unverified)
    return (_own_change(edition, measure, result, own.iloc[0]), *counts)


def _own_facts(
    edition: Edition, measure: Measure, result: Result, row: pd.Series, period: str
) -> tuple[Fact, ...]:
    rank = Statement(
        "agriculture.fact.rank_of", {"rank": int(row["rank"]), "n": int(row["ranked"])}
    )
    facts = [_value(edition, measure, row, period), Fact(Statement("agriculture.fact.rank"), rank)]
    if pd.notna(row["share_pct"]):
        share = Number(row["share_pct"], "percent")
        facts.append(Fact(Statement("agriculture.fact.share"), share))
    elif result.frame["obs_value"].isna().any():
        facts.append(_known(result))
    return tuple(facts)


def _value(edition: Edition, measure: Measure, row: pd.Series, period: str) -> Fact:
    is_share = measure.indicator.unit == PERCENT_UNIT
    size = row["change" if is_share else "change_pct"]
    previous = measure.before(period)
    fact = Fact(
        heading=area_label(edition, str(row["ref_area"])),
        value=value_words(row["obs_value"], measure),
        period=measure.period(period).period,
        status=str(row["obs_status"]),
    )
    if previous is None or pd.isna(size):
        return fact
    words = {
        "change": Number(abs(size), "points" if is_share else "percent"),
        "previous": previous.period,
    }
    way = direction(size)
    return Fact(
        heading=fact.heading,
        value=fact.value,
        period=fact.period,
        status=fact.status,
        comparison=Statement(f"agriculture.fact.change_{way}", words),
        direction=way,
        tone=TONES.get((way, measure.indicator.better), "neutral"),
    )


def _own_change(edition: Edition, measure: Measure, result: Result, row: pd.Series) -> Fact:
    way = direction(row["obs_value"])
    both = {
        "before": value_words(row["before_value"], measure),
        "after": value_words(row["after_value"], measure),
    }
    return Fact(
        heading=area_label(edition, str(row["ref_area"])),
        value=written_number(row["obs_value"], result.indicator),
        period=result.period,
        comparison=Statement("agriculture.hover.two_values", both),
        direction=way,
        tone=TONES.get((way, measure.indicator.better), "neutral"),
        status=str(row["obs_status"]),
    )


def _known(result: Result) -> Fact:
    known, total = int(result.frame["obs_value"].notna().sum()), len(result.frame)
    words = Statement("agriculture.fact.known_of", {"n": known, "total": total})
    return Fact(Statement("agriculture.fact.known"), words)


def _extreme(edition: Edition, measure: Measure, known: pd.DataFrame, *, kind: str) -> Fact:
    """The highest or lowest value; its area by name when it is only one."""
    values = known["obs_value"]
    value = values.max() if kind == "highest" else values.min()
    areas = known.loc[values == value, "ref_area"]
    where = (
        area_label(edition, str(areas.iloc[0])).id
        if len(areas) == 1
        else Statement("agriculture.fact.areas", {"n": len(areas)})
    )
    return Fact(
        heading=Statement(f"agriculture.fact.{kind}"),
        value=value_words(value, measure),
        period=Statement("agriculture.fact.where", {"where": where}),
    )


def _count(name: str, n: int, total: int) -> Fact:
    words = Statement("agriculture.fact.known_of", {"n": n, "total": total})
    return Fact(Statement(f"agriculture.fact.{name}"), words)
