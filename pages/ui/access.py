"""Who is asking, and what they may see. Restricted pages call `require` on their first line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import streamlit as st

from pages.ui import state


class Role(IntEnum):
    """Rights in rising order; each role may do what the ones before it may."""

    PUBLIC = 0
    OFFICER = 1
    VERIFIER = 2
    ADMIN = 3


@dataclass(frozen=True)
class Visitor:
    """The person at the browser; the public has no name."""

    role: Role
    name: str | None = None

    def may(self, role: Role) -> bool:
        """Whether this person has the rights of `role`."""
        return self.role >= role


PUBLIC = Visitor(role=Role.PUBLIC)


def who_is_asking() -> Visitor:
    """The visitor. Everyone reads as the public as long as no sign-in is set up."""
    return PUBLIC


def require(role: Role) -> None:
    """Ends the page with an explanation unless the visitor has the rights of `role`."""
    if not who_is_asking().may(role):
        st.warning(state.say(f"nav.access.{role.name.lower()}"))
        st.stop()
