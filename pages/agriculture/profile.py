"""Profil: what is known of one area or one commodity, with links to map and analysis."""

from pages.agriculture import profile_parts as parts
from pages.ui import cache, filters
from pages.ui.state import say

edition = cache.edition()
about = filters.choose_view(
    "about",
    label="analysis.filter.about",
    options=parts.ABOUT,
    words=lambda code: say(f"analysis.profile.about_{code}"),
)
parts.SHOWN[about](edition)
