"""Invented events with the site they were held at, what they cost and drew, and those to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from training_pack.rows import Row, in_order, observation, span
from training_pack.sources import TOURISM

EVENTS = "events"


@dataclass(frozen=True, kw_only=True)
class SiteEvent:
    """One edition of an event; `gain` is the part it added to a usual month of its site.

    `visitors` is missing for an event that is only planned.
    """

    name: str
    place: str
    ref_area: str
    start: date
    days: int
    visitors: int | None
    cost_idr: int | None
    gain: float

    @property
    def end(self) -> date:
        """The last day."""
        return self.start + timedelta(days=self.days - 1)


_SITES = {
    "Festival Kedung Contoh": ("candi-kedung-contoh", "99.01.07", 0.35),
    "Festival Layang Pasir Latih": ("pantai-pasir-latih", "99.01.14", 0.3),
    "Kirab Budaya Kalicoba": ("kolam-renang-kalicoba", "99.01.10", 0.0),
    "Festival Sawah Misal": ("desa-sawah-misal", "99.01.09", 0.6),
}
_EDITIONS = (
    ("Festival Kedung Contoh", date(2019, 7, 13), 3, 8200, 145000000),
    ("Festival Layang Pasir Latih", date(2019, 9, 15), 1, 5100, 60000000),
    ("Festival Kedung Contoh", date(2022, 7, 16), 2, 6900, 120000000),
    ("Festival Layang Pasir Latih", date(2022, 9, 18), 1, 6400, 75000000),
    ("Festival Kedung Contoh", date(2023, 7, 15), 3, 9700, 160000000),
    ("Kirab Budaya Kalicoba", date(2023, 8, 19), 1, 11800, 90000000),
    ("Festival Sawah Misal", date(2024, 5, 11), 2, 4300, 40000000),
    ("Festival Kedung Contoh", date(2024, 7, 13), 3, 10400, 175000000),
    ("Kirab Budaya Kalicoba", date(2025, 8, 16), 1, 13200, 110000000),
    ("Festival Layang Pasir Latih", date(2025, 9, 14), 2, 8800, 95000000),
    ("Kirab Budaya Kalicoba", date(2026, 12, 19), 1, None, 115000000),
    ("Festival Sawah Misal", date(2027, 5, 8), 2, None, 45000000),
    ("Festival Kedung Contoh", date(2027, 7, 10), 3, None, 190000000),
)
SITE_EVENTS = tuple(
    SiteEvent(
        name=name,
        place=_SITES[name][0],
        ref_area=_SITES[name][1],
        start=start,
        days=days,
        visitors=visitors,
        cost_idr=cost,
        gain=_SITES[name][2],
    )
    for name, start, days, visitors, cost in _EDITIONS
)


def event_factor(*, place: str, month: date) -> float:
    """Factor of the events that a site held in the month."""
    factor = 1.0
    for event in SITE_EVENTS:
        if event.place == place and event.start.replace(day=1) == month:
            factor *= 1 + event.gain
    return factor


def event_rows() -> list[Row]:
    """The dataset `events`: name, visitors and cost of every edition; plans without visitors."""
    rows: list[Row] = []
    for event in SITE_EVENTS:
        about = {
            "ref_area": event.ref_area,
            "place": event.place,
            "item": "acara_budaya",
            "period": span(event.start, event.end),
            "source_id": TOURISM,
        }
        rows.append(observation(indicator="event_held", unit="text", words=event.name, **about))
        if event.visitors is not None:
            rows.append(
                observation(
                    indicator="event_visitors", unit="visits", value=event.visitors, **about
                )
            )
        if event.cost_idr is not None:
            status = "A" if event.visitors is not None else "P"
            rows.append(
                observation(
                    indicator="event_cost", unit="IDR", value=event.cost_idr, status=status, **about
                )
            )
    return in_order(rows)
