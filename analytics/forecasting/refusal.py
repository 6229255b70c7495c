"""Why a forecast was refused, in both languages."""

from __future__ import annotations

from analytics.i18n import text


class ForecastRefused(ValueError):
    """What was asked cannot be forecast; `kind` is a key of the catalogue `forecast_refused`."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values

    def __str__(self) -> str:
        return self.words("en")

    def words(self, language: str) -> str:
        """The sentence that tells what is wrong, where, and what was expected."""
        return text(f"forecast_refused.{self.kind}", language, **self.values)
