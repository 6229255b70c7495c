"""Words shared with the other packs, and words only this pack has.

Units, indicators, commodities, groups, caveats and holidays mean the same in every pack, so
their rows are taken from a finished pack and only those that are used are kept.
"""

import csv
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from training_pack.sources import REGISTER, source_rows

WORDING = Path(__file__).with_name("wording.toml")
TABLES = (
    "units",
    "indicators",
    "commodities",
    "commodity_groups",
    "caveats",
    "result_texts",
    "holidays",
    "licences",
    "sources",
)
NATIONAL_HOLIDAYS = (
    "tahun_baru",
    "imlek",
    "nyepi",
    "isra_mikraj",
    "waisak",
    "ramadan_1",
    "idulfitri",
    "iduladha",
    "muharam_1",
    "maulid_nabi",
    "natal",
)
LEBARAN = "idulfitri"
PROGRAMME_SUFFIXES = {
    "_baseline": (" (nilai awal)", " (baseline)"),
    "_target": (" (target)", " (target)"),
}

# Words that lie beside the program: they come in before a pack names them.
COMMON_WORDS = Path(__file__).resolve().parents[2] / "analytics" / "pack" / "vocabulary"
COMMON_KEYS = {
    "caveats": "caveat",
    "commodities": "item",
    "indicators": "indicator",
    "units": "unit",
}
Table = list[dict[str, str]]


class UnknownWord(ValueError):
    """A code that neither the shared vocabulary nor the wording of this pack knows."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Tables and schemas of the pack whose words are shared."""

    tables: dict[str, Table]
    schemas: dict[str, dict[str, object]]


def read_table(path: Path) -> Table:
    """A CSV file with every cell as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_vocabulary(folder: Path) -> Vocabulary:
    """The shared words of the pack in `folder`, and the schema of each of its tables."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {
        resource["name"]: resource["schema"]
        for resource in descriptor["resources"]
        if "schema" in resource
    }
    tables = {name: read_table(folder / f"{name}.csv") for name in TABLES}
    return Vocabulary(tables=with_common_words(tables), schemas=schemas)


def with_common_words(tables: dict[str, Table]) -> dict[str, Table]:
    """The pack's tables and, below them, words of all regions that it does not need yet."""
    completed = dict(tables)
    for name, key in COMMON_KEYS.items():
        known = {row[key] for row in tables[name]}
        common = read_table(COMMON_WORDS / f"{name}.csv")
        completed[name] = [*tables[name], *(row for row in common if row[key] not in known)]
    return completed


def read_wording() -> dict[str, dict[str, dict[str, str]]]:
    """Rows of this pack's own words by table and code."""
    content = tomllib.loads(WORDING.read_text(encoding="utf-8"))
    caveats = {
        code: {"caveat": code, "text_id": texts[0], "text_en": texts[1]}
        for code, texts in content["caveats"].items()
    }
    licences = {
        code: {"licence": code, "name_id": words[0], "name_en": words[1], "url": words[2]}
        for code, words in content["licences"].items()
    }
    units = {code: unit_row(code, words) for code, words in content["units"].items()}
    indicators = {code: indicator_row(code, words) for code, words in content["indicators"].items()}
    texts = {
        words: {"obs_text": words, "name_id": names[0], "name_en": names[1]}
        for words, names in content["result_texts"].items()
    }
    commodities = {
        code: {"item": code, "name_id": words[0], "name_en": words[1], "group": words[2]}
        for code, words in content["commodities"].items()
    }
    return {
        "caveats": caveats,
        "commodities": commodities,
        "licences": licences,
        "result_texts": texts,
        "units": units,
        "indicators": indicators,
    }


def unit_row(code: str, words: list[str]) -> dict[str, str]:
    """A unit that is its own base unit."""
    columns = ("symbol_id", "symbol_en", "name_id", "name_en")
    return (
        {"unit": code} | dict(zip(columns, words, strict=True)) | {"base_unit": code, "factor": "1"}
    )


def indicator_row(code: str, words: dict[str, object]) -> dict[str, str]:
    """An indicator of this pack; without another word neither better nor to be aggregated."""
    name, definition = words["name"], words["definition"]
    return {
        "indicator": code,
        "name_id": name[0],
        "name_en": name[1],
        "unit": str(words["unit"]),
        "decimals": str(words.get("decimals", 0)),
        "better": str(words.get("better", "neither")),
        "aggregate": str(words.get("aggregate", "none")),
        "numerator": "",
        "denominator": "",
        "allowed_units": str(words["unit"]),
        "definition_id": definition[0],
        "definition_en": definition[1],
    }


def with_programme_parts(
    *, own: dict[str, dict[str, str]], codes: set[str]
) -> dict[str, dict[str, str]]:
    """The indicators with the baseline and target among `codes`, named after their indicator."""
    result = dict(own)
    for code in codes:
        for suffix, (word_id, word_en) in PROGRAMME_SUFFIXES.items():
            base = own.get(code.removesuffix(suffix))
            if code.endswith(suffix) and base and code not in own:
                result[code] = base | {
                    "indicator": code,
                    "name_id": base["name_id"] + word_id,
                    "name_en": base["name_en"] + word_en,
                }
    return result


def used_rows(
    *,
    table: str,
    key: str,
    codes: Iterable[str],
    vocabulary: Vocabulary,
    own: dict[str, dict[str, str]],
) -> Table:
    """One row for each used code: own words first, else the shared ones, in the shared order.

    Raises UnknownWord naming the codes that nobody knows.
    """
    wanted = set(codes)
    shared = {row[key]: row for row in vocabulary.tables[table] if row[key] in wanted}
    unknown = wanted - set(shared) - set(own)
    if unknown:
        raise UnknownWord(f"{table}: no words for {', '.join(sorted(unknown))}")
    return [own.get(code) or shared[code] for code in [*shared, *sorted(wanted - set(shared))]]


def holiday_rows(vocabulary: Vocabulary) -> Table:
    """The national holidays as they were decided, and the invented anniversary of the regency."""
    rows = [row for row in vocabulary.tables["holidays"] if row["holiday"] in NATIONAL_HOLIDAYS]
    years = sorted({row["date"][:4] for row in rows})
    anniversaries = [
        {
            "holiday": "hari_jadi_contoh",
            "name_id": "Hari Jadi Kabupaten Contoh (rekaan)",
            "name_en": "Anniversary of Kabupaten Contoh (invented)",
            "date": f"{year}-09-09",
            "hijri_year": "",
            "is_decided": "true",
            "source_id": REGISTER,
            "caveat": "",
        }
        for year in years
    ]
    return sorted([*rows, *anniversaries], key=lambda row: (row["date"], row["holiday"]))


def used_sources(*, vocabulary: Vocabulary, holidays: Table) -> Table:
    """The training sources, and the real ones that the holidays cite."""
    own = source_rows()
    own_ids = {row["source_id"] for row in own}
    cited = {row["source_id"] for row in holidays} - own_ids
    return own + [row for row in vocabulary.tables["sources"] if row["source_id"] in cited]
