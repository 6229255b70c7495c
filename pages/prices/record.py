"""Rekam jejak ramalan: every forecast that was issued beside the price that came."""

from pages.prices import record_parts as parts
from pages.ui import cache

parts.show(cache.edition())
