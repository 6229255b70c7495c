"""Checks of resolved rows, one module each: a module with a CHECK in this folder is run."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from analytics.ingest.checks.check import Check


@cache
def checks() -> tuple[Check, ...]:
    """Every check in this folder, by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        check = getattr(importlib.import_module(f"{__name__}.{module.name}"), "CHECK", None)
        if isinstance(check, Check):
            found.append(check)
    return tuple(sorted(found, key=lambda check: check.name))
