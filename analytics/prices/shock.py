"""What a shock or a moved Lebaran would do to a path of prices, as far as the past shows it.

An effect whose interval holds zero is not told from none, and counts as none.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_LAGS = 3
LEAST_MONTHS = 36
CONFIDENCE = 0.05


def cumulative_elasticity(target: pd.DataFrame, driver: pd.DataFrame) -> pd.DataFrame:
    """Percent by which the target moved with each percent of the driver, summed over lags 0 to 3.

    Both frames: ds (first of the month), y. Columns: lag, value, low, high (95 percent), months.
    Regression of monthly changes of logarithms on those of the driver and its lags; errors
    robust to their own lags (Newey and West 1987, Econometrica 55). Empty with fewer than 36
    common months.
    """
    import statsmodels.api as sm

    changes = _log_changes(target, "target").to_frame()
    driven = _log_changes(driver, "driver")
    for lag in range(MOST_LAGS + 1):
        changes[f"lag_{lag}"] = driven.shift(lag, freq="MS").reindex(changes.index)
    known = changes.dropna()
    if len(known) < LEAST_MONTHS:
        return pd.DataFrame(columns=["lag", "value", "low", "high", "months"])
    fitted = sm.OLS(known["target"], sm.add_constant(known.drop(columns="target"))).fit(
        cov_type="HAC", cov_kwds={"maxlags": MOST_LAGS}
    )
    rows = []
    for lag in range(MOST_LAGS + 1):
        sums = np.array([0.0, *(float(other <= lag) for other in range(MOST_LAGS + 1))])
        test = fitted.t_test(sums)
        low, high = test.conf_int(alpha=CONFIDENCE)[0]
        rows.append((lag, float(test.effect[0]), float(low), float(high), len(known)))
    return pd.DataFrame(rows, columns=["lag", "value", "low", "high", "months"])


def _log_changes(frame: pd.DataFrame, name: str) -> pd.Series:
    values = frame.set_index("ds")["y"].asfreq("MS")
    return np.log(values).diff().rename(name)


def is_certain(effects: pd.DataFrame) -> pd.Series:
    """Whether the interval of each effect leaves out zero; False without an interval."""
    return (effects["low"] > 0) | (effects["high"] < 0)


def shock_factors(elasticity: pd.DataFrame, *, months: int, at: int, shock_pct: float) -> pd.Series:
    """What each month of a path is multiplied by; the shock comes in month `at` (from 1).

    Price times (1 + shock) to the power of the elasticity up to that lag; 1 before the shock and
    where the elasticity is not told from zero. After the last lag its effect stays.
    """
    certain = elasticity["value"].where(is_certain(elasticity), 0.0).tolist() or [0.0]
    powers = [
        0.0 if month < at else certain[min(month - at, len(certain) - 1)]
        for month in range(1, months + 1)
    ]
    return pd.Series((1 + shock_pct / 100) ** np.array(powers), index=range(1, months + 1))


def lebaran_factors(
    effects: pd.DataFrame, *, months: pd.DatetimeIndex, lebaran: pd.DatetimeIndex, shift: int
) -> pd.Series:
    """What each month of a path is multiplied by when every Lebaran moves `shift` months later.

    `effects`: step (months from Lebaran's month), obs_value (percent beyond the usual), low, high.
    The level up to a month is the product of the certain effects up to it; the factor is that
    level with the moved Lebaran over that with the decided or calculated one.
    """
    certain = effects.assign(obs_value=effects["obs_value"].where(is_certain(effects), 0.0))
    moved = lebaran + pd.DateOffset(months=shift)
    return _level(certain, months, moved) / _level(certain, months, lebaran)


def _level(effects: pd.DataFrame, months: pd.DatetimeIndex, lebaran: pd.DatetimeIndex) -> pd.Series:
    level = pd.Series(1.0, index=months)
    for day in lebaran:
        for row in effects.itertuples():
            begins = day.to_period("M").to_timestamp() + pd.DateOffset(months=int(row.step))
            level[months >= begins] *= 1 + row.obs_value / 100
    return level
