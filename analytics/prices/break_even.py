"""Break-even rules of the pack (dated, with source), and the ratio of two prices by week."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.concepts import Label
from analytics.prices.feed_ratio import (
    BreakEvenRule,
    break_even_price,
    price_ratio,
    short_of_break_even_pct,
)

TABLE = "break_even"
YES = "true"


@dataclass(frozen=True)
class DatedRule:
    """A break-even rule with its time in force and who said so."""

    code: str
    product_item: str
    feed_item: str
    valid_from: pd.Timestamp
    valid_to: pd.Timestamp | None
    rule: BreakEvenRule
    is_rule_of_thumb: bool
    citation: Label


def break_even_rules(edition: Edition) -> tuple[DatedRule, ...]:
    """Rules of the pack's table `break_even`, oldest first; none when the pack has no table."""
    if TABLE not in edition.vocabulary.tables:
        return ()
    rows = edition.reference(TABLE).sort_values("valid_from", kind="stable")
    return tuple(_rule(row) for _, row in rows.iterrows())


def _rule(row: pd.Series) -> DatedRule:
    return DatedRule(
        code=str(row["rule"]),
        product_item=str(row["product_item"]),
        feed_item=str(row["feed_item"]),
        valid_from=pd.Timestamp(row["valid_from"]),
        valid_to=pd.Timestamp(row["valid_to"]) if row["valid_to"] else None,
        rule=BreakEvenRule(
            fixed_idr_per_kg=float(row["fixed_idr_per_kg"]),
            feed_kg_per_kg=float(row["feed_kg_per_kg"]),
            feed_above_idr_per_kg=float(row["feed_above_idr_per_kg"]),
        ),
        is_rule_of_thumb=str(row["is_rule_of_thumb"]) == YES,
        citation=Label(str(row["citation_id"]), str(row["citation_en"])),
    )


def rules_by_product(rules: tuple[DatedRule, ...]) -> tuple[tuple[DatedRule, ...], ...]:
    """The rules of each product, oldest first; only those that name the feed of its newest one."""
    newest = {one.product_item: one for one in rules}
    return tuple(
        tuple(
            one
            for one in rules
            if (one.product_item, one.feed_item) == (last.product_item, last.feed_item)
        )
        for last in newest.values()
    )


def rule_on(rules: tuple[DatedRule, ...], day: pd.Timestamp) -> DatedRule | None:
    """The newest rule in force on a day; None when there is none."""
    in_force = [
        one
        for one in rules
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    return in_force[-1] if in_force else None


def weekly_ratio(product: pd.Series, feed: pd.Series, rules: tuple[DatedRule, ...]) -> pd.DataFrame:
    """By week: product, feed, ratio, break_even, short_pct, rule (code); weeks with both prices.

    Each week takes the rule in force on its Monday; without one break-even is missing.
    """
    table = pd.DataFrame({"product": product, "feed": feed}).dropna()
    dated = [rule_on(rules, week) for week in table.index]
    table["rule"] = [one.code if one else "" for one in dated]
    table["break_even"] = float("nan")
    for one in rules:
        line = break_even_price(table["feed"], one.rule)
        table["break_even"] = table["break_even"].mask(table["rule"] == one.code, line)
    return table.assign(
        ratio=price_ratio(table["product"], table["feed"]),
        short_pct=short_of_break_even_pct(table["product"], table["break_even"]),
    )
