"""Papan: the screen of the command center. Scenes rotate in the browser; figures are asked anew."""

from pages.board import board_parts

board_parts.show()
