"""What an area is relatively strong in, and where its growth comes from: formulas, pure.

Tables have one row an area and one column a commodity, all in one unit (hectares, rupiah: never
tonnes of different goods). The reference is the sum of all areas. A commodity or area of which
one amount is missing has no total, so what rests on that total is missing too.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd

from analytics.agriculture.formulas import annual_growth_pct, share_pct

EVEN = 1.0  # a quotient of one: as strong as the reference
LEADING, PROSPECTIVE, MAINSTAY, LAGGING = "leading", "prospective", "mainstay", "lagging"
QUOTIENT_CLASSES = (LEADING, PROSPECTIVE, MAINSTAY, LAGGING)
ADVANCED, PRESSED, GROWING, BEHIND = "advanced", "pressed", "growing", "behind"
KLASSEN_CLASSES = (ADVANCED, PRESSED, GROWING, BEHIND)
SHIFT_PARTS = ("national_growth", "industry_mix", "regional_shift")
NO_CLASS = ""
Divisor = TypeVar("Divisor", pd.Series, float)


def location_quotient(amounts: pd.DataFrame) -> pd.DataFrame:
    """Location quotient of every area and commodity, in the shape of `amounts`.

    `LQ_ij = (X_ij / X_.j) / (X_i. / X_..)`, i commodity, j area. Above 1: the commodity weighs
    more in the area than in the reference (a base commodity). Missing where a total is missing
    or zero. Source: the textbook formula of regional economics.
    """
    own = amounts.div(_or_missing(_of_areas(amounts)), axis="index")
    reference = _of_items(amounts) / _or_missing(_of_all(amounts))
    return own.div(_or_missing(reference), axis="columns")


def dynamic_location_quotient(
    *, first: pd.DataFrame, last: pd.DataFrame, years: int
) -> pd.DataFrame:
    """Dynamic location quotient between two years, in the shape of the tables.

    `DLQ_ij = ((1 + g_ij) / (1 + g_j)) / ((1 + G_i) / (1 + G))`; g and G are mean (compound) yearly
    growth of the commodity and of all commodities, in the area and in the reference. Above 1: the
    commodity gains weight in the area faster than in the reference. Missing where the growth of
    a part is. Source: the textbook formula of regional economics.
    """
    factor = _growth_factor(first, last, years)
    area = _growth_factor(_of_areas(first), _of_areas(last), years)
    item = _growth_factor(_of_items(first), _of_items(last), years)
    whole = _growth_factor(_of_all(first), _of_all(last), years)
    own = factor.div(_or_missing(area), axis="index")
    return own.div(_or_missing(item / whole), axis="columns")


def quotient_class(*, static: pd.Series, dynamic: pd.Series) -> pd.Series:
    """Class by both quotients: leading (unggulan), prospective, mainstay (andalan), lagging.

    A quotient of exactly one counts as not above the reference. Empty where either is missing.
    """
    return _quadrants(strong=static > EVEN, rising=dynamic > EVEN, classes=QUOTIENT_CLASSES).where(
        static.notna() & dynamic.notna(), NO_CLASS
    )


def shift_share(*, first: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Three parts of the change of every area and commodity, in the unit of the tables.

    One row an area and commodity: `national_growth` is what the commodity would have gained with
    all of the reference, `industry_mix` what its own growth in the reference adds, and
    `regional_shift` what the area gained beyond that (all of it where nothing was grown at
    first). The three sum to `change`.
    Source: shift-share analysis as the textbooks give it (Dunn 1960).
    """
    grown = _of_items(last) / _or_missing(_of_items(first)) - 1
    whole = float(_of_all(last) / _of_all(first) - 1) if _of_all(first) else np.nan
    parts = {
        "national_growth": first * whole,
        "industry_mix": first.mul(grown - whole, axis="columns"),
        "regional_shift": last - first.mul(1 + grown, axis="columns"),
        "change": last - first,
    }
    long = {name: table.stack(future_stack=True) for name, table in parts.items()}
    return pd.DataFrame(long).where(lambda table: table.notna().all(axis="columns"))


def klassen_parts(*, first: pd.DataFrame, last: pd.DataFrame, years: int) -> pd.DataFrame:
    """Share and yearly growth of every area and commodity against those of the reference.

    One row an area and commodity: `share_pct` of the area in the last year, `reference_share_pct`,
    `growth_pct` a year, `reference_growth_pct`. Missing where a total is missing or zero.
    """
    share = last.div(_or_missing(_of_areas(last)), axis="index") * 100
    growth = annual_growth_pct(before=first.stack(future_stack=True),
                               after=last.stack(future_stack=True), years=years)  # fmt: skip
    of_reference = share_pct(part=_of_items(last), whole=float(_of_all(last)))
    grown = annual_growth_pct(before=_of_items(first), after=_of_items(last), years=years)
    items = growth.index.get_level_values(-1)
    return pd.DataFrame(
        {
            "share_pct": share.stack(future_stack=True),
            "growth_pct": growth,
            "reference_share_pct": of_reference.reindex(items).to_numpy(),
            "reference_growth_pct": grown.reindex(items).to_numpy(),
        }
    )


def klassen_class(parts: pd.DataFrame) -> pd.Series:
    """Quadrant of the Klassen typology: advanced, pressed, growing, behind.

    Advanced: share and growth above the reference; pressed: only the share; growing: only the
    growth; behind: neither. Equal counts as not above. Empty where a part is missing.
    Source: Klassen typology as Indonesian planning uses it (Sjafrizal 1997).
    """
    strong = parts["share_pct"] > parts["reference_share_pct"]
    rising = parts["growth_pct"] > parts["reference_growth_pct"]
    named = _quadrants(strong=strong, rising=rising, classes=KLASSEN_CLASSES)
    return named.where(parts.notna().all(axis="columns"), NO_CLASS)


def _quadrants(*, strong: pd.Series, rising: pd.Series, classes: tuple[str, ...]) -> pd.Series:
    """The class of each row: both, only strong, only rising, neither."""
    conditions = [strong & rising, strong & ~rising, ~strong & rising]
    return pd.Series(np.select(conditions, classes[:3], default=classes[3]), index=strong.index)


def _growth_factor(first: pd.DataFrame, last: pd.DataFrame, years: int) -> pd.DataFrame:
    """One plus the mean yearly growth."""
    return 1 + annual_growth_pct(before=first, after=last, years=years) / 100


def _of_areas(amounts: pd.DataFrame) -> pd.Series:
    return amounts.sum(axis="columns", skipna=False)


def _of_items(amounts: pd.DataFrame) -> pd.Series:
    return amounts.sum(axis="index", skipna=False)


def _of_all(amounts: pd.DataFrame) -> float:
    return float(_of_items(amounts).sum(skipna=False))


def _or_missing(divisor: Divisor) -> Divisor:
    """A divisor that is missing where it is zero."""
    if isinstance(divisor, pd.Series):
        return divisor.where(divisor != 0)
    return divisor or np.nan
