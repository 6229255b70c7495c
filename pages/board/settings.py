"""Papan (atur): which scenes the board shows, in which order, and what is to be done about each."""

from pages.board import settings_parts

settings_parts.show()
