"""Texts that hold markup or begin like a formula: kept as text, shown as text, and told."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analytics.ingest.checks.check import Check, Outcome, Scene
from analytics.ingest.findings import Severity

MARKUP = r"<[a-zA-Z/!][^>]*>|&#?\w+;"
FORMULA = r"^[=+@][^\d\s]"


def run(rows: pd.DataFrame, _scene: Scene) -> Iterator[Outcome]:
    """Rows whose text looks like HTML or like a formula."""
    texts = rows["obs_text"]
    for kind, pattern in (("markup", MARKUP), ("formula_like", FORMULA)):
        codes, distinct = pd.factorize(texts)
        matches = pd.Series(distinct).str.contains(pattern, regex=True).to_numpy(bool)
        bad = pd.Series(matches[codes], index=rows.index) if len(distinct) else texts != texts
        yield Outcome(kind, Severity.WARNING, bad, texts)


CHECK = Check("wording", run)
