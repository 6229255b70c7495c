"""Words, numbers and dates in Indonesian and English."""

from analytics.i18n.catalogue import LANGUAGES, MissingText, catalogue, text
from analytics.i18n.formatting import MINUS, MISSING, Formatter

__all__ = ["LANGUAGES", "MINUS", "MISSING", "Formatter", "MissingText", "catalogue", "text"]
