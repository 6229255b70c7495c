"""From entries to rows of the long table: names become codes, texts numbers and periods.

Whatever cannot be resolved is a finding and its row is refused; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analytics.ingest.datasets import dataset_form
from analytics.ingest.entries import ADDRESS, NAMED_ROLES, TEXT_ROLES, Reading
from analytics.ingest.findings import Severity, finding_of_file, findings_at, joined
from analytics.ingest.numbers import Kind, Style, prepared, read_numbers, style_of
from analytics.ingest.periods import read_period
from analytics.ingest.places import LIKELY, VERY_LIKELY, Match, Names, plain
from analytics.ingest.region import Region
from analytics.observations.status import ObsStatus
from analytics.observations.table import PACK_COLUMNS
from analytics.perception.people import phrases, without_people

# A row as it would be stored, its address, and whether it is refused.
ROW_COLUMNS: tuple[str, ...] = ("dataset", *PACK_COLUMNS, *ADDRESS, "is_refused")
TEXT_UNIT = "text"
CAVEAT_OF_KIND = {
    Kind.NIHIL: "nihil",
    Kind.NOT_AVAILABLE: "not_available",
    Kind.EMPTY: "not_reported",
    Kind.BELOW: "below_detection",
}
FAULT_OF_KIND = {
    Kind.UNREADABLE: "not_a_number",
    Kind.AMBIGUOUS: "number_ambiguous",
    Kind.FORMULA: "formula_text",
}
STATUS_WORDS = {
    "tetap": "A",
    "final": "A",
    "sementara": "P",
    "provisional": "P",
    "perkiraan": "E",
    "estimasi": "E",
    "estimated": "E",
    "tidakada": "M",
    "missing": "M",
    "belumterverifikasi": "U",
    "unverified": "U",
}


@dataclass
class _Work:
    """Entries on their way, with the findings and refusals so far."""

    region: Region
    reading: Reading
    entries: pd.DataFrame
    refused: np.ndarray
    findings: list[pd.DataFrame] = field(default_factory=list)

    def tell(
        self,
        bad: pd.Series,
        kind: str,
        *,
        role: str = "",
        severity: Severity = Severity.ERROR,
        found: pd.Series | str = "",
        expected: pd.Series | str = "",
    ) -> None:
        """A finding at every entry that is `bad`; errors refuse their entries."""
        if not bad.any():
            return
        if severity is Severity.ERROR:
            self.refused |= bad.to_numpy(bool)
        at = self._addresses(role)[bad]
        texts = [part[bad] if isinstance(part, pd.Series) else part for part in (found, expected)]
        self.findings.append(findings_at(at, kind, severity, found=texts[0], expected=texts[1]))

    def _addresses(self, role: str) -> pd.DataFrame:
        """Where the cell of a role stands: its own, or the value's."""
        at = self.entries[list(ADDRESS)]
        for part in ("row", "column"):
            own = f"{role}_{part}"
            if own in self.entries:
                at = at.assign(**{part: self.entries[own]})
        return at


def resolve(reading: Reading, region: Region, *, dataset: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows in ROW_COLUMNS and findings. Entries without content are left out, not refused.

    A row's `obs_value` is NaN and its status M for nihil, not available and not reported, each
    with its caveat.
    """
    entries = _complete(reading)
    work = _Work(region, reading, entries, np.zeros(len(entries), bool))
    numbers = _numbers(work)
    rows = pd.DataFrame({"dataset": dataset}, index=entries.index)
    rows["place"] = _places(work)
    rows["ref_area"] = _areas(work, rows["place"])
    rows["item"] = _codes(work, "item", region.items)
    rows["indicator"] = _codes(work, "indicator", region.indicators)
    rows[["period_start", "period_end", "freq", "is_provisional"]] = _periods(work)
    rows["unit"] = _units(work, rows["indicator"])
    rows["source_id"] = _sources(work)
    _fill_values(work, rows, numbers)
    if dataset_form(dataset).drops_people:
        rows["obs_text"] = _without_people(rows["obs_text"], region)
    rows[list(ADDRESS)] = entries[list(ADDRESS)]
    rows["is_refused"] = work.refused
    return rows[list(ROW_COLUMNS)].reset_index(drop=True), joined(work.findings)


def _without_people(texts: pd.Series, region: Region) -> pd.Series:
    """Words of visitors without names and accounts; names of places and areas stay."""
    names = [*region.tables["places"]["place_name"], *region.tables["areas"]["name"]]
    kept = phrases(names)
    return texts.map(lambda text: without_people(text, kept=kept) if text else text)


def _complete(reading: Reading) -> pd.DataFrame:
    """Entries with every role, trimmed; empty cells only where the layout means them."""
    given = reading.entries
    nothing = pd.Series("", index=given.index, dtype=object)
    texts = {
        role: trimmed(given[role]) if role in given else nothing for role in (*TEXT_ROLES, "value")
    }
    others = {name: given[name] for name in given.columns if name not in texts}
    entries = pd.DataFrame({**others, **texts}, copy=False)
    if reading.keeps_empty:
        return entries.reset_index(drop=True)
    has_any = (entries["value"] != "") | (entries["text"] != "")
    return entries[has_any].reset_index(drop=True)


def trimmed(texts: pd.Series) -> pd.Series:
    """Texts without blanks around them, each distinct text looked at once."""
    codes, distinct = pd.factorize(texts.fillna("").astype(object))
    clean = np.array([str(text).replace("\u00a0", " ").strip() for text in distinct], dtype=object)
    return pd.Series(clean[codes] if len(clean) else "", index=texts.index, dtype=object)


# Numbers


def _numbers(work: _Work) -> pd.DataFrame:
    entries, style = work.entries, work.reading.style
    is_number = entries["is_number"].astype(bool)
    if style is None:
        style = _style(work, entries["value"][~is_number])
    return read_numbers(entries["value"], is_number=is_number, style=style)


def _style(work: _Work, written: pd.Series) -> Style:
    """How the file writes numbers; an assumption is told, it needs a tick."""
    cells = [prepared(text)[0] for text in pd.unique(written)]
    style = style_of(cells)
    undecided = [cell for cell in cells if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", cell)]
    if style is Style.EITHER and undecided:
        work.findings.append(
            finding_of_file("number_writing_assumed", Severity.NOTE, found=undecided[0],
                            expected=re.sub(r"[.,]", "", undecided[0]))
        )  # fmt: skip
    return style


# Names


def _match(
    work: _Work, role: str, find: Callable[[tuple[str, ...]], Match], *by: str
) -> pd.DataFrame:
    """code, reason and near of every entry, each distinct combination looked up once."""
    keys = work.entries[[role, *by]]
    distinct = keys.drop_duplicates()
    matches = [find(tuple(row)) for row in distinct.itertuples(index=False, name=None)]
    found = distinct.assign(
        code=[match.code for match in matches],
        reason=[match.reason for match in matches],
        near=[match.near for match in matches],
    )
    return keys.merge(found, on=[role, *by], how="left").set_axis(keys.index)


def _codes(work: _Work, role: str, names: Names) -> pd.Series:
    """Codes of items and indicators; every row needs one."""
    matched = _match(work, role, lambda key: names.find(key[0]) if key[0] else Match())
    texts = work.entries[role]
    work.tell(texts == "", f"{role}_missing", role=role)
    _tell_unmatched(work, role, matched)
    return matched["code"]


def _tell_unmatched(work: _Work, role: str, matched: pd.DataFrame) -> None:
    if not set(matched["reason"].unique()) - {""}:
        return
    for reason in ("unknown", "ambiguous"):
        for has_near in (True, False):
            bad = (matched["reason"] == reason) & ((matched["near"] != "") == has_near)
            kind = f"{role}_{reason}" if has_near else f"{role}_{reason}_far"
            work.tell(bad, kind, role=role, found=work.entries[role], expected=matched["near"])


def _places(work: _Work) -> pd.Series:
    """Codes of places; where the layout may name new ones, a name nothing is near to is one."""
    names = work.region.places
    likely = VERY_LIKELY if work.reading.may_name_places else LIKELY
    matched = _match(
        work, "place", lambda key: names.find(key[0], likely=likely) if key[0] else Match()
    )
    if work.reading.may_name_places:
        is_new = (matched["reason"] == "unknown") & (matched["near"] == "")
        slugs = [slug(name) if new else code for name, new, code in
                 zip(matched["place"], is_new, matched["code"], strict=True)]  # fmt: skip
        matched = matched.assign(code=slugs, reason=matched["reason"].mask(is_new, ""))
        work.tell(is_new, "place_new", role="place", severity=Severity.WARNING,
                  found=work.entries["place"], expected=matched["code"])  # fmt: skip
    _tell_unmatched(work, "place", matched)
    return matched["code"]


def slug(name: str) -> str:
    """A code for a new place: small letters and digits, parted by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:96]


def _areas(work: _Work, places: pd.Series) -> pd.Series:
    """Codes of areas; a known place says by itself where it lies."""
    matched = _match(
        work,
        "area",
        lambda key: work.region.areas.find(key[0], level=key[1]) if key[0] else Match(),
        "level",
    )
    of_place = places.map(work.region.place_areas).fillna("")
    codes = matched["code"].where(work.entries["area"] != "", of_place)
    work.tell((codes == "") & (work.entries["area"] == ""), "area_missing", role="area")
    _tell_unmatched(work, "area", matched)
    return codes


def _units(work: _Work, indicators: pd.Series) -> pd.Series:
    """Codes of units: as written, else the only one that the indicator allows."""
    names, allowed = work.region.units, work.region.allowed_units
    matched = _match(work, "unit", lambda key: names.find(key[0]) if key[0] else Match())
    only = indicators.map(lambda code: allowed.get(code, ())).map(
        lambda units: units[0] if len(units) == 1 else ""
    )
    codes = matched["code"].where(work.entries["unit"] != "", only)
    is_open = (codes == "") & (work.entries["unit"] == "") & (indicators != "")
    listed = indicators.map(lambda code: ", ".join(allowed.get(code, ())))
    work.tell(is_open, "unit_missing", role="unit", found=indicators, expected=listed)
    _tell_unmatched(work, "unit", matched)
    return codes


def _sources(work: _Work) -> pd.Series:
    sources = work.entries["source"]
    unknown = (sources != "") & ~sources.isin(work.region.sources)
    work.tell(unknown, "source_unknown", found=sources)
    return sources


# Periods


def _periods(work: _Work) -> pd.DataFrame:
    """period_start and period_end as ISO texts, freq, and whether the period was starred."""
    codes, texts = pd.factorize(work.entries["period"])
    spans = [read_period(str(text)) if text else None for text in texts]
    table = pd.DataFrame(
        [
            (span.start.isoformat(), span.end.isoformat(), span.freq, span.is_provisional)
            if span else ("", "", "", False)
            for span in spans
        ],
        columns=["period_start", "period_end", "freq", "is_provisional"],
    )  # fmt: skip
    found = table.iloc[codes].set_axis(work.entries.index)
    is_empty = work.entries["period"] == ""
    work.tell(is_empty, "period_missing", role="period")
    unread = (found["freq"] == "") & ~is_empty
    work.tell(unread, "period_unreadable", role="period", found=work.entries["period"])
    return found


# Values


def _fill_values(work: _Work, rows: pd.DataFrame, numbers: pd.DataFrame) -> None:
    """obs_value, obs_text, obs_status and caveat of every row."""
    entries, kinds = work.entries, numbers["kind"]
    has_words = entries["text"] != ""
    # A voice may have both: its stars and its words.
    is_text = rows["unit"].eq(TEXT_UNIT) | (has_words & numbers["value"].isna())
    for kind, fault in FAULT_OF_KIND.items():
        bad = (kinds == kind.value) & ~is_text
        work.tell(bad, fault, found=entries["value"])
    is_zero = (numbers["value"] == 0) & work.reading.zero_is_missing
    values = numbers["value"].mask(is_zero | is_text)
    rows["obs_value"] = values
    words = entries["text"].where(entries["text"] != "", entries["value"])
    below = kinds == Kind.BELOW.value
    rows["obs_text"] = words.where(is_text | below | has_words, "")
    rows["caveat"] = _caveats(work, kinds.mask(is_text, ""), is_zero)
    rows["obs_status"] = _statuses(work, rows, numbers)


def _caveats(work: _Work, kinds: pd.Series, is_zero: pd.Series) -> pd.Series:
    stated = work.entries["caveat"]
    codes = CAVEAT_OF_KIND | {Kind.NIHIL: work.reading.dash_caveat}
    of_kind = kinds.map({kind.value: caveat for kind, caveat in codes.items()}).fillna("")
    own = of_kind.mask(is_zero, CAVEAT_OF_KIND[Kind.EMPTY])
    return stated.where(own == "", stated + ";" + own).where(stated != "", own)


def _statuses(work: _Work, rows: pd.DataFrame, numbers: pd.DataFrame) -> pd.Series:
    stated = work.entries["status"]
    known = {status.value for status in ObsStatus}
    codes = stated.map({text: _status(text, known) for text in stated.unique()})
    work.tell((stated != "") & (codes == ""), "status_unknown", found=stated)
    marked = numbers["status"].where(numbers["status"] != "A", "")
    marked = marked.mask((marked == "") & rows["is_provisional"].astype(bool), "P")
    chosen = codes.where(codes != "", marked).replace("", ObsStatus.NORMAL.value)
    is_missing = rows["obs_value"].isna() & (rows["obs_text"] == "")
    work.tell(~is_missing & (chosen == "M"), "value_present", found=work.entries["value"])
    return chosen.mask(is_missing, ObsStatus.MISSING.value)


def _status(text: str, known: set[str]) -> str:
    return text if text in known else STATUS_WORDS.get(plain(text), "")


__all__ = ["NAMED_ROLES", "ROW_COLUMNS", "resolve", "slug", "trimmed"]
