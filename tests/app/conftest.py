"""Who is asking, in tests of pages."""

from __future__ import annotations

import pytest

from tests.app.opening import OFFICER


@pytest.fixture
def as_officer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a page is the signed-in officer Siti."""
    monkeypatch.setattr("pages.ui.access.who_is_asking", lambda: OFFICER)
