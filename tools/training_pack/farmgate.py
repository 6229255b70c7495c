"""Daily producer prices as officers of 16 kecamatan would type them, with planted slips.

The slips are known, so the corrections beside the table are exactly right: trainees can see
what the cleaning rule should find, and what it must leave alone.
"""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from training_pack.price_paths import log_price_on
from training_pack.randomness import stream
from training_pack.region import (
    REGENCY_CODE,
    SUBDISTRICT_CODES,
    SUBDISTRICT_NAMES,
)

# Under two years, so that its series are withheld as too short: trainees see that too.
FIRST_DAY = date(2025, 1, 15)
LAST_DAY = date(2026, 10, 31)
# The newest weeks are written after the others, so that these stay as they were: in them prices
# move as the warnings teach it.
NEWEST_DAYS = (date(2026, 11, 2), date(2026, 11, 23))
# Column, price path, and the part of the path's price that the farmer gets.
COLUMNS = (
    ("gkp_petani", "gkp_petani", 1.0),
    ("gkg_penggilingan", "gkp_petani", 1.22),
    ("beras_premium", "beras_medium", 1.14),
    ("beras_medium", "beras_medium", 0.97),
    ("jagung_pipilan_kering", "jagung", 1.0),
    ("ubi_kayu", "ubi_kayu", 1.0),
    ("ubi_jalar", "ubi_jalar", 1.0),
    ("kedelai_lokal_kering", "kedelai", 1.0),
    ("cabe_besar", "cabai_besar", 0.8),
    ("cabe_rawit_merah", "cabai_rawit", 0.8),
    ("cabe_keriting", "cabai_keriting", 0.8),
    ("bawang_merah", "bawang_merah", 0.85),
    ("daging_ayam", "daging_ayam_ras", 0.95),
    ("daging_sapi", "daging_sapi", 0.95),
    ("telur_ayam_ras", "telur_ayam_ras", 1.0),
    ("pisang", "pisang", 1.0),
    ("jeruk", "jeruk", 1.0),
)
ITEMS = tuple(item for item, _, _ in COLUMNS)
FREQUENT_REPORTERS = ("99.01.02", "99.01.05", "99.01.07", "99.01.09", "99.01.10", "99.01.16")
STOPPED = {"99.01.12": date(2025, 8, 31)}
SKIPPED_SHARE = 0.05
UNASKED_SHARE = 0.03
REPEATED_ROWS = 6
ODD = "odd_but_true"
SLIPS = {
    "zero_added": 16,
    "zero_lost": 14,
    "two_columns_exchanged": 4,
    "no_reading_fits": 3,
    ODD: 5,
}
STEADY_ITEMS = ("telur_ayam_ras", "jagung_pipilan_kering", "gkp_petani")
AREALESS_REPORT = 900
NO_PRICE = 1
CLOSE_PAIRS = (("gkg_penggilingan", "beras_premium"), ("ubi_jalar", "kedelai_lokal_kering"))

RULES = """\
# What is special in the table farmgate_prices.csv of the training region, read by the rule that
# finds slips and by the cleaning at every load. Limits not given here are the usual ones.

# Columns that repeat a code in words.
label_columns = ["kecamatan"]

# Pairs of columns of which the first is always the cheaper good.
[[ordered]]
lower = "gkp_petani"
upper = "gkg_penggilingan"

[[ordered]]
lower = "beras_medium"
upper = "beras_premium"
"""

Report = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One accepted correction; `corrected` empty means that nothing can be read from it."""

    row_id: int
    field: str
    raw: int
    corrected: str
    kind: str
    reason: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class PlannedMove:
    """A move of one good in the newest weeks: everywhere, or in one kecamatan only."""

    item: str
    factor: float
    first: date
    last: date = NEWEST_DAYS[1]
    code: str = ""


# Reported by many: a rise and a fall. Reported by one alone, and one that is soon taken back:
# the noise guard shows both and raises neither.
PLANNED_MOVES = (
    PlannedMove(item="cabe_rawit_merah", factor=1.32, first=date(2026, 11, 16)),
    PlannedMove(item="bawang_merah", factor=0.78, first=date(2026, 11, 16)),
    PlannedMove(item="gkp_petani", factor=0.82, first=date(2026, 11, 12), code="99.01.05"),
    PlannedMove(
        item="telur_ayam_ras",
        factor=1.2,
        first=date(2026, 11, 16),
        last=date(2026, 11, 18),
        code="99.01.09",
    ),
    # Rice sold below its floor for good: that is no noise any more.
    PlannedMove(item="gkp_petani", factor=0.84, first=date(2026, 11, 2), code="99.01.10"),
)


def working_days(*, span: tuple[date, date], holidays: set[date]) -> list[date]:
    """Mondays to Fridays that are no holidays."""
    first, last = span
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day not in holidays]


@cache
def report_weekdays(code: str) -> tuple[int, ...]:
    """The weekdays on which an officer reports: two of the busy ones, one of the others."""
    first = stream("weekday", code).randrange(0, 2)
    return (first, first + 3) if code in FREQUENT_REPORTERS else (first + 1,)


@cache
def asked_items(code: str) -> frozenset[str]:
    """The goods an officer asks about; rice, maize, eggs and chilli everywhere."""
    always = {"gkp_petani", "jagung_pipilan_kering", "telur_ayam_ras", "cabe_rawit_merah"}
    choice = stream("asked", code)
    return frozenset(always | {item for item in ITEMS if choice.random() < 0.68})


def rounded_price(value: float) -> int:
    """A price as farmers say it: to 50 below 10,000, to 100 below 20,000, else to 250 or 500."""
    step = 50 if value < 10000 else 100 if value < 20000 else 250 if value < 60000 else 500
    return round(value / step) * step


def typed_price(
    *, column: tuple[str, str, float], code: str, day: date, lebaran_days: tuple[date, ...]
) -> int:
    """What the officer would rightly type for one good on one day, in IDR per kg."""
    item, model, part = column
    level = log_price_on(name=model, code=REGENCY_CODE, day=day, lebaran_days=lebaran_days)
    place = stream("farmgate", item, code).gauss(0, 0.035)
    noise = stream("farmgate", item, code, day).gauss(0, 0.014)
    return rounded_price(math.exp(level + place + noise) * part)


def report_of(*, code: str, day: date, lebaran_days: tuple[date, ...]) -> Report:
    """One clean report; 0 stands for a good that was not asked about."""
    asked = asked_items(code)
    luck = stream("entry", code, day)
    name = SUBDISTRICT_NAMES[SUBDISTRICT_CODES.index(code)]
    report = {"area_code": code, "kecamatan": name, "date": day.isoformat()}
    for column in COLUMNS:
        is_asked = luck.random() > UNASKED_SHARE and column[0] in asked
        price = (
            typed_price(column=column, code=code, day=day, lebaran_days=lebaran_days)
            if is_asked
            else 0
        )
        report[column[0]] = str(price)
    return report


def clean_reports(
    *, span: tuple[date, date], holidays: set[date], lebaran_days: tuple[date, ...]
) -> list[Report]:
    """All reports of a span in the order of day and kecamatan."""
    reports = []
    for day in working_days(span=span, holidays=holidays):
        for code in SUBDISTRICT_CODES:
            has_stopped = day > STOPPED.get(code, NEWEST_DAYS[1])
            is_skipped = stream("skip", code, day).random() < SKIPPED_SHARE
            if day.weekday() in report_weekdays(code) and not has_stopped and not is_skipped:
                reports.append(report_of(code=code, day=day, lebaran_days=lebaran_days))
    return reports


def with_planned_moves(report: Report) -> Report:
    """A report of the newest weeks with the moves planned for its day and kecamatan."""
    moved = dict(report)
    for move in PLANNED_MOVES:
        is_meant = move.code in ("", report["area_code"])
        is_then = move.first <= date.fromisoformat(report["date"]) <= move.last
        if is_meant and is_then and int(report[move.item]):
            moved[move.item] = str(rounded_price(int(report[move.item]) * move.factor))
    return moved


def with_repeats(reports: list[Report]) -> list[Report]:
    """Some reports sent twice: half of them the same, half with one changed price."""
    choice = stream("repeats")
    chosen = set(choice.sample(range(100, len(reports) - 100), REPEATED_ROWS))
    result = []
    for position, report in enumerate(reports):
        result.append(report)
        if position in chosen:
            is_changed = len(chosen & set(range(position))) % 2 == 1
            price = int(report["telur_ayam_ras"])
            changed = {"telur_ayam_ras": str(price + 250)} if is_changed and price else {}
            result.append(report | changed)
    return result


def without_area(reports: list[Report]) -> list[Report]:
    """One report whose officer left the kecamatan empty."""
    return [
        report | {"area_code": "", "kecamatan": ""} if position == AREALESS_REPORT else report
        for position, report in enumerate(reports)
    ]


def numbered(reports: list[Report], *, first: int = 1) -> list[Report]:
    """Reports with their row number, counted from `first`."""
    return [{"row_id": str(number)} | report for number, report in enumerate(reports, start=first)]


def odd_but_true(*, report: Report) -> Report:
    """A report with one price far from its neighbours that nobody can call a slip."""
    choice = stream("odd", report["row_id"])
    field = choice.choice(sorted(item for item in STEADY_ITEMS if int(report[item])))
    return report | {field: str(rounded_price(int(report[field]) * choice.uniform(1.42, 1.68)))}


def slip_rows(reports: list[Report]) -> dict[str, list[int]]:
    """Which reports get which slip; no report gets two, and repeated ones are left alone."""
    keys = [(report["area_code"], report["date"]) for report in reports]
    times = Counter(keys)
    free = [
        position
        for position, key in enumerate(keys)
        if 60 < position < len(reports) - 60 and key[0] and times[key] == 1
    ]
    chosen = stream("slips").sample(free, sum(SLIPS.values()))
    result, start = {}, 0
    for reason, count in SLIPS.items():
        result[reason] = chosen[start : start + count]
        start += count
    return result


def slipped_value(*, reason: str, price: int) -> int:
    """The price with a zero too many, a zero lost, or a key pressed once."""
    return {"zero_added": price * 10, "zero_lost": price // 10, "no_reading_fits": NO_PRICE}[reason]


def one_cell_slip(*, report: Report, reason: str) -> tuple[Report, Correction]:
    """A report with one wrong price, and its correction."""
    choice = stream("slip", report["row_id"])
    field = choice.choice(sorted(item for item in ITEMS if int(report[item]) >= 1000))
    price = int(report[field])
    raw = slipped_value(reason=reason, price=price)
    is_lost = reason == "no_reading_fits"
    correction = Correction(
        row_id=int(report["row_id"]),
        field=field,
        raw=raw,
        corrected="" if is_lost else str(price),
        kind="impossible" if is_lost else "factor_ten",
        reason=reason,
        evidence=f"planted={price}",
    )
    return report | {field: str(raw)}, correction


def exchanged_slip(*, report: Report) -> tuple[Report, list[Correction]]:
    """A report in which two neighbouring columns were exchanged, and the two corrections."""
    pairs = [pair for pair in CLOSE_PAIRS if all(int(report[item]) for item in pair)]
    if not pairs:
        return report, []
    left, right = pairs[0]
    swapped = report | {left: report[right], right: report[left]}
    corrections = [
        Correction(
            row_id=int(report["row_id"]),
            field=field,
            raw=int(swapped[field]),
            corrected=report[field],
            kind="swapped_columns",
            reason="two_columns_exchanged",
            evidence=f"planted={report[field]}",
        )
        for field in (left, right)
    ]
    return swapped, corrections


def with_slips(reports: list[Report]) -> tuple[list[Report], list[Correction]]:
    """The reports as typed, and the corrections that undo every slip."""
    result, corrections = list(reports), []
    for reason, positions in slip_rows(reports).items():
        for position in positions:
            if reason == ODD:
                result[position] = odd_but_true(report=result[position])
            elif reason == "two_columns_exchanged":
                result[position], found = exchanged_slip(report=result[position])
                corrections += found
            else:
                result[position], one = one_cell_slip(report=result[position], reason=reason)
                corrections.append(one)
    return result, sorted(corrections, key=lambda one: (one.row_id, one.field))


def farmgate_reports(
    *, holidays: set[date], lebaran_days: tuple[date, ...]
) -> tuple[list[Report], list[Correction]]:
    """The dataset `farmgate_prices` as entered, and its corrections."""
    span = (FIRST_DAY, LAST_DAY)
    reports = clean_reports(span=span, holidays=holidays, lebaran_days=lebaran_days)
    typed, corrections = with_slips(numbered(without_area(with_repeats(reports))))
    newest = clean_reports(span=NEWEST_DAYS, holidays=holidays, lebaran_days=lebaran_days)
    moved = [with_planned_moves(report) for report in newest]
    return [*typed, *numbered(moved, first=len(typed) + 1)], corrections


def correction_rows(corrections: list[Correction]) -> list[dict[str, str]]:
    """The corrections with the columns of the pack's file."""
    return [
        {
            "row_id": str(one.row_id),
            "field": one.field,
            "raw_value": str(one.raw),
            "corrected_value": one.corrected,
            "kind": one.kind,
            "reason": one.reason,
            "evidence": one.evidence,
        }
        for one in corrections
    ]
