"""Slips in daily entries: candidates, proposed corrections, and the cleaned long table.

A value is compared with the days around it in the same area and with the other areas at that
time. Only a slip with one clear explanation is proposed; what cannot be true and has none
becomes missing; all else is left alone and listed. Frames in, frames out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.observations.status import ObsStatus
from analytics.observations.table import join_codes
from analytics.pack.corrections import CORRECTION_COLUMNS, apply_corrections, typed_corrections
from analytics.pack.entry_rules import EntryRules, entry_rules
from analytics.pack.explanations import LEFT_ALONE, Outcome, explain_row
from analytics.pack.judgement import Judge
from analytics.pack.neighbourhood import Entry, Neighbourhood, Reference, entries_in_order
from analytics.pack.repeated_entries import pick_repeated

CANDIDATE_COLUMNS: tuple[str, ...] = (
    "row_id",
    "area_code",
    "date",
    "field",
    "raw_value",
    "corrected_value",
    "kind",
    "reason",
    "evidence",
)
CLEAN_COLUMNS: tuple[str, ...] = (
    "row_id",
    "ref_area",
    "date",
    "item",
    "raw_value",
    "obs_value",
    "obs_status",
    "caveat",
    "correction",
    "row_state",
    "row_reason",
)
NOT_REPORTED = "not_reported"
ENTRY_CORRECTED = "entry_corrected"
ENTRY_WITHDRAWN = "entry_withdrawn"


def describe_candidates(
    frame: pd.DataFrame, *, rules: Mapping[str, object] | None = None
) -> pd.DataFrame:
    """Every suspicious cell, by row and column, with what becomes of it.

    `kind` is empty for cells left alone; `corrected_value` is empty where the value becomes
    missing. `frame` is the table as entered: row_id, area_code, date and one column an item;
    `rules` is the content of the pack's rules file.
    """
    known = entry_rules(rules or {})
    entries = entries_in_order(frame, rules=known)
    judge = Judge(Neighbourhood(entries, rules=known))
    found = [
        _candidate(judge, entries, row, outcome)
        for row in range(len(entries))
        for outcome in explain_row(judge, row)
    ]
    described = pd.DataFrame(found, columns=list(CANDIDATE_COLUMNS))
    return described.sort_values("row_id", kind="stable", ignore_index=True)


def propose_corrections(
    frame: pd.DataFrame, *, rules: Mapping[str, object] | None = None
) -> pd.DataFrame:
    """Candidates with one clear explanation, as a table of corrections (values as text)."""
    described = describe_candidates(frame, rules=rules)
    accepted = described[described["kind"] != LEFT_ALONE]
    return accepted[list(CORRECTION_COLUMNS)].reset_index(drop=True)


def count_candidates(described: pd.DataFrame) -> pd.DataFrame:
    """Number of candidates by kind and reason; kind '' is left alone."""
    counts = described.groupby(["kind", "reason"]).size()
    return counts.rename("candidates").reset_index()


def _candidate(
    judge: Judge, entries: pd.DataFrame, row: int, outcome: Outcome
) -> tuple[object, ...]:
    value = judge.near.value(row, outcome.item)
    corrected = math.nan if outcome.kind == LEFT_ALONE else outcome.value
    told = value if math.isnan(corrected) else corrected
    return (
        int(judge.near.row_ids[row]),
        judge.near.areas[row],
        entries["date"].iloc[row].isoformat(),
        outcome.item,
        _written(0.0 if math.isnan(value) else value),
        _written(corrected),
        outcome.kind,
        outcome.reason,
        _evidence(judge.reference(row, outcome.item, told)),
    )


def _written(value: float) -> str:
    """A number as the source writes it: no decimals where it has none; missing is empty."""
    return "" if math.isnan(value) else f"{value:.10g}"


def _evidence(reference: Reference | None) -> str:
    """What the value was compared with: medians in prices, their counts, the entries beside it."""
    if reference is None:
        return "outside_every_basis"
    parts = [
        f"own={_rounded(reference.own)} n={reference.own_entries}",
        f"others={_rounded(reference.others)} areas={reference.other_areas}",
        f"before={_listed(reference.before)}",
        f"after={_listed(reference.after)}",
    ]
    return "; ".join(parts)


def _rounded(price: float) -> str:
    return "-" if math.isnan(price) else f"{price:.0f}"


def _listed(entries: tuple[Entry, ...]) -> str:
    told = [f"{_written(one.value)}@{date.fromordinal(one.day).isoformat()}" for one in entries]
    return ", ".join(told) or "-"


def clean_wide_daily(
    raw: pd.DataFrame, corrections: pd.DataFrame, rules: Mapping[str, object] | None = None
) -> pd.DataFrame:
    """The table as one row per entry and item, by row and column: corrected, stated, explained.

    Nothing vanishes: what was not reported or withdrawn is there with status M, a repeated or
    rejected entry with its row_state and row_reason. Values on different bases (caveat) are
    never comparable. Raises GuardMismatch when the source no longer holds what a correction says.
    """
    known = entry_rules(rules or {})
    corrected = entries_in_order(apply_corrections(raw, corrections), rules=known)
    states = pick_repeated(corrected, rules=known)
    long = _melted(corrected, "obs_value").assign(
        raw_value=_melted(_as_entered(raw, known), "raw_value")["raw_value"]
    )
    long = _with_corrections(long, typed_corrections(corrections))
    long = long.merge(states, on="row_id", how="left", validate="many_to_one")
    is_missing = long["obs_value"].isna()
    long["obs_status"] = [
        str(ObsStatus.MISSING if missing else ObsStatus.NORMAL) for missing in is_missing
    ]
    long["caveat"] = _caveats(long, known)
    return long[list(CLEAN_COLUMNS)]


def _as_entered(raw: pd.DataFrame, rules: EntryRules) -> pd.DataFrame:
    entries = entries_in_order(raw, rules=rules)
    return entries.fillna(dict.fromkeys(entries.columns[3:], 0.0))


def _melted(entries: pd.DataFrame, name: str) -> pd.DataFrame:
    """Long by row number, then column in the order of the form."""
    ordered = entries.sort_values("row_id", ignore_index=True)
    items = [column for column in ordered.columns if column not in ("row_id", "area_code", "date")]
    long = ordered.melt(
        id_vars=["row_id", "area_code", "date"], value_vars=items, var_name="item", value_name=name
    )
    long["item"] = pd.Categorical(long["item"], categories=items, ordered=True)
    long = long.sort_values(["row_id", "item"], ignore_index=True)
    return long.astype({"item": str}).rename(columns={"area_code": "ref_area"})


def _with_corrections(long: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    kinds = corrections[["row_id", "field", "kind"]]
    kinds = kinds.rename(columns={"field": "item", "kind": "correction"})
    merged = long.merge(kinds, on=["row_id", "item"], how="left", validate="one_to_one")
    return merged.fillna({"correction": ""})


def _caveats(long: pd.DataFrame, rules: EntryRules) -> list[str]:
    columns = (long["row_id"], long["item"], long["obs_value"], long["correction"])
    return [
        _caveat(rules, row_id=row_id, item=item, value=value, correction=correction)
        for row_id, item, value, correction in zip(*columns, strict=True)
    ]


def _caveat(rules: EntryRules, *, row_id: int, item: str, value: float, correction: str) -> str:
    if math.isnan(value):
        return ENTRY_WITHDRAWN if correction else NOT_REPORTED
    periods = [
        period.caveat
        for period in rules.caveats
        if item in period.items and row_id <= period.last_row_id
    ]
    changed = ENTRY_CORRECTED if correction else ""
    return join_codes(changed, rules.basis_caveat(item, value), *periods)
