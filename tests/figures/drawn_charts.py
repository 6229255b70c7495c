"""Small figures of every kind for the tests of charts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from analytics.figures.figure import Annotation, Figure, Kind, ReferenceLine
from analytics.figures.result import EditionStamp, Indicator, Label, Period, Result, Statement

STAMP = EditionStamp(
    region="uji", region_name=Label("Kabupaten Uji", "Uji Regency"), number=1,
    published_at=datetime(2026, 11, 24, tzinfo=UTC), published_on=date(2026, 11, 24),
    is_training=False,
)  # fmt: skip
RUPIAH = Indicator(
    code="price", name=Label("Harga", "Price"), unit="IDR/kg", unit_symbol=Label("Rp/kg", "Rp/kg"),
    decimals=0, better="neither", aggregate="mean", definition=Label("", ""),
)  # fmt: skip
INDEX = Indicator(
    code="index", name=Label("Indeks harga", "Price index"), unit="index",
    unit_symbol=Label("", ""), decimals=1, better="neither", aggregate="none",
    definition=Label("", ""),
)  # fmt: skip
PERCENT = Indicator(
    code="change", name=Label("Perubahan", "Change"), unit="percent", unit_symbol=Label("%", "%"),
    decimals=1, better="neither", aggregate="none", definition=Label("", ""),
)  # fmt: skip
TODAY = date(2025, 1, 15)
LEBARAN = Annotation(Label("Idulfitri", "Eid"), date(2023, 4, 22))
RAMADAN = Annotation(Label("Ramadan", "Ramadan"), date(2023, 3, 23), date(2023, 4, 21))
FLOOR = ReferenceLine(Label("Harga acuan", "Reference price"), 22_000.0, date(2023, 1, 1))
LONG_NAME = "Peternak Kecamatan Srengat Kabupaten Kediri"


def result_of(frame: pd.DataFrame, *, indicator: Indicator = RUPIAH) -> Result:
    return Result(
        name="uji", frame=frame, indicator=indicator, sources=(), edition=STAMP,
        period=Period(date(2022, 1, 1), date(2024, 12, 31), "M"),
        title=Statement("prices.page.title"),
    )  # fmt: skip


def months(*, first: str = "2022-01-01", count: int = 36, start: float = 20_000.0) -> pd.DataFrame:
    """Months of one series that rises and falls, the last one provisional, one missing."""
    starts = pd.date_range(first, periods=count, freq="MS")
    values = [start + 500.0 * ((7 * n) % 12) for n in range(count)]
    frame = pd.DataFrame(
        {
            "period_start": starts,
            "period_end": starts + pd.offsets.MonthEnd(0),
            "freq": "M",
            "obs_value": values,
            "obs_status": "A",
        }
    )
    frame.loc[5, ["obs_value", "obs_status"]] = [float("nan"), "M"]
    frame.loc[count - 1, "obs_status"] = "P"
    return frame


def several(*names: str, counts: tuple[int, ...] = ()) -> pd.DataFrame:
    lengths = counts or (36,) * len(names)
    return pd.concat(
        [
            months(count=count, start=20_000.0 + 10.0 * n).assign(series=name)
            for n, (name, count) in enumerate(zip(names, lengths, strict=True))
        ],
        ignore_index=True,
    )


def categories(values: dict[str, float], **columns: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {"place": list(values), "obs_value": list(values.values()), "obs_status": "A", **columns}
    )


def with_forecast() -> pd.DataFrame:
    ahead = months(first="2025-01-01", count=6)
    ahead["obs_value"] = ahead["obs_value"].fillna(20_000.0)
    width = {"low_80": -900, "high_80": 900, "low_95": -1500, "high_95": 1500}
    bands = {name: ahead["obs_value"] + by for name, by in width.items()}
    return pd.concat([months(), ahead.assign(obs_status="F", **bands)], ignore_index=True)


def with_past() -> pd.DataFrame:
    frame = months()
    return frame.assign(
        forecast_value=frame["obs_value"].fillna(20_000.0) + 300,
        low_80=19_000.0,
        high_80=27_000.0,
        cutoff=pd.Timestamp("2022-01-01"),
    )


def events() -> pd.DataFrame:
    days = pd.to_datetime(["2019-05-01", "2021-06-01", "2023-07-01"])
    return pd.DataFrame(
        {
            "period_start": days,
            "period_end": days,
            "freq": "D",
            "obs_value": float("nan"),
            "obs_text": ["Slogan daerah", LONG_NAME, "Festival"],
            "obs_status": "A",
            "lane": ["brand", "events", "events"],
        }
    )


def figure_of(kind: Kind) -> Figure:
    """A figure of that kind with everything that it may draw."""
    yearly = categories({"a": 40.0, "b": -30.0, "c": 5.0, "d": float("nan")})
    kinds = [yearly.assign(kind=kind) for kind in ("alam", "budaya")]
    grouped = pd.concat(kinds, ignore_index=True)
    half = ReferenceLine(Label("separuh", "half"), 50.0)
    pair = several("satu", "dua")
    drawn: dict[Kind, dict[str, Any]] = {
        Kind.LINE: {"result": result_of(pair), "series": "series"},
        Kind.SMALL_MULTIPLES: {"result": result_of(pair), "series": "series"},
        Kind.FAN: {"result": result_of(with_forecast()), "today": TODAY},
        Kind.BACKTEST: {"result": result_of(with_past())},
        Kind.DISTRIBUTION: {"result": result_of(months()), "category": "month"},
        Kind.TIMELINE: {"result": result_of(events()), "series": "lane"},
        Kind.BARS: {"result": result_of(yearly, indicator=PERCENT), "category": "place"},
        Kind.SCATTER: {
            "result": result_of(yearly.assign(other=[1.0, 2.0, 3.0, 4.0]), indicator=PERCENT),
            "category": "place", "x_column": "other", "x_indicator": INDEX, "quadrant": (2.0, 0.0),
        },
    }  # fmt: skip
    for stacked_or_not in (Kind.GROUPED_BARS, Kind.STACKED_BARS):
        drawn[stacked_or_not] = {
            "result": result_of(grouped, indicator=PERCENT), "category": "place", "series": "kind",
        }  # fmt: skip
    for profile in (Kind.MATRIX, Kind.RADAR):
        marked = grouped.assign(obs_status=["A", "A", "A", "M", "E", "P", "E", "M"])
        drawn[profile] = {
            "result": result_of(marked, indicator=PERCENT), "category": "place", "series": "kind",
            "limits": (-50.0, 50.0),
        }  # fmt: skip
    options = drawn.get(kind, {"result": result_of(months())})
    if kind in (Kind.LINE, Kind.FAN):
        options |= {"annotations": (RAMADAN, LEBARAN), "references": (FLOOR,)}
    if kind in (Kind.BARS, Kind.GROUPED_BARS, Kind.STACKED_BARS):
        options |= {"references": (half,)}
    return Figure(kind=kind, **options)
