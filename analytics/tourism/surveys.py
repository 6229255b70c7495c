"""What visitors and residents answered: net promoter score and support, with their margins."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.figures.result import Number, Result, Statement
from analytics.tourism.answers import (
    FEWEST_ASKED,
    answer,
    first_code,
    indicator_of,
    missing_notes,
    nothing,
    ranged,
    year_cells,
)
from analytics.tourism.brand_formulas import is_apart, net_promoter, share_interval_pct
from analytics.tourism.rows import BRANDING, own_areas
from analytics.tourism.words import percent

SURVEY = "visitor_survey"
ANSWERS = ("survey_promoters", "survey_passives", "survey_detractors")
ASKED, SUPPORTING = "residents_asked", "residents_supporting"


def survey_rows(edition: Edition) -> pd.DataFrame:
    """Counts of answers of the region with `year`; the survey's own dataset goes first."""
    for dataset in (SURVEY, BRANDING):
        if dataset in edition.datasets:
            rows = edition.observations(
                dataset, ref_area=own_areas(edition), indicator=[*ANSWERS, ASKED, SUPPORTING]
            )
            known = rows[rows["obs_value"].notna() & rows["period_start"].notna()]
            if len(known):
                return known.assign(year=known["period_start"].dt.year)
    return nothing("indicator", "year")


def answers_by_year(edition: Edition) -> pd.DataFrame:
    """promoters, passives, detractors by year; only periods in which all three are known."""
    rows = survey_rows(edition)
    rows = rows[rows["indicator"].isin(ANSWERS)]
    if rows.empty:
        return pd.DataFrame(columns=["promoters", "passives", "detractors"])
    wide = rows.pivot_table(
        index=["year", "ref_area", "period_start"], columns="indicator", values="obs_value"
    ).reindex(columns=list(ANSWERS)).dropna()  # fmt: skip
    wide.columns = pd.Index([name.removeprefix("survey_") for name in wide.columns])
    return wide.groupby("year").sum()


def nps_report(edition: Edition) -> Result:
    """Net promoter score by year, columns `low`, `high`, `respondents` and the three counts."""
    indicator = indicator_of("nps", unit="score", decimals=0)
    counts = answers_by_year(edition)
    counts = counts[counts.sum(axis="columns") >= FEWEST_ASKED]
    if counts.empty:
        return answer(
            edition, name="net_promoter_score", frame=nothing("year"), indicator=indicator,
            title=Statement("perception.nps.title.empty"), notes=missing_notes("nps"),
        )  # fmt: skip
    used = survey_rows(edition)
    frame = pd.DataFrame([_nps_row(int(year), row, used) for year, row in counts.iterrows()])
    return answer(
        edition, name="net_promoter_score", frame=frame, indicator=indicator, used=used,
        title=_nps_title(frame), statements=_nps_statements(frame),
    )  # fmt: skip


def _nps_row(year: int, counts: pd.Series, used: pd.DataFrame) -> dict[str, object]:
    parts = {str(name): float(value) for name, value in counts.items()}
    score, low, high = net_promoter(**parts)
    return {
        **year_cells(year), "obs_value": score, "low": low, "high": high,
        "respondents": sum(parts.values()), **parts, "obs_status": "A",
        "period_end": used.loc[used["year"] == year, "period_end"].max(),
        "source_id": first_code(used["source_id"]), "caveat": "",
    }  # fmt: skip


def _nps_title(frame: pd.DataFrame) -> Statement:
    row = frame.iloc[-1]
    values = {"year": str(int(row["year"])), "score": Number(row["obs_value"], "number",
                                                             {"decimals": 0})}  # fmt: skip
    return Statement("perception.nps.title.score", values)


def _nps_statements(frame: pd.DataFrame) -> tuple[Statement, ...]:
    row = frame.iloc[-1]
    whole = {"decimals": 0}
    margin = Statement(
        "perception.nps.sentence.margin",
        {"n": Number(row["respondents"], "number", whole),
         "low": Number(row["low"], "number", whole),
         "high": Number(row["high"], "number", whole)},
    )  # fmt: skip
    if len(frame) < 2:
        return (margin,)
    before = frame.iloc[-2]
    kind = "differs" if is_apart(ranged(row), ranged(before)) else "not_apart"
    values = {"year": str(int(before["year"])),
              "score": Number(before["obs_value"], "number", whole)}  # fmt: skip
    return (margin, Statement(f"perception.nps.sentence.{kind}", values))


def support_report(edition: Edition) -> Result:
    """Share of residents in support by year, columns `low`, `high`, `asked`."""
    indicator = indicator_of("resident_support", unit="percent", decimals=1)
    counts = support_by_year(edition)
    if counts.empty:
        return answer(
            edition, name="resident_support", frame=nothing("year"), indicator=indicator,
            title=Statement("perception.support.title.empty"), notes=missing_notes("support"),
        )  # fmt: skip
    used = survey_rows(edition)
    frame = pd.DataFrame([_support_row(int(year), row, used) for year, row in counts.iterrows()])
    last = frame.iloc[-1]
    values = {"year": str(int(last["year"])), "share": percent(last["obs_value"])}
    margin = {"n": Number(last["asked"], "number", {"decimals": 0}),
              "low": percent(last["low"]), "high": percent(last["high"])}  # fmt: skip
    return answer(
        edition, name="resident_support", frame=frame, indicator=indicator, used=used,
        title=Statement("perception.support.title.share", values),
        statements=(Statement("perception.support.sentence.margin", margin),),
    )  # fmt: skip


def support_by_year(edition: Edition) -> pd.DataFrame:
    """asked and supporting by year; years with fewer than 30 asked are left out."""
    rows = survey_rows(edition)
    rows = rows[rows["indicator"].isin((ASKED, SUPPORTING))]
    if rows.empty:
        return pd.DataFrame(columns=["asked", "supporting"])
    wide = rows.pivot_table(index="year", columns="indicator", values="obs_value", aggfunc="sum")
    wide = wide.reindex(columns=[ASKED, SUPPORTING]).dropna()
    wide.columns = pd.Index(["asked", "supporting"])
    return wide[(wide["asked"] >= FEWEST_ASKED) & (wide["supporting"] <= wide["asked"])]


def _support_row(year: int, counts: pd.Series, used: pd.DataFrame) -> dict[str, object]:
    share, low, high = share_interval_pct(
        part=float(counts["supporting"]), whole=float(counts["asked"])
    )
    return {
        **year_cells(year), "obs_value": share, "low": low, "high": high,
        "asked": float(counts["asked"]), "obs_status": "A",
        "source_id": first_code(used["source_id"]), "caveat": "",
    }  # fmt: skip
