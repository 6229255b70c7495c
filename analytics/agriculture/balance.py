"""The rice balance: rice that comes from paddy, rice that people eat, and what is left."""

from __future__ import annotations

import pandas as pd

KG_PER_T = 1000.0
PERCENT = 100.0


def rice_balance(
    *,
    paddy_t: pd.Series,
    conversion_pct: pd.Series | float,
    population: pd.Series,
    consumption_kg: pd.Series | float,
) -> pd.DataFrame:
    """Rice from paddy, need of the people and the balance, in tonnes, one row a row of `paddy_t`.

    `paddy_t` is dry paddy (gabah kering giling) in tonnes, `conversion_pct` the rice milled from
    it in percent, `consumption_kg` kilograms of rice a head in the same span of time. Columns
    `rice_t`, `need_t`, `balance_t` (above zero: surplus) and `cover_pct` (rice in percent of the
    need). Missing in, missing out.
    Definition: `production x conversion - population x consumption`.
    """
    rice = paddy_t * conversion_pct / PERCENT
    need = population * consumption_kg / KG_PER_T
    return pd.DataFrame(
        {
            "rice_t": rice,
            "need_t": need,
            "balance_t": rice - need,
            "cover_pct": rice / need.where(need != 0) * PERCENT,
        }
    )
