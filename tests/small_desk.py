"""A desk over the small pack: files brought in, published and withdrawn by named people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from analytics.commands.people import person_at_terminal
from analytics.editions.office import publish_batch
from analytics.editions.publish import publish_pack
from analytics.editions.store import Store, open_store
from analytics.ingest.checking import check_file
from analytics.ingest.submit import Submission, Wish, submit
from analytics.jobs.check import region_in_force
from analytics.pack.reader import read_pack
from analytics.people.accounts import find
from analytics.people.administration import add_user
from analytics.people.database import open_people
from analytics.people.rights import Role
from analytics.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HEADER = "ref_area,place,item,indicator,year,nilai,unit,source_id"


def give_accounts(settings: Settings) -> None:
    """Siti and Budi, verifiers, for commands that act in somebody's name."""
    engine, terminal = open_people(settings), person_at_terminal()
    with engine.connect() as connection:
        lacking = [name for name in ("siti", "budi") if find(connection, name) is None]
    for name in lacking:
        add_user(
            engine, name, role=Role.VERIFIER, office="", rules=settings.accounts,
            by=terminal, now=NOW,
        )  # fmt: skip


def file_of(*rows: str, header: str = HEADER) -> bytes:
    """A filled template."""
    return "\n".join([header, *rows, ""]).encode()


def timur(value: float, *, year: int = 2023) -> str:
    """A row: rice of the area Timur, which the pack has no figure of."""
    return f"88.01.01,,padi,production,{year},{value},t,s_official"


@dataclass(frozen=True)
class Desk:
    """The store of one region with the acts of its people."""

    settings: Settings
    region: str = "uji"

    @property
    def store(self) -> Store:
        return open_store(self.settings, self.region)

    def load(self) -> None:
        pack = read_pack(self.settings.pack_dir(self.region))
        publish_pack(self.store, pack, published_by="pemasang", now=NOW)

    def bring(
        self, content: bytes, *, dataset: str = "agriculture", by: str = "siti", **wish: object
    ) -> Submission:
        region = region_in_force(self.settings, self.region, today=TODAY)
        report = check_file("berkas.csv", content, region=region, dataset=dataset)
        return submit(self.store.engine, report, content, Wish(by, **wish), region=region, now=NOW)  # type: ignore[arg-type]

    def publish(self, content: bytes, **wish: object) -> int:
        """Brings a file and lets another person publish it; gives the batch's number."""
        batch = self.bring(content, accepted_warnings="benar", **wish).batch_id
        publish_batch(self.store, batch, published_by="budi", now=NOW)
        return batch

    def value(self, *, edition: int | None = None, area: str = "88.01.01") -> float | None:
        """The official figure of rice of an area in 2023; None where there is none."""
        rows = self.store.edition(edition).observations(
            "agriculture", ref_area=area, indicator="production", source_id="s_official"
        )
        found = rows.loc[rows["period_start"].dt.year == 2023, "obs_value"].dropna()
        return None if found.empty else float(found.item())
