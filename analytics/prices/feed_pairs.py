"""Product and feed of a break-even rule, paired within each kecamatan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analytics.prices.break_even import DatedRule
from analytics.prices.warning_series import PriceHistory

# Rules say what a kilogram must fetch; a price per bird or per sack is no price of a kilogram.
RULE_UNIT = "IDR/kg"
Pairs = Mapping[str, tuple[PriceHistory, PriceHistory | None]]


def feed_pairs(histories: Iterable[PriceHistory], rule: DatedRule) -> Pairs:
    """By area in order of code: the weekly prices of the product, and those of its feed or None.

    Only prices in IDR per kg. Where an area has several series of a commodity (bases, sources)
    the first by identifier counts, on both sides, so that a page and a warning see the same pair.
    """
    found: dict[tuple[str, str], PriceHistory] = {}
    for one in sorted(histories, key=lambda history: history.unique_id):
        if one.key.unit == RULE_UNIT:
            found.setdefault((one.key.ref_area, one.key.item), one)
    return {
        area: (found[area, item], found.get((area, rule.feed_item)))
        for area, item in sorted(found)
        if item == rule.product_item
    }
