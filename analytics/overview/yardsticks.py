"""How good the engine was when last measured: the yardsticks that the Methods page prints."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.settings import PROJECT_ROOT

YARDSTICKS = PROJECT_ROOT / "analytics" / "forecasting" / "yardsticks.toml"


@dataclass(frozen=True)
class Yardstick:
    """One measured figure: what was asked, what was reached, and what another method reached.

    `limit` is the highest figure that counts as reached. `series` of `of` series were measured.
    `beside` is None where nothing was measured beside it.
    """

    work: str
    series: int
    of: int
    limit: float
    reached: float
    beside: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the figure reached what was asked."""
        return self.reached <= self.limit


@dataclass(frozen=True)
class Measurement:
    """All yardsticks of one day and one engine."""

    measured: date
    engine: str
    rows: tuple[Yardstick, ...]


def measurement(path: Path = YARDSTICKS) -> Measurement:
    """The last measurement. Raises KeyError or TypeError for an incomplete file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = tuple(Yardstick(**row) for row in content["row"])
    return Measurement(content["measured"], content["engine"], rows)
