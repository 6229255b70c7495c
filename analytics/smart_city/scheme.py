"""The ministry's scheme: six dimensions with sub-dimensions, five components, three states.

Its weights are data, dated by year, in each pack. The scale from 0 to 4 is inferred from printed
results of other regions; no guide that we saw states it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from analytics.observations.status import ObsStatus

SUB_DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "governance": ("service", "bureaucracy", "policy"),
    "branding": ("tourism", "business", "appearance"),
    "economy": ("industry", "welfare", "transaction"),
    "living": ("space", "health", "mobility"),
    "society": ("community", "learning", "security"),
    "environment": ("protection", "waste", "energy"),
}
DIMENSIONS: tuple[str, ...] = tuple(SUB_DIMENSIONS)
# Dimension of what is no programme by itself: the masterplan, the vision, the evaluation.
OVERARCHING = "all"
# Indices of the region as a whole: items measured by one are no programmes either.
INDICES: tuple[str, ...] = ("spbe_index", "innovation_index")
COMPONENTS: tuple[str, ...] = ("baseline", "output", "outcome", "impact", "quick_win")
SCALE_TOP = 4.0
WHOLE_PCT = 100.0


class State(StrEnum):
    """How far a score has come. The surest first; never mixed in one number."""

    VERIFIED = "verified"
    SELF_ASSESSED = "self_assessed"
    DRAFT = "draft"

    @property
    def suffix(self) -> str:
        """What the codes of indicators in this state end in."""
        return "" if self is State.VERIFIED else f"_{self.value}"

    @property
    def status(self) -> str:
        """The observation status that draws it: normal, estimated, provisional."""
        return STATUS_OF_STATE[self]


STATUS_OF_STATE: Mapping[State, str] = {
    State.VERIFIED: ObsStatus.NORMAL.value,
    State.SELF_ASSESSED: ObsStatus.ESTIMATED.value,
    State.DRAFT: ObsStatus.PROVISIONAL.value,
}


def score_code(component: str, state: State) -> str:
    """The indicator of a component's score in a state."""
    return f"evaluation_score_{component}{state.suffix}"


def weight_code(component: str) -> str:
    """The indicator of a component's weight."""
    return f"evaluation_weight_{component}"
