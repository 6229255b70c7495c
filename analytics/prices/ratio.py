"""Egg : maize (any product : feed) by kecamatan and week, with the break-even line of the pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.figure import Column, Figure, Kind, code_names
from analytics.figures.result import Indicator, Label, Number, Period, Result, Source, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import text
from analytics.observations.status import ObsStatus, weakest_status
from analytics.observations.table import join_codes, split_codes
from analytics.prices.break_even import (
    DatedRule,
    break_even_rules,
    rules_by_product,
    weekly_ratio,
)
from analytics.prices.clean_reports import clean_reports
from analytics.prices.feed_pairs import RULE_UNIT, feed_pairs
from analytics.prices.feed_ratio import BreakEvenRule
from analytics.prices.names import both_languages
from analytics.prices.series import SEPARATOR, SERIES_COLUMNS
from analytics.prices.warning_series import (
    WEEKLY,
    PriceHistory,
    has_stopped,
    weakest_by,
    weekly_histories,
)

COLOUR = "gold"
PRODUCT, BREAK_EVEN = "product", "break_even"
PRICE_COLUMNS = ("product", "feed", "break_even")
WEEK = pd.Timedelta(days=6)

RATIO_UNIT = "ratio"
RATIO, PRODUCER_PRICE = "feed_ratio", "price_producer"


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
    frame = _long(pd.concat(rows), rule, unit=RATIO_UNIT).assign(
        state=lambda table: [
            "stopped" if has_stopped(week, freq=WEEKLY, today=today) else "running"
            for week in table["period_start"]
        ]
    )
    return Result(
        name="feed_ratio",
        frame=frame,
        indicator=_ratio_indicator(),
        sources=_sources(edition, frame),
        period=_period(frame),
        edition=edition.stamp,
        title=_overview_title(edition, frame, rule),
        caveats=edition.vocabulary.caveats(frame["caveat"]),
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
    frame = _lines(_long(weeks.assign(ref_area=area), rule, unit=RULE_UNIT))
    return Result(
        name=f"break_even_{rule.product_item}",
        frame=frame,
        indicator=edition.vocabulary.indicator(PRODUCER_PRICE, unit=RULE_UNIT),
        sources=_sources(edition, frame),
        caveats=edition.vocabulary.caveats(frame["caveat"]),
        period=_period(frame),
        edition=edition.stamp,
        title=_course_title(edition, weeks, area, rule),
        statements=(_newest_week(edition, weeks), *_origin(rule, is_adjusted=adjusted is not None)),
        parameters={"area": area, "rule": rule.code},
    )


def _lines(long: pd.DataFrame) -> pd.DataFrame:
    """The price, and the line that a rule draws from the feed's price: an estimate, never more."""
    long = long.assign(indicator=PRODUCER_PRICE)
    line = long.assign(
        line=BREAK_EVEN,
        obs_value=long[BREAK_EVEN],
        obs_status=[
            weakest_status([status, ObsStatus.ESTIMATED.value]) for status in long["obs_status"]
        ],
    )
    frame = pd.concat([long.assign(line=PRODUCT, obs_value=long[PRODUCT]), line], ignore_index=True)
    is_known = frame["obs_value"].notna()
    return frame.assign(obs_status=frame["obs_status"].where(is_known, ObsStatus.MISSING.value))


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
    indicator = edition.vocabulary.indicator(PRODUCER_PRICE, unit=RULE_UNIT)
    values = {
        "week": Number(weeks.index[-1].date(), "date"),
        "price": written_number(float(newest["product"]), indicator),
        "feed": written_number(float(newest["feed"]), indicator),
        "ratio": _two(newest["ratio"]),
    }
    return Statement("warnings.ratio.newest", values)


# The weeks


def _by_area(edition: Edition, adjusted: BreakEvenRule | None) -> dict[str, pd.DataFrame]:
    """Weekly ratios of each kecamatan by the pack's rules, or by the adjusted one.

    From the same reports that warnings judge; with obs_status, caveat and source_id of both
    prices together.
    """
    rules = rules_by_product(break_even_rules(edition))
    if not rules:
        return {}
    own = next(one for one in rules if one[-1] == newest_rule(edition))
    if adjusted is not None:
        own = tuple(replace(one, rule=adjusted) for one in own)
    reports = clean_reports(edition, item=[own[-1].product_item, own[-1].feed_item])
    pairs = feed_pairs(weekly_histories(reports), own[-1])
    return {
        area: weekly_ratio(product.prices, feed.prices, own).join(_together(product, feed, reports))
        for area, (product, feed) in pairs.items()
        if feed is not None
    }


def _together(product: PriceHistory, feed: PriceHistory, reports: pd.DataFrame) -> pd.DataFrame:
    """By week: the weakest status, every caveat and both sources of the two prices."""
    names = [product.unique_id, feed.unique_id]
    identifiers = reports[list(SERIES_COLUMNS)].astype(str).agg(SEPARATOR.join, axis=1)
    own = reports[identifiers.isin(names)]
    weeks = own["day"] - pd.to_timedelta(own["day"].dt.weekday, unit="D")
    sources = dict.fromkeys((product.key.source_id, feed.key.source_id))
    return weakest_by(own, weeks).assign(
        source_id=product.key.source_id, source_ids=join_codes(*sources)
    )


def _long(weeks: pd.DataFrame, rule: DatedRule, *, unit: str) -> pd.DataFrame:
    """Weeks in the columns of the long table, the ratio as value."""
    table = weeks.rename_axis("period_start").reset_index()
    return table.assign(
        period_end=table["period_start"] + WEEK,
        freq="W",
        item=rule.product_item,
        indicator=RATIO,
        obs_value=table["ratio"],
        obs_status=table["obs_status"].where(table["ratio"].notna(), ObsStatus.MISSING.value),
        unit=unit,
    )


def _sources(edition: Edition, frame: pd.DataFrame) -> tuple[Source, ...]:
    """The sources of both prices of every row."""
    each = frame["source_ids"].map(split_codes).explode().rename("source_id")
    return edition.vocabulary.sources_of(each.to_frame())


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
        code=RATIO, name=words["name"], unit=RATIO_UNIT, unit_symbol=words["unit"],
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
        # The ratio is computed: no table of the pack has its name.
        names={**code_names(result.frame.drop(columns="indicator"), edition), "state": states},
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
    unit = edition.vocabulary.unit_symbol(RULE_UNIT)
    return tuple(
        Column(name, Statement(f"warnings.ratio.table.{name}"), decimals=0, unit=unit)
        for name in PRICE_COLUMNS
    )


def _short() -> Column:
    heading = Statement("warnings.ratio.table.short_pct")
    return Column("short_pct", heading, decimals=1, unit=Label("%", "%"))


def _state() -> Column:
    return Column("state", Statement("warnings.ratio.table.state"), style="code")
