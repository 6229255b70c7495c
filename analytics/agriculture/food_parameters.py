"""Dated parameters of the rice balance from the pack: conversion and consumption, with source."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.observations.concepts import Label

TABLE = "food_parameters"
CONVERSION = "rice_conversion"
CONSUMPTION = ("rice_consumption_home", "rice_consumption_outside")
YEARLY_UNIT = "kg/person/year"
PARAMETERS = (CONVERSION, *CONSUMPTION)


@dataclass(frozen=True)
class Parameter:
    """A parameter as the pack has it for a year; `value` is None where no figure is known.

    `note` says what the figure stands for, or why there is none; empty when the pack has no row.
    """

    code: str
    value: float | None
    unit: str
    ref_area: str
    source_id: str
    note: Label


@dataclass(frozen=True)
class RiceParameters:
    """What turns paddy and people into a balance in one year."""

    year: int
    parts: tuple[Parameter, ...]
    conversion_pct: float
    consumption_kg_per_year: float

    @property
    def is_complete(self) -> bool:
        return not (pd.isna(self.conversion_pct) or pd.isna(self.consumption_kg_per_year))

    @property
    def gaps(self) -> tuple[Parameter, ...]:
        """Parameters without a figure."""
        return tuple(part for part in self.parts if part.value is None)


def rice_parameters(edition: Edition, *, area: str, year: int) -> RiceParameters:
    """The parameters in force in the middle of `year`, of the area or the nearest wider one.

    Consumption is kilograms of rice a head and year, in households and outside them. NaN where
    a part is not known: nothing is carried on from another year.
    """
    parts = tuple(_parameter(edition, code, area=area, year=year) for code in PARAMETERS)
    eaten = [_yearly_kg(edition, part) for part in parts if part.code in CONSUMPTION]
    milled = next(part.value for part in parts if part.code == CONVERSION)
    return RiceParameters(
        year=year,
        parts=parts,
        conversion_pct=float("nan") if milled is None else milled,
        consumption_kg_per_year=sum(eaten),
    )


def _parameter(edition: Edition, code: str, *, area: str, year: int) -> Parameter:
    rows = _in_force(edition, code, year)
    for place in _wider_areas(edition, area):
        own = rows[rows["ref_area"] == place]
        if len(own):
            return _from_row(code, own.iloc[-1])
    return Parameter(code, None, "", "", "", Label("", ""))


def _in_force(edition: Edition, code: str, year: int) -> pd.DataFrame:
    if TABLE not in edition.vocabulary.tables:
        return pd.DataFrame(columns=["ref_area"])
    rows = edition.reference(TABLE)
    middle = f"{year}-07-01"
    is_valid = (rows["valid_from"] <= middle) & (
        (rows["valid_to"] == "") | (rows["valid_to"] >= middle)
    )
    return rows[(rows["parameter"] == code) & is_valid].sort_values("valid_from", kind="stable")


def _from_row(code: str, row: pd.Series) -> Parameter:
    return Parameter(
        code=code,
        value=float(row["value"]) if row["value"] else None,
        unit=str(row["unit"]),
        ref_area=str(row["ref_area"]),
        source_id=str(row["source_id"]),
        note=Label(str(row["note_id"]), str(row["note_en"])),
    )


def _wider_areas(edition: Edition, area: str) -> list[str]:
    """The area and all it lies in, the narrowest first."""
    found, parents = [], edition.vocabulary.areas["parent_code"]
    while area:
        found.append(area)
        area = str(parents.get(area, "") or "")
    return found


def _yearly_kg(edition: Edition, part: Parameter) -> float:
    if part.value is None:
        return float("nan")
    return part.value * float(edition.vocabulary.factor(part.unit, YEARLY_UNIT))
