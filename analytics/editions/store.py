"""The store of a region: its ledger and its editions, opened together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, select

from analytics.editions.edition import Edition, day_in_region, region_label
from analytics.ledger.database import open_ledger
from analytics.ledger.moments import as_utc
from analytics.ledger.tables import editions
from analytics.observations.concepts import EditionStamp
from analytics.settings import Settings


class NoEdition(LookupError):
    """Nothing has been published for the region, or not the edition asked for."""


@dataclass(frozen=True)
class Store:
    """Ledger and edition files of one region."""

    region: str
    engine: Engine
    folder: Path

    def numbers(self) -> tuple[int, ...]:
        """Numbers of all editions, oldest first."""
        with self.engine.connect() as connection:
            query = select(editions.c.number).order_by(editions.c.number)
            return tuple(connection.execute(query).scalars())

    def newest_number(self) -> int:
        """Number of the newest edition. Raises NoEdition."""
        numbers = self.numbers()
        if not numbers:
            raise NoEdition(f"Region '{self.region}' has no edition: python -m analytics load.")
        return numbers[-1]

    def number_before(self, number: int) -> int | None:
        """Number of the newest older edition, whatever gap lies between; None for the first."""
        return max((known for known in self.numbers() if known < number), default=None)

    def edition(self, number: int | None = None) -> Edition:
        """The edition of that number, or the newest. Raises NoEdition."""
        number = self.newest_number() if number is None else number
        with self.engine.connect() as connection:
            row = edition_row(connection, number)
        if row is None:
            raise NoEdition(f"Region '{self.region}' has no edition {number}.")
        return self._edition(row)

    def _edition(self, row: Row) -> Edition:
        manifest: Mapping[str, object] = json.loads(row.manifest)
        descriptor = json.loads((self.folder / str(manifest["descriptor"])).read_text("utf-8"))
        stamp = EditionStamp(
            region=self.region,
            region_name=region_label(descriptor),
            number=row.number,
            published_at=as_utc(row.published_at),
            published_on=day_in_region(descriptor, as_utc(row.published_at)),
            is_training=bool(descriptor["sejahtera"]["is_training"]),
        )
        return Edition(stamp=stamp, folder=self.folder, manifest=manifest)


def open_store(settings: Settings, region: str) -> Store:
    """The store of a region named in the settings. Raises SettingsError for another."""
    settings.pack_dir(region)
    return Store(
        region=region,
        engine=open_ledger(settings, region),
        folder=settings.home / region / "editions",
    )


def edition_row(connection: Connection, number: int) -> Row | None:
    return connection.execute(select(editions).where(editions.c.number == number)).one_or_none()
