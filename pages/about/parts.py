"""Parts of the pages about the data: sources, metadata, treated rows, formulas, rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.editions.edition import Edition
from analytics.figures.result import Label
from analytics.forecasting.bands import BandRule
from analytics.forecasting.combination import SHRINKAGE_ORIGINS
from analytics.forecasting.engine import DEFAULT_ORIGINS
from analytics.forecasting.reasons import Status
from analytics.forecasting.steps import step_of
from analytics.forecasting.wording import span
from analytics.overview.methods import DrawnTable, drawn_tables
from analytics.overview.sources import DatasetMetadata
from analytics.overview.yardsticks import Yardstick, measurement
from analytics.pack.corrections import kind_name
from pages.ui.downloads import offer_table
from pages.ui.state import formatter, language, say
from pages.ui.tables import show_table

ALL = "all"
MISSING_INPUT = "–"
SOURCES_PX, TREATED_PX = 620, 420
SOURCE_COLUMNS = (
    "title", "publisher", "datasets", "values", "newest", "method", "licence", "caveats",
    "source_id",
)  # fmt: skip
TREATED_COLUMNS_PX = {
    "source_row": 60, "ref_area": 110, "period_start": 130, "item": 345, "why": 280,
}  # fmt: skip
# Codes that stand in drawn tables; all other words in them are letters and dates.
WORDS_IN_CELLS = frozenset({
    "True", "False", "MS", "W-MON", "better_than_naive", "not_better", "too_few_origins", "issued",
    "withheld", "combination", "last_value", "seasonal_naive", "train", "test", "even",
    "two_levels", "one_month", "with_a_gap", "alike", "one_large", "May", "crisis", "abnormal",
    "confirmed", "reversed", "few_reporters", "red", "yellow", "green", "leading", "prospective",
    "mainstay", "lagging", "advanced", "pressed", "growing", "behind", "few_sets", "no_neighbour",
    "missing", "rice", "maize", "ramadan", "before_idulfitri", "after_idulfitri", "iduladha",
    "nataru", "positive", "neutral", "negative", "few", "many", "all_negative", "mixed",
    "all_content", "nature", "culture", "village", "food", "reach", "demand", "experience",
    "economy",
})  # fmt: skip
PROMISES = ("traced", "missing", "status", "offline", "kept")
FORECAST_METHOD = (
    "pool", "scale", "backtest", "bands", "coverage", "withheld", "stopped", "failed", "limits",
)  # fmt: skip
RULES = ("preferred", "unverified", "units", "farmgate", "rice", "visits", "stopped", "classes")


def context(edition: Edition) -> str:
    """One line: region, edition, when it was published."""
    return say(
        "about.context",
        region=edition.stamp.region_name.in_language(language()),
        edition=edition.stamp.number,
        published=formatter().date(edition.stamp.published_on),
    )


def dataset_words(code: str, titles: Mapping[str, Label]) -> str:
    return say("about.sources.all") if code == ALL else titles[code].in_language(language())


def matching(
    table: pd.DataFrame, *, dataset: str, titles: Mapping[str, Label], typed: str
) -> pd.DataFrame:
    """Sources of the dataset whose title, publisher or id holds what was typed."""
    if dataset != ALL:
        name = titles[dataset].in_language(language())
        table = table[table["datasets"].str.split(", ").map(lambda names: name in names)]
    words = typed.strip().lower()
    if not words:
        return table
    text = table["title"] + " " + table["publisher"] + " " + table["source_id"]
    return table[text.str.lower().str.contains(words, regex=False)]


def show_sources(table: pd.DataFrame, *, total: int, edition: Edition) -> None:
    """The sources as a table with links, and as a file."""
    st.write(say("about.sources.count", n=len(table), total=total))
    if table.empty:
        st.info(say("about.sources.nothing"))
        return
    headings = {name: say(f"about.sources.column.{name}") for name in SOURCE_COLUMNS}
    shown = table[list(SOURCE_COLUMNS)].assign(
        values=table["values"].map(lambda n: formatter().number(n, 0)),
        newest=table["newest"].map(formatter().date),
        publisher=[f"{name} ({year})" if year else name
                   for name, year in zip(table["publisher"], table["year"], strict=True)],
    )  # fmt: skip
    show_table(
        shown.rename(columns=headings),
        label=say("about.sources.title"),
        numbers=(headings["values"],),
        links={headings["title"]: list(table["url"])},
        height=SOURCES_PX,
        is_stacked=True,
    )
    offer_table(table, name="sources", edition=edition, key="sources_files")


def show_metadata(datasets: Sequence[DatasetMetadata], *, chosen: str) -> None:
    """What Satu Data asks of each table, folded; the chosen dataset stands open."""
    for dataset in datasets:
        if chosen not in (ALL, dataset.dataset):
            continue
        with st.expander(dataset.title, expanded=chosen == dataset.dataset):
            st.write(dataset.description)
            for name, value in dataset.fields.items():
                words = escaped(with_dates_in_words(value))
                st.markdown(f"**{say(f'about.metadata.{name}')}**: {words}")
            for caveat in dataset.caveats:
                st.markdown(f"- {escaped(caveat)}")


def with_dates_in_words(value: str) -> str:
    """A value that is a date as the reader writes it; all others as they are."""
    try:
        return formatter().date(date.fromisoformat(value))
    except ValueError:
        return value


def escaped(words: str) -> str:
    """Words of the data as they are: no Markdown, no HTML."""
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~$"})
    return words.translate(marks)


def show_treated(edition: Edition, treated: Mapping[str, pd.DataFrame]) -> None:
    """Rows that are not published as entered: what was entered, what stands now, why."""
    st.write(say("about.treated.lead"))
    for dataset, rows in treated.items():
        shown = pd.DataFrame(
            {
                "source_row": rows["source_row"],
                "ref_area": rows["ref_area"].map(lambda code: area_words(edition, code)),
                "period_start": rows["period_start"].map(lambda day: formatter().date(day.date())),
                "item": rows["item"].map(
                    lambda code: edition.vocabulary.item_name(code).in_language(language())
                ),
                "raw_value": rows["raw_value"].map(formatter().number),
                "obs_value": rows["obs_value"].map(formatter().number),
                "why": [why(row) for row in rows.itertuples()],
            }
        )
        labels = {name: say(f"about.treated.column.{name}") for name in shown.columns}
        config = {
            name: st.column_config.Column(label, width=TREATED_COLUMNS_PX.get(name))
            for name, label in labels.items()
        }
        config |= {
            name: st.column_config.Column(labels[name], alignment="right")
            for name in ("raw_value", "obs_value")
        }
        st.dataframe(shown, hide_index=True, height=TREATED_PX, column_config=config)
        offer_table(rows, name=f"treated_{dataset}", edition=edition, key=f"treated_{dataset}")


def area_words(edition: Edition, code: str) -> str:
    return edition.vocabulary.area_name(code) if code else say("about.treated.no_area")


def why(row: object) -> str:
    """What became of a row, in words."""
    reason, correction = row.row_reason, row.correction  # type: ignore[attr-defined]
    if row.row_state != "published":  # type: ignore[attr-defined]
        state = say(f"about.treated.state.{row.row_state}")  # type: ignore[attr-defined]
        return f"{state}: {say(f'rows.reason.{reason}')}"
    return kind_name(correction, language())


def drawn_tables_by_theme() -> Mapping[str, Sequence[DrawnTable]]:
    """The drawn tables of the tests, theme by theme."""
    by_theme: dict[str, list[DrawnTable]] = {}
    for table in drawn_tables():
        by_theme.setdefault(table.theme, []).append(table)
    return by_theme


def show_drawn_table(table: DrawnTable, words: str) -> None:
    """One formula: how it is written, a small table, what must come out, where it is from."""
    with st.expander(table.title.in_language(words)):
        st.markdown(escaped(table.formula.in_language(words)))
        given, expected = st.columns(2)
        given.caption(say("about.methods.given"))
        with given:
            show_table(plain(table.given), label=say("about.methods.given"))
        expected.caption(say("about.methods.expected"))
        with expected:
            show_table(plain(table.expected), label=say("about.methods.expected"))
        st.caption(say("about.methods.source", source=table.source.in_language(words)))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """The table in the reader's words: headings, every cell; missing as a dash."""
    headings = {name: say(f"about.methods.column.{name}") for name in table.columns}
    return table.map(_plain_cell).rename(columns=headings)


def _plain_cell(cell: object) -> str:
    if cell == "":
        return MISSING_INPUT
    if isinstance(cell, bool | str):
        words = str(cell)
        return say(f"about.methods.cell.{words}") if words in WORDS_IN_CELLS else words
    if isinstance(cell, list):
        return "; ".join(_plain_cell(one) for one in cell)
    if pd.isna(cell):
        return MISSING_INPUT
    if isinstance(cell, int | float):
        return formatter().significant(cell, 6)
    return str(cell)


def show_promises() -> None:
    st.markdown("\n".join(f"- {say(f'about.methods.promise.{name}')}" for name in PROMISES))


def show_forecast_method() -> None:
    """How forecasts are made, judged, withheld and stopped."""
    step = step_of("MS")
    values = {
        "origins": DEFAULT_ORIGINS,
        "evidence": SHRINKAGE_ORIGINS,
        "least": step.least_origins,
        "least_origins": step.least_origins,
        "history": span(step.least_history, freq=step.freq, formatter=formatter()),
        "age": step.oldest_age,
    }
    for name in FORECAST_METHOD:
        st.markdown(f"- {say(f'forecasting.method.{name}', **values)}")
    rules = "; ".join(say(f"forecasting.band.{rule.value}") for rule in BandRule)
    st.markdown(f"- {say('about.methods.band_rules', names=rules)}")
    verdicts = "; ".join(say(f"forecasting.status.{status.value}") for status in Status)
    st.markdown(f"- {say('about.methods.verdicts', names=verdicts)}")


def show_yardsticks() -> None:
    """How good the engine was when last measured, also where it missed what was asked."""
    found = measurement()
    measured = formatter().date(found.measured)
    st.write(say("yardsticks.lead", measured=measured, engine=found.engine))
    rows = [_yardstick_cells(row) for row in found.rows]
    headings = {name: say(f"yardsticks.column.{name}") for name in rows[0]}
    show_table(
        pd.DataFrame(rows).rename(columns=headings),
        label=say("yardsticks.title"),
        numbers=tuple(headings[name] for name in ("limit", "reached", "beside")),
        is_stacked=True,
    )


def _yardstick_cells(row: Yardstick) -> dict[str, str]:
    number, whole = formatter().significant, formatter().number
    gap = number(row.reached - row.limit, 2)
    return {
        "work": say(f"yardsticks.work.{row.work}"),
        "limit": number(row.limit, 4),
        "reached": number(row.reached, 4),
        "beside": MISSING_INPUT if row.beside is None else number(row.beside, 4),
        "verdict": say("yardsticks.verdict.met")
        if row.is_met
        else say("yardsticks.verdict.missed", gap=gap),
        "series": say("yardsticks.count", n=whole(row.series, 0), of=whole(row.of, 0)),
    }


def show_rules() -> None:
    for name in RULES:
        with st.expander(say(f"about.methods.rule.{name}.title")):
            st.markdown(say(f"about.methods.rule.{name}.text"))
