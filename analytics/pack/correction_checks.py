"""Checks of corrections and rules against the daily table that they are written for."""

from __future__ import annotations

import tomllib

import pandas as pd

from analytics.pack.corrections import (
    CorrectionError,
    GuardMismatch,
    RepeatedCorrection,
    UnknownTarget,
    apply_corrections,
    read_corrections,
)
from analytics.pack.entry_rules import read_entry_rules
from analytics.pack.layouts import wide_daily_columns
from analytics.pack.problems import PackProblem
from analytics.pack.reader import Pack, Resource, read_text_table

FIRST_FILE_ROW = 2


def correction_problems(pack: Pack, resource: Resource) -> list[PackProblem]:
    """The first correction that does not fit the table, and rules that cannot be used."""
    problems: list[PackProblem] = []
    if "rules" in resource.settings:
        problems += _problems_of_rules(pack, str(resource.settings["rules"]))
    if "corrections" in resource.settings:
        problems += _problems_of_corrections(pack, resource, str(resource.settings["corrections"]))
    return problems


def _problems_of_rules(pack: Pack, file: str) -> list[PackProblem]:
    try:
        read_entry_rules(pack.folder / file)
    except (CorrectionError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [PackProblem(kind="rules_invalid", file=file, found=str(error))]
    return []


def _problems_of_corrections(pack: Pack, resource: Resource, file: str) -> list[PackProblem]:
    table = read_text_table(resource.path)
    rows = table[list(resource.settings["items"])].assign(  # type: ignore[call-overload]
        row_id=table[wide_daily_columns(resource.settings)["row"]].astype("int64")
    )
    path = pack.folder / file
    try:
        apply_corrections(rows, read_corrections(path))
    except GuardMismatch as error:
        return [
            PackProblem(
                kind="guard_mismatch", file=file, row=_file_row(read_text_table(path), error),
                field=error.field, found=f"{error.found:g}", expected=f"{error.expected:g}",
            )
        ]  # fmt: skip
    except (UnknownTarget, RepeatedCorrection) as error:
        is_unknown = isinstance(error, UnknownTarget)
        return [
            PackProblem(
                kind="correction_without_cell" if is_unknown else "correction_repeated",
                file=file, row=_file_row(read_text_table(path), error), field=error.field,
                found=str(error.row_id), expected=resource.file,
            )
        ]  # fmt: skip
    except CorrectionError as error:
        return [PackProblem(kind="rules_invalid", file=file, found=str(error))]
    return []


def _file_row(
    corrections: pd.DataFrame, error: GuardMismatch | UnknownTarget | RepeatedCorrection
) -> str:
    """Row of the corrections file that names the cell; of several the last."""
    same = (corrections["row_id"] == str(error.row_id)) & (corrections["field"] == error.field)
    return str(int(corrections.index[same][-1]) + FIRST_FILE_ROW)
