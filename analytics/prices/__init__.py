"""Prices: series, reports, references, and later warnings."""
