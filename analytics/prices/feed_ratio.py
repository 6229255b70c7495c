"""Egg : maize ratio, and the egg price at which feeding pays for itself by a dated rule."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class BreakEvenRule:
    """A dated statement of what a kilogram must fetch, given what feed costs.

    Break-even = fixed + kilograms of feed x feed price, in IDR per kg of the product, and only
    where feed costs more than `feed_above`: the rule says nothing of cheaper feed.
    """

    fixed_idr_per_kg: float
    feed_kg_per_kg: float
    feed_above_idr_per_kg: float


def price_ratio(product: pd.Series, feed: pd.Series) -> pd.Series:
    """Kilograms of feed that a kilogram of the product buys; missing without either price.

    Both prices in IDR per kg, of the same place and week.
    Limits: USDA, parity prices, parity ratio and feed price ratios (other feeds move too).
    """
    return product / feed.where(feed > 0)


def break_even_price(feed: pd.Series, rule: BreakEvenRule) -> pd.Series:
    """Price of the product in IDR per kg below which the rule says it does not pay."""
    line = rule.fixed_idr_per_kg + rule.feed_kg_per_kg * feed
    return line.where(feed > rule.feed_above_idr_per_kg)


def short_of_break_even_pct(product: pd.Series, line: pd.Series) -> pd.Series:
    """Percent by which a price falls short of break-even; 0 at or above it, missing without."""
    return (100.0 * (1.0 - product / line)).clip(lower=0.0)
