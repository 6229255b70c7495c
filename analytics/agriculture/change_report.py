"""The change of one measure between two periods, for every area of a level."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.agriculture.answers import (
    area_label,
    caveats_of,
    one_row_an_area,
    rows_of,
    sources_of,
    value_words,
)
from analytics.agriculture.comparison import compared
from analytics.agriculture.formulas import change, change_pct, change_points, ranks_from_highest
from analytics.agriculture.levels import MapLevel, map_level
from analytics.agriculture.map_report import PERCENT_UNIT, direction
from analytics.agriculture.measures import Measure, measure_of, within_sentence
from analytics.agriculture.rows import MapRows, map_rows
from analytics.editions.edition import Edition, region_label
from analytics.figures.names import in_both
from analytics.figures.result import Indicator, Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.i18n import LANGUAGES
from analytics.observations.concepts import Period
from analytics.observations.status import ObsStatus
from analytics.observations.table import join_codes

ABSOLUTE, PERCENT, POINTS = "absolute", "percent", "points"
# A change below this still counts as unchanged on the map: one percent, half a point.
NEUTRAL_PCT = 1.0
NEUTRAL_POINTS = 0.5
CHANGE_DECIMALS = 1


class NotComparable(ValueError):
    """Two periods that cannot be compared; the message says which and why."""


def change_modes(measure: Measure) -> tuple[str, ...]:
    """In what a change may be shown: a share changes in points, everything else in two ways."""
    return (POINTS,) if measure.indicator.unit == PERCENT_UNIT else (PERCENT, ABSOLUTE)


def change_report(
    edition: Edition,
    *,
    level: str,
    item: str,
    indicator: str,
    before: str,
    after: str,
    mode: str = PERCENT,
    focus: str | None = None,
    with_unverified: bool = False,
) -> Result:
    """Change of every area from one period to another, in percent, in the unit, or in points.

    One row an area, `obs_value` the change, with `before_value`, `after_value`, `rank` (1 the
    largest rise) and `is_other_method`. Missing where a value is missing or the two were
    measured by different methods. Raises UnknownLevel, UnknownMeasure or NotComparable.
    """
    shown = map_level(edition, level)
    measure = measure_of(
        edition, level=level, item=item, indicator=indicator, with_unverified=with_unverified
    )
    _check(measure, before=before, after=after, mode=mode)
    rows = map_rows(edition, level=level, with_unverified=with_unverified)
    frame = change_frame(rows, shown, measure, before=before, after=after, mode=mode)
    changed = _change_indicator(measure, mode)
    focus = focus if focus in shown.areas else edition.ref_area
    both = pd.concat([rows_of(rows, measure, period) for period in (before, after)])
    return Result(
        name=f"{level}_{item}_{indicator}_{before}_{after}_{mode}",
        frame=frame,
        indicator=changed,
        sources=sources_of(edition, both),
        period=_span(measure, before, after),
        edition=edition.stamp,
        title=_title(shown, measure, frame, before, after),
        statements=_statements(edition, shown, measure, changed, frame, focus),
        caveats=caveats_of(edition, both),
        notes=_notes(edition, shown, measure, frame),
        parameters={"level": level, "before": before, "after": after, "mode": mode},
    )


def change_frame(
    rows: MapRows, level: MapLevel, measure: Measure, *, before: str, after: str, mode: str
) -> pd.DataFrame:
    """One row an area: the change, the two values, the weaker of their statuses."""
    frame = one_row_an_area(rows_of(rows, measure, after), level, measure, after)
    pairs = compared(rows, measure, before=before, after=after)
    pairs = pairs.reindex(frame["ref_area"]).set_axis(frame.index)
    sizes = _sizes(pairs, mode)
    earlier = rows_of(rows, measure, before).set_index("ref_area")["caveat"]
    caveats = zip(frame["ref_area"].map(earlier).fillna(""), frame["caveat"], strict=True)
    return frame.assign(
        obs_value=sizes,
        obs_status=pairs["obs_status"].where(sizes.notna(), ObsStatus.MISSING.value),
        caveat=[join_codes(*pair) for pair in caveats],
        period_start=pd.Timestamp(measure.period(before).period.start),
        freq="_O",
        obs_text="",
        before_value=pairs["before"],
        after_value=pairs["after"],
        sites_compared=pairs["sites_compared"],
        is_other_method=pairs["is_other_method"].eq(True),
        rank=ranks_from_highest(sizes),
        ranked=int(sizes.notna().sum()),
    )


def neutral_size(frame: pd.DataFrame, mode: str) -> float:
    """The largest change that counts as unchanged: 1 percent, of the usual value when absolute."""
    if mode == PERCENT:
        return NEUTRAL_PCT
    if mode == POINTS:
        return NEUTRAL_POINTS
    usual = frame["before_value"].abs().median()
    return 0.0 if pd.isna(usual) else float(usual) * NEUTRAL_PCT / 100


def _sizes(pairs: pd.DataFrame, mode: str) -> pd.Series:
    if mode == PERCENT:
        return change_pct(before=pairs["before"], after=pairs["after"])
    if mode == POINTS:
        return change_points(before_pct=pairs["before"], after_pct=pairs["after"])
    return change(before=pairs["before"], after=pairs["after"])


def _check(measure: Measure, *, before: str, after: str, mode: str) -> None:
    if mode not in change_modes(measure):
        raise NotComparable(
            f"{measure.indicator.code} changes in {change_modes(measure)}, not {mode}."
        )
    if before not in [choice.code for choice in measure.comparable(after)]:
        raise NotComparable(f"'{before}' and '{after}' are no two dated periods of one kind.")
    if before >= after:
        raise NotComparable(f"'{before}' does not lie before '{after}'.")


def _change_indicator(measure: Measure, mode: str) -> Indicator:
    """The measure's indicator as a change, in the unit of the mode."""
    own = measure.indicator
    name = Label(
        *(
            in_both(
                "agriculture.change.name", measure=within_sentence(own.name.in_language(language))
            ).in_language(language)
            for language in LANGUAGES
        )
    )
    changed = replace(own, code=f"{own.code}_change", name=name, aggregate="none")
    if mode == ABSOLUTE:
        return changed
    symbol = in_both(f"agriculture.unit.{mode}")
    return replace(changed, unit=mode, unit_symbol=symbol, decimals=CHANGE_DECIMALS)


def _span(measure: Measure, before: str, after: str) -> Period:
    first, second = measure.period(before), measure.period(after)
    return Period(first.period.start, second.period.end, first.freq)


def _title(
    level: MapLevel, measure: Measure, frame: pd.DataFrame, before: str, after: str
) -> Statement:
    sizes = frame["obs_value"].dropna()
    values = {
        "measure": measure.indicator.name,
        "before": measure.period(before).period,
        "after": measure.period(after).period,
        "up": int((sizes > 0).sum()),
        "down": int((sizes < 0).sum()),
        "n": len(sizes),
        "kinds": level.kinds,
    }
    return Statement(f"agriculture.change.title.{_kind(sizes)}", values)


def _kind(sizes: pd.Series) -> str:
    if sizes.empty:
        return "empty"
    if len(sizes) == 1:
        return "mixed"
    if (sizes > 0).all():
        return "all_up"
    if (sizes < 0).all():
        return "all_down"
    return "mixed"


def _statements(
    edition: Edition,
    level: MapLevel,
    measure: Measure,
    changed: Indicator,
    frame: pd.DataFrame,
    focus: str,
) -> tuple[Statement, ...]:
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return ()
    told = [_focus(edition, measure, changed, known, focus)]
    told += [
        _extreme(edition, changed, known, kind="up"),
        _extreme(edition, changed, known, kind="down"),
    ]
    missing = len(frame) - len(known)
    if missing:
        values = {"n": missing, "total": len(frame), "kinds": level.kinds}
        told.append(Statement("agriculture.change.sentence.missing", values))
    return tuple(statement for statement in told if statement is not None)


def _focus(
    edition: Edition, measure: Measure, changed: Indicator, known: pd.DataFrame, focus: str
) -> Statement | None:
    own = known[known["ref_area"] == focus]
    if own.empty:
        return None
    row = own.iloc[0]
    values = {
        "area": area_label(edition, focus),
        "change": written_number(abs(row["obs_value"]), changed),
        "before": value_words(row["before_value"], measure),
        "after": value_words(row["after_value"], measure),
    }
    return Statement(f"agriculture.change.sentence.focus_{direction(row['obs_value'])}", values)


def _extreme(
    edition: Edition, changed: Indicator, known: pd.DataFrame, *, kind: str
) -> Statement | None:
    """The largest rise or fall, when there is one."""
    row = known.loc[known["obs_value"].idxmax() if kind == "up" else known["obs_value"].idxmin()]
    if direction(row["obs_value"]) != kind:
        return None
    values = {
        "area": area_label(edition, str(row["ref_area"])),
        "change": written_number(abs(row["obs_value"]), changed),
    }
    return Statement(f"agriculture.change.sentence.largest_{kind}", values)


def _notes(
    edition: Edition, level: MapLevel, measure: Measure, frame: pd.DataFrame
) -> tuple[Statement, ...]:
    notes = []
    if frame["obs_value"].isna().all():
        values = {"measure": measure.indicator.name, "region": region_label(edition.descriptor)}
        notes.append(Statement("agriculture.note.change_empty_why", values))
        notes.append(Statement("agriculture.note.change_empty_cure", values))
    others = int(frame["is_other_method"].sum())
    if others:
        notes.append(
            Statement("agriculture.note.methods_differ", {"n": others, "kinds": level.kinds})
        )
    if frame["sites_compared"].notna().any():
        sites = int(frame["sites_compared"].sum())
        notes.append(Statement("agriculture.note.same_sites", {"n": sites}))
    return tuple(notes)
