"""Names of price series in both languages: commodity, where, and at which stage of trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analytics.editions.edition import Edition
from analytics.i18n import LANGUAGES, text
from analytics.observations.concepts import Label
from analytics.prices.series import SeriesKey, daily_settings

PRICE_PREFIX = "price_"
KNOWN_STAGES = frozenset({"producer", "retail", "world"})
KNOWN_AREA_LEVELS = frozenset({"kecamatan", "provinsi", "dunia"})


@dataclass(frozen=True)
class SeriesName:
    """Words of one series; `stage` is written small, for the middle of a sentence."""

    item: Label
    where: Label
    stage: Label


def series_name(edition: Edition, key: SeriesKey) -> SeriesName:
    """Words of a series. Raises UnknownCode for a code the edition does not know."""
    return SeriesName(
        item=edition.vocabulary.item_name(key.item),
        where=where_label(edition, key),
        stage=stage_label(key),
    )


def where_label(edition: Edition, key: SeriesKey) -> Label:
    """Farm, market or area, with the basis where one place has prices on several."""
    place = _place_label(edition, key)
    if not key.basis:
        return place
    basis = basis_label(edition, key.basis)
    return both_languages(
        lambda language: text(
            "prices.where.with_basis",
            language,
            where=place.in_language(language),
            basis=basis.in_language(language),
        )
    )


def stage_label(key: SeriesKey) -> Label:
    """`harga produsen`, `harga eceran`, `harga dunia`."""
    stage = key.indicator.removeprefix(PRICE_PREFIX)
    name = stage if stage in KNOWN_STAGES else "other"
    return both_languages(lambda language: text(f"prices.stage.{name}", language))


def basis_label(edition: Edition, basis: str) -> Label:
    """The basis in a few words as the pack gives it, else the text of its caveat."""
    named: Mapping[str, object] = daily_settings(edition).get("basis_caveats", {})  # type: ignore[assignment]
    words = named.get(basis) if isinstance(named, Mapping) else None
    if not isinstance(words, Mapping):
        return edition.vocabulary.caveat(basis)
    return Label(str(words["id"]), str(words["en"]))


def full_label(name: SeriesName) -> Label:
    """Commodity and where in one: for comparisons of several commodities."""
    return both_languages(
        lambda language: text(
            "prices.series.name",
            language,
            item=name.item.in_language(language),
            where=name.where.in_language(language),
        )
    )


def both_languages(words: Callable[[str], str]) -> Label:
    """A label from a function that writes it in one language."""
    return Label(*(words(language) for language in LANGUAGES))


def _place_label(edition: Edition, key: SeriesKey) -> Label:
    if key.place:
        name = edition.vocabulary.place_name(key.place)
        return Label(name, name)
    name = edition.vocabulary.area_name(key.ref_area)
    level = str(edition.vocabulary.areas.loc[key.ref_area, "level"])
    kind = level if level in KNOWN_AREA_LEVELS else "other"
    return both_languages(lambda language: text(f"prices.where.{kind}", language, name=name))
