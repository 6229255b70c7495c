"""The one place where it is asked who may set the board."""

from __future__ import annotations


def ask_to_set_board() -> None:
    """Ends the page for those who may not set the board.

    Everyone may, as long as there are no accounts; the name that is typed is kept.
    """
