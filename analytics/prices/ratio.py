"""Egg : maize (any product : feed) by kecamatan and week, with the break-even line of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Indicator, Label, Number, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import text
from analytics.observations.status import ObsStatus
from analytics.prices.break_even import DatedRule, break_even_rules, weekly_ratio
from analytics.prices.feed_ratio import BreakEvenRule
from analytics.prices.names import both_languages
from analytics.prices.series import daily_settings
from analytics.prices.warning_series import (
    WEEKLY,
    PriceHistory,
    has_stopped,
    officer_reports,
    weekly_histories,
)

COLOUR = "gold"
PRODUCT, BREAK_EVEN = "product", "break_even"
PRICE_COLUMNS = ("product", "feed", "break_even")
WEEK = pd.Timedelta(days=6)

Pairs = Mapping[str, tuple[PriceHistory, PriceHistory]]


def ratio_areas(edition: Edition) -> tuple[str, ...]:
    """Kecamatan with weeks in which both prices of the newest rule are known, in order of code."""
    return tuple(area for area, weeks in _by_area(edition, None).items() if len(weeks))


def newest_rule(edition: Edition) -> DatedRule | None:
    """The rule that came into force last; None when the pack has none."""
    rules = break_even_rules(edition)
    return rules[-1] if rules else None


def ratio_overview(
    edition: Edition, *, today: date, adjusted: BreakEvenRule | None = None
) -> Result:
    """The newest week of each kecamatan: obs_value is the ratio; product, feed, break_even,
    short_pct, state (running or stopped).

    `adjusted` stands for every rule of the pack, to look only.
    """
    weeks = {area: part for area, part in _by_area(edition, adjusted).items() if len(part)}
    rows = [part.tail(1).assign(ref_area=area) for area, part in weeks.items()]
    if not rows or (rule := newest_rule(edition)) is None:
        return _empty(edition)
    frame = _long(pd.concat(rows), edition, rule).assign(
        state=lambda table: [
            "stopped" if has_stopped(week, freq=WEEKLY, today=today) else "running"
            for week in table["period_start"]
        ]
    )
    return Result(
        name="feed_ratio",
        frame=frame,
        indicator=_ratio_indicator(),
        sources=edition.vocabulary.sources_of(frame),
        period=_period(frame),
        edition=edition.stamp,
        title=_overview_title(edition, frame, rule),
        statements=_origin(rule, is_adjusted=adjusted is not None),
        parameters={"rule": rule.code},
    )


def _overview_title(edition: Edition, frame: pd.DataFrame, rule: DatedRule) -> Statement:
    values = {
        "product": edition.vocabulary.item_name(rule.product_item),
        "feed": edition.vocabulary.item_name(rule.feed_item),
        "low": _two(frame["obs_value"].min()),
        "high": _two(frame["obs_value"].max()),
        "count": Number(len(frame), "number", {"decimals": 0}),
    }
    return Statement("warnings.ratio.title.overview", values)


def _origin(rule: DatedRule, *, is_adjusted: bool) -> tuple[Statement, ...]:
    """Who stated the rule, whether it is a rule of thumb, whether its numbers were changed."""
    found = [Statement("warnings.ratio.origin", {"citation": rule.citation})]
    if rule.is_rule_of_thumb:
        found.append(Statement("warnings.ratio.thumb"))
    if is_adjusted:
        found.append(Statement("warnings.ratio.adjusted"))
    return tuple(found)


def ratio_course(edition: Edition, *, area: str, adjusted: BreakEvenRule | None = None) -> Result:
    """One kecamatan by week: `line` is `product` (its price) or `break_even`; obs_value in IDR/kg.

    Further columns as in the overview. Empty for a kecamatan without such weeks.
    """
    weeks = _by_area(edition, adjusted).get(area, pd.DataFrame())
    rule = newest_rule(edition)
    if not len(weeks) or rule is None:
        return _empty(edition)
    long = _long(weeks.assign(ref_area=area), edition, rule)
    lines = [long.assign(line=name, obs_value=long[name]) for name in (PRODUCT, BREAK_EVEN)]
    frame = pd.concat(lines, ignore_index=True)
    frame["obs_status"] = frame["obs_value"].isna().map(_status)
    return Result(
        name=f"break_even_{rule.product_item}",
        frame=frame,
        indicator=edition.vocabulary.indicator("price_producer", unit="IDR/kg"),
        sources=edition.vocabulary.sources_of(frame),
        period=_period(frame),
        edition=edition.stamp,
        title=_course_title(edition, weeks, area, rule),
        statements=(_newest_week(edition, weeks), *_origin(rule, is_adjusted=adjusted is not None)),
        parameters={"area": area, "rule": rule.code},
    )


def _course_title(edition: Edition, weeks: pd.DataFrame, area: str, rule: DatedRule) -> Statement:
    name = edition.vocabulary.area_name(area)
    judged = weeks["short_pct"].dropna()
    values: dict[str, object] = {
        "product": edition.vocabulary.item_name(rule.product_item),
        "where": Label(name, name),
    }
    if judged.empty:
        return Statement("warnings.ratio.title.plain", values)
    values |= {
        "below": Number(int((judged > 0).sum()), "number", {"decimals": 0}),
        "weeks": Number(len(judged), "number", {"decimals": 0}),
    }
    return Statement("warnings.ratio.title.below", values)


def _newest_week(edition: Edition, weeks: pd.DataFrame) -> Statement:
    newest = weeks.iloc[-1]
    indicator = edition.vocabulary.indicator("price_producer", unit="IDR/kg")
    values = {
        "week": Number(weeks.index[-1].date(), "date"),
        "price": written_number(float(newest["product"]), indicator),
        "feed": written_number(float(newest["feed"]), indicator),
        "ratio": _two(newest["ratio"]),
    }
    return Statement("warnings.ratio.newest", values)


# The weeks


def _by_area(edition: Edition, adjusted: BreakEvenRule | None) -> dict[str, pd.DataFrame]:
    """Weekly ratios of each kecamatan by the pack's rules, or by the adjusted one."""
    rule = newest_rule(edition)
    if rule is None:
        return {}
    own = tuple(one for one in break_even_rules(edition) if one.product_item == rule.product_item)
    if adjusted is not None:
        own = tuple(replace(one, rule=adjusted) for one in own)
    return {
        area: weekly_ratio(product.prices, feed.prices, own)
        for area, (product, feed) in sorted(_pairs(edition, rule).items())
    }


def _pairs(edition: Edition, rule: DatedRule) -> Pairs:
    reports = officer_reports(edition, item=[rule.product_item, rule.feed_item])
    found: dict[tuple[str, str], PriceHistory] = {
        (one.key.ref_area, one.key.item): one for one in weekly_histories(reports)
    }
    return {
        area: (product, found[area, rule.feed_item])
        for (area, item), product in found.items()
        if item == rule.product_item and (area, rule.feed_item) in found
    }


def _long(weeks: pd.DataFrame, edition: Edition, rule: DatedRule) -> pd.DataFrame:
    """Weeks in the columns of the long table."""
    source = str(daily_settings(edition)["source_id"])
    table = weeks.rename_axis("period_start").reset_index()
    return table.assign(
        period_end=table["period_start"] + WEEK,
        freq="W",
        item=rule.product_item,
        indicator="price_producer",
        obs_value=table["ratio"],
        obs_status=table["ratio"].isna().map(_status),
        unit="IDR/kg",
        source_id=source,
        caveat="",
    )


def _status(is_missing: bool) -> str:
    return str(ObsStatus.MISSING if is_missing else ObsStatus.NORMAL)


def _period(frame: pd.DataFrame) -> Period:
    return Period(frame["period_start"].min().date(), frame["period_end"].max().date())


def _empty(edition: Edition) -> Result:
    return Result(
        name="feed_ratio",
        frame=pd.DataFrame(columns=["obs_value", "obs_status"]),
        indicator=_ratio_indicator(),
        sources=(),
        period=Period(None, None),
        edition=edition.stamp,
        title=Statement("warnings.view.ratio"),
        notes=(Statement("warnings.ratio.none"), Statement("warnings.ratio.none_cure")),
    )


def _ratio_indicator() -> Indicator:
    words = {
        name: both_languages(lambda language, name=name: text(f"warnings.ratio.{name}", language))  # type: ignore[misc]
        for name in ("name", "unit", "definition")
    }
    return Indicator(
        code="feed_ratio", name=words["name"], unit="ratio", unit_symbol=words["unit"],
        decimals=2, better="up", aggregate="none", definition=words["definition"],
    )  # fmt: skip


def _two(value: float) -> Number:
    return Number(float(value), "number", {"decimals": 2})


# Figures


def ratio_overview_figure(
    edition: Edition, *, today: date, adjusted: BreakEvenRule | None = None
) -> Figure:
    """The newest week of each kecamatan as a table."""
    result = ratio_overview(edition, today=today, adjusted=adjusted)
    if result.is_empty:
        return Figure(result=result, kind=Kind.TABLE)
    states = {
        code: both_languages(
            lambda language, code=code: text(f"warnings.ratio.state.{code}", language)  # type: ignore[misc]
        )
        for code in ("running", "stopped")
    }
    return Figure(
        result=result,
        kind=Kind.TABLE,
        category="ref_area",
        names={**code_names(result.frame, edition), "state": states},
        columns=(*_price_columns(edition), _short(), _state()),
    )


def ratio_course_figure(
    edition: Edition, *, area: str, adjusted: BreakEvenRule | None = None
) -> Figure:
    """One kecamatan's price by week beside the break-even line."""
    result = ratio_course(edition, area=area, adjusted=adjusted)
    rule = newest_rule(edition)
    if result.is_empty or rule is None:
        return Figure(result=result, kind=Kind.LINE)
    product = edition.vocabulary.item_name(rule.product_item)
    line = both_languages(lambda language: text("warnings.ratio.line.break_even", language))
    return Figure(
        result=result,
        kind=Kind.LINE,
        series="line",
        names={**code_names(result.frame, edition), "line": {PRODUCT: product, BREAK_EVEN: line}},
        order=(PRODUCT, BREAK_EVEN),
        colour=COLOUR,
        headings={"line": Statement("warnings.ratio.table.line")},
        columns=(_short(),),
    )


def _price_columns(edition: Edition) -> tuple[Column, ...]:
    unit = edition.vocabulary.unit_symbol("IDR/kg")
    return tuple(
        Column(name, Statement(f"warnings.ratio.table.{name}"), decimals=0, unit=unit)
        for name in PRICE_COLUMNS
    )


def _short() -> Column:
    heading = Statement("warnings.ratio.table.short_pct")
    return Column("short_pct", heading, decimals=1, unit=Label("%", "%"))


def _state() -> Column:
    return Column("state", Statement("warnings.ratio.table.state"), style="code")
