"""What methods are called where there is little room, and how each comes to its figures."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.names import in_both
from analytics.figures.result import Label, Statement

SHORT_NAMES = frozenset(
    {
        "ksa",
        "dinas",
        "dinas_lain",
        "bps",
        "bps_pre_ksa",
        "company",
        "secondary",
        "land_statistics",
        "sample_survey",
        "office_reports",
    }
)
EXPLAINED = ("ksa", "dinas", "bps", "bps_pre_ksa", "sample_survey", "office_reports")
REASONED_PAIRS = (("ksa", "dinas"), ("sample_survey", "office_reports"))


def method_name(edition: Edition, family: str, source_id: str) -> Label:
    """Short name of a family of methods; the source's own name for one that has none."""
    if family in SHORT_NAMES:
        return in_both(f"agriculture.method_short.{family}")
    return edition.vocabulary.source(source_id).method_name


def method_names(edition: Edition, frame: pd.DataFrame) -> dict[str, Label]:
    """Short names of the methods in a frame, by family."""
    first = frame.drop_duplicates("method")
    pairs = zip(first["method"], first["source_id"], strict=True)
    return {method: method_name(edition, method, source) for method, source in pairs if source}


def explanations(families: set[str]) -> tuple[Statement, ...]:
    """How each method comes to its figure and why two of them differ, where that is known."""
    told = [f"agriculture.method.{method}" for method in EXPLAINED if method in families]
    told += [
        f"agriculture.reason.{'_'.join(pair)}" for pair in REASONED_PAIRS if set(pair) <= families
    ]
    return tuple(Statement(key) for key in told)
