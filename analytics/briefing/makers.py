"""The closed list of what can make a figure, by name. A recipe names one of these and no other.

Each entry says which report pages ask and what draws its answer, as `module:function`, imported
only when a figure is made. Choices come in as plain values and are read here; whatever else a
report wants (today, language, the forecast as issued, the store) comes from the briefing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

FIGURES_OF_PRICES = "analytics.prices.figures"
FIGURES_OF_TOURISM = "analytics.tourism.figures"
FIGURES_OF_AGRICULTURE = "analytics.agriculture.figures"
ANALYSES = "analytics.agriculture.analysis_figures"
ADAPTERS = "analytics.briefing.adapters"
LEDGER_FIGURES = "analytics.briefing.ledger_figures"
PANEL_CHOICE = "analytics.tourism.panel_answers:PanelChoice"
BREAK_EVEN_RULE = "analytics.prices.feed_ratio:BreakEvenRule"


@dataclass(frozen=True)
class Maker:
    """How the figures of one name are made.

    report      `module:function` that pages ask: `report(edition, **choices)`
    draw        what makes a figure of its answer; empty where the answer is or holds the figure
    part        the field of the answer that holds the figure; empty where the answer is it
    usual       choices that need not be said
    classes     choices that are frozen dataclasses: `module:Class` by name of the choice
    drawn_with  further arguments of `draw`
    ground      what gives the drawing of a map whose answer holds no layer
    """

    report: str
    draw: str = ""
    part: str = ""
    usual: Mapping[str, Any] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    drawn_with: Mapping[str, Any] = field(default_factory=dict)
    ground: str = ""


def _agriculture(function: str) -> Maker:
    return Maker(f"{FIGURES_OF_AGRICULTURE}:{function}")


def _analysis(function: str, part: str) -> Maker:
    return Maker(f"{ANALYSES}:{function}", part=part)


def _price(function: str, **usual: Any) -> Maker:
    return Maker(f"{FIGURES_OF_PRICES}:{function}", usual=usual)


def _tourism(report: str, draw: str, **drawn_with: Any) -> Maker:
    """Reports of tourism answer Results, which a function of their own draws."""
    return Maker(
        f"analytics.tourism.{report}",
        draw=draw if ":" in draw else f"{FIGURES_OF_TOURISM}:{draw}",
        classes={"choice": PANEL_CHOICE},
        drawn_with=drawn_with,
    )


MAP_CUT: Mapping[str, Any] = MappingProxyType(
    {"method": "quantile", "classes": 5, "breaks": (), "over": (), "focus": None,
     "with_unverified": False}
)  # fmt: skip

MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "agriculture/map": Maker(
            "analytics.agriculture.map_answer:map_answer", part="figure", usual=MAP_CUT
        ),
        "agriculture/change": Maker(
            "analytics.agriculture.map_answer:change_answer",
            part="figure",
            usual={"focus": None, "with_unverified": False},
        ),
        "agriculture/series": _agriculture("series_figure"),
        "agriculture/neighbours": _agriculture("neighbours_figure"),
        "agriculture/two_figures": _agriculture("two_figures_figure"),
        "agriculture/sources": _agriculture("sources_figure"),
        "agriculture/calendar": _agriculture("calendar_figure"),
        "analysis/quotients": _analysis("quotients", "main"),
        "analysis/quotients/picture": _analysis("quotients", "picture"),
        "analysis/klassen": _analysis("klassen", "main"),
        "analysis/klassen/picture": _analysis("klassen", "picture"),
        "analysis/shifts": _analysis("shifts", "main"),
        "analysis/shifts/picture": _analysis("shifts", "picture"),
        "analysis/progress": _analysis("progress", "main"),
        "analysis/progress/picture": _analysis("progress", "picture"),
        "analysis/clusters": _analysis("clusters", "main"),
        "analysis/balance": _analysis("balance", "main"),
        "analysis/balance/months": Maker(f"{ANALYSES}:monthly_balance"),
        "prices/course": _price("course_figure"),
        "prices/season": _price("season_figure"),
        "prices/pattern": _price("pattern_figure"),
        "prices/comparison": _price("comparison_figure"),
        "prices/daily": _price("daily_figure"),
        "prices/entries": _price("entries_figure"),
        "prices/lebaran": _price("lebaran_figure", months=1),
        "prices/lebaran_steps": _price("lebaran_steps_figure"),
        "prices/list": _price("list_figure"),
        "prices/outlook": _price("outlook_figure"),
        "prices/past": _price("past_figure"),
        "prices/scores": _price("scores_figure"),
        "prices/holiday_effects": Maker("analytics.prices.holiday_effects:holiday_effects_figure"),
        "prices/margin": Maker("analytics.prices.margin:margin_figure"),
        "prices/ratio": Maker(
            "analytics.prices.ratio:ratio_course_figure", classes={"adjusted": BREAK_EVEN_RULE}
        ),
        "prices/ratios": Maker(
            "analytics.prices.ratio:ratio_overview_figure", classes={"adjusted": BREAK_EVEN_RULE}
        ),
        "prices/weights": Maker("analytics.prices.outlook_parts:weights_figure"),
        "prices/run": Maker("analytics.prices.outlook_parts:run_figure"),
        "tourism/totals": _tourism("totals:totals_report", "totals_figure"),
        "tourism/attainment": _tourism("targets:attainment_report", "attainment_figure"),
        "tourism/origin": _tourism("origin:origin_report", "origin_figure"),
        "tourism/pace": _tourism("pace:pace_report", "pace_figure"),
        "tourism/mix": _tourism("mix:stated_mix_report", "stated_mix_figure"),
        "tourism/monthly": _tourism("monthly:monthly_report", "monthly_figure"),
        "tourism/panel_years": _tourism("monthly:panel_years_report", "panel_years_figure"),
        "tourism/recovery": _tourism("monthly:recovery_report", f"{ADAPTERS}:recovery"),
        "tourism/sites": _tourism("monthly:sites_by_month_report", "sites_figure"),
        "tourism/concentration": _tourism(
            "concentration:concentration_report", "concentration_figure"
        ),
        "tourism/panel_mix": _tourism("mix:panel_mix_report", "panel_mix_figure"),
        "tourism/reporting": _tourism("reporting:reporting_report", "reporting_figure"),
        "tourism/months_by_site": _tourism(
            "reporting:months_by_site_report", "months_by_site_figure"
        ),
        "tourism/season": _tourism("seasonality:season_report", "season_figure"),
        "tourism/profile": _tourism("seasonality:profile_report", "profile_figure"),
        "tourism/unevenness": _tourism(
            "seasonality:unevenness_report", "unevenness_figure", category="year"
        ),
        "tourism/site_unevenness": _tourism(
            "seasonality:site_unevenness_report", "unevenness_figure", category="place"
        ),
        "tourism/holidays": _tourism("holidays:holiday_totals_report", "holiday_totals_figure"),
        "tourism/holiday_days": _tourism("holidays:holiday_days_report", "holiday_days_figure"),
        "tourism/holiday_sites": _tourism("holidays:holiday_sites_report", "holiday_sites_figure"),
        "tourism/destinations": replace(
            _tourism("destinations:destinations_report", "destinations_figure"),
            ground=f"{ADAPTERS}:destinations_drawing",
        ),
        "tourism/events": _tourism("events:events_report", "events_figure"),
        "tourism/revenue": _tourism("revenue:revenue_report", "revenue_figure"),
        "tourism/occupancy": _tourism("lodging:occupancy_report", "occupancy_figure"),
        "tourism/measure": _tourism("measures:measure_report", "measure_figure"),
        "prices/record": Maker(f"{LEDGER_FIGURES}:record"),
        "prices/issued_before": Maker(f"{LEDGER_FIGURES}:issued_before"),
        "prices/backtest": Maker(f"{LEDGER_FIGURES}:backtest"),
        "prices/horizons": Maker(f"{LEDGER_FIGURES}:horizons"),
        "prices/warning": Maker(f"{LEDGER_FIGURES}:warning"),
        "data/series": Maker("analytics.briefing.dataset_figure:dataset_figure"),
    }
)


def makers_of(report: str) -> Mapping[str, Maker]:
    """The makers whose report is `module:function`, by name; most reports have one or none."""
    return {name: maker for name, maker in MAKERS.items() if maker.report == report}
