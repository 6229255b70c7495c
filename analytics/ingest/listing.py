"""A check written out: every row as it would be stored and every finding, as text or JSON."""

from __future__ import annotations

import json

import pandas as pd

from analytics.i18n import Formatter, text
from analytics.ingest.checking import CheckReport
from analytics.ingest.findings import FileRefused, Severity
from analytics.observations.table import PACK_COLUMNS

ROW_KEYS: tuple[str, ...] = ("dataset", *PACK_COLUMNS, "sheet", "row", "column", "is_refused")


def as_json(report: CheckReport, *, language: str) -> str:
    """One object: file, dataset, layout, counts, rows, findings with their sentences."""
    rows = report.rows[list(ROW_KEYS)]
    head = json.dumps(_facts(report), ensure_ascii=False)[1:-1]
    written = rows.to_json(orient="records", force_ascii=False, double_precision=10)
    findings = json.dumps(_findings(report, language), ensure_ascii=False)
    return f'{{{head}, "rows": {written}, "findings": {findings}}}'


def refusal_as_json(refused: FileRefused, *, dataset: str, language: str) -> str:
    """The same object for a file that was not taken."""
    facts = {
        "file": refused.file,
        "dataset": dataset,
        "layout": "",
        "row_count": 0,
        "refused_count": 0,
        "refused": {"kind": refused.kind, "sentence": refused.words(language)},
        "rows": [],
        "findings": [],
    }
    return json.dumps(facts, ensure_ascii=False)


def _facts(report: CheckReport) -> dict[str, object]:
    return {
        "file": report.file,
        "dataset": report.dataset,
        "layout": report.layout,
        "row_count": len(report.rows),
        "refused_count": report.refused_count,
        **{f"{severity.value}s": report.count(severity) for severity in Severity},
    }


def _findings(report: CheckReport, language: str) -> list[dict[str, object]]:
    return [
        {
            "kind": finding.kind,
            "severity": finding.severity,
            "sheet": finding.sheet,
            "row": finding.row,
            "column": finding.column,
            "found": finding.found,
            "expected": finding.expected,
            "other_row": finding.other_row,
            "other_batch": finding.other_batch,
            "sentence": finding.words(language),
        }
        for finding in report.listed()
    ]


def as_text(report: CheckReport, *, language: str) -> str:
    """Rows as a table parted by tabs, then one sentence a finding, then the counts."""
    shown = report.rows[list(ROW_KEYS)]
    table = shown.to_csv(sep="\t", index=False, lineterminator="\n", float_format="%.10g")
    sentences = [
        f"- {text(f'ingest.severity.{finding.severity}', language)}: {finding.words(language)}"
        for finding in report.listed()
    ]
    return "\n".join([table, *sentences, summary(report, language=language)])


def summary(report: CheckReport, *, language: str) -> str:
    """One sentence: layout, rows, refused rows, warnings."""
    number = Formatter(language).number
    return text(
        "ingest.check.summary",
        language,
        file=report.file,
        layout=text(f"ingest.layout.{report.layout}", language),
        rows=number(len(report.rows)),
        refused=number(report.refused_count),
        warnings=number(report.count(Severity.WARNING)),
    )


def rows_frame(report: CheckReport) -> pd.DataFrame:
    """The rows as they would be stored, without the refused ones, in the pack's columns."""
    return report.accepted[["dataset", *PACK_COLUMNS, "sheet", "row", "column"]]
