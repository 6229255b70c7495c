"""What programmes answer: the list of all, results and money of one, money by dimension."""

from __future__ import annotations

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.names import in_both, told
from analytics.figures.result import Indicator, Label, Result, Statement
from analytics.figures.sentences import written_number
from analytics.observations.status import ObsStatus
from analytics.smart_city.formulas import absorption_pct, way_gone_pct
from analytics.smart_city.measures import (
    BUDGET_PARTS,
    CEILING,
    REALISED,
    REVISED,
    SPENT,
    TARGET,
    budget_rows,
    budgets,
    measure_rows,
    newest_measures,
)
from analytics.smart_city.rows import (
    SMART_CITY,
    caveats_of,
    own_rows,
    programme_labels,
    programmes,
    sources_of,
    with_year_period,
    year_period,
)
from analytics.smart_city.scheme import DIMENSIONS, WHOLE_PCT
from analytics.smart_city.words import computed, percent

TEXT = "text"
STATUS = "programme_status"
NO_OFFICE = "–"
WHOLE = percent(WHOLE_PCT, decimals=0)
LITTLE_SPENT_PCT = 80.0  # below it a programme is counted as one that left much unspent


def programme_report(edition: Edition, *, year: int) -> Result:
    """One row a programme, by dimension: newest result up to a year, and how far it has come.

    `obs_value` is the way gone from baseline to target in percent. Columns: baseline, target,
    realised, year, target_year, unit, quick_win_year, sub_dimension, pillar, state (its code
    where `states_of` has words for it). `obs_text` is the office in charge.
    """
    frame = _programme_frame(edition, year)
    done = int((frame["obs_value"] >= 100).sum())
    known = int(frame["obs_value"].notna().sum())
    rows = measure_rows(edition)
    key = "some" if known else "none"
    return Result(
        name="smart_city_programmes",
        frame=frame,
        indicator=computed("way", unit="percent", decimals=0, better="up"),
        sources=sources_of(edition, frame),
        period=year_period([int(year) for year in frame["year"].dropna()]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.programmes.title.{key}", {"n": done, "known": known, "all": len(frame)}
        ),
        statements=(Statement("smart_city.programmes.sentence.how", {"whole": WHOLE}),)
        if known
        else (),
        caveats=caveats_of(edition, rows, SMART_CITY),
        notes=_programme_notes(frame, known),
        parameters={"year": year},
    )


def _programme_notes(frame: pd.DataFrame, known: int) -> tuple[Statement, ...]:
    lacking = len(frame) - known
    notes = []
    if frame.empty:
        notes.append(Statement("smart_city.programmes.note.none"))
    elif lacking:
        notes.append(
            Statement("smart_city.programmes.note.lacking", {"n": lacking, "all": len(frame)})
        )
    return tuple(notes)


def _programme_frame(edition: Edition, year: int) -> pd.DataFrame:
    table = _in_order(programmes(edition)).set_index("item")
    rows = measure_rows(edition)
    is_plan = rows["part"] == TARGET  # of a later year: what is aimed at is known before
    measures = newest_measures(rows[(rows["year"] <= year) | is_plan]).reindex(table.index)
    told_states = states_of(edition)
    frame = table.assign(
        **{name: measures[name] for name in measures.columns},
        obs_value=way_gone_pct(
            baseline=measures["baseline"], target=measures["target"], realised=measures["realised"]
        ),
        state=[code if code in told_states else "" for code in table.index],
    ).rename_axis("item").reset_index()  # fmt: skip
    known = frame["realised"].notna()  # the status is that of the result
    return frame.assign(
        obs_status=frame["obs_status"].where(known, ObsStatus.MISSING.value),
        source_id=frame["source_id"].fillna(""),
        unit=frame["unit"].fillna(""),
        pillar=frame["pillar_id"],
        obs_text=frame["owner"].where(frame["owner"] != "", NO_OFFICE),
    )


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Programmes by dimension, in the scheme's order, then the pack's."""
    place = table["dimension"].map({code: place for place, code in enumerate(DIMENSIONS)})
    return table.loc[place.sort_values(kind="stable").index]


def money_report(edition: Edition, *, year: int) -> Result:
    """One row a programme with its budget, revised budget and spending of a year, in IDR.

    `obs_value` is what was spent in percent of the revised budget, else of the original one.
    """
    rows = budget_rows(edition)
    own = rows[rows["year"] == year]
    wide = budgets(own).set_index("item")
    table = _in_order(programmes(edition)).set_index("item")
    wide = wide.reindex([item for item in table.index if item in wide.index])
    share = absorption_pct(realised=wide[SPENT], revised=wide[REVISED], ceiling=wide[CEILING])
    weakest = own.groupby("item")["obs_status"].agg(_weakest).reindex(wide.index)
    frame = pd.DataFrame(
        {
            "item": wide.index,
            "dimension": table["dimension"].reindex(wide.index).to_numpy(),
            "obs_value": share.to_numpy(),
            "obs_status": weakest.where(share.notna(), ObsStatus.MISSING.value).to_numpy(),
            "ceiling": wide[CEILING].to_numpy(),
            "revised": wide[REVISED].to_numpy(),
            "spent": wide[SPENT].to_numpy(),
            "source_id": own.groupby("item")["source_id"].first().reindex(wide.index).to_numpy(),
            "year": year,
        }
    )
    known = frame["obs_value"].dropna()
    key = "some" if len(known) else "none"
    return Result(
        name="smart_city_money",
        frame=with_year_period(frame),
        indicator=computed("absorption", unit="percent", decimals=1),
        sources=sources_of(edition, frame),
        period=year_period([year]),
        edition=edition.stamp,
        title=Statement(
            f"smart_city.money.title.{key}",
            {
                "n": int((known < LITTLE_SPENT_PCT).sum()),
                "all": len(known),
                "year": str(year),
                "little": percent(LITTLE_SPENT_PCT, decimals=0),
            },
        ),
        parameters={"year": year},
    )


def states_of(edition: Edition) -> dict[str, Label]:
    """What was last reported of each programme in words, with its year; only where anything was."""
    rows = own_rows(edition, SMART_CITY, unit=TEXT)
    rows = rows[rows["obs_text"].fillna("") != ""]
    newest = rows.groupby("item").last()
    return {
        str(item): in_both(
            f"smart_city.programmes.{'status' if row['indicator'] == STATUS else 'state'}",
            what=edition.vocabulary.indicator_name(str(row["indicator"])),
            words=result_text(edition, str(row["obs_text"])),
            year=str(int(row["year"])) if pd.notna(row["year"]) else "–",
        )
        for item, row in newest.iterrows()
    }


def result_text(edition: Edition, words: str) -> Label:
    """A result in words in both languages, as it stands where the pack has no reading of it."""
    tables = edition.vocabulary.tables
    if "result_texts" not in tables:
        return Label(words, words)
    found = tables["result_texts"].set_index("obs_text")
    if words not in found.index:
        return Label(words, words)
    return Label(str(found.loc[words, "name_id"]), str(found.loc[words, "name_en"]))


def achievement_report(edition: Edition, *, item: str) -> Result:
    """Targets and results of one programme by year, with its baseline; column `part`.

    Raises KeyError for an unknown programme.
    """
    label = programme_labels(edition)[item]
    rows = measure_rows(edition)
    frame = rows[(rows["item"] == item) & rows["year"].notna()]
    units = frame.loc[frame["obs_value"].notna(), "unit"]
    unit = str(units.iloc[-1]) if len(units) else ""
    frame = with_year_period(frame[frame["unit"] == unit].reset_index(drop=True))
    return Result(
        name="smart_city_achievement",
        frame=frame,
        indicator=measure_indicator(edition, item, unit),
        sources=sources_of(edition, frame),
        period=year_period([int(year) for year in frame["year"]]),
        edition=edition.stamp,
        title=_achievement_title(edition, label, frame, item, unit),
        caveats=caveats_of(edition, frame),
        notes=_empty_notes(frame),
        parameters={"item": item},
    )


def measure_indicator(edition: Edition, item: str, unit: str) -> Indicator:
    """What a programme is measured by, in its unit; a general word where the pack names none."""
    code = programmes(edition, with_overarching=True).set_index("item")["result_indicator"][item]
    try:
        return edition.vocabulary.indicator(code, unit=unit or None)
    except UnknownCode:
        symbol = edition.vocabulary.unit_symbol(unit) if unit else Label("", "")
        general = computed("achievement", unit="none", decimals=1, better="up")
        return Indicator(**{**general.__dict__, "unit": unit or "index", "unit_symbol": symbol})


def _achievement_title(
    edition: Edition, name: Label, frame: pd.DataFrame, item: str, unit: str
) -> Statement:
    known = frame[frame["obs_value"].notna()]
    results = known[known["part"] == REALISED]
    if results.empty:
        return Statement("smart_city.achievement.title.none", {"name": name})
    last = results.iloc[-1]
    indicator = measure_indicator(edition, item, unit)
    values: dict[str, object] = {
        "name": name,
        "measure": indicator.name,
        "value": written_number(float(last["obs_value"]), indicator),
        "year": str(int(last["year"])),
    }
    targets = known[(known["part"] == TARGET) & (known["year"] == last["year"])]
    if targets.empty:
        return Statement("smart_city.achievement.title.result", values)
    values["target"] = written_number(float(targets["obs_value"].iloc[0]), indicator)
    return Statement("smart_city.achievement.title.target", values)


def _empty_notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        why = Statement("smart_city.achievement.note.none")
        return (why, Statement("smart_city.achievement.note.cure"))
    return ()


def budget_report(edition: Edition, *, item: str) -> Result:
    """Budget, revised budget and spending of one programme by year, in IDR."""
    rows = budget_rows(edition)
    frame = rows[rows["item"] == item].reset_index(drop=True)
    name = programme_labels(edition)[item]
    return _money_result(edition, frame, name="smart_city_budget", about=name, item=item)


def budget_by_dimension_report(edition: Edition, *, year: int) -> Result:
    """Budget, revised budget and spending of all programmes of a dimension in a year, in IDR.

    A sum leaves out what was not reported; `lacking` counts such programmes.
    """
    rows = budget_rows(edition)
    own = rows[rows["year"] == year].assign(
        dimension=lambda part: part["item"].map(programmes(edition).set_index("item")["dimension"])
    )
    grouped = own.groupby(["dimension", "indicator"], sort=False)
    frame = grouped.agg(
        obs_value=("obs_value", lambda values: values.sum(min_count=1)),
        lacking=("obs_value", lambda values: int(values.isna().sum())),
        obs_status=("obs_status", _weakest),
        source_id=("source_id", "first"),
        caveat=("caveat", "first"),
    ).reset_index()
    place = {code: place for place, code in enumerate(DIMENSIONS)}
    frame = frame.assign(year=year, place_=frame["dimension"].map(place)).sort_values(
        ["place_", "indicator"], kind="stable", ignore_index=True
    )
    frame = with_year_period(frame.drop(columns="place_"))
    about = in_both("smart_city.budget.all")
    return _money_result(edition, frame, name="smart_city_budget_dimensions", about=about)


def _weakest(statuses: pd.Series) -> str:
    """Provisional as soon as one part is; missing parts are counted apart."""
    known = set(statuses) - {ObsStatus.MISSING.value}
    for status in (ObsStatus.UNVERIFIED, ObsStatus.ESTIMATED, ObsStatus.PROVISIONAL):
        if status.value in known:
            return status.value
    return ObsStatus.NORMAL.value if known else ObsStatus.MISSING.value


def _money_result(
    edition: Edition, frame: pd.DataFrame, *, name: str, about: Label, **parameters: object
) -> Result:
    return Result(
        name=name,
        frame=frame,
        indicator=computed("money", unit="IDR", decimals=0),
        sources=sources_of(edition, frame),
        period=year_period([int(year) for year in frame["year"].dropna()]),
        edition=edition.stamp,
        title=_money_title(frame, about),
        caveats=caveats_of(edition, frame),
        notes=_money_notes(frame),
        parameters=parameters,
    )


def _money_title(frame: pd.DataFrame, about: Label) -> Statement:
    sums = frame[frame["obs_value"].notna()].groupby(["year", "indicator"])["obs_value"].sum()
    wide = sums.unstack("indicator").reindex(columns=list(BUDGET_PARTS))
    share = absorption_pct(realised=wide[SPENT], revised=wide[REVISED], ceiling=wide[CEILING])
    known = share.dropna()
    if known.empty or ("lacking" in frame and bool(frame["lacking"].sum())):
        return Statement("smart_city.budget.title.none", {"name": about})
    values = {"name": about, "year": str(int(known.index[-1])), "share": percent(known.iloc[-1])}
    return Statement("smart_city.budget.title.some", values)


def _money_notes(frame: pd.DataFrame) -> tuple[Statement, ...]:
    if frame.empty or frame["obs_value"].isna().all():
        why = Statement("smart_city.budget.note.none")
        return (why, Statement("smart_city.budget.note.cure"))
    lacking = int(frame["lacking"].sum()) if "lacking" in frame else 0
    note = Statement("smart_city.budget.note.lacking", {"n": lacking}) if lacking else None
    return told([note])


def budget_years(edition: Edition) -> tuple[int, ...]:
    """Years with any amount, oldest first."""
    rows = budget_rows(edition)
    return tuple(sorted({int(y) for y in rows.loc[rows["obs_value"].notna(), "year"].dropna()}))
