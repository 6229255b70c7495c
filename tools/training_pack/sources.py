"""Where the figures come from: this program, under the roles real sources would have."""

from training_pack.randomness import SEED

SURVEY = "contoh_survei"
OFFICE = "contoh_dinas"
FARMGATE = "contoh_petugas"
MARKET = "contoh_pasar"
TOURISM = "contoh_wisata"
REGISTER = "contoh_daftar"
PRESS = "contoh_media"

LICENCE = "cc0"

TITLE = f"Data latihan, dibuat oleh program (seed {SEED})"

# source_id, role in the title, method code, method names, preference (the smallest wins)
_ROLES = (
    (
        SURVEY,
        "survei padi",
        "sample_survey",
        "Kerangka sampel (latihan)",
        "Area sampling frame (training)",
        10,
    ),
    (
        OFFICE,
        "laporan dinas",
        "office_reports",
        "Laporan petugas dinas (latihan)",
        "Reports of the office (training)",
        20,
    ),
    (
        REGISTER,
        "daftar wilayah, penduduk dan program",
        "register",
        "Daftar administrasi (latihan)",
        "Administrative register (training)",
        20,
    ),
    (
        FARMGATE,
        "harga di petani menurut kecamatan",
        "reporters",
        "Isian petugas (latihan)",
        "Entries of reporters (training)",
        20,
    ),
    (
        MARKET,
        "harga bulanan",
        "market_survey",
        "Pencatatan harga (latihan)",
        "Price collection (training)",
        20,
    ),
    (
        TOURISM,
        "kunjungan dan citra daerah",
        "site_counts",
        "Hitungan pengelola (latihan)",
        "Counts of the sites (training)",
        20,
    ),
    (
        PRESS,
        "angka yang belum dicek",
        "press",
        "Kutipan media (latihan)",
        "Press quotation (training)",
        90,
    ),
)


def source_rows() -> list[dict[str, str]]:
    """All sources of the training pack, with the columns of sources.csv."""
    return [
        {
            "source_id": source_id,
            "title": f"{TITLE}: {role}",
            "publisher": "Sejahtera",
            "year": "2026",
            "url": "",
            "licence": LICENCE,
            "url_status": "none",
            "method": method,
            "method_name_id": name_id,
            "method_name_en": name_en,
            "preference": str(preference),
        }
        for source_id, role, method, name_id, name_en, preference in _ROLES
    ]
