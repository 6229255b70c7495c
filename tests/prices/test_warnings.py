"""Warnings of hand-made editions: what is raised, what is not judged and why, what is noise."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analytics.editions.edition import Edition
from analytics.ledger.warnings import Event, KeptWarning, NewWarning, WarningRun
from analytics.prices.ratio import ratio_overview
from analytics.prices.warning_cards import quiet_sentence, warning_cards, warning_figure
from analytics.prices.warning_course import newest_price
from analytics.prices.warning_rules import Kind, Level, Refusal, deadline_of, gap_level
from analytics.prices.warning_series import has_stopped
from analytics.prices.warnings import Findings, PriceWarning, find_warnings
from tests.forecasting.drawn_tables import drawn_table
from tests.prices.small_prices import (
    BREAK_EVEN,
    OFFICES,
    daily_table,
    edition_with,
    flat_months,
    limit_rows,
    monthly_rows,
)
from tests.store import Store

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
FLOOR = limit_rows(("telur", "2024-06-01", "", 900, 1100))
PLACES = ("88.01.01", "88.01.02", "88.01")
Rows = list[tuple[str, str, float, float]]


def found(edition: Edition, *, today: date = TODAY) -> Findings:
    return find_warnings(edition, today=today)


def of_kind(findings: Findings, kind: Kind) -> PriceWarning:
    (one,) = [warning for warning in findings.warnings if warning.kind is kind]
    return one


def kinds_of(findings: Findings) -> set[Kind]:
    return {warning.kind for warning in findings.warnings}


def reasons(findings: Findings, reason: Refusal) -> set[str]:
    return set(findings.refusals.query("reason == @reason.value")["kind"])


def test_stopped_is_the_rule_of_the_forecasts() -> None:
    rows, expected = drawn_table("stopped")
    judged = [
        has_stopped(pd.Timestamp(row.last), freq=row.step, today=date.fromisoformat(row.as_of))
        for row in rows.itertuples()
        if row.step != "D"
    ]
    assert judged == expected["is_stopped"][: len(judged)]


# Monthly series


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Eggs that fell from about 1,000 to 700 in the two newest months, with a floor of 900."""
    return edition_with(
        tmp_path_factory.mktemp("fallen"),
        prices=monthly_rows(flat_months(760.0, 700.0)),
        reference_prices=FLOOR,
        offices=OFFICES,
    )


def test_a_fall_warns_producers_by_mirrored_alps_and_floor(fallen: Edition) -> None:
    assert kinds_of(found(fallen)) >= {Kind.ALPS_LOW, Kind.BELOW_FLOOR}
    alps = of_kind(found(fallen), Kind.ALPS_LOW)
    assert (alps.level, alps.since, alps.observed) == (
        Level.CRISIS, date(2026, 9, 1), date(2026, 10, 1),
    )  # fmt: skip
    assert alps.values["published"] <= -2 and alps.values["left_out"] < alps.values["published"]


def test_floor_tells_distance_limit_and_days(fallen: Edition) -> None:
    floor = of_kind(found(fallen), Kind.BELOW_FLOOR)
    assert floor.values["limit"] == 900
    assert floor.values["gap_pct"] == pytest.approx(100 * (1 - 700 / 900))
    assert floor.values["days"] == 30 + 31
    assert (floor.level, floor.price) == (Level.CRISIS, 700)


def test_office_deadline_and_cool_down_come_with_the_warning(fallen: Edition) -> None:
    floor = of_kind(found(fallen), Kind.BELOW_FLOOR)
    assert floor.office == "ternak"
    assert floor.deadline == TODAY + timedelta(days=3)
    assert floor.cool_down_days == 45


def test_without_cpi_the_real_price_rule_says_so(fallen: Edition) -> None:
    assert reasons(found(fallen), Refusal.NO_CPI) == {"anomaly_high", "anomaly_low"}


def test_three_steps_old_still_warns_and_four_steps_never(fallen: Edition) -> None:
    assert found(fallen, today=date(2027, 1, 31)).warnings
    stopped = found(fallen, today=date(2027, 2, 1))
    assert stopped.warnings == ()
    assert (stopped.judged, stopped.stopped_series) == (0, 1)
    assert reasons(stopped, Refusal.STOPPED) == {""}


def test_two_quiet_months_end_an_alarm(tmp_path: Path) -> None:
    edition = edition_with(
        tmp_path, prices=monthly_rows(flat_months(700.0, 1010.0, 1010.0)), reference_prices=FLOOR
    )
    findings = found(edition)
    assert Kind.BELOW_FLOOR not in kinds_of(findings)
    assert {kind for _, kind in findings.over} >= {"below_floor", "alps_low"}


def test_one_quiet_month_does_not_end_it(tmp_path: Path) -> None:
    edition = edition_with(
        tmp_path, prices=monthly_rows(flat_months(700.0, 1010.0)), reference_prices=FLOOR
    )
    assert "below_floor" not in {kind for _, kind in found(edition).over}


def test_short_series_is_told_what_it_lacks(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, prices=monthly_rows(flat_months(700.0, months=30)))
    short = found(edition).refusals.query("reason == 'too_short' and kind == 'alps_low'")
    assert list(short["values"]) == [{"months": 30, "needed": 36}]


def test_sparse_series_is_not_judged_by_alps(tmp_path: Path) -> None:
    prices = flat_months(700.0, months=60)
    prices.iloc[10:30] = float("nan")
    findings = found(edition_with(tmp_path, prices=monthly_rows(prices)))
    assert reasons(findings, Refusal.TOO_MANY_GAPS) == {"alps_high", "alps_low"}


def test_consumers_are_warned_of_a_rise_only(tmp_path: Path) -> None:
    rows = monthly_rows(flat_months(1300.0), indicator="price_retail")
    fall = monthly_rows(flat_months(700.0), indicator="price_retail", place="", area="88.01.01")
    limits = limit_rows(("telur", "2024-06-01", "", 900, 1100), stage="consumer")
    findings = found(edition_with(tmp_path, prices=rows + fall, reference_prices=limits))
    assert kinds_of(findings) >= {Kind.ALPS_HIGH, Kind.ABOVE_CEILING}
    fallen = {one.kind for one in findings.warnings if one.series.split("|")[1] == "88.01.01"}
    assert fallen <= {Kind.VOLATILE}


def test_a_limit_of_unknown_end_is_not_in_force_later(tmp_path: Path) -> None:
    edition = edition_with(
        tmp_path,
        prices=monthly_rows(flat_months(700.0)),
        reference_prices=limit_rows(("telur", "2024-06-01", "2026-10-30", 900, 1100)),
    )
    findings = found(edition)
    assert Kind.BELOW_FLOOR not in kinds_of(findings)
    assert reasons(findings, Refusal.NO_LIMIT) == {"below_floor"}


def test_prices_of_other_regions_raise_nothing(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, prices=monthly_rows(flat_months(700.0), area="88", place=""))
    findings = found(edition)
    assert (findings.warnings, findings.judged) == ((), 0)


def test_real_prices_are_judged_with_an_index(tmp_path: Path) -> None:
    steps = range(72)
    index = pd.date_range(end="2026-10-01", periods=72, freq="MS")
    prices = pd.Series([1000.0 + 7 * (step % 5) + 3 * (step % 7) for step in steps], index=index)
    prices.iloc[-1] = 600.0
    cpi = monthly_rows(
        pd.Series(100.0, index=index), indicator="cpi", place="", area="88", unit="index"
    )
    findings = found(edition_with(tmp_path, prices=monthly_rows(prices), cpi=cpi))
    low = of_kind(findings, Kind.ANOMALY_LOW)
    assert low.values["score"] <= -1
    assert reasons(findings, Refusal.NO_CPI) == set()


def test_a_restless_half_year_lights_red(tmp_path: Path) -> None:
    edition = edition_with(
        tmp_path, prices=monthly_rows(flat_months(1200.0, 900.0, 1200.0, 900.0, 1200.0, 1000.0))
    )
    light = of_kind(found(edition), Kind.VOLATILE)
    assert light.values["calmer_pct"] >= 95
    assert light.level is Level.ATTENTION


@pytest.mark.parametrize(
    ("gap", "level"),
    [(0.1, Level.ATTENTION), (9.9, Level.ATTENTION), (100 * (1 - 22500 / 25000), Level.ALERT),
     (20.0, Level.CRISIS)],
)  # fmt: skip
def test_levels_begin_at_what_is_printed(gap: float, level: Level) -> None:
    assert gap_level(gap) is level


# Officers' reports


def reports(eggs: dict[str, list[float]], *, maize: float = 0.0) -> Rows:
    """Weekly reports, the last one on 19 November 2026."""
    last = date(2026, 11, 19)
    return [
        (area, (last - timedelta(weeks=len(prices) - 1 - step)).isoformat(), price, maize)
        for area, prices in eggs.items()
        for step, price in enumerate(prices)
    ]


def test_one_report_below_break_even_raises_nothing_and_two_do(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [21000, 21000, 19000], "88.01.02": [21000, 19000, 19000]},
                   maize=6500)  # fmt: skip
    findings = found(
        edition_with(tmp_path, farmgate_prices=daily_table(rows), break_even=BREAK_EVEN)
    )
    line = of_kind(findings, Kind.BELOW_BREAK_EVEN)
    assert line.series.split("|")[1] == "88.01.02"
    assert line.values["break_even"] == 20000
    assert line.values["short_pct"] == pytest.approx(5)
    assert (line.since, line.level) == (date(2026, 11, 9), Level.ATTENTION)


def test_rule_of_thumb_never_raises_more_than_attention(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [14000, 14000]}, maize=6500)
    findings = found(
        edition_with(tmp_path, farmgate_prices=daily_table(rows), break_even=BREAK_EVEN)
    )
    assert of_kind(findings, Kind.BELOW_BREAK_EVEN).level is Level.ATTENTION


def test_rule_says_nothing_of_cheaper_feed(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [14000, 14000]}, maize=6000)
    findings = found(
        edition_with(tmp_path, farmgate_prices=daily_table(rows), break_even=BREAK_EVEN)
    )
    assert reasons(findings, Refusal.NO_BREAK_EVEN) == {"below_break_even"}


def test_jump_of_three_reporters_is_raised_for_the_region(tmp_path: Path) -> None:
    rows = reports({area: [20000, 20000, 26000] for area in PLACES})
    findings = found(edition_with(tmp_path, farmgate_prices=daily_table(rows), offices=OFFICES))
    jump = of_kind(findings, Kind.JUMP_UP)
    assert jump.series.split("|")[1] == "88.01"
    assert jump.values["reporters"] == 3
    assert jump.values["change_pct"] == pytest.approx(30)
    assert findings.noise.empty


def test_jump_of_one_reporter_is_noise_shown_not_raised(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [20000, 20000, 14000], "88.01.02": [20000, 20000, 20000]})
    limits = limit_rows(("telur", "2024-06-01", "", 19000, 30000))
    findings = found(
        edition_with(tmp_path, farmgate_prices=daily_table(rows), reference_prices=limits)
    )
    assert findings.warnings == ()
    assert list(findings.noise["verdict"]) == ["few_reporters"]


def test_reversed_jump_is_noise(tmp_path: Path) -> None:
    days = ((area, day, price, 0.0) for area in PLACES for day, price in (
        ("2026-11-16", 20000.0), ("2026-11-18", 30000.0), ("2026-11-20", 20100.0),
    ))  # fmt: skip
    findings = found(edition_with(tmp_path, farmgate_prices=daily_table(list(days))))
    assert kinds_of(findings) == set()
    assert set(findings.noise["verdict"]) == {"reversed"}


def test_reports_of_four_weeks_ago_raise_nothing(tmp_path: Path) -> None:
    rows = reports({area: [20000, 20000, 26000] for area in PLACES})
    edition = edition_with(tmp_path, farmgate_prices=daily_table(rows))
    assert found(edition, today=date(2026, 12, 13)).stopped == frozenset()
    findings = found(edition, today=date(2026, 12, 14))
    assert findings.warnings == ()
    assert {name.split("|")[1] for name, _ in findings.stopped} == set(PLACES)


def test_an_edition_without_prices_gives_nothing(tmp_path: Path) -> None:
    findings = found(edition_with(tmp_path))
    assert (findings.warnings, findings.judged, findings.noise.empty) == ((), 0, True)


# Words and cards


def kept_of(warning: PriceWarning, *events: Event) -> KeptWarning:
    """The warning as the ledger keeps it."""
    raised = NewWarning(
        series=warning.series, kind=warning.kind.value, level=warning.level.value,
        freq=warning.freq, since=warning.since, observed=warning.observed, price=warning.price,
        office=warning.office, deadline=warning.deadline, cool_down_days=warning.cool_down_days,
        details=json.loads(json.dumps(dict(warning.values))),
    )  # fmt: skip
    return KeptWarning(1, raised, WarningRun(1, TODAY, NOW, 1, 0), events)


def test_card_says_what_since_when_how_unusual_and_what_follows(fallen: Edition) -> None:
    kept = kept_of(of_kind(found(fallen), Kind.BELOW_FLOOR))
    (card,) = warning_cards(fallen, [kept], today=TODAY)
    assert "Rp700/kg pada Oktober 2026, 22,2 persen di bawah batas bawah Rp900/kg" in (
        card.what.words("id")
    )
    told = " ".join(sentence.words("en") for sentence in card.sentences)
    assert "Since September 2026: 2 months in a row outside the limit (61 days)." in told
    assert "2 of the 29 values" in told
    assert "No earlier case" in told
    assert card.office is not None and card.office.name.id == "Dinas Ternak"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_has_whole_sentences(store: Store, language: str) -> None:
    edition = store.edition("contoh")
    for warning in find_warnings(edition, today=TODAY).warnings:
        (card,) = warning_cards(edition, [kept_of(warning)], today=TODAY)
        words = [card.kind, card.level_name, card.what, *card.sentences, card.exit_rule]
        assert all("{" not in one.words(language) for one in words)
        figure = warning_figure(edition, card.kept, today=TODAY)
        assert figure.alt_text(language) and len(figure.table(language).frame)


def test_a_warning_is_late_only_while_nobody_answered(fallen: Edition) -> None:
    warning = of_kind(found(fallen), Kind.BELOW_FLOOR)
    later = TODAY + timedelta(days=4)
    assert warning_cards(fallen, [kept_of(warning)], today=later)[0].is_late
    seen = Event("acknowledged", "Siti", NOW)
    assert not warning_cards(fallen, [kept_of(warning, seen)], today=later)[0].is_late


def test_price_before_and_after_is_told_at_the_end(fallen: Edition) -> None:
    end = Event("closed", "", NOW, "over", "", 770.0, date(2026, 12, 1))
    kept = kept_of(of_kind(found(fallen), Kind.BELOW_FLOOR), end)
    (card,) = warning_cards(fallen, [kept], today=TODAY)
    assert card.before_after is not None
    assert card.before_after.words("id") == (
        "Saat dinaikkan Rp700/kg (Oktober 2026), saat ditutup Rp770/kg (Desember 2026): +10%."
    )
    figure = warning_figure(fallen, kept, today=TODAY)
    assert figure.frame["obs_value"].dropna().iloc[-1] == 700
    assert figure.frame["period_start"].max() >= pd.Timestamp(2026, 11, 1)  # the marks' month
    assert figure.frame["obs_status"].iloc[-1] == "M"
    lasting, raised = figure.annotations
    assert (lasting.start, lasting.end) == (date(2026, 9, 1), NOW.date())
    assert (raised.label.id, raised.start) == ("Dinaikkan", TODAY)


def test_a_series_that_is_gone_has_no_newest_price(fallen: Edition) -> None:
    gone = "prices|88.01||jagung||price_producer|IDR/kg|s_office"
    daily = "farmgate_prices|88.01||jagung||price_producer|IDR/kg|s_office"
    for series, freq in ((gone, "MS"), (daily, "W-MON")):
        found = newest_price(fallen, series, kind="below_floor", freq=freq, today=TODAY)
        assert found == (None, None)


@pytest.mark.parametrize("region", ["contoh", "blitar"])
def test_the_price_that_closes_is_of_the_quantity_that_raised(store: Store, region: str) -> None:
    """The same edition on the same day: before and after are one number, whatever the rule."""
    edition = store.edition(region)
    warnings = find_warnings(edition, today=TODAY).warnings
    assert warnings
    for one in warnings:
        seen = newest_price(edition, one.series, kind=one.kind, freq=one.freq, today=TODAY)
        assert seen == (pytest.approx(one.price), one.observed), one.kind


def test_a_noisy_report_is_in_no_ratio(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [20000, 20000, 14000], "88.01.02": [20000] * 3}, maize=6500)
    edition = edition_with(tmp_path, farmgate_prices=daily_table(rows), break_even=BREAK_EVEN)
    overview = ratio_overview(edition, today=TODAY).frame.set_index("ref_area")
    assert list(overview["product"]) == [20000, 20000]
    assert set(overview["unit"]) == {"ratio"}


def test_feed_that_nobody_reports_is_said(tmp_path: Path) -> None:
    rows = reports({"88.01.01": [20000, 19000, 19000]})
    edition = edition_with(tmp_path, farmgate_prices=daily_table(rows), break_even=BREAK_EVEN)
    assert reasons(found(edition), Refusal.NO_FEED) == {"below_break_even"}


def test_no_open_warning_is_not_said_where_nothing_was_judged() -> None:
    told = [quiet_sentence(WarningRun(1, TODAY, NOW, judged, 3)).words("en") for judged in (0, 2)]
    assert told == ["No series could be judged: all have stopped or are too short.",
                    "There is no open warning."]  # fmt: skip


@pytest.mark.parametrize(
    ("since", "deadline"),
    [(date(2026, 11, 24), date(2026, 11, 27)), (date(2026, 11, 25), date(2026, 11, 30)),
     (date(2026, 12, 22), date(2026, 12, 28))],
)  # fmt: skip
def test_deadlines_are_working_days(since: date, deadline: date) -> None:
    """A crisis has three days; Saturday 28 November and Christmas are none to answer on."""
    tables = {"holidays": pd.DataFrame({"holiday": ["natal"], "date": ["2026-12-25"]})}
    edition = SimpleNamespace(
        region={"warnings": {"days_off": ["natal"]}}, vocabulary=SimpleNamespace(tables=tables),
        reference=tables.__getitem__,
    )  # fmt: skip
    assert deadline_of(edition, Level.CRISIS, since=since) == deadline
