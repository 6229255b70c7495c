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
FIGURES_OF_VISITS = "analytics.tourism.visit_figures"
FIGURES_OF_EFFECTS = "analytics.tourism.effect_figures"
FIGURES_OF_MONEY = "analytics.tourism.money_figures"
FIGURES_OF_BRAND = "analytics.tourism.brand_figures"
ANALYSES = "analytics.agriculture.analysis_figures"
ADAPTERS = "analytics.briefing.adapters"
LEDGER_FIGURES = "analytics.briefing.ledger_figures"
PANEL_CHOICE = "analytics.tourism.panel_answers:PanelChoice"
EFFECT_CHOICE = "analytics.tourism.effect_data:EffectChoice"
BREAK_EVEN_RULE = "analytics.prices.feed_ratio:BreakEvenRule"
SERIES_KEY = "analytics.prices.series:SeriesKey"
STATE = "analytics.smart_city.scheme:State"


@dataclass(frozen=True)
class Maker:
    """How the figures of one name are made.

    report      `module:function` that pages ask: `report(edition, **choices)`
    draw        what makes a figure of its answer; empty where the answer is or holds the figure
    part        the field of the answer that holds the figure; empty where the answer is it
    usual       choices that need not be said
    classes     choices that are frozen dataclasses or enumerations: `module:Class` by name
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


def _visits(report: str, draw: str) -> Maker:
    return _tourism(report, f"{FIGURES_OF_VISITS}:{draw}")


def _money(report: str, draw: str) -> Maker:
    return _tourism(report, f"{FIGURES_OF_MONEY}:{draw}")


def _brand(report: str, draw: str) -> Maker:
    return _tourism(report, f"{FIGURES_OF_BRAND}:{draw}")


def _effect(report: str, draw: str) -> Maker:
    return replace(
        _tourism(report, f"{FIGURES_OF_EFFECTS}:{draw}"), classes={"choice": EFFECT_CHOICE}
    )


def _smart_city(report: str, draw: str) -> Maker:
    return Maker(
        f"analytics.smart_city.{report}",
        draw=f"analytics.smart_city.figures:{draw}",
        classes={"state": STATE},
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
        "tourism/growth": _visits("growth:growth_report", "growth_figure"),
        "tourism/areas": _visits("areas:areas_report", "areas_figure"),
        "tourism/panel_origin": _visits("areas:panel_origin_report", "panel_origin_figure"),
        "tourism/income": _visits("site_money:income_report", "income_figure"),
        "tourism/capacity": _visits("site_money:capacity_report", "capacity_figure"),
        "tourism/feast": _visits("feast:feast_report", "feast_figure"),
        "tourism/weekends": _visits("long_weekends:long_weekends_report", "weekends_figure"),
        "tourism/needed": _visits("needed:needed_report", "needed_figure"),
        "tourism/outlook": Maker(f"{ADAPTERS}:visits_ahead"),
        "tourism/backtest": Maker(f"{ADAPTERS}:visits_backtest"),
        "tourism/effect": Maker(
            f"{ADAPTERS}:event_effect",
            draw=f"{FIGURES_OF_EFFECTS}:effect_figure",
            classes={"choice": EFFECT_CHOICE},
        ),
        "tourism/effect_course": _effect("effect_report:course_report", "course_figure"),
        "tourism/placebos": _effect("effect_report:placebo_report", "placebo_figure"),
        "tourism/event_calendar": _effect("event_calendar:calendar_report", "calendar_figure"),
        "tourism/past_events": _effect("event_calendar:past_events_report", "past_figure"),
        "tourism/accounts": _money("accounts:accounts_report", "accounts_figure"),
        "tourism/pad_sites": _money("accounts:sites_report", "sites_figure"),
        "tourism/pad_share": _money("accounts:contribution_report", "contribution_figure"),
        "tourism/hotel": _money("stay:hotel_report", "hotel_figure"),
        "perception/scores": _brand("perception_report:scores_report", "scores_figure"),
        "perception/course": _brand("perception_report:course_report", "course_figure"),
        "perception/words": _brand("perception_report:words_report", "words_figure"),
        "perception/promotion_gap": _brand("search:promotion_gap_report", "gap_figure"),
        "perception/search_share": _brand("search:search_share_report", "search_share_figure"),
        "perception/voice": _brand("search:voice_report", "voice_figure"),
        "perception/nps": _brand("surveys:nps_report", "nps_figure"),
        "perception/support": _brand("surveys:support_report", "support_figure"),
        "brand/parts": _brand("brand_index:parts_report", "parts_figure"),
        "brand/index": _brand("brand_index:index_report", "index_figure"),
        "brand/sub_brands": _brand("brand_index:sub_brands_report", "sub_brands_figure"),
        "agro_brand/meeting": Maker(
            "analytics.overview.agro_brand:meeting_report",
            draw="analytics.overview.agro_brand:meeting_figure",
        ),
        "agro_brand/centres": Maker(
            "analytics.overview.agro_brand_map:centres_by_area",
            draw="analytics.overview.agro_brand_map:centres_figure",
            ground=f"{ADAPTERS}:centres_drawing",
        ),
        "smart_city/dimensions": _smart_city("score_reports:dimension_report", "dimension_figure"),
        "smart_city/components": _smart_city("score_reports:component_report", "component_figure"),
        "smart_city/change": _smart_city("score_reports:change_report", "change_figure"),
        "smart_city/weights": _smart_city("score_reports:weights_report", "weights_figure"),
        "smart_city/missing": _smart_city("score_reports:missing_report", "missing_figure"),
        "smart_city/evaluations": _smart_city(
            "score_reports:evaluations_report", "evaluations_figure"
        ),
        "smart_city/evidence": _smart_city("evidence:evidence_report", "evidence_figure"),
        "smart_city/programmes": _smart_city(
            "programme_reports:programme_report", "programme_figure"
        ),
        "smart_city/money": _smart_city("programme_reports:money_report", "money_figure"),
        "smart_city/budget_dimensions": _smart_city(
            "programme_reports:budget_by_dimension_report", "budget_dimension_figure"
        ),
        "smart_city/achievement": _smart_city(
            "programme_reports:achievement_report", "achievement_figure"
        ),
        "smart_city/budget": _smart_city("programme_reports:budget_report", "budget_figure"),
        "smart_city/facts": _smart_city("facts:facts_report", "facts_figure"),
        "smart_city/index": _smart_city("indices:index_report", "index_figure"),
        "smart_city/recommendations": _smart_city(
            "recommendations:recommendations_report", "recommendations_figure"
        ),
        "smart_city/iso": _smart_city("iso:iso_report", "iso_figure"),
        "smart_city/questions": Maker(
            f"{LEDGER_FIGURES}:questions", draw="analytics.smart_city.figures:questions_figure"
        ),
        "prices/weekly": Maker(
            f"{ADAPTERS}:weekly",
            part="figure",
            usual={"focus": None},
            classes={"key": SERIES_KEY},
        ),
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
