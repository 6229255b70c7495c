"""Papan (atur): which scenes the board shows, in which order, and what is to be done about each."""

from pages.board import settings_parts
from pages.board.permission import ask_to_set_board

ask_to_set_board()
settings_parts.show()
