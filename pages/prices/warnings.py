"""Peringatan: open alarms as cards, their history, the egg : maize ratio, the rules."""

from pages.prices import warning_parts as parts
from pages.ui import cache

parts.show(cache.edition())
