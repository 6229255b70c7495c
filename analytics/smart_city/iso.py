"""Indicators of ISO 37122 and ISO 37120: held, to be had, not to be had. No claim of conformity."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Number, Result, Statement
from analytics.smart_city.rows import reference, year_period
from analytics.smart_city.scheme import DIMENSIONS
from analytics.smart_city.words import a_list, listed

COLUMNS = (
    "standard", "number", "dimension", "number_source", "name_id", "name_en", "possible",
    "reason_id", "reason_en", "held_dataset", "held_item", "held_indicator",
)  # fmt: skip
HAS, COULD, CANNOT = "has", "could", "cannot"
ANSWERS: tuple[str, ...] = (HAS, COULD, CANNOT)
# Whether an open document that lists the indicator was compared with number and paraphrase.
COMPARED, NOT_COMPARED = "compared", "not_compared"


def iso_report(edition: Edition) -> Result:
    """One row an indicator: number, our paraphrase, dimension, whether the region has it, why.

    `answer` is `has` only where the edition holds a value; its newest one stands in `obs_value`
    with unit and year in `held` (codes of `iso_labels`). `checked` says whether its number was
    compared with an open document (`number_source`); the standard itself is not at hand.
    """
    table = reference(edition, "iso_indicators", COLUMNS)
    held = [_newest(edition, row) for row in table.to_dict("records")]
    code = table["standard"] + ":" + table["number"]
    frame = table.assign(
        obs_text="ISO " + table["standard"] + " · " + table["number"],
        obs_value=float("nan"),
        obs_status="A",
        words=code,
        reason=code,
        checked=[COMPARED if source else NOT_COMPARED for source in table["number_source"]],
        answer=[
            HAS if row is not None else COULD if possible == "yes" else CANNOT
            for row, possible in zip(held, table["possible"], strict=True)
        ],
        held=[_held_words(row) for row in held],
    )
    place = {name: place for place, name in enumerate(DIMENSIONS)}
    order = {name: place for place, name in enumerate(ANSWERS)}
    frame = frame.assign(
        place_=frame["dimension"].map(place),
        order_=frame["answer"].map(order),
    ).sort_values(["order_", "place_"], kind="stable", ignore_index=True)
    counts = frame["answer"].value_counts()
    key = "some" if len(frame) else "none"
    return Result(
        name="smart_city_iso",
        frame=frame.drop(columns=["place_", "order_"]),
        indicator=a_list("iso"),
        sources=(),
        period=year_period([]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.iso.title.{key}",
            {name: int(counts.get(name, 0)) for name in ANSWERS} | {"all": len(frame)},
        ),
        statements=_claim(frame),
        notes=() if len(frame) else (Statement("smart_city.iso.note.none"),),
    )


def _claim(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty:
        return ()
    names = [f"ISO {name.partition(':')[0]}" for name in sorted(frame["standard"].unique())]
    standards = listed([Label(name, name) for name in names])
    unchecked = int((frame["checked"] == NOT_COMPARED).sum())
    values = {"n": unchecked, "all": len(frame)}
    return (
        Statement("smart_city.iso.sentence.claim", {"standards": standards}),
        Statement(f"smart_city.iso.sentence.{'unchecked' if unchecked else 'checked'}", values),
    )


def _newest(edition: Edition, row: dict[str, str]) -> pd.Series | None:
    """The region's newest value of what an indicator is held by."""
    dataset = row["held_dataset"]
    if not dataset or dataset not in edition.datasets:
        return None
    rows = edition.observations(
        dataset,
        ref_area=edition.ref_area,
        item=row["held_item"],
        indicator=row["held_indicator"],
    )
    known = rows[rows["obs_value"].notna()].sort_values("period_end", kind="stable")
    return known.iloc[-1] if len(known) else None


def _held_words(row: pd.Series | None) -> str:
    return "" if row is None else f"{row['obs_value']:g}|{row['unit']}|{row['period_end'].year}"


def iso_labels(edition: Edition, frame: pd.DataFrame) -> dict[str, dict[str, Label]]:
    """Words by code: paraphrase, reason, and the value that is held."""
    rows = frame.to_dict("records")
    return {
        "words": {str(row["words"]): Label(row["name_id"], row["name_en"]) for row in rows},
        "reason": {str(row["reason"]): Label(row["reason_id"], row["reason_en"]) for row in rows},
        "held": {str(row["held"]): _held_label(edition, str(row["held"])) for row in rows
                 if row["held"]},
    }  # fmt: skip


def _held_label(edition: Edition, code: str) -> Label:
    value, unit, year = code.split("|")
    symbol = edition.vocabulary.unit_symbol(unit)
    number = Number(float(value), "number", {"decimals": 1})
    words = Statement("smart_city.iso.held", {"value": number, "unit": symbol, "year": year})
    return Label(words.words("id"), words.words("en"))
