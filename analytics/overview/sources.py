"""Every source of an edition: what it gave, how old, under what licence, with what caveats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label
from analytics.observations.table import PUBLISHED, REJECTED, REPEATED, split_codes
from analytics.overview.freshness import dataset_titles

DATE_FORMAT = "%Y-%m-%d"


def source_uses(edition: Edition) -> pd.DataFrame:
    """One row a source and dataset: values, first and newest period, caveat codes.

    Columns: source_id, dataset, values, first, newest (dates or None), caveat.
    Unverified values count: the page says what is there, not what is shown by default.
    """
    parts = [_uses(edition, dataset) for dataset in edition.datasets]
    return pd.concat(parts, ignore_index=True)


def _uses(edition: Edition, dataset: str) -> pd.DataFrame:
    frame = edition.observations(dataset, with_unverified=True)
    ends = frame["period_end"].fillna(frame["period_start"])
    grouped = frame.assign(_end=ends).groupby("source_id", sort=True)
    return grouped.agg(
        values=("obs_status", "size"),
        first=("period_start", "min"),
        newest=("_end", "max"),
        caveat=("caveat", lambda cells: ";".join(_codes(cells))),
    ).reset_index().assign(dataset=dataset)  # fmt: skip


def _codes(cells: pd.Series) -> list[str]:
    return list(dict.fromkeys(code for cell in cells.unique() for code in split_codes(cell)))


def source_table(edition: Edition, *, language: str) -> pd.DataFrame:
    """Every source, also one that only a reference table or a boundary names.

    Columns: source_id, title, publisher, year, licence, url, url_status, method, datasets,
    values, first, newest, caveats; words in `language`.
    """
    words = edition.vocabulary
    titles = dataset_titles(edition)
    uses = source_uses(edition).groupby("source_id")
    rows = []
    for source_id, row in words.sources.iterrows():
        own = uses.get_group(source_id) if source_id in uses.groups else None
        source = words.source(str(source_id))
        rows.append(
            {
                "source_id": source_id,
                "title": source.title_in(language),
                "publisher": source.publisher_in(language),
                "year": row["year"],
                "licence": words.licence(row["licence"]).in_language(language),
                "url": row["url"],
                "url_status": row["url_status"],
                "method": row[f"method_name_{language}"],
                **_use_words(own, titles, edition, language),
            }
        )
    table = pd.DataFrame(rows)
    return table.sort_values(["values", "source_id"], ascending=[False, True], ignore_index=True)


def _use_words(
    own: pd.DataFrame | None, titles: Mapping[str, Label], edition: Edition, language: str
) -> dict[str, object]:
    if own is None:
        return {"datasets": "", "values": 0, "first": None, "newest": None, "caveats": ""}
    caveats = edition.vocabulary.caveats(own["caveat"])
    return {
        "datasets": ", ".join(titles[name].in_language(language) for name in own["dataset"]),
        "values": int(own["values"].sum()),
        "first": _day(own["first"].min()),
        "newest": _day(own["newest"].max()),
        "caveats": " ".join(caveat.in_language(language) for caveat in caveats),
    }


def _day(moment: pd.Timestamp) -> object:
    return None if pd.isna(moment) else moment.date()


@dataclass(frozen=True)
class DatasetMetadata:
    """What Satu Data asks of a table, in one language, and its caveats."""

    dataset: str
    title: str
    description: str
    fields: Mapping[str, str]
    caveats: tuple[str, ...]


def dataset_metadata(edition: Edition, *, language: str) -> tuple[DatasetMetadata, ...]:
    """Metadata of every dataset as the pack gives them."""
    return tuple(
        _metadata(resource, edition, language)
        for resource in edition.descriptor["resources"]  # type: ignore[attr-defined]
        if resource.get("sejahtera", {}).get("role") == "dataset"
    )


def _metadata(resource: Mapping[str, object], edition: Edition, language: str) -> DatasetMetadata:
    settings: Mapping[str, object] = resource["sejahtera"]  # type: ignore[assignment]
    suffix = "" if language == "id" else f"_{language}"
    fields: Mapping[str, object] = resource.get(f"satu_data{suffix}") or resource["satu_data"]  # type: ignore[assignment]
    codes: list[str] = list(settings.get("caveats", ()))  # type: ignore[call-overload]
    return DatasetMetadata(
        dataset=str(settings["dataset"]),
        title=str(settings["title"][language]),  # type: ignore[index]
        description=str(resource.get(f"description{suffix}", "")),
        fields={name: str(value) for name, value in fields.items() if value},
        caveats=tuple(edition.vocabulary.caveat(code).in_language(language) for code in codes),
    )


def treated_rows(edition: Edition, dataset: str) -> pd.DataFrame:
    """Rows that are not published as entered: corrected, repeated or rejected ones.

    Columns: source_row, ref_area, period_start, item, raw_value, obs_value, correction,
    row_state, row_reason; by row and item.
    """
    frame = edition.observations(
        dataset, states=(PUBLISHED, REPEATED, REJECTED), with_unverified=True
    )
    treated = frame[(frame["correction"] != "") | (frame["row_state"] != PUBLISHED)]
    columns = ["source_row", "ref_area", "period_start", "item", "raw_value", "obs_value",
               "correction", "row_state", "row_reason"]  # fmt: skip
    return treated.sort_values(["source_row", "item"], ignore_index=True)[columns]


def treated_by_dataset(edition: Edition) -> dict[str, pd.DataFrame]:
    """Treated rows of every dataset that has any."""
    tables = {name: treated_rows(edition, name) for name in edition.datasets}
    return {name: table for name, table in tables.items() if not table.empty}
