"""What grows where: the designed contrasts that maps and indices are meant to find.

Columns run from kecamatan 01 to 16. Rice fills the plain around the city (07, 10, 11, 12 and
their neighbours), maize and coconut the southern hills (13 to 16), coffee and bird chilli the
northern slopes (02, 03, 04, 06). Planted outliers: eggs in 16, cocoa in 14, little chilli in 01.
"""

from dataclasses import dataclass

SAWAH_HA = (1700, 520, 1900, 430, 900, 380, 2500, 2100, 1000, 2400, 2300, 2600, 450, 380, 520, 610)
POPULATION = (
    41200,
    24800,
    45300,
    22100,
    52600,
    27400,
    68900,
    47700,
    44100,
    71300,
    58200,
    49800,
    36500,
    31900,
    28700,
    35400,
)
BROKEN_SUBDISTRICT_CODE = "99.01.09"


@dataclass(frozen=True, kw_only=True)
class Crop:
    """A commodity whose yield follows from production and harvested area."""

    item: str
    base_ha: tuple[int, ...]
    yield_base: float
    yield_unit: str
    growth: float
    wobble: float
    production_unit: str = "t"


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A commodity with one plain quantity per area and year."""

    item: str
    indicator: str
    unit: str
    base: tuple[int, ...]
    growth: float
    wobble: float


CROPS = (
    Crop(
        item="padi",
        base_ha=tuple(round(ha * 1.9) for ha in SAWAH_HA),
        yield_base=54.0,
        yield_unit="kw/ha",
        growth=-0.004,
        wobble=0.03,
    ),
    Crop(
        item="jagung",
        base_ha=(
            700,
            900,
            650,
            800,
            1500,
            1200,
            900,
            800,
            2600,
            1100,
            400,
            900,
            3900,
            4200,
            3600,
            2700,
        ),
        yield_base=57.0,
        yield_unit="kw/ha",
        growth=0.018,
        wobble=0.04,
    ),
    Crop(
        item="cabai_rawit",
        base_ha=(60, 420, 390, 300, 60, 350, 110, 90, 40, 60, 45, 70, 30, 25, 40, 35),
        yield_base=62.0,
        yield_unit="kw/ha",
        growth=0.03,
        wobble=0.12,
        production_unit="kw",
    ),
    Crop(
        item="tebu",
        base_ha=(0, 0, 40, 0, 950, 0, 620, 130, 1200, 480, 60, 210, 340, 90, 160, 720),
        yield_base=710.0,
        yield_unit="kw/ha",
        growth=-0.02,
        wobble=0.05,
    ),
    Crop(
        item="kakao",
        base_ha=(260, 340, 280, 310, 60, 90, 120, 150, 40, 15, 60, 22, 12, 480, 18, 50),
        yield_base=540.0,
        yield_unit="kg/ha",
        growth=-0.035,
        wobble=0.06,
    ),
    Crop(
        item="kopi",
        base_ha=(180, 620, 210, 540, 70, 880, 50, 90, 0, 0, 20, 30, 0, 0, 0, 10),
        yield_base=650.0,
        yield_unit="kg/ha",
        growth=0.02,
        wobble=0.06,
    ),
    Crop(
        item="kelapa",
        base_ha=(90, 40, 100, 60, 160, 50, 180, 150, 420, 200, 110, 180, 980, 1100, 860, 640),
        yield_base=1080.0,
        yield_unit="kg/ha",
        growth=-0.005,
        wobble=0.03,
    ),
)

LAYING_HENS = (
    310000,
    90000,
    240000,
    80000,
    1450000,
    980000,
    1250000,
    210000,
    1600000,
    330000,
    180000,
    260000,
    150000,
    90000,
    140000,
    1900000,
)
DAIRY_COWS = (2600, 3900, 2900, 2100, 400, 3100, 500, 450, 160, 180, 220, 190, 60, 40, 70, 120)

STOCKS = (
    Stock(
        item="lahan_sawah",
        indicator="farmland_area",
        unit="ha",
        base=SAWAH_HA,
        growth=-0.006,
        wobble=0.004,
    ),
    Stock(
        item="ayam_ras_petelur",
        indicator="livestock_population",
        unit="head",
        base=LAYING_HENS,
        growth=0.03,
        wobble=0.04,
    ),
    Stock(
        item="sapi_perah",
        indicator="livestock_population",
        unit="head",
        base=DAIRY_COWS,
        growth=0.015,
        wobble=0.03,
    ),
    Stock(
        item="ikan_budidaya",
        indicator="fishery_production",
        unit="t",
        base=(210, 60, 240, 50, 380, 70, 690, 310, 330, 880, 760, 540, 120, 90, 110, 140),
        growth=0.035,
        wobble=0.05,
    ),
    Stock(
        item="ikan_koi",
        indicator="fishery_production",
        unit="head",
        base=(
            900000,
            40000,
            500000,
            30000,
            700000,
            60000,
            9800000,
            400000,
            800000,
            11200000,
            7600000,
            900000,
            50000,
            20000,
            30000,
            60000,
        ),
        growth=0.06,
        wobble=0.08,
    ),
    Stock(
        item="ikan_tangkap_laut",
        indicator="fishery_production",
        unit="t",
        base=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2100, 3400, 0, 0),
        growth=0.01,
        wobble=0.09,
    ),
)
EGG_T_PER_HEN = 0.0165
MILK_T_PER_COW = 2.45

# Size of each other kabupaten/kota against Kabupaten Contoh, where the contrast is designed.
# Every pair not named here is drawn from a wide distribution.
NEIGHBOUR_FACTORS = {
    "padi": {
        "99.02": 0.9,
        "99.03": 1.5,
        "99.04": 0.6,
        "99.05": 1.4,
        "99.06": 1.6,
        "99.07": 0.7,
        "99.08": 0.5,
        "99.09": 0.4,
    },
    "jagung": {"99.04": 1.7, "99.08": 2.1, "99.09": 1.6, "99.05": 0.3},
    "ayam_ras_petelur": {
        "99.06": 1.1,
        "99.04": 0.8,
        "99.02": 0.35,
        "99.03": 0.3,
        "99.05": 0.25,
        "99.07": 0.4,
        "99.08": 0.2,
        "99.09": 0.1,
    },
    "ikan_koi": {"99.06": 0.25, "99.04": 0.05, "99.09": 0.02},
    "kopi": {"99.07": 3.4, "99.05": 0.4},
}
CITY_FACTORS = {"99.71": 0.03, "99.72": 0.06}
CITY_PEOPLE_FACTORS = {"99.71": 0.24, "99.72": 0.42}
LANDLOCKED_CODES = ("99.06", "99.71")

# What the survey finds against the reports of the office, for rice.
SURVEY_RATIO = {"99.01": 0.63, "99.04": 0.74, "99.08": 0.86}

# Good and bad years: droughts, the pandemic, a chilli boom.
YEAR_EFFECTS = {
    "padi": {2015: -0.05, 2019: -0.08, 2023: -0.07},
    "jagung": {2019: -0.06, 2023: -0.04, 2022: 0.05},
    "cabai_rawit": {2017: 0.2, 2020: -0.25, 2022: 0.3, 2024: -0.15},
    "ayam_ras_petelur": {2020: -0.14, 2021: -0.18, 2022: -0.05},
    "ikan_koi": {2020: 0.1, 2021: 0.25},
    "ikan_tangkap_laut": {2016: -0.3, 2022: -0.2},
}

RICE_MONTH_SHARES = (0.03, 0.09, 0.21, 0.17, 0.06, 0.05, 0.11, 0.12, 0.06, 0.03, 0.04, 0.03)
