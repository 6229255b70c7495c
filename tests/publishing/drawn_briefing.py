"""A briefing small enough to check by eye, with every kind of part and names that do harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from analytics.briefing.model import (
    Annex,
    Briefing,
    Confirmation,
    Cover,
    Definition,
    Exhibit,
    Frozen,
    Gap,
    Grid,
    Listing,
    MapDrawing,
    Passage,
    Question,
    Section,
    SourceLine,
    StatusLine,
)
from analytics.figures.figure import Figure, Kind
from analytics.figures.recipe import Recipe
from tests.figures.drawn_figures import (
    EVIL,
    LONG_NAME,
    bar_figure,
    drawn_figure,
    event_figure,
    line_figure,
    names_of,
)
from tests.figures.drawn_map import ROWS, drawn_layer, square_boundary

BAND = "DATA LATIHAN — bukan data sebenarnya"
LONG_TITLE = f"{LONG_NAME}: " + "produksi padi menurut kecamatan dan musim tanam " * 4
NOTES = f"Buka dengan angka terbaru.\nJangan sebut {EVIL}."
TODAY = date(2024, 3, 1)


def drawn_briefing(*, language: str = "id", band: str = "", frozen: bool = False) -> Briefing:
    """Two sections with a figure of most kinds, annex and, if asked for, band and snapshot."""
    exhibits = [exhibit_of(n, f, language=language) for n, f in enumerate(FIGURES.values(), 1)]
    exhibits[0] = replace(
        exhibits[0],
        notes=NOTES,
        questions=(
            Question("definition", "Apa itu produksi?", "Gabah kering giling."),
            Question("two_figures", f"Mengapa berbeda dari BPS {EVIL}?", "Cakupannya berbeda."),
        ),
        caveats=("Angka 2024 masih sementara.",),
        confirmation=Confirmation(
            "Siti", TODAY, "Dipakai sementara.",
            f"Siti {EVIL} memakai angka belum diverifikasi, 1 Maret 2024.",
        ),
    )  # fmt: skip
    exhibits[1] = replace(exhibits[1], heading=LONG_TITLE, sentence=LONG_TITLE)
    map_place = list(FIGURES).index("map")
    exhibits[map_place] = replace(
        exhibits[map_place], drawing=MapDrawing(drawn_layer(), square_boundary())
    )
    stamp = exhibits[0].figure.result.edition
    return Briefing(
        name="gambar-uji",
        language=language,
        stamp=replace(stamp, is_training=bool(band)),
        today=TODAY,
        cover=COVER,
        sections=(
            Section(1, "Pendahuluan", (*WORDS, *exhibits[:3])),
            Section(2, f"Capaian {EVIL}", (*exhibits[3:], GRID, GAP)),
        ),
        annex=annex_of(exhibits),
        band=band,
        frozen=Frozen("k3f9", "https://contoh.go.id/cuplikan/k3f9") if frozen else None,
    )


def exhibit_of(number: int, figure: Figure, *, language: str) -> Exhibit:
    """The figure with words such as a report gives them."""
    return Exhibit(
        number=number,
        heading=f"Gambar yang ke-{number}",
        figure=figure,
        recipe=Recipe("drawn", {"number": number}),
        sentence="Produksi naik menjadi 112 t.",
        context="Persegi · 2023 · edisi 1",
        source="Sumber: BPS Provinsi Jawa Timur (2024). Edisi 1.",
        alt_text=figure.alt_text(language),
    )


def annex_of(exhibits: Sequence[Exhibit]) -> Annex:
    """Two sources, a definition, a status line for each figure, one confirmation."""
    numbers = tuple(exhibit.number for exhibit in exhibits)
    confirmed = exhibits[0].confirmation
    return Annex(
        definitions=(Definition("Produksi padi", "t", "Gabah kering giling.", numbers),),
        sources=(
            SourceLine(1, "BPS Provinsi Jawa Timur (2024): Produksi Padi", "Kerangka Sampel Area",
                       "CC BY 4.0", "https://example.org/padi", numbers),
            SourceLine(2, f"Dinas {EVIL} (2023): Laporan", "Laporan", "", "", numbers[:1]),
        ),
        statuses=tuple(StatusLine(e.number, e.heading, "14 angka") for e in exhibits),
        confirmations=(confirmed.words,) if confirmed else (),
    )  # fmt: skip


def many_rows(count: int = 130) -> Figure:
    """A table of rows, each with its own name and number."""
    rows: list[dict[str, Any]] = [
        {"ref_area": f"a{n}", "obs_value": 1000.0 + n, "obs_status": "A"} for n in range(count)
    ]
    names = names_of("ref_area", **{f"a{n}": f"Desa {n}" for n in range(count)})
    return drawn_figure(rows, kind=Kind.TABLE, category="ref_area", names=names)


FIGURES = {
    "line": line_figure(a="Desa Sumber", b=EVIL),
    "bars": bar_figure(a="Desa Sumber", b=LONG_NAME, c="Pasar Kota"),
    "map": drawn_figure(
        ROWS,
        kind=Kind.MAP,
        names=names_of("ref_area", **{f"99.01.0{n}": f"Kotak {n}" for n in range(1, 5)}),
    ),
    "grouped": bar_figure(Kind.GROUPED_BARS, a="Padi", b="Jagung"),
    "small": line_figure(**{f"x{n}": f"Pasar {n}" for n in range(10)}),
    "events": event_figure("Slogan daerah", LONG_NAME),
    "table": many_rows(),
    "empty": bar_figure(a="Padi", b="Jagung"),
}
FIGURES["empty"] = replace(
    FIGURES["empty"],
    result=replace(
        FIGURES["empty"].result,
        frame=FIGURES["empty"].frame.assign(obs_value=float("nan"), obs_status="M"),
    ),
)
COVER = Cover(
    title=f"Bahan paparan {EVIL}",
    region="Persegi",
    edition="Edisi 1, 1 Januari 2024",
    office="Dinas Pertanian & Pangan",
    hearing="Rapat Komisi II",
    day="1 Maret 2024",
    place="Kota Persegi",
    prepared_by="Sekretariat",
    legal_basis=("Undang-Undang Nomor 23 Tahun 2014",),
)
WORDS = (
    Passage("Produksi naik pada tahun 2023."),
    Listing(("Pupuk terlambat.", f"Irigasi {EVIL}."), heading="Masalah"),
)
GRID = Grid(
    "Anggaran",
    ("Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"),
    tuple((f"Kegiatan {n}", f"{n}.000.000", f"{n}.500.000") for n in range(1, 25)),
    numbers=("Pagu (Rp)", "Realisasi (Rp)"),
    source="Sumber: laporan Dinas.",
)
GAP = Gap("Capaian program", "Tabel capaian belum diunggah.", "Unggah di Meja data.")
