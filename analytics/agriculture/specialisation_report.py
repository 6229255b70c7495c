"""Quotients, shift-share and the Klassen typology of a level: for one commodity or one area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analytics.agriculture.answers import area_label, caveats_of, sources_of
from analytics.agriculture.derived import POINTS, computed_indicator, percent, plain
from analytics.agriculture.measures import within_sentence
from analytics.agriculture.panel import CELL, Panel, panel
from analytics.agriculture.specialisation import (
    EVEN,
    KLASSEN_CLASSES,
    NO_CLASS,
    QUOTIENT_CLASSES,
    SHIFT_PARTS,
    dynamic_location_quotient,
    klassen_class,
    klassen_parts,
    location_quotient,
    quotient_class,
    shift_share,
)
from analytics.editions.edition import Edition
from analytics.figures.names import listed
from analytics.figures.result import Label, Result, Statement
from analytics.observations.concepts import Indicator, Period

BY_ITEM, BY_AREA = "item", "area"
QUOTIENTS, SHIFTS, KLASSEN = "quotients", "shifts", "klassen"
CLASSES = {QUOTIENTS: QUOTIENT_CLASSES, KLASSEN: KLASSEN_CLASSES}
NAMES_TOLD = 4


def quotient_report(edition: Edition, *, by: str, code: str, **choices: object) -> Result:
    """LQ (`obs_value`), `dynamic` LQ and `class_code` of one commodity or one area.

    `by` is item (one row an area) or area (one row a commodity); `choices` are those of `panel`.
    Further columns, as in the two other reports: `first_amount` and `amount` in hectares,
    `first_year`, and `above`: how many rows stand above the reference.
    """
    found = panel(edition, **choices)  # type: ignore[arg-type]
    static = location_quotient(found.last)
    dynamic = dynamic_location_quotient(first=found.first, last=found.last, years=found.span)
    values = pd.DataFrame({"obs_value": _long(static), "dynamic": _long(dynamic)})
    values["class_code"] = quotient_class(static=values["obs_value"], dynamic=values["dynamic"])
    return _answer(
        edition, found, values, QUOTIENTS, by=by, code=code,
        indicator=computed_indicator("location_quotient"),
    )  # fmt: skip


def shift_share_report(edition: Edition, *, by: str, code: str, **choices: object) -> Result:
    """Three parts of the change of one commodity or one area, in hectares.

    `obs_value` is the change, beside it its parts: `national_growth`, `industry_mix` and
    `regional_shift`, which sum to it.
    """
    found = panel(edition, **choices)  # type: ignore[arg-type]
    parts = shift_share(first=found.first, last=found.last)
    values = parts.rename(columns={"change": "obs_value"})
    symbol = edition.vocabulary.unit_symbol("ha")
    indicator = computed_indicator("area_change", unit="ha", symbol=symbol, decimals=0)
    return _answer(edition, found, values, SHIFTS, by=by, code=code, indicator=indicator)


def klassen_report(edition: Edition, *, by: str, code: str, **choices: object) -> Result:
    """Klassen quadrant (`class_code`) of one commodity or one area.

    `obs_value` is the yearly growth and `share_points` the share, both as points above the
    reference; `growth_pct`, `share_pct` and those of the reference stand beside them.
    """
    found = panel(edition, **choices)  # type: ignore[arg-type]
    parts = klassen_parts(first=found.first, last=found.last, years=found.span)
    values = parts.assign(
        obs_value=parts["growth_pct"] - parts["reference_growth_pct"],
        share_points=parts["share_pct"] - parts["reference_share_pct"],
        class_code=klassen_class(parts),
    )
    indicator = computed_indicator("growth_above", unit=POINTS, decimals=1)
    return _answer(edition, found, values, KLASSEN, by=by, code=code, indicator=indicator)


def parts_result(result: Result) -> Result:
    """The parts of a shift-share as rows of their own: `obs_value` is the part named by `part`."""
    kept = [name for name in result.frame.columns if name not in (*SHIFT_PARTS, "obs_value")]
    long = result.frame[[*kept, *SHIFT_PARTS]].melt(
        id_vars=kept, value_vars=list(SHIFT_PARTS), var_name="part", value_name="obs_value"
    )
    return replace(result, frame=long)


def _long(table: pd.DataFrame) -> pd.Series:
    return table.stack(future_stack=True)


def _answer(
    edition: Edition,
    found: Panel,
    values: pd.DataFrame,
    kind: str,
    *,
    by: str,
    code: str,
    indicator: Indicator,
) -> Result:
    frame = _frame(found, values, by=by, code=code) if found.is_usable else _no_rows(values)
    known = frame[frame["obs_value"].notna()]
    frame = frame.assign(first_year=found.years[0], above=_strong(known, kind))
    return Result(
        name=f"{found.level.code}_{kind}_{by}_{code}_{found.years[0]}_{found.years[1]}",
        frame=frame,
        indicator=indicator,
        sources=sources_of(edition, frame),
        period=_span(found),
        edition=edition.stamp,
        title=_title(edition, found, frame, kind, by=by, code=code),
        statements=_statements(edition, found, frame, kind, by=by),
        caveats=caveats_of(edition, frame),
        notes=_notes(edition, found, frame),
        parameters={"basis": found.basis, "first": found.years[0], "last": found.years[1]},
    )


def _frame(found: Panel, values: pd.DataFrame, *, by: str, code: str) -> pd.DataFrame:
    """Rows of one commodity or area, with amount, status, sources and year of the figures."""
    values = values.rename_axis(CELL)
    amounts = {"first_amount": _long(found.first), "amount": _long(found.last)}
    traced = values.assign(**amounts).join(found.traces, how="left").reset_index()
    own = traced[traced["item" if by == BY_ITEM else "ref_area"] == code]
    start, end = found.period.start, found.period.end
    return own.assign(
        indicator=found.basis, unit="ha", freq=found.period.freq,
        period_start=pd.Timestamp(start), period_end=pd.Timestamp(end), place="",
    ).reset_index(drop=True)  # fmt: skip


def _no_rows(values: pd.DataFrame) -> pd.DataFrame:
    columns = [*CELL, *values.columns, "obs_status", "source_id", "source_ids", "caveat"]
    return pd.DataFrame(columns=list(dict.fromkeys(columns))).astype({"obs_value": float})


def _span(found: Panel) -> Period:
    first, last = found.years
    start, end = pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)
    return Period(start.date(), end.date(), "_O")


def _title(
    edition: Edition, found: Panel, frame: pd.DataFrame, kind: str, *, by: str, code: str
) -> Statement:
    values: dict[str, object] = {
        "name": _name(edition, by, code, starts=True), "within": _name(edition, by, code),
        "first": str(found.years[0]), "last": str(found.years[1]),
        "kinds": found.level.kinds, "level": found.level.name,
    }  # fmt: skip
    known = frame[frame["obs_value"].notna()]
    if known.empty:
        return Statement(f"analysis.{kind}.title.empty", values)
    top = known.loc[known["regional_shift" if kind == SHIFTS else "obs_value"].idxmax()]
    values |= {
        "n": int(known["above"].iloc[0]),
        "total": len(known),
        "top": _name(edition, *_other(by, top)),
        "value": _told(top, kind),
    }
    return Statement(f"analysis.{kind}.title.{by}{_variant(top, kind)}", values)


def _variant(top: pd.Series, kind: str) -> str:
    """What the title must say otherwise: nothing above the reference, or a fall at the top."""
    if kind == KLASSEN:
        if top["obs_value"] <= 0:
            return "_none"
        return "_falling" if top["growth_pct"] < 0 else ""
    return "_none" if kind == SHIFTS and top["regional_shift"] <= 0 else ""


def _strong(known: pd.DataFrame, kind: str) -> int:
    """How many rows stand above the reference."""
    if kind == KLASSEN:
        return int((known["class_code"] == KLASSEN_CLASSES[0]).sum())
    if kind == SHIFTS:
        return int((known["regional_shift"] > 0).sum())
    return int((known["obs_value"] > EVEN).sum())


def _told(top: pd.Series, kind: str) -> object:
    if kind == SHIFTS:
        return plain(top["regional_shift"], 0)
    return percent(abs(top["growth_pct"])) if kind == KLASSEN else plain(top["obs_value"])


def _other(by: str, row: pd.Series) -> tuple[str, str]:
    """What the rows of the answer are about: areas for a commodity, commodities for an area."""
    return (BY_AREA, str(row["ref_area"])) if by == BY_ITEM else (BY_ITEM, str(row["item"]))


def _name(edition: Edition, by: str, code: str, *, starts: bool = False) -> Label:
    if by == BY_AREA:
        return area_label(edition, code)
    name = edition.vocabulary.item_name(code)
    return name if starts else Label(within_sentence(name.id), within_sentence(name.en))


def _statements(
    edition: Edition, found: Panel, frame: pd.DataFrame, kind: str, *, by: str
) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    told = [
        _class_statement(edition, frame, kind, name, by=by)
        for name in CLASSES.get(kind, ())
        if (frame["class_code"] == name).any()
    ]
    if kind == SHIFTS:
        told.append(_sum_statement(frame))
    basis = edition.vocabulary.indicator_name(found.basis)
    values = {
        "basis": Label(within_sentence(basis.id), within_sentence(basis.en)),
        "first": str(found.years[0]), "last": str(found.years[1]),
        "areas": len(found.first), "kinds": found.level.kinds, "items": found.first.shape[1],
    }  # fmt: skip
    return (*told, Statement("analysis.sentence.base", values))


def _class_statement(
    edition: Edition, frame: pd.DataFrame, kind: str, name: str, *, by: str
) -> Statement:
    rows = frame[frame["class_code"] == name].sort_values("obs_value", ascending=False)
    names = [_name(edition, *_other(by, row)) for _, row in rows.head(NAMES_TOLD).iterrows()]
    values = {"n": len(rows), "names": listed(names), "total": len(frame)}
    length = "some" if len(rows) > NAMES_TOLD else "all"
    return Statement(f"analysis.{kind}.class_{length}.{name}", values)


def _sum_statement(frame: pd.DataFrame) -> Statement:
    sums = frame[[*SHIFT_PARTS, "obs_value"]].sum()
    values = {name: plain(sums[name], 0) for name in SHIFT_PARTS}
    return Statement("analysis.shifts.sum", {**values, "change": plain(sums["obs_value"], 0)})


def _notes(edition: Edition, found: Panel, frame: pd.DataFrame) -> tuple[Statement, ...]:
    """Why there is nothing, or what was left out."""
    if frame.empty:
        values = {"n": found.first.shape[1], "kinds": found.level.kinds, "level": found.level.name}
        return (Statement("analysis.note.few_items", values), Statement("analysis.note.cure"))
    left_out: Sequence[tuple[str, Sequence[Label]]] = (
        ("items", [_name(edition, BY_ITEM, item) for item in found.items_left_out]),
        ("areas", [_name(edition, BY_AREA, area) for area in found.areas_left_out]),
    )
    return tuple(
        Statement(f"analysis.note.{name}_left_out", {"names": listed(list(labels))})
        for name, labels in left_out
        if labels
    )


__all__ = [
    "BY_AREA",
    "BY_ITEM",
    "NO_CLASS",
    "klassen_report",
    "parts_result",
    "quotient_report",
    "shift_share_report",
]
