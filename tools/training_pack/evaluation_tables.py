"""What stands beside the scores: recommendations, breaks of indices, evidence, ISO indicators."""

from datetime import date, timedelta

from training_pack.randomness import stream
from training_pack.smart_city import (
    COMPONENTS,
    EVALUATION_ITEM,
    PROGRAMMES,
    WEIGHTS,
    states_of,
)
from training_pack.sources import REGISTER

_NAMES = ("Ani (rekaan)", "Budi (rekaan)", "Citra (rekaan)")
_WORDS = {
    "baseline": ("Laporan keadaan awal", "Report of the state before"),
    "output": ("Foto dan berita acara", "Photos and minutes"),
    "outcome": ("Rekap pemakaian layanan", "Record of use of the service"),
    "impact": ("Ringkasan survei warga", "Summary of the survey of residents"),
    "quick_win": ("Laporan hasil cepat", "Report of the quick win"),
}
# Scores that nobody has laid evidence beside yet.
WITHOUT_EVIDENCE = 0.12
_RECOMMENDATIONS = (
    ("wajah_kota", "branding", "evaluator", date(2023, 11, 14), "Tetapkan standar wajah kota.",
     "Set a standard for the townscape.", date(2024, 6, 30), "done",
     "Standar ditetapkan dengan peraturan rekaan.", "The standard was set by an invented rule.",
     date(2024, 5, 20)),
    ("angkutan_terpadu", "living", "evaluator", date(2024, 11, 12),
     "Hubungkan angkutan dengan jadwal sekolah.", "Link transport to school hours.",
     date(2025, 6, 30), "in_progress", "Dua dari empat trayek sudah disesuaikan.",
     "Two of four routes have been adjusted.", date(2025, 9, 1)),
    ("desa_wisata_digital", "branding", "dprd", date(2025, 7, 8),
     "Jelaskan sebab target desa tidak tercapai.", "Explain why the target of villages was missed.",
     date(2025, 12, 31), "open", "", "", None),
    (EVALUATION_ITEM, "all", "evaluator", date(2025, 11, 11),
     "Lengkapi nilai dua dimensi yang belum diverifikasi.",
     "Complete the two dimensions that are not verified.", date(2026, 6, 30), "open", "", "", None),
    ("bank_sampah", "environment", "dprd", date(2026, 7, 14),
     "Anggarkan timbangan untuk setiap bank sampah.", "Budget scales for every waste bank.",
     date(2027, 1, 31), "unknown", "", "", None),
)  # fmt: skip
HELD = {("37120:2014", "16.3"): ("smart_city", "bank_sampah", "waste_recycled_share")}


def recommendation_rows() -> list[dict[str, str]]:
    """recommendations.csv: one done, one under way, two open, one that nobody knows of."""
    owners = {programme.item: programme.owner for programme in PROGRAMMES}
    return [
        {
            "recommendation": f"contoh-{number:02d}",
            "item": item,
            "dimension": dimension,
            "given_by": giver,
            "given_on": given.isoformat(),
            "text_id": text_id,
            "text_en": text_en,
            "owner": owners.get(item, "Dinas Kominfo"),
            "due_on": due.isoformat(),
            "status": status,
            "action_id": action_id,
            "action_en": action_en,
            "action_on": done.isoformat() if done else "",
            "source_id": REGISTER,
        }
        for number, (
            item, dimension, giver, given, text_id, text_en, due, status, action_id, action_en, done
        ) in enumerate(_RECOMMENDATIONS, start=1)
    ]  # fmt: skip


def break_rows() -> list[dict[str, str]]:
    """series_breaks.csv: an invented change of method of both indices."""
    words = ("Cara menilai berganti (rekaan).", "The method of scoring changed (invented).")
    return [
        {
            "indicator": indicator,
            "from_year": str(year),
            "text_id": words[0],
            "text_en": words[1],
            "source_id": REGISTER,
        }
        for indicator, year in (("innovation_index", 2022), ("spbe_index", 2021))
    ]


def evidence_rows() -> list[dict[str, str]]:
    """programme_evidence.csv: most scores have a document; the addresses lead nowhere."""
    rows = []
    for year in WEIGHTS:
        for programme in PROGRAMMES:
            for component in COMPONENTS if states_of(programme, year) else ():
                luck = stream("evidence", programme.item, component, year)
                if luck.random() < WITHOUT_EVIDENCE:
                    continue
                code = f"{programme.item}-{year}-{component}"
                dated = date(year, 6, 1) + timedelta(days=luck.randrange(140))
                rows.append(
                    {
                        "evidence": code,
                        "item": programme.item,
                        "component": component,
                        "year": str(year),
                        "title_id": f"{_WORDS[component][0]}: {programme.name_id} {year}",
                        "title_en": f"{_WORDS[component][1]}: {programme.name_en} {year}",
                        "address": f"https://contoh.invalid/bukti/{code}",
                        "dated": dated.isoformat(),
                        "recorded_by": luck.choice(_NAMES),
                        "source_id": REGISTER,
                    }
                )
    return rows


def iso_rows(shared: list[dict[str, str]]) -> list[dict[str, str]]:
    """iso_indicators.csv: the list that all packs share, with what this pack holds."""
    columns = ("held_dataset", "held_item", "held_indicator")
    nothing = ("", "", "")
    return [
        row | dict(zip(columns, HELD.get((row["standard"], row["number"]), nothing), strict=True))
        for row in shared
    ]
