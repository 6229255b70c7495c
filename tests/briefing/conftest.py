"""What tests of briefings share: the LKPJ briefing of real data, and a small office to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.briefing.draft import Draft, draft_from, read_outline
from analytics.briefing.model import Briefing
from analytics.briefing.office import Office
from analytics.editions.publish import publish_pack
from analytics.editions.store import open_store
from analytics.pack.reader import read_pack
from tests.editions.test_publish import settings_for
from tests.small_pack import AGRICULTURE, write_small_pack
from tests.store import Store

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MORE_YEARS = "".join(
    f"88.01,,padi,{indicator},{year}-01-01,{year}-12-31,A,{value},,{unit},A,s_official,\n"
    for year, output, area in ((2019, 90, 18), (2020, 95, 19), (2021, 98, 19.5))
    for indicator, value, unit in (("production", output, "t"), ("harvested_area", area, "ha"))
)
SMALL = {
    "name": "uji",
    "title": {"id": "Paparan {region}", "en": "Briefing of {region}"},
    "section": [
        {
            "heading": {"id": "Padi", "en": "Rice"},
            "part": [
                {
                    "kind": "figure",
                    "maker": "data/series",
                    "choices": {
                        "dataset": "agriculture", "item": "padi", "indicator": "production",
                    },
                }
            ],
        }
    ],
}  # fmt: skip


def office_of(store: Store, region: str) -> Office:
    return Office(open_store(store.settings, region))


@pytest.fixture(scope="session")
def lkpj(store: Store) -> Callable[[str, str], Briefing]:
    """The LKPJ outline of agriculture as a document, built once for each region and language."""
    built: dict[tuple[str, str], Briefing] = {}

    def build(region: str, language: str) -> Briefing:
        if (region, language) not in built:
            office = office_of(store, region)
            built[region, language] = office.briefing(
                read_outline("lkpj-pertanian"), office.edition(), language=language
            )
        return built[region, language]

    return build


@pytest.fixture
def small_office(tmp_path: Path) -> Office:
    """A region of four areas with five years of rice, published once."""
    folder = tmp_path / "data" / "uji"
    write_small_pack(folder, agriculture=AGRICULTURE + MORE_YEARS)
    settings = settings_for(tmp_path, "uji")
    office = Office(open_store(settings, "uji"))
    load(office, folder)
    return office


def load(office: Office, folder: Path) -> None:
    """Publishes what the pack says now."""
    publish_pack(
        office.store, read_pack(folder), published_by="tester", now=NOW,
        on_progress=lambda *_: None,
    )  # fmt: skip


@pytest.fixture
def small_draft() -> Draft:
    return draft_from(SMALL)
