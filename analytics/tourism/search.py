"""What is sought: share of search in a fixed peer set, share of voice, the promotion gap."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Label, Result, Statement
from analytics.tourism.answers import (
    answer,
    first_code,
    indicator_of,
    item_label,
    missing_notes,
    nothing,
    year_cells,
)
from analytics.tourism.brand_formulas import gap_points
from analytics.tourism.rows import own_areas
from analytics.tourism.words import listed, percent

SEARCH, PROMOTION = "search_interest", "promotion"
INTEREST, MENTIONS, POSTS = "search_interest", "mentions", "promotion_posts"
SHOWN = "search_impressions"
NO_TOPIC = "pencarian"
TOPIC_OF_KIND = {
    "nature": "topik_alam", "culture": "topik_budaya", "manmade": "topik_buatan",
    "village": "topik_desa_wisata",
}  # fmt: skip
FEWEST_MONTHS = 3
KINDS_OF_AREA = ("kabupaten ", "kota ")
SAME_WITHIN_POINTS = 2.0


def search_rows(edition: Edition, *, indicator: str = INTEREST) -> pd.DataFrame:
    """Interest by term and span with `year`, `area` (kabupaten or kota), `topic`, `is_shared`.

    A term that is the bare name of two areas (a regency and the city it surrounds) is shared:
    nobody can say whom it means, so it counts for neither.
    """
    if SEARCH not in edition.datasets:
        return nothing("place", "area", "topic", "year", "is_shared")
    rows = edition.observations(SEARCH, indicator=indicator)
    rows = rows[rows["place"] != ""]
    kinds = edition.vocabulary.destinations["kind"]
    own_topic = rows["place"].map(kinds).map(TOPIC_OF_KIND)
    stated = rows["item"].where(rows["item"] != NO_TOPIC)
    own = set(own_areas(edition))
    return rows.assign(
        year=rows["period_start"].dt.year,
        area=rows["ref_area"].where(~rows["ref_area"].isin(own), edition.ref_area),
        topic=stated.fillna(own_topic).fillna(""),
        is_shared=rows["place"].isin(shared_terms(edition, rows["place"].unique())),
    ).reset_index(drop=True)


def shared_terms(edition: Edition, places: Sequence[str]) -> set[str]:
    """Terms that are the bare name of more than one kabupaten or kota."""
    areas = edition.vocabulary.areas
    names = areas.loc[areas["level"].isin(("kabupaten", "kota")), "name"].map(_bare)
    twice = set(names[names.duplicated(keep=False)])
    return {place for place in places if _bare(edition.vocabulary.place_name(place)) in twice}


def _bare(name: str) -> str:
    lower = name.lower().strip()
    for kind in KINDS_OF_AREA:
        lower = lower.removeprefix(kind)
    return lower


def common_spans(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the spans in which every term of the year is known: the same words throughout."""
    counted = rows[~rows["is_shared"].astype(bool) & rows["obs_value"].notna()]
    terms = counted.groupby("year")["place"].transform("nunique")
    there = counted.groupby(["year", "period_start", "period_end"])["place"].transform("nunique")
    return counted[there == terms]


def monthly_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Share of search in percent by span and area: year, period_start, area, share_pct."""
    counted = common_spans(rows)
    sums = counted.groupby(["year", "period_start", "area"])["obs_value"].sum().reset_index()
    whole = sums.groupby(["year", "period_start"])["obs_value"].transform("sum")
    return sums[whole > 0].assign(share_pct=100 * sums["obs_value"] / whole)


def peer_count(rows: pd.DataFrame) -> int:
    """Regions that the counted terms belong to."""
    return int(rows.loc[~rows["is_shared"].astype(bool), "area"].nunique())


def search_share_report(edition: Edition) -> Result:
    """Share of search of each region of the peer set in the newest year; columns `before_pct`,
    `terms`, `months`.
    """
    rows = search_rows(edition)
    indicator = indicator_of("search_share", unit="percent", decimals=1)
    if peer_count(rows) < 2:
        return answer(
            edition, name="search_share", frame=nothing("area"), indicator=indicator,
            title=Statement("perception.search.title.empty"), notes=missing_notes("search"),
        )  # fmt: skip
    shares = monthly_shares(rows)
    frame = _share_frame(rows, shares)
    own = frame[frame["ref_area"] == edition.ref_area]
    return answer(
        edition, name="search_share", frame=frame, indicator=indicator, used=rows,
        title=_search_title(edition, own), statements=_search_statements(edition, frame),
        notes=_shared_notes(edition, rows),
    )  # fmt: skip


def _share_frame(rows: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    year = int(shares["year"].max())
    means = shares.groupby(["year", "area"])["share_pct"].mean()
    months = shares[shares["year"] == year]["period_start"].nunique()
    terms = common_spans(rows).groupby(["year", "area"])["place"].nunique()
    last = rows.loc[rows["year"] == year, "period_end"].max()
    frame = means.loc[year].rename("obs_value").reset_index()
    before = means.loc[year - 1] if year - 1 in means.index.get_level_values(0) else {}
    return frame.assign(
        **year_cells(year, until=last),
        ref_area=frame["area"],
        before_pct=frame["area"].map(before).astype(float),
        terms=frame["area"].map(terms.loc[year]),
        months=months,
        obs_status="E",
        source_id=first_code(rows["source_id"]),
        caveat="",
    ).sort_values("obs_value", ascending=False, ignore_index=True)


def _search_title(edition: Edition, own: pd.DataFrame) -> Statement:
    if own.empty:
        return Statement("perception.search.title.not_searched")
    row = own.iloc[0]
    values = {
        "region": edition.stamp.region_name,
        "share": percent(row["obs_value"]),
        "year": str(int(row["year"])),
    }
    return Statement("perception.search.title.share", values)


def _search_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    own = frame[frame["ref_area"] == edition.ref_area]
    peers = Statement(
        "perception.search.sentence.peers",
        {"n": len(frame), "terms": int(frame["terms"].sum()), "months": int(frame["months"].max())},
    )
    if own.empty or pd.isna(own.iloc[0]["before_pct"]):
        return (peers,)
    row = own.iloc[0]
    change = row["obs_value"] - row["before_pct"]
    kind = "same" if abs(change) < 0.05 else "up" if change > 0 else "down"
    values = {"before": percent(row["before_pct"]), "year": str(int(row["year"]) - 1)}
    return (Statement(f"perception.search.sentence.{kind}", values), peers)


def _shared_notes(edition: Edition, rows: pd.DataFrame) -> tuple[Statement, ...]:
    """The mixing of regency and city, said whether or not such a term was brought."""
    shared = sorted(rows.loc[rows["is_shared"].astype(bool), "place"].unique())
    names = [edition.vocabulary.place_name(place) for place in shared]
    if names:
        told = listed([Label(name, name) for name in names])
        return (Statement("perception.search.note.shared", {"terms": told}),)
    return (Statement("perception.search.note.by_names"),)


def voice_report(edition: Edition) -> Result:
    """Share of voice: mentions of each region of those of all regions, newest year."""
    indicator = indicator_of("share_of_voice", unit="percent", decimals=1)
    rows = (
        edition.observations(SEARCH, indicator=MENTIONS)
        if SEARCH in edition.datasets
        else nothing("ref_area")
    )
    rows = rows[rows["obs_value"].notna()]
    if rows.empty or rows["ref_area"].nunique() < 2:
        return answer(
            edition, name="share_of_voice", frame=nothing("ref_area"), indicator=indicator,
            title=Statement("perception.voice.title.empty"), notes=missing_notes("voice"),
        )  # fmt: skip
    year = int(rows["period_start"].dt.year.max())
    newest = rows[rows["period_start"].dt.year == year]
    sums = newest.groupby("ref_area")["obs_value"].sum()
    frame = pd.DataFrame({"ref_area": sums.index, "mentions": sums.to_numpy(float)})
    frame = frame.assign(
        **year_cells(year, until=newest["period_end"].max()),
        obs_value=100 * frame["mentions"] / frame["mentions"].sum(),
        obs_status="A", source_id=first_code(newest["source_id"]), caveat="",
    ).sort_values("obs_value", ascending=False, ignore_index=True)  # fmt: skip
    own = frame[frame["ref_area"] == edition.ref_area]
    title = Statement("perception.voice.title.other")
    if len(own):
        values = {"region": edition.stamp.region_name, "year": str(year),
                  "share": percent(own.iloc[0]["obs_value"])}  # fmt: skip
        title = Statement("perception.voice.title.share", values)
    return answer(
        edition, name="share_of_voice", frame=frame, indicator=indicator, title=title, used=newest
    )


def promotion_gap_report(edition: Edition) -> Result:
    """Searched against promoted by topic in the newest year that both know.

    Searched is the interest of terms; in years without any, how often the region's own site was
    shown for queries that name an attraction (Search Console), which the notes then say. Two rows
    a topic: `side` searched or promoted, `obs_value` its share in percent; `gap_points` on both.
    Only terms of the region itself count, and of promotion its posts.
    """
    indicator = indicator_of("topic_share", unit="percent", decimals=1, better="neither")
    searched, posts = _own_topics(edition), _posts(edition)
    years = sorted(set(searched["year"]) & set(posts["year"]))
    if not years:
        return answer(
            edition, name="promotion_gap", frame=nothing("topic", "side"), indicator=indicator,
            title=Statement("perception.gap.title.empty"), notes=missing_notes("gap"),
        )  # fmt: skip
    year = years[-1]
    both = [part[part["year"] == year] for part in (searched, posts)]
    gaps = gap_points(*(part.groupby("topic")["obs_value"].sum().to_dict() for part in both))
    frame = _gap_frame(gaps, year, pd.concat(both))
    return answer(
        edition, name="promotion_gap", frame=frame, indicator=indicator,
        title=_gap_title(edition, frame), statements=_gap_statements(edition, frame),
        notes=_gap_notes(edition, year, *both),
        used=pd.concat([searched, posts]),
    )  # fmt: skip


def _own_topics(edition: Edition) -> pd.DataFrame:
    """Searches of the region's own terms that have a topic: interest, else impressions, by year."""
    interest = _with_topics(edition, INTEREST)
    shown = apart_in_time(_with_topics(edition, SHOWN))
    return pd.concat([interest, shown[~shown["year"].isin(interest["year"].unique())]])


def _with_topics(edition: Edition, indicator: str) -> pd.DataFrame:
    rows = search_rows(edition, indicator=indicator)
    own = rows[(rows["area"] == edition.ref_area) & ~rows["is_shared"].astype(bool)]
    return own[(own["topic"] != "") & own["obs_value"].notna()]


def apart_in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of spans that lie within one year and do not overlap; of two that do, the longer.

    An export covers "the last three months", so that exports of two months overlap.
    """
    if rows.empty:
        return rows
    spans = rows[["period_start", "period_end"]].drop_duplicates()
    days = spans["period_end"] - spans["period_start"]
    kept: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for start, end in spans.loc[days.sort_values(ascending=False).index].itertuples(index=False):
        if start.year == end.year and all(end < a or start > b for a, b in kept):
            kept.append((start, end))
    chosen = pd.DataFrame(kept, columns=["period_start", "period_end"])
    return rows.merge(chosen, on=["period_start", "period_end"])


def _posts(edition: Edition) -> pd.DataFrame:
    if PROMOTION not in edition.datasets:
        return nothing("topic", "year")
    rows = edition.observations(PROMOTION, indicator=POSTS, ref_area=own_areas(edition))
    known = rows[rows["obs_value"].notna()]
    return known.assign(topic=known["item"], year=known["period_start"].dt.year)


def _gap_frame(
    gaps: dict[str, tuple[float, float, float]], year: int, used: pd.DataFrame
) -> pd.DataFrame:
    order = sorted(gaps, key=lambda topic: -gaps[topic][2])
    return pd.DataFrame(
        [
            {**year_cells(year), "topic": topic, "side": side, "obs_value": gaps[topic][at],
             "gap_points": gaps[topic][2], "period_end": used["period_end"].max(),
             "obs_status": "E" if at == 0 else "A", "source_id": first_code(used["source_id"]),
             "caveat": ""}
            for topic in order
            for at, side in enumerate(("searched", "promoted"))
        ]
    )  # fmt: skip


def _gap_title(edition: Edition, frame: pd.DataFrame) -> Statement:
    first = frame.iloc[0]
    if first["gap_points"] < SAME_WITHIN_POINTS:
        return Statement("perception.gap.title.even", {"year": str(int(first["year"]))})
    values = {"topic": item_label(edition, first["topic"]), "year": str(int(first["year"]))}
    return Statement("perception.gap.title.more", values)


def _gap_statements(edition: Edition, frame: pd.DataFrame) -> tuple[Statement, ...]:
    told = []
    for row, name in ((frame.iloc[0], "under"), (frame.iloc[-1], "over")):
        size = row["gap_points"] if name == "under" else -row["gap_points"]
        if size < SAME_WITHIN_POINTS:
            continue
        pair = frame[frame["topic"] == row["topic"]].set_index("side")["obs_value"]
        values = {"topic": item_label(edition, row["topic"]),
                  "searched": percent(pair["searched"]),
                  "promoted": percent(pair["promoted"])}  # fmt: skip
        told.append(Statement(f"perception.gap.sentence.{name}", values))
    return tuple(told)


def _gap_notes(
    edition: Edition, year: int, searched: pd.DataFrame, posts: pd.DataFrame
) -> tuple[Statement, ...]:
    """What the picture leaves out: topics that no term measures, terms that have no topic."""
    notes = [Statement("perception.gap.note.shares")]
    if set(searched["indicator"]) == {SHOWN}:
        notes.append(Statement("perception.gap.note.impressions"))
    unmeasured = sorted(set(posts["topic"]) - set(searched["topic"]))
    if unmeasured:
        names = listed([item_label(edition, topic) for topic in unmeasured])
        notes.append(Statement("perception.gap.note.unmeasured", {"topics": names}))
    rows = search_rows(edition)
    own = rows[(rows["area"] == edition.ref_area) & (rows["year"] == year)]
    lacking = sorted(set(own.loc[~own["is_shared"].astype(bool), "place"]) - set(searched["place"]))
    if lacking:
        told = [edition.vocabulary.place_name(place) for place in lacking]
        terms = listed([Label(name, name) for name in told])
        notes.append(Statement("perception.gap.note.no_topic", {"terms": terms}))
    return tuple(notes)


__all__ = ["promotion_gap_report", "search_share_report", "voice_report"]
