"""Names and codes of the fictional region. None of these places exists."""

from dataclasses import dataclass

PROVINCE_CODE = "99"
REGENCY_CODE = "99.01"
HOLE_CODE = "99.71"
COUNTRY_CODE = "ID"
ZONE_CODE = "ID-Z1"
WORLD_CODE = "WLD"
REGION = "contoh"


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area of the crosswalk between the two official code lists."""

    code: str
    bps_code: str
    parent_code: str
    level: str
    name: str
    capital: str = ""


# The middle of each neighbour on the plan of geometry.py, in km east and north of the origin.
NEIGHBOUR_CENTRES_KM = {
    "99.02": ("Kabupaten Misal", (-62.0, -8.0)),
    "99.03": ("Kabupaten Umpama", (-38.0, 24.0)),
    "99.04": ("Kabupaten Andaian", (-52.0, -26.0)),
    "99.05": ("Kabupaten Peraga", (-6.0, 34.0)),
    "99.06": ("Kabupaten Latihan", (-12.0, 8.0)),
    "99.07": ("Kabupaten Ilustrasi", (28.0, 22.0)),
    "99.08": ("Kabupaten Teladan", (30.0, -22.0)),
    "99.09": ("Kabupaten Rekaan", (64.0, 0.0)),
}
SECOND_CITY_CODE = "99.72"
SECOND_CITY_NAME = "Kota Peraga"

# North to south, west to east within each band; the land of each decides what it grows.
SUBDISTRICT_NAMES = (
    "Sumberlatih",
    "Karangmisal",
    "Tirtaperaga",
    "Wanaumpama",
    "Randucoba",
    "Gunungandai",
    "Kedungcontoh",
    "Banjarlatih",
    "Sawahmisal",
    "Kalicoba",
    "Jatiperaga",
    "Ngandairejo",
    "Telukumpama",
    "Pasirlatih",
    "Bukitmisal",
    "Mekarcoba",
)


def subdistrict_code(number: int) -> str:
    """The Kemendagri-like code of the n-th kecamatan, counted from 1."""
    return f"{REGENCY_CODE}.{number:02d}"


SUBDISTRICT_CODES = tuple(subdistrict_code(n) for n in range(1, len(SUBDISTRICT_NAMES) + 1))
REGENCY_CODES = tuple(sorted([REGENCY_CODE, HOLE_CODE, *NEIGHBOUR_CENTRES_KM, SECOND_CITY_CODE]))


def subdistrict_areas() -> list[Area]:
    """The 16 kecamatan; the BPS-like list runs the other way, as the two real lists differ."""
    count = len(SUBDISTRICT_CODES)
    return [
        Area(
            code=code,
            bps_code=f"9901{(count - number) * 10:03d}",
            parent_code=REGENCY_CODE,
            level="kecamatan",
            name=name,
            capital=name,
        )
        for number, (code, name) in enumerate(
            zip(SUBDISTRICT_CODES, SUBDISTRICT_NAMES, strict=True)
        )
    ]


def regency_name(code: str) -> str:
    """The full name of a kabupaten or kota."""
    named = {
        REGENCY_CODE: "Kabupaten Contoh",
        HOLE_CODE: "Kota Contoh",
        SECOND_CITY_CODE: SECOND_CITY_NAME,
    }
    return named[code] if code in named else NEIGHBOUR_CENTRES_KM[code][0]


def regency_areas() -> list[Area]:
    """The 11 kabupaten and kota of the province."""
    return [
        Area(
            code=code,
            bps_code=code.replace(".", ""),
            parent_code=PROVINCE_CODE,
            level="kota" if regency_name(code).startswith("Kota") else "kabupaten",
            name=regency_name(code),
        )
        for code in REGENCY_CODES
    ]


def upper_areas() -> list[Area]:
    """World, country, price zone and province."""
    return [
        Area(code=WORLD_CODE, bps_code="", parent_code="", level="dunia", name="Dunia"),
        Area(
            code=COUNTRY_CODE, bps_code="", parent_code=WORLD_CODE, level="negara", name="Indonesia"
        ),
        Area(code=ZONE_CODE, bps_code="", parent_code=COUNTRY_CODE, level="zona", name="Zona 1"),
        Area(
            code=PROVINCE_CODE,
            bps_code="99",
            parent_code=COUNTRY_CODE,
            level="provinsi",
            name="Provinsi Contoh",
        ),
    ]


def all_areas() -> list[Area]:
    """Every area of the pack, from the world down to the kecamatan."""
    return [*upper_areas(), *regency_areas(), *subdistrict_areas()]
