"""Layouts of real files, one module each: a module with a LAYOUT in this folder is known."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from analytics.ingest.layouts.layout import Layout


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout in this folder, by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        layout = getattr(importlib.import_module(f"{__name__}.{module.name}"), "LAYOUT", None)
        if isinstance(layout, Layout):
            found.append(layout)
    return tuple(sorted(found, key=lambda layout: layout.name))
