"""Entry forms for small things: what is typed becomes a filled template, read like any file.

A form has a context (area or site, period, commodity) and fields. Its file is the dataset's own
template as CSV with the cells as they were typed: the checks of files judge them, nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from analytics.i18n import Formatter, text
from analytics.ingest.datasets import dataset_form
from analytics.ingest.form_headings import MONTH_NAMES, headings
from analytics.ingest.region import Region
from analytics.ledger.desk import DeskRefused

MOST_ITEMS = 16
RECENT = timedelta(days=400)
VILLAGE, EVENT, UNIT = "village", "event", "unit"


@dataclass(frozen=True)
class Context:
    """What a form is about; what does not apply to it stays empty."""

    area: str = ""
    place: str = ""
    item: str = ""
    start: date = date.min
    end: date = date.min
    half: str = ""

    @property
    def code(self) -> str:
        """Names the context: a draft belongs to it."""
        return "|".join(
            (self.area, self.place, self.item, f"{self.start}", f"{self.end}", self.half)
        )


@dataclass(frozen=True)
class Field:
    """One field: its words, the symbol of its unit, whether a number goes in, the value before."""

    name: str
    label: str
    unit: str = ""
    is_number: bool = True
    last: str = ""


@dataclass(frozen=True)
class EntryForm:
    """A form: the dataset it fills, its fields in a context, and the rows that they make."""

    code: str
    dataset: str
    fields: Callable[[Region, Context, str], Sequence[Field]]
    rows: Callable[[Region, Context, Mapping[str, str]], Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class FormFile:
    """The file that a filled form makes."""

    name: str
    content: bytes


def form_file(
    form: EntryForm, region: Region, context: Context, typed: Mapping[str, str]
) -> FormFile:
    """The filled template. Raises DeskRefused when no figure was typed."""
    cells = {name: value.strip() for name, value in typed.items()}
    rows = form.rows(region, context, cells)
    if not rows:
        raise DeskRefused("form_empty")
    names = headings(region, dataset_form(form.dataset))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    where = context.place or context.area
    name = f"{text('data_desk.form.file', 'id')}_{form.code}_{where}_{context.start}.csv"
    return FormFile(name, stream.getvalue().encode("utf-8"))


# Fields


def _measure_fields(dataset: str) -> Callable[[Region, Context, str], Sequence[Field]]:
    def fields(region: Region, context: Context, language: str) -> Sequence[Field]:
        before = _before(region, dataset, context)
        return [
            Field(
                indicator,
                _name_of(region, "indicators", indicator, language),
                _unit_of(region, indicator, language),
                last=_last(before[before["indicator"] == indicator], language),
            )
            for indicator in _asked(dataset)
        ]

    return fields


def _asked(dataset: str) -> tuple[str, ...]:
    """Measures that a form asks for: income of a site stays with the recap."""
    wanted = dataset_form(dataset).template_indicators
    return tuple(one for one in wanted if one != "site_income")


def _price_fields(region: Region, context: Context, language: str) -> Sequence[Field]:
    before = _before(region, "farmgate_prices", context)
    unit = _unit_of(region, "price_producer", language)
    return [
        Field(
            item,
            _name_of(region, "commodities", item, language),
            unit,
            last=_last(before[before["item"] == item], language),
        )
        for item in _items_asked(region, before)
    ]


def _items_asked(region: Region, before: pd.DataFrame) -> list[str]:
    """What this area has reported of late, else what the template offers."""
    known = set(region.tables["commodities"]["item"])
    recent = before[before["period_start"] >= before["period_start"].max() - RECENT]
    counted = recent["item"].value_counts()
    found = [str(item) for item in counted.index if item in known][:MOST_ITEMS]
    offered = dataset_form("farmgate_prices").template_items
    return sorted(found) or [item for item in offered if item in known]


def _planting_fields(region: Region, context: Context, language: str) -> Sequence[Field]:
    village = Field(VILLAGE, text("data_desk.form.village", language), is_number=False)
    return [village, *_measure_fields("planting")(region, context, language)]


def _event_fields(region: Region, context: Context, language: str) -> Sequence[Field]:
    event = Field(EVENT, text("data_desk.form.event_name", language), is_number=False)
    return [event, *_measure_fields("events")(region, context, language)]


def _programme_fields(region: Region, context: Context, language: str) -> Sequence[Field]:
    """The unit is asked for where the region does not say in what a programme is measured."""
    unit = programme_unit(region, context.item, language)
    fields = [replace(one, unit=unit) for one in
              _measure_fields("performance")(region, context, language)]  # fmt: skip
    asked = Field(UNIT, text("data_desk.form.unit", language), is_number=False)
    return fields if unit else [asked, *fields]


def programme_unit(region: Region, programme: str, language: str = "id") -> str:
    """Name of the unit of a programme's result; empty where the region names none."""
    table = region.tables["programmes"]
    if "result_indicator" not in table:
        return ""
    results = table.loc[table["item"] == programme, "result_indicator"]
    units = region.tables["indicators"].set_index("indicator")["unit"]
    names = region.tables["units"].set_index("unit")[f"name_{language}"]
    return next((str(names.get(units.get(result, ""), "")) for result in results), "")


def _before(region: Region, dataset: str, context: Context) -> pd.DataFrame:
    """What is published of the context's area, site and commodity before it, in order of time."""
    rows = region.published(dataset)
    chosen = pd.Series(True, index=rows.index)
    for column, wanted in (
        ("place", context.place),
        ("ref_area", "" if context.place else context.area),
        ("item", context.item),
    ):
        if wanted:
            chosen &= rows[column] == wanted
    starts = pd.to_datetime(rows["period_start"])
    chosen &= (starts < pd.Timestamp(context.start)) & rows["obs_value"].notna()
    return rows[chosen].assign(period_start=starts[chosen]).sort_values("period_start")


def _last(rows: pd.DataFrame, language: str) -> str:
    """The newest value before with its period, as the reader writes them; empty without one."""
    if rows.empty:
        return ""
    newest, form = rows.iloc[-1], Formatter(language)
    start, end = (pd.Timestamp(newest[name]).date() for name in ("period_start", "period_end"))
    when = form.date(start) if start == end else form.period(start, end, str(newest["freq"]))
    return text("data_desk.form.last", language, value=form.number(newest["obs_value"]), when=when)


def _name_of(region: Region, table: str, code: str, language: str) -> str:
    rows = region.tables[table]
    column = "item" if table == "commodities" else "indicator"
    return str(rows.loc[rows[column] == code, f"name_{language}"].iloc[0])


def _unit_of(region: Region, indicator: str, language: str) -> str:
    """The symbol of the unit that the template asks for."""
    unit = next(iter(region.allowed_units.get(indicator, ())), "")
    table = region.tables["units"].set_index("unit")[f"symbol_{language}"]
    return str(table.get(unit, ""))


# Rows


def _measures(region: Region, dataset: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Cells by the template's headings of measures."""
    form = dataset_form(dataset)
    names = headings(region, form)
    first = len(names) - 1 - len(form.template_indicators)
    pairs = zip(form.template_indicators, names[first:], strict=False)
    return {heading: typed[code] for code, heading in pairs if typed.get(code)}


def _who(region: Region, area: str) -> dict[str, str]:
    return {"Kode wilayah": area, "Wilayah": region.areas.name_of(area)}


def _item_name(region: Region, item: str) -> str:
    """The item's name where it is understood, else its code."""
    for table in ("commodities", "programmes"):
        rows = region.tables.get(table)
        for name in () if rows is None else rows.loc[rows["item"] == item, "name_id"]:
            if region.items.find(str(name)).code == item:
                return str(name)
    return item


def _month(context: Context) -> dict[str, str]:
    return {"Tahun": f"{context.start.year}", "Bulan": MONTH_NAMES[context.start.month - 1]}


def _price_rows(
    region: Region, context: Context, typed: Mapping[str, str]
) -> Sequence[Mapping[str, str]]:
    when = {"Tanggal": context.start.isoformat(), **_who(region, context.area)}
    return [
        {
            **when,
            "Komoditas": _item_name(region, item),
            **_measures(region, "farmgate_prices", {"price_producer": value}),
        }
        for item, value in typed.items()
        if value
    ]


def _one_row(
    dataset: str, said: Callable[[Region, Context, Mapping[str, str]], Mapping[str, str]]
) -> Callable[[Region, Context, Mapping[str, str]], Sequence[Mapping[str, str]]]:
    def rows(
        region: Region, context: Context, typed: Mapping[str, str]
    ) -> Sequence[Mapping[str, str]]:
        measures = _measures(region, dataset, typed)
        return [{**said(region, context, typed), **measures}] if measures else []

    return rows


def _of_visits(region: Region, context: Context, _typed: Mapping[str, str]) -> Mapping[str, str]:
    area = region.place_areas[context.place]
    return {**_who(region, area), "Destinasi": context.place, **_month(context)}


def _of_planting(region: Region, context: Context, typed: Mapping[str, str]) -> Mapping[str, str]:
    return {
        **_who(region, context.area),
        "Desa": typed.get(VILLAGE, ""),
        "Komoditas": _item_name(region, context.item),
        **_month(context),
        "Setengah bulan": context.half,
    }


def _of_event(region: Region, context: Context, typed: Mapping[str, str]) -> Mapping[str, str]:
    days = [context.start] if context.start == context.end else [context.start, context.end]
    item = dataset_form("events").template_items[0]
    return {
        **_who(region, context.area),
        "Tempat": typed.get(EVENT, ""),
        "Uraian": _item_name(region, item),
        "Tanggal": " – ".join(day.isoformat() for day in days),
    }


def _of_programme(region: Region, context: Context, typed: Mapping[str, str]) -> Mapping[str, str]:
    return {
        **_who(region, context.area),
        "Uraian": _item_name(region, context.item),
        "Tahun": f"{context.start.year}",
        "Satuan": programme_unit(region, context.item) or typed.get(UNIT, ""),
    }


FORMS: Mapping[str, EntryForm] = {
    form.code: form
    for form in (
        EntryForm("prices", "farmgate_prices", _price_fields, _price_rows),
        EntryForm(
            "visits", "visits", _measure_fields("visits"), _one_row("visits", _of_visits)
        ),
        EntryForm(
            "planting", "planting", _planting_fields, _one_row("planting", _of_planting)
        ),
        EntryForm("event", "events", _event_fields, _one_row("events", _of_event)),
        EntryForm(
            "programme", "performance", _programme_fields,
            _one_row("performance", _of_programme),
        ),
    )
}  # fmt: skip
