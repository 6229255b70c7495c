"""A briefing from a store: the edition, the forecasts issued by then, the written reasons."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analytics.briefing.build import Builder
from analytics.briefing.draft import Draft
from analytics.briefing.making import Kitchen, Made
from analytics.briefing.model import Briefing, Frozen
from analytics.editions.edition import Edition
from analytics.editions.store import Store
from analytics.ledger.forecasts import IssuedForecast, forecast_of_run, newest_forecast
from analytics.ledger.two_figure_reasons import Quantity, Reason, reasons_of
from analytics.pack.pictures import picture_of
from analytics.settings import Settings


@dataclass(frozen=True)
class Office:
    """Where briefings of a region are made: its store, and its coat of arms and the Word file
    with its letterhead if it has them.
    """

    store: Store
    coat_of_arms: bytes = b""
    letter: bytes = b""

    def edition(self, number: int | None = None) -> Edition:
        """The edition of that number, or the newest. Raises NoEdition."""
        return self.store.edition(number)

    def builder(
        self,
        edition: Edition,
        *,
        language: str,
        today: date | None = None,
        frozen: Frozen | None = None,
        made: MutableMapping[str, Made] | None = None,
    ) -> Builder:
        """What builds briefings from an edition; the day is that of the edition by default, so
        that the same edition gives the same document on any day. `made` keeps the figures of
        this edition, language and day for the next building.
        """
        kitchen = Kitchen(
            edition=edition,
            language=language,
            today=today or edition.stamp.published_on,
            forecast=lambda series, run: self._forecast(edition, series, run),
            store=self.store,
            made={} if made is None else made,
        )
        return Builder(
            kitchen, reasons=self._reasons_by(edition), coat_of_arms=self.coat_of_arms,
            letter=self.letter, frozen=frozen,
        )  # fmt: skip

    def briefing(self, draft: Draft, edition: Edition, *, language: str) -> Briefing:
        """The document of a draft; ages are counted to the day of the hearing where it is set."""
        return self.builder(edition, language=language, today=draft.day).briefing(draft)

    def _forecast(self, edition: Edition, series: str, run: int | None) -> IssuedForecast | None:
        with self.store.engine.connect() as connection:
            if run is not None:
                return forecast_of_run(connection, series, run)
            return newest_forecast(connection, series, of_edition=edition.stamp.number)

    def _reasons_by(self, edition: Edition):  # type: ignore[no-untyped-def]
        """Written reasons about a quantity that were known when the edition was new."""

        def reasons(quantity: Quantity) -> Mapping[str, Sequence[Reason]]:
            with self.store.engine.connect() as connection:
                found = reasons_of(connection, quantity)
            return {
                period: [one for one in every if one.edition <= edition.stamp.number]
                for period, every in found.items()
            }

        return reasons


def open_office(settings: Settings, region: str) -> Office:
    """The office of a region named in the settings. Raises SettingsError for another."""
    from analytics.editions.store import open_store

    return Office(
        open_store(settings, region),
        coat_of_arms=coat_of_arms(settings, region),
        letter=file_of_pack(settings, region, "letter_template"),
    )


def coat_of_arms(settings: Settings, region: str) -> bytes:
    """The picture that the region's pack names; empty where it names none that shows."""
    from analytics.pack.reader import read_pack

    folder = settings.pack_dir(region)
    return picture_of(folder, str(read_pack(folder).region.get("coat_of_arms") or ""))


def file_of_pack(settings: Settings, region: str, name: str) -> bytes:
    """The file that the region's pack names so; empty where it names none."""
    from analytics.pack.reader import read_pack

    folder = settings.pack_dir(region)
    pack = read_pack(folder)
    file = str(pack.region.get(name) or "")
    path = (folder / file).resolve()
    is_within = file and path.is_file() and Path(folder).resolve() in path.parents
    return path.read_bytes() if is_within else b""
