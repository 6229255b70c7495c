"""Two figures for one quantity ("dua angka"): side by side, with method, difference and reason."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.agriculture.answers import area_label, caveats_of, rows_of, sources_of, value_words
from analytics.agriculture.formulas import change, change_pct
from analytics.agriculture.map_report import direction
from analytics.agriculture.measures import Measure, measure_of, measures, within_sentence
from analytics.agriculture.methods import explanations, method_name
from analytics.agriculture.rows import MapRows, map_rows
from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Result, Statement
from analytics.i18n import MISSING
from analytics.observations.concepts import Period

# Columns of the printed page with their width in parts.
SHEET_COLUMNS = {
    "period_start": 2,
    "method": 4,
    "obs_value": 3,
    "difference": 3,
    "difference_pct": 2,
    "obs_status": 2,
    "released": 2,
}


@dataclass(frozen=True)
class Subject:
    """A quantity for which two methods give a figure, and the areas where they do."""

    item: str
    indicator: str
    name: Label
    areas: tuple[str, ...]

    @property
    def code(self) -> str:
        """What stands for it in the address."""
        return f"{self.item}.{self.indicator}"


def two_figure_subjects(
    edition: Edition, *, level: str, with_unverified: bool = False
) -> tuple[Subject, ...]:
    """Quantities of the level that two methods measured in the same period, output first."""
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    keys = ["item", "indicator", "ref_area", "period"]
    used, others = (part.loc[part["obs_value"].notna(), keys] for part in _both(rows))
    meet = others.merge(used, on=keys).drop_duplicates(keys[:3])
    named = {
        (measure.item, measure.indicator.code): measure.indicator.name
        for measure in measures(edition, level=level, with_unverified=with_unverified)
    }
    areas = meet.groupby(keys[:2])["ref_area"].agg(lambda codes: tuple(sorted(codes))).to_dict()
    return tuple(
        Subject(*pair, name=name, areas=areas[pair])
        for pair, name in named.items()
        if pair in areas
    )


def _both(rows: MapRows) -> tuple[pd.DataFrame, pd.DataFrame]:
    return rows.chosen, rows.other_methods


def two_figures_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    area: str,
    with_unverified: bool = False,
) -> Result:
    """Every period for which two methods give a figure for the area, one row a method.

    `obs_value` is the figure; `difference` (in the unit) and `difference_pct` compare it with
    the method that the map uses in that period, whose own row has neither. Empty when the
    methods never meet.
    """
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = _frame(rows, measure, area)
    years = edition.vocabulary.sources["year"].replace("", MISSING)
    frame = frame.assign(released=frame["source_id"].map(years))
    return Result(
        name=f"{area}_{item}_{indicator}_two_figures",
        frame=frame,
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=_span(frame),
        edition=edition.stamp,
        title=_title(edition, measure, frame, area),
        statements=(
            *_statements(edition, measure, frame),
            *explanations(set(frame["method"])),
        ),
        caveats=caveats_of(edition, frame),
    )


def other_sources_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    period: str,
    area: str,
    with_unverified: bool = False,
) -> Result:
    """Every source's figure for one area and period; `is_used` marks the one on the map."""
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    every = rows_of(rows, measure, period, part="every_source")
    own = every[(every["ref_area"] == area) & every["obs_value"].notna()]
    used = rows_of(rows, measure, period)
    used_sources = set(used.loc[used["ref_area"] == area, "source_id"])
    frame = own.assign(is_used=own["source_id"].isin(used_sources)).sort_values(
        ["is_used", "source_id"], ascending=[False, True]
    )
    values = {
        "measure": measure.indicator.name,
        "area": area_label(edition, area),
        "period": measure.period(period).period,
        "n": len(frame),
    }
    return Result(
        name=f"{area}_{item}_{indicator}_{period}_sources",
        frame=frame.reset_index(drop=True),
        indicator=measure.indicator,
        sources=sources_of(edition, frame),
        period=measure.period(period).period,
        edition=edition.stamp,
        title=Statement("agriculture.sources.title", values),
        caveats=caveats_of(edition, frame),
    )


def _frame(rows: MapRows, measure: Measure, area: str) -> pd.DataFrame:
    used, others = _of_area(rows.chosen, measure, area), _of_area(rows.other_methods, measure, area)
    reference = used.set_index("period")["obs_value"]
    meets = others[others["period"].isin(reference.index)]
    both = pd.concat([used[used["period"].isin(meets["period"])], meets], ignore_index=True)
    beside = both["period"].map(reference)
    is_other = both["method"] != both["period"].map(used.set_index("period")["method"])
    differing = both["obs_value"].where(is_other)
    ranked = both.assign(
        difference=change(before=beside, after=differing),
        difference_pct=change_pct(before=beside, after=differing),
    )
    return ranked.sort_values(
        ["period_start", "difference"], na_position="first", ignore_index=True
    )


def _of_area(rows: pd.DataFrame, measure: Measure, area: str) -> pd.DataFrame:
    return rows[
        (rows["ref_area"] == area)
        & (rows["item"] == measure.item)
        & (rows["indicator"] == measure.indicator.code)
        & rows["obs_value"].notna()
    ]


def _span(frame: pd.DataFrame) -> Period:
    if frame.empty or frame["period_start"].isna().all():
        return Period(None, None)
    first, last = frame["period_start"].min(), frame["period_end"].max()
    return Period(first.date(), last.date(), str(frame["freq"].iloc[0]))


def _title(edition: Edition, measure: Measure, frame: pd.DataFrame, area: str) -> Statement:
    values: dict[str, object] = {
        "measure": measure.indicator.name,
        "area": area_label(edition, area),
    }
    if frame.empty:
        return Statement("agriculture.two_figures.title.empty", values)
    newest = frame[frame["period"] == frame["period"].iloc[-1]]
    used, other = newest.iloc[0], newest.iloc[-1]
    values |= {
        "period": _period(used),
        "used": value_words(used["obs_value"], measure),
        "other": value_words(other["obs_value"], measure),
    }
    return Statement("agriculture.two_figures.title.newest", values)


def _statements(edition: Edition, measure: Measure, frame: pd.DataFrame) -> tuple[Statement, ...]:
    differing = frame[frame["difference"].notna()]
    return tuple(
        _statement(edition, measure, frame, row) for _, row in differing.iterrows()
    )  # one sentence a difference: two or three rows


def _statement(
    edition: Edition, measure: Measure, frame: pd.DataFrame, row: pd.Series
) -> Statement:
    used = frame[(frame["period"] == row["period"]) & frame["difference"].isna()].iloc[0]
    values = {
        "period": _period(row),
        "method": _within(method_name(edition, row["method"], row["source_id"])),
        "used_method": _within(method_name(edition, used["method"], used["source_id"])),
        "value": value_words(row["obs_value"], measure),
        "used": value_words(used["obs_value"], measure),
        "difference": value_words(abs(row["difference"]), measure),
        "percent": Number(abs(row["difference_pct"]), "percent"),
    }
    return Statement(f"agriculture.two_figures.sentence.{direction(row['difference'])}", values)


def _within(name: Label) -> Label:
    return Label(within_sentence(name.id), within_sentence(name.en))


def _period(row: pd.Series) -> Period:
    start, end = row["period_start"], row["period_end"]
    return Period(
        None if pd.isna(start) else start.date(), None if pd.isna(end) else end.date(), row["freq"]
    )
