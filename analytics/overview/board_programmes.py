"""Scene of the Smart City programme: results against their targets, newest steps, who owes what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Period, Result, Statement
from analytics.figures.sentences import written_number
from analytics.overview.board_scene import (
    Cell,
    Duty,
    Scene,
    Tone,
    Words,
    counting,
    due_on,
    heading,
    late_since,
    sender,
)

NAME = "smart_city"
DATASET = "smart_city"
TARGET = "_target"
ROWS_SHOWN = 6
DUTIES_SHOWN = 2
COLUMNS = ["item", "indicator", "unit", "year", "obs_value", "obs_status", "target", "target_year",
           "period_start", "period_end", "source_id", "caveat"]  # fmt: skip


def programmes_scene(
    edition: Edition, *, today: date, owners: Mapping[str, str] | None = None
) -> Scene:
    """Every result that has a target, then the newest steps of the programmes."""
    rows = _own_rows(edition, today=today)
    pairs = _pairs(rows, this_year=today.year)
    owed = pairs[pairs["year"].isna() | (pairs["year"] < pairs["target_year"])]
    steps = _steps(rows)
    shown = [_pair_row(edition, row) for row in pairs.to_dict("records")]
    shown += [_step_row(edition, row) for row in steps.to_dict("records")]
    duties = [
        _duty(edition, row, today=today, owners=owners or {}) for row in owed.to_dict("records")
    ]
    return Scene(
        name=NAME,
        result=_result(edition, pairs, steps),
        headings=tuple(heading(name) for name in ("programme", "result", "target")),
        rows=tuple(shown[:ROWS_SHOWN]),
        further=max(0, len(shown) - ROWS_SHOWN),
        duties=tuple(duty for duty in duties if duty is not None)[:DUTIES_SHOWN],
        stale=_stale(duties),
    )


def _own_rows(edition: Edition, *, today: date) -> pd.DataFrame:
    """Dated rows of the region with their `year`; of later years there are targets only."""
    if DATASET not in edition.datasets:
        return pd.DataFrame()
    rows = edition.observations(DATASET, ref_area=edition.ref_area)
    is_target = rows["indicator"].str.endswith(TARGET)
    dated = rows[rows["period_start"].le(pd.Timestamp(today)) | is_target].dropna(
        subset=["period_end"]
    )
    return dated.assign(year=dated["period_end"].dt.year)


def _pairs(rows: pd.DataFrame, *, this_year: int) -> pd.DataFrame:
    """Each indicator's target of the newest year up to this one, else its next target, with the
    newest result: COLUMNS, the newest targets first.
    """
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    ordered = rows.dropna(subset=["obs_value"]).sort_values("year", kind="stable")
    is_target = ordered["indicator"].str.endswith(TARGET)
    targets = ordered[is_target].assign(
        indicator=lambda own: own["indicator"].str.removesuffix(TARGET)
    )
    keys = ["item", "indicator", "unit"]
    past = targets[targets["year"] <= this_year].groupby(keys, sort=False).tail(1)
    ahead = targets[targets["year"] > this_year].groupby(keys, sort=False).head(1)
    newest = pd.concat([past, ahead]).drop_duplicates(keys)[[*keys, "obs_value", "year"]]
    newest = newest.rename(columns={"obs_value": "target", "year": "target_year"})
    results = ordered[~is_target].groupby(keys, sort=False).tail(1)
    found = newest.merge(results, on=keys, how="inner")
    return found.sort_values("target_year", ascending=False, kind="stable")[COLUMNS]


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest text result of each programme, the newest first."""
    if rows.empty:
        return rows
    told = rows[rows["obs_text"].fillna("") != ""].sort_values("period_start", kind="stable")
    return told.groupby("item", sort=False).tail(1).iloc[::-1]


def _result(edition: Edition, pairs: pd.DataFrame, steps: pd.DataFrame) -> Result:
    reached = sum(_standing(edition, row) == "reached" for row in pairs.to_dict("records"))
    kind = "pairs" if len(pairs) else "steps" if len(steps) else "empty"
    values = {"n": reached, "total": str(len(pairs)), "programmes": str(len(steps))}
    both = pd.concat([part for part in (pairs, steps) if len(part)]) if kind != "empty" else pairs
    newest = both["period_end"].max().date() if len(both) else None
    return Result(
        name="board_smart_city",
        frame=both,
        indicator=counting("programmes"),
        sources=edition.vocabulary.sources_of(both) if len(both) else (),
        period=Period(newest, newest),
        edition=edition.stamp,
        title=Statement(f"board.smart_city.title.{kind}", values),
        caveats=edition.vocabulary.caveats(both["caveat"]) if len(both) else (),
    )


def _pair_row(edition: Edition, row: dict[str, object]) -> tuple[Cell, ...]:
    indicator = edition.vocabulary.indicator(str(row["indicator"]), unit=str(row["unit"]))
    value, target = float(str(row["obs_value"])), float(str(row["target"]))
    kind = _standing(edition, row)
    names = {"what": indicator.name, "item": edition.vocabulary.item_name(str(row["item"]))}
    target_words = {
        "target": written_number(target, indicator), "year": str(int(str(row["target_year"]))),
    }  # fmt: skip
    result = {"value": written_number(value, indicator), "year": str(int(str(row["year"])))}
    return (
        Cell(Statement("board.smart_city.of", names)),
        Cell(Statement("board.smart_city.in_year", result), Tone.STRONG),
        Cell(Statement(f"board.smart_city.target.{kind}", target_words),
             Tone.BAD if kind in ("unknown", "short") else Tone.PLAIN),
    )  # fmt: skip


def _standing(edition: Edition, row: dict[str, object]) -> str:
    """`reached` or `short` in the target's year, `unknown` where it has no result, `ahead`."""
    year, target_year = int(str(row["year"])), int(str(row["target_year"]))
    if year != target_year:
        return "ahead" if target_year >= edition.stamp.published_on.year else "unknown"
    value, target = float(str(row["obs_value"])), float(str(row["target"]))
    indicator = edition.vocabulary.indicator(str(row["indicator"]), unit=str(row["unit"]))
    is_reached = value <= target if indicator.better == "down" else value >= target
    return "reached" if is_reached else "short"


def _step_row(edition: Edition, row: dict[str, object]) -> tuple[Cell, ...]:
    """A programme with what was last said of it; the pack has the words of text results."""
    table = edition.vocabulary.tables.get("result_texts")
    words = str(row["obs_text"])
    label = Label(words, words)
    if table is not None:
        named = {one.obs_text: Label(one.name_id, one.name_en) for one in table.itertuples()}
        label = named.get(words, label)
    year = str(int(str(row["year"])))
    return (
        Cell(edition.vocabulary.item_name(str(row["item"]))),
        Cell(Statement("board.smart_city.step", {"step": label, "year": year})),
        Cell(Statement("board.smart_city.no_target"), Tone.QUIET),
    )


def _duty(
    edition: Edition, row: dict[str, object], *, today: date, owners: Mapping[str, str]
) -> Duty | None:
    """The result of the target's year, by the programme's owner; None while it is not yet due."""
    year = int(str(row["target_year"]))
    before = date(year - 1, 12, 31)
    due = due_on(before, "A")
    if due is None or today <= due:
        return None
    indicator = edition.vocabulary.indicator(str(row["indicator"]), unit=str(row["unit"]))
    what = {"what": indicator.name, "year": str(year)}
    return Duty(
        who=_owner(edition, row, owners),
        what=Statement("board.do.send_result", what),
        until=late_since(before, "A"),
        is_late=True,
    )


def _owner(edition: Edition, row: dict[str, object], owners: Mapping[str, str]) -> Words:
    """The programme's owner as the pack names it, else who sends the dataset."""
    table = edition.vocabulary.tables.get("programmes")
    owner = (
        "" if table is None or "owner" not in table else str(table["owner"].get(row["item"], ""))
    )
    if owner and DATASET not in owners:
        return Label(owner, owner)
    source_id = str(row["source_id"])
    return sender(edition, dataset=DATASET, source_id=source_id, owners=owners)


def _stale(duties: list[Duty | None]) -> Statement | None:
    late = sum(duty is not None for duty in duties)
    return Statement("board.stale.smart_city", {"n": late}) if late else None
