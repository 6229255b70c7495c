"""The dataset `smart_city`: programmes of six dimensions with baseline, target and realisation."""

from dataclasses import dataclass

from training_pack.randomness import stream
from training_pack.region import REGENCY_CODE, REGENCY_CODES, SUBDISTRICT_CODES
from training_pack.rows import Row, in_order, observation, year_period
from training_pack.sources import PRESS, REGISTER

BASELINE_YEAR = 2018
YEARS = tuple(range(2019, 2026))
TARGET_YEARS = (2022, 2025)
COMPONENTS = ("baseline", "output", "outcome", "impact", "quick_win")
# Sub-dimension of each programme, and those that were quick wins, with their year.
SUB_DIMENSIONS = {
    "layanan_satu_pintu": "service",
    "pusat_kendali": "bureaucracy",
    "data_terbuka": "policy",
    "kalender_acara": "business",
    "desa_wisata_digital": "tourism",
    "wajah_kota": "appearance",
    "ikm_daring": "industry",
    "co_working": "welfare",
    "pasar_tani": "transaction",
    "posyandu_digital": "health",
    "antrean_rsud": "health",
    "angkutan_terpadu": "mobility",
    "sekolah_digital": "learning",
    "literasi_digital": "community",
    "internet_desa": "community",
    "bank_sampah": "waste",
    "pantau_air": "protection",
    "lampu_hemat": "energy",
    "spbe": "bureaucracy",
    "inovasi_daerah": "policy",
}
QUICK_WIN_YEARS = {
    "layanan_satu_pintu": 2019,
    "kalender_acara": 2020,
    "ikm_daring": 2021,
    "antrean_rsud": 2022,
    "sekolah_digital": 2023,
    "bank_sampah": 2024,
}
PILLARS = {
    "governance": ("Cepat", "Fast"),
    "living": ("Nyaman", "Comfortable"),
    "society": ("Nyaman", "Comfortable"),
    "environment": ("Nyaman", "Comfortable"),
    "economy": ("Sejahtera", "Prosperous"),
    "branding": ("Sejahtera", "Prosperous"),
}
VERIFIED, SELF_ASSESSED, DRAFT = "", "_self_assessed", "_draft"
STATUS_OF_STATE = {VERIFIED: "A", SELF_ASSESSED: "E", DRAFT: "P"}
DRAFT_YEAR = 2026
# Dimensions that the evaluators had not come to in the last year: only assessed by themselves.
NOT_YET_VERIFIED = {2025: ("society", "environment")}
SELF_ASSESSED_YEARS = (2024, 2025)
NOT_SCORED = {("co_working", "impact", 2023), ("pantau_air", "outcome", 2024),
              ("desa_wisata_digital", "impact", 2025), ("lampu_hemat", "impact", 2026),
              ("angkutan_terpadu", "outcome", 2026)}  # fmt: skip
# Weights differ between years: dated data, never code.
WEIGHTS = {
    2021: (10, 20, 30, 30, 10),
    2022: (10, 20, 30, 20, 20),
    2023: (10, 20, 30, 20, 20),
    2024: (10, 15, 35, 25, 15),
    2025: (10, 15, 35, 25, 15),
    2026: (10, 15, 35, 25, 15),
}
EVALUATION_ITEM = "evaluasi_tahunan"
NOT_MEASURED = {("bank_sampah", 2020), ("sekolah_digital", 2020), ("co_working", 2021)}
ESTIMATED = {("posyandu_digital", 2021)}


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One programme and the one result it is measured by."""

    item: str
    name_id: str
    name_en: str
    dimension: str
    owner: str
    indicator: str
    unit: str
    better: str
    baseline: float
    target: float
    pace: float


def _programme(
    item: str,
    name_id: str,
    name_en: str,
    dimension: str,
    owner: str,
    indicator: str,
    unit: str,
    baseline: float,
    target: float,
    pace: float,
    *,
    better: str = "up",
) -> Programme:
    return Programme(
        item=item,
        name_id=name_id,
        name_en=name_en,
        dimension=dimension,
        owner=owner,
        indicator=indicator,
        unit=unit,
        better=better,
        baseline=baseline,
        target=target,
        pace=pace,
    )


# `pace` is the part of the way from baseline to the last target that was gone by the last year.
PROGRAMMES = (
    _programme(
        "layanan_satu_pintu",
        "Layanan satu pintu daring",
        "Online one-stop service",
        "governance",
        "Dinas Penanaman Modal",
        "service_days",
        "day",
        14,
        3,
        0.92,
        better="down",
    ),
    _programme(
        "pusat_kendali",
        "Pusat kendali daerah",
        "Regional command centre",
        "governance",
        "Dinas Kominfo",
        "reports_answered_share",
        "percent",
        41,
        90,
        1.06,
    ),
    _programme(
        "data_terbuka",
        "Data terbuka",
        "Open data",
        "governance",
        "Dinas Kominfo",
        "open_tables",
        "table",
        12,
        400,
        0.71,
    ),
    _programme(
        "kalender_acara",
        "Kalender acara",
        "Event calendar",
        "branding",
        "Dinas Pariwisata",
        "events_listed",
        "event",
        6,
        60,
        0.83,
    ),
    _programme(
        "desa_wisata_digital",
        "Desa wisata digital",
        "Digital tourism villages",
        "branding",
        "Dinas Pariwisata",
        "villages_with_online_booking",
        "village",
        0,
        20,
        0.55,
    ),
    _programme(
        "wajah_kota",
        "Penataan wajah ibu kota",
        "Townscape of the capital",
        "branding",
        "Dinas Pekerjaan Umum",
        "public_space_renewed",
        "site",
        2,
        15,
        1.0,
    ),
    _programme(
        "ikm_daring",
        "Industri kecil daring",
        "Small industries online",
        "economy",
        "Dinas Perdagangan",
        "small_industries_online",
        "business",
        85,
        1000,
        0.64,
    ),
    _programme(
        "co_working",
        "Ruang kerja bersama",
        "Co-working space",
        "economy",
        "Dinas Koperasi",
        "workspace_users",
        "person",
        0,
        1200,
        0.78,
    ),
    _programme(
        "pasar_tani",
        "Pasar tani digital",
        "Digital farmers' market",
        "economy",
        "Dinas Pertanian",
        "farm_groups_selling_online",
        "group",
        3,
        120,
        0.9,
    ),
    _programme(
        "posyandu_digital",
        "Posyandu digital",
        "Digital health posts",
        "living",
        "Dinas Kesehatan",
        "health_posts_online",
        "health_post",
        0,
        300,
        0.88,
    ),
    _programme(
        "antrean_rsud",
        "Antrean rumah sakit daring",
        "Online hospital queue",
        "living",
        "RSUD Contoh",
        "waiting_minutes",
        "minute",
        95,
        30,
        0.81,
        better="down",
    ),
    _programme(
        "angkutan_terpadu",
        "Angkutan terpadu",
        "Integrated transport",
        "living",
        "Dinas Perhubungan",
        "bus_passengers",
        "person",
        21000,
        90000,
        0.48,
    ),
    _programme(
        "sekolah_digital",
        "Sekolah digital",
        "Digital schools",
        "society",
        "Dinas Pendidikan",
        "schools_with_fibre",
        "school",
        18,
        240,
        1.02,
    ),
    _programme(
        "literasi_digital",
        "Literasi digital",
        "Digital literacy",
        "society",
        "Dinas Kominfo",
        "people_trained",
        "person",
        350,
        15000,
        0.94,
    ),
    _programme(
        "internet_desa",
        "Internet desa",
        "Village internet",
        "society",
        "Dinas Kominfo",
        "free_internet_points",
        "access_point",
        20,
        320,
        0.86,
    ),
    _programme(
        "bank_sampah",
        "Bank sampah",
        "Waste banks",
        "environment",
        "Dinas Lingkungan Hidup",
        "waste_recycled_share",
        "percent",
        6,
        30,
        0.6,
    ),
    _programme(
        "pantau_air",
        "Pemantauan air sungai",
        "River monitoring",
        "environment",
        "Dinas Lingkungan Hidup",
        "water_quality_index",
        "index",
        48,
        65,
        0.52,
    ),
    _programme(
        "lampu_hemat",
        "Lampu jalan hemat energi",
        "Efficient street lights",
        "environment",
        "Dinas Perhubungan",
        "lights_replaced",
        "lamp",
        400,
        9000,
        1.04,
    ),
)
OVERARCHING = (
    (EVALUATION_ITEM, "Evaluasi tahunan", "Yearly evaluation", "all", "Dinas Kominfo"),
    (
        "spbe",
        "Sistem pemerintahan berbasis elektronik",
        "Electronic government",
        "governance",
        "Dinas Kominfo",
    ),
    ("inovasi_daerah", "Inovasi daerah", "Regional innovation", "governance", "Bappeda"),
    ("visi_smart_city", "Visi Smart City", "Smart City vision", "all", "Bappeda"),
)


def programme_table() -> list[dict[str, str]]:
    """The reference table of programmes."""
    results = {p.item: p.indicator for p in PROGRAMMES} | {
        "spbe": "spbe_index",
        "inovasi_daerah": "innovation_index",
    }
    rows = [(p.item, p.name_id, p.name_en, p.dimension, p.owner) for p in PROGRAMMES]
    columns = ("item", "name_id", "name_en", "dimension", "owner")
    listed = [dict(zip(columns, row, strict=True)) for row in [*rows, *OVERARCHING]]
    for row in listed:
        row["sub_dimension"] = SUB_DIMENSIONS.get(row["item"], "")
        row["pillar_id"], row["pillar_en"] = PILLARS.get(row["dimension"], ("", ""))
        row["quick_win_year"] = str(QUICK_WIN_YEARS.get(row["item"], ""))
        row["result_indicator"] = results.get(row["item"], "")
    return listed


def rounded(programme: Programme, value: float) -> float:
    """A result as precise as its unit: shares and indices to one decimal, the rest whole."""
    return round(value, 1) if programme.unit in ("percent", "index") else round(value)


def way_gone(programme: Programme, year: int) -> float:
    """Part of the way from baseline to last target in a year, uneven, slower in the pandemic."""
    steps = len(YEARS)
    done = (year - BASELINE_YEAR) / steps
    lag = -0.08 if year in (2020, 2021) else 0.0
    wobble = stream("programme", programme.item, year).gauss(0, 0.03)
    return programme.pace * done + (0.0 if year == YEARS[-1] else lag + wobble)


def result_row(programme: Programme, year: int) -> Row:
    """What was reached in a year: provisional at the end, sometimes estimated or not measured."""
    value = programme.baseline + (programme.target - programme.baseline) * way_gone(programme, year)
    status, caveats = ("P", []) if year == YEARS[-1] else ("A", [])
    if (programme.item, year) in ESTIMATED:
        status, caveats = "E", ["approximate"]
    is_missing = (programme.item, year) in NOT_MEASURED
    return observation(
        ref_area=REGENCY_CODE,
        item=programme.item,
        indicator=programme.indicator,
        period=year_period(year),
        unit=programme.unit,
        source_id=REGISTER,
        value=None if is_missing else rounded(programme, max(0.0, value)),
        status="M" if is_missing else status,
        caveats=["not_reported_in_period"] if is_missing else caveats,
    )


def programme_rows() -> list[Row]:
    """Baseline, targets and yearly results of every programme."""
    rows = []
    for programme in PROGRAMMES:
        steps = {BASELINE_YEAR: ("_baseline", programme.baseline)}
        for year in TARGET_YEARS:
            part = (year - BASELINE_YEAR) / (TARGET_YEARS[-1] - BASELINE_YEAR)
            way = programme.target - programme.baseline
            steps[year] = ("_target", rounded(programme, programme.baseline + way * part))
        rows += [
            observation(
                ref_area=REGENCY_CODE,
                item=programme.item,
                indicator=programme.indicator + suffix,
                period=year_period(year),
                unit=programme.unit,
                source_id=REGISTER,
                value=value,
            )
            for year, (suffix, value) in steps.items()
        ]
        rows += [result_row(programme, year) for year in YEARS]
    return rows


def score(programme: Programme, component: str, year: int, state: str = VERIFIED) -> float:
    """Evaluation of one component on the scale 0 to 4; who judges himself is kinder."""
    luck = stream("score", programme.item, component, year).gauss(0, 0.25)
    level = 1.6 + 1.7 * max(0.0, way_gone(programme, year)) + (0.4 if component == "output" else 0)
    if state:
        luck += abs(stream("score", state, programme.item, component, year).gauss(0.15, 0.1))
    return round(min(4.0, max(0.0, level + luck)), 2)


def score_row(programme: Programme, component: str, year: int, state: str) -> Row:
    """One score; a missing one says why."""
    is_missing = (programme.item, component, year) in NOT_SCORED
    return observation(
        ref_area=REGENCY_CODE,
        item=programme.item,
        indicator=f"evaluation_score_{component}{state}",
        period=year_period(year),
        unit="index",
        source_id=REGISTER,
        value=None if is_missing else score(programme, component, year, state),
        status="M" if is_missing else STATUS_OF_STATE[state],
        caveats=["not_reported_in_period"] if is_missing else [],
    )


def states_of(programme: Programme, year: int) -> tuple[str, ...]:
    """The states in which a programme has scores in a year."""
    if year == DRAFT_YEAR:
        return (DRAFT,)
    is_verified = programme.dimension not in NOT_YET_VERIFIED.get(year, ())
    own = (SELF_ASSESSED,) if year in SELF_ASSESSED_YEARS else ()
    return ((VERIFIED,) if is_verified else ()) + own


def evaluation_rows() -> list[Row]:
    """Scores by programme, component and state, and the weights in force in each year."""
    weights = [
        observation(
            ref_area=REGENCY_CODE,
            item=EVALUATION_ITEM,
            indicator=f"evaluation_weight_{component}",
            period=year_period(year),
            unit="percent",
            source_id=REGISTER,
            value=weight,
        )
        for year, of_year in WEIGHTS.items()
        for component, weight in zip(COMPONENTS, of_year, strict=True)
    ]
    scores = [
        score_row(programme, component, year, state)
        for year in WEIGHTS
        for programme in PROGRAMMES
        for state in states_of(programme, year)
        for component in COMPONENTS
    ]
    return [*weights, *scores]


def index_rows() -> list[Row]:
    """Indices of every kabupaten/kota, with a target for the own regency."""
    rows = []
    for code in REGENCY_CODES:
        for year in YEARS:
            level = stream("spbe", code).uniform(1.9, 2.7) + 0.17 * (year - YEARS[0])
            spbe = round(min(4.6, level + stream("spbe", code, year).gauss(0, 0.08)), 2)
            start = stream("innovation", code).uniform(38, 60) + 3.1 * (year - YEARS[0])
            innovation = round(start + stream("innovation", code, year).gauss(0, 2.5), 2)
            for item, indicator, value in (
                ("spbe", "spbe_index", spbe),
                ("inovasi_daerah", "innovation_index", innovation),
            ):
                rows.append(
                    observation(
                        ref_area=code,
                        item=item,
                        indicator=indicator,
                        period=year_period(year),
                        unit="index",
                        source_id=REGISTER,
                        value=value,
                    )
                )
    rows.append(
        observation(
            ref_area=REGENCY_CODE,
            item="spbe",
            indicator="spbe_index_target",
            period=year_period(YEARS[-1]),
            unit="index",
            source_id=REGISTER,
            value=3.8,
        )
    )
    return rows


def point_rows() -> list[Row]:
    """Free internet points by kecamatan."""
    return [
        observation(
            ref_area=code,
            item="internet_desa",
            indicator="free_internet_points",
            period=year_period(year),
            unit="access_point",
            source_id=REGISTER,
            value=round(stream("internet", code).uniform(1.2, 4.4) * (year - 2018)),
        )
        for code in SUBDISTRICT_CODES
        for year in YEARS
    ]


def status_rows() -> list[Row]:
    """The state of each programme at the end of the last year."""
    return [
        observation(
            ref_area=REGENCY_CODE,
            item=programme.item,
            indicator="programme_status",
            period=year_period(YEARS[-1]),
            unit="text",
            source_id=REGISTER,
            words="done" if programme.pace >= 1 else "running",
        )
        for programme in PROGRAMMES
    ]


def word_rows() -> list[Row]:
    """The vision in words, and a claim of the press that nobody confirmed."""
    return [
        observation(
            ref_area=REGENCY_CODE,
            item="visi_smart_city",
            indicator="vision",
            period=year_period(2022),
            unit="text",
            source_id=REGISTER,
            words="Cepat, Nyaman, Sejahtera",
        ),
        observation(
            ref_area=REGENCY_CODE,
            item="pusat_kendali",
            indicator="reports_answered_share",
            period=year_period(2024),
            unit="percent",
            source_id=PRESS,
            value=99,
            status="U",
            caveats=["unverified_source", "conflicting"],
        ),
    ]


def smart_city_rows() -> list[Row]:
    """The whole dataset `smart_city`."""
    return in_order(
        [
            *programme_rows(),
            *evaluation_rows(),
            *index_rows(),
            *point_rows(),
            *status_rows(),
            *word_rows(),
        ]
    )
