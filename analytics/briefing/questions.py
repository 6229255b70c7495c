"""Questions that a figure will be asked, with answers drafted from the data.

Three kinds: what is meant (from the indicator), why it changed (from parts that the data know),
why it differs from another source (from the entry of the two figures). What the data do not
say is said to be so; a person completes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analytics.agriculture.levels import level_of_area
from analytics.agriculture.measures import UnknownMeasure
from analytics.agriculture.rows import PRODUCTION, map_rows
from analytics.agriculture.two_figures import two_figure_subjects, two_figures_report
from analytics.briefing.model import Question
from analytics.editions.edition import Edition
from analytics.figures.figure import Figure
from analytics.figures.result import Number, Period, Result, Statement
from analytics.i18n import text
from analytics.ledger.two_figure_reasons import Quantity, Reason

HARVESTED_AREA = "harvested_area"
Reasons = Callable[[Quantity], Mapping[str, Sequence[Reason]]]


def no_reasons(_quantity: Quantity) -> Mapping[str, Sequence[Reason]]:
    """Where there is no ledger, no reason has been written."""
    return {}


def drafted(
    figure: Figure, edition: Edition, *, language: str, reasons: Reasons = no_reasons
) -> tuple[Question, ...]:
    """The questions of a figure in one language, in the order in which they are asked."""
    found = (
        _definition(figure, language),
        _change(figure, edition, language),
        _two_figures(figure, edition, language, reasons),
    )
    return tuple(question for question in found if question is not None)


# What is meant ----------------------------------------------------------------------------------


def _definition(figure: Figure, language: str) -> Question | None:
    indicator = figure.result.indicator
    meaning = indicator.definition.in_language(language).strip()
    if not meaning:
        return None
    name = indicator.name.in_language(language)
    methods = dict.fromkeys(
        source.method_name.in_language(language) for source in figure.result.sources
    )
    listed = "; ".join(method for method in methods if method)
    unit = indicator.unit_symbol.in_language(language)
    parts = [meaning]
    if unit:
        parts.append(text("briefing.answer.unit", language, unit=unit))
    if listed:
        parts.append(text("briefing.answer.method", language, methods=listed))
    asked = text("briefing.question.definition", language, name=name)
    return Question("definition", asked, " ".join(parts))


# Why it changed ---------------------------------------------------------------------------------


def _change(figure: Figure, edition: Edition, language: str) -> Question | None:
    """From the parts of an output where area and yield are known, else what is known and not."""
    if not _has_course(figure):
        return None
    parts = output_parts(figure, edition)
    said = parts.words(language) if parts else figure.sentence(language)
    if not said:
        return None
    name = figure.result.indicator.name.in_language(language)
    asked = text("briefing.question.change", language, name=name)
    limit = text(f"briefing.answer.{'parts_limit' if parts else 'no_cause'}", language)
    return Question("change", asked, f"{said} {limit}")


def _has_course(figure: Figure) -> bool:
    """Whether the figure shows values of more than one period."""
    frame = figure.frame
    if "period_start" not in frame.columns:
        return False
    return bool(frame.loc[frame["obs_value"].notna(), "period_start"].nunique() > 1)


def output_parts(figure: Figure, edition: Edition) -> Statement | None:
    """How much of the newest change of an output came from its area and how much from its yield.

    For a figure of one area and commodity whose output and harvested area two consecutive years
    of one method know; the joint effect is halved between both. None elsewhere.
    """
    choices = figure.made_by.choices if figure.made_by else {}
    area, item = str(choices.get("area", "")), str(choices.get("item", ""))
    level = level_of_area(edition, area) if area and item else None
    if level is None or choices.get("indicator") != PRODUCTION:
        return None
    years = _years(edition, level.code, area, item)
    if len(years) < 2:
        return None
    return _parts_statement(years.iloc[-2], years.iloc[-1])


def _years(edition: Edition, level: str, area: str, item: str) -> pd.DataFrame:
    """One row a year with `production` and `harvested_area` of the newest year's method."""
    rows = map_rows(edition, level=level).chosen
    own = rows[
        (rows["ref_area"] == area) & (rows["item"] == item) & (rows["freq"] == "A")
        & rows["indicator"].isin([PRODUCTION, HARVESTED_AREA]) & rows["obs_value"].notna()
    ]  # fmt: skip
    if own.empty:
        return pd.DataFrame()
    newest = own.sort_values("period_start")["method"].iloc[-1]
    table = own[own["method"] == newest].pivot_table(
        index=["period_start", "period_end"], columns="indicator", values="obs_value"
    )
    if not {PRODUCTION, HARVESTED_AREA} <= set(table.columns):
        return pd.DataFrame()
    known = table.dropna()
    return known[known[HARVESTED_AREA] > 0].reset_index()


def _parts_statement(before: pd.Series, now: pd.Series) -> Statement:
    """The change in tonnes with its two parts: `dA x mean Y` and `dY x mean A`."""
    first, last = (row[PRODUCTION] / row[HARVESTED_AREA] for row in (before, now))
    by_area = (now[HARVESTED_AREA] - before[HARVESTED_AREA]) * (first + last) / 2
    by_yield = (last - first) * (now[HARVESTED_AREA] + before[HARVESTED_AREA]) / 2
    return Statement(
        "briefing.answer.parts",
        {
            "before": Period(before["period_start"].date(), before["period_end"].date(), "A"),
            "now": Period(now["period_start"].date(), now["period_end"].date(), "A"),
            "total": _signed(now[PRODUCTION] - before[PRODUCTION]),
            "by_area": _signed(by_area),
            "by_yield": _signed(by_yield),
        },
    )


def _signed(tonnes: float) -> Statement:
    key = "briefing.answer.more" if tonnes >= 0 else "briefing.answer.less"
    return Statement(key, {"value": Number(abs(tonnes), "number", {"decimals": 0})})


# Why it differs ---------------------------------------------------------------------------------


def _two_figures(
    figure: Figure, edition: Edition, language: str, reasons: Reasons
) -> Question | None:
    """From the report of the two figures, with the newest written reason of each period."""
    result = two_figures_of(figure, edition)
    if result is None or result.is_empty:
        return None
    choices = figure.made_by.choices if figure.made_by else {}
    quantity = Quantity(_area(choices, edition), str(choices["item"]), str(choices["indicator"]))
    written = [
        text("briefing.answer.reason", language, reason=each[0].reason, name=each[0].written_by)
        for each in reasons(quantity).values()
        if each
    ]
    name = figure.result.indicator.name.in_language(language)
    asked = text("briefing.question.two_figures", language, name=name)
    return Question("two_figures", asked, " ".join([result.sentence(language), *written]))


def two_figures_of(figure: Figure, edition: Edition) -> Result | None:
    """The two figures for the quantity of a figure; None where there is only one."""
    choices = figure.made_by.choices if figure.made_by else {}
    if not {"item", "indicator"} <= set(choices):
        return None
    area = _area(choices, edition)
    level = level_of_area(edition, area)
    if level is None:
        return None
    code = f"{choices['item']}.{choices['indicator']}"
    known = {s.code for s in two_figure_subjects(edition, level=level.code) if area in s.areas}
    if code not in known:
        return None
    try:
        return two_figures_report(
            edition, level=level.code, item=str(choices["item"]),
            indicator=str(choices["indicator"]), area=area,
        )  # fmt: skip
    except UnknownMeasure:
        return None


def _area(choices: Mapping[str, object], edition: Edition) -> str:
    return str(choices.get("area") or choices.get("focus") or edition.ref_area)
