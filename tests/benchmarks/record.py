"""What a measurement says of itself: day, machine, versions, and its figures in one table."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analytics.forecasting import METHOD

CPU_LIST = Path("/proc/cpuinfo")
PACKAGES = ("numpy", "pandas", "statsforecast", "mlforecast", "scikit-learn")
HEADINGS = ("panel", "series", "scores", "coverage 80/95", "beside")

Report = Mapping[str, object]


def circumstances(today: date) -> str:
    """One line: day, engine, machine, versions."""
    names = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"{today.isoformat()}, engine `{METHOD}`, {processor()} ({os.cpu_count()} cores), "
        f"Python {platform.python_version()}; {names}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """The processor's own name where the system tells it, else its kind."""
    if CPU_LIST.exists():
        for line in CPU_LIST.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def as_markdown(found: Mapping[str, Report], *, today: date) -> str:
    """The figures of a run as one table, a line a panel."""
    lines = [
        f"Measured on {circumstances(today)}",
        "",
        f"| {' | '.join(HEADINGS)} |",
        "|" + "---|" * len(HEADINGS),
        *(f"| {' | '.join(_cells(name, one))} |" for name, one in found.items()),
    ]
    return "\n".join(lines) + "\n"


def _cells(name: str, one: Report) -> list[str]:
    scores, coverage, beside = one["scores"], one["coverage"], one["beside"]
    assert isinstance(scores, Mapping)
    assert isinstance(coverage, Mapping)
    assert isinstance(beside, Mapping)
    others = [
        f"{other} {_figures(kept[other])} / {_figures(kept['engine'])}"
        for other, kept in beside.items()
    ]
    return [
        name,
        f"{one['series']} of {one['of']}",
        _figures(scores.get("combination", {})),
        f"{coverage['80']} / {coverage['95']}" if coverage["pairs"] else "not measured",
        "; ".join(others) or "not measured",
    ]


def _figures(scores: Mapping[str, float]) -> str:
    """Scores without the counts beside them."""
    return ", ".join(f"{name} {value}" for name, value in scores.items() if name != "pairs")
