"""What a warning says: sentences in both languages, from the numbers it was kept with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.editions.edition import Edition
from analytics.editions.vocabulary import UnknownCode
from analytics.figures.result import Indicator, Label, Number, Statement
from analytics.figures.sentences import written_number
from analytics.ledger.warnings import Action, CloseReason, Event, NewWarning
from analytics.prices.break_even import break_even_rules
from analytics.prices.formulas import months_between
from analytics.prices.names import series_name
from analytics.prices.series import series_key
from analytics.prices.warning_rules import EXIT_VALUES, TIMING, Kind
from analytics.prices.warning_series import MONTHLY

Words = dict[str, object]

# Which unusual-sentence serves a kind; kinds without one say all in the first sentence.
UNUSUAL: Mapping[Kind, str] = {
    Kind.ALPS_HIGH: "alps_high",
    Kind.ALPS_LOW: "alps_low",
    Kind.ANOMALY_HIGH: "anomaly",
    Kind.ANOMALY_LOW: "anomaly",
    Kind.VOLATILE: "volatile",
    Kind.BELOW_BREAK_EVEN: "below_break_even",
    Kind.JUMP_UP: "jump",
    Kind.JUMP_DOWN: "jump",
}
WEEKLY_KINDS = frozenset({Kind.BELOW_BREAK_EVEN})


def kind_words(kind: str) -> Statement:
    """The kind of a warning as a heading: `Harga jauh di bawah kebiasaannya`."""
    return Statement(f"warnings.kind.{kind}")


def level_words(level: str) -> Statement:
    return Statement(f"warnings.level.{level}")


def moment(day: date, *, freq: str, kind: str) -> Number | Statement:
    """A month, a week or a day, as the rule looks at it."""
    if freq == MONTHLY:
        return Number(day, "month")
    if Kind(kind) in WEEKLY_KINDS:
        return Statement("warnings.moment.week", {"date": Number(day, "date")})
    return Number(day, "date")


def what_sentence(edition: Edition, warning: NewWarning) -> Statement:
    """What happened, where, when, how far from what is usual or allowed."""
    details = warning.details
    values = _named(edition, warning)
    values |= _gap(details)
    indicator = indicator_of(edition, warning.series)
    for name in ("fitted", "limit", "break_even", "feed"):
        if name in details:
            values[name] = written_number(_number(details[name]), indicator)
    if Kind(warning.kind) is Kind.BELOW_BREAK_EVEN:
        values["feed_item"] = _feed_item(edition, str(details["rule"]))
    if "reporters" in details:
        values |= {"reporters": _count(details["reporters"]), "n": details["reporters"]}
    return Statement(f"warnings.what.{warning.kind}", values)


def _named(edition: Edition, warning: NewWarning) -> Words:
    name = series_name(edition, series_key(warning.series))
    return {
        "item": name.item,
        "where": name.where,
        "stage": name.stage,
        "price": written_number(warning.price, indicator_of(edition, warning.series)),
        "moment": moment(warning.observed, freq=warning.freq, kind=warning.kind),
    }


def _gap(details: Mapping[str, object]) -> Words:
    """The distance in percent, whatever the rule calls it; the sentence has its direction."""
    for name in ("gap_pct", "short_pct", "change_pct"):
        if name in details:
            return {"gap": Number(abs(_number(details[name])), "percent")}
    return {}


def since_sentence(warning: NewWarning) -> Statement:
    """Since when; with the months or days outside where a limit is left."""
    start = moment(warning.since, freq=warning.freq, kind=warning.kind)
    if "days" not in warning.details:
        return Statement("warnings.since.plain", {"moment": start})
    days = warning.details["days"]
    if warning.freq == MONTHLY:
        months = months_between(pd.Timestamp(warning.since), pd.Timestamp(warning.observed)) + 1
        counts = {"months": _count(months), "days": _count(days), "n": months}
        return Statement("warnings.since.months", {"moment": start, **counts})
    return Statement("warnings.since.days", {"moment": start, "days": _count(days), "n": days})


def unusual_sentences(edition: Edition, warning: NewWarning) -> tuple[Statement, ...]:
    """How unusual: the rule's own measure, then how often the series was like this."""
    details = warning.details
    counts = {"on": _count(details["on_count"]), "judged": _count(details["judged_count"])}
    how_often = Statement("warnings.unusual.count", counts)
    name = UNUSUAL.get(Kind(warning.kind))
    if name is None:
        return (how_often,)
    return (Statement(f"warnings.unusual.{name}", _measures(edition, warning)), how_often)


def _measures(edition: Edition, warning: NewWarning) -> Words:
    details = warning.details
    words: Words = {}
    for name in ("published", "left_out"):
        if name in details:
            words[name] = _score(abs(_number(details[name])))
    if "score" in details:
        words["score"] = _score(_number(details["score"]))
    if "volatility_pct" in details:
        words["volatility"] = Number(_number(details["volatility_pct"]), "percent")
        words["calmer"] = Number(_number(details["calmer_pct"]), "percent")
    if "ratio" in details:
        words["ratio"] = _score(_number(details["ratio"]))
        words["citation"] = _citation(edition, str(details["rule"]))
        words["feed_item"] = _feed_item(edition, str(details["rule"]))
    if "areas" in details:
        names = ", ".join(_area(edition, code) for code in str(details["areas"]).split(";"))
        words["areas"] = Label(names, names)
    return words


def followed_sentence(warning: NewWarning) -> Statement:
    """What usually followed earlier alarms of this kind on this series, with their number."""
    details = warning.details
    if not details["followed"]:
        return Statement("warnings.followed.none")
    after = TIMING[warning.freq].follow_up
    values: Words = {
        "count": _count(details["followed"]),
        "n": details["followed"],
        "after": _count(after),
        "rises": _count(details["followed_rises"]),
        "falls": _count(details["followed_falls"]),
        "change": Number(_number(details["followed_median_pct"]), "signed_percent"),
    }
    step = "months" if warning.freq == MONTHLY else "weeks"
    return Statement(f"warnings.followed.{step}", values)


def exit_sentence(warning: NewWarning) -> Statement:
    """When it ends by itself, and how long it is not raised again."""
    values = {"values": _count(EXIT_VALUES), "days": _count(warning.cool_down_days)}
    return Statement("warnings.exit", values)


def event_sentence(edition: Edition, event: Event) -> Statement:
    """One thing done, with who and when; the words a person wrote stand beside it."""
    day = Number(edition.day_of(event.at), "date")
    values: Words = {"who": Label(event.who, event.who), "date": day}
    if event.action == Action.ESCALATED:
        return Statement("warnings.event.escalated", {**values, "level": level_words(event.reason)})
    if event.action != Action.CLOSED:
        return Statement(f"warnings.event.{event.action}", values)
    return Statement(f"warnings.event.closed_{CloseReason(event.reason)}", values)


def before_after_sentence(edition: Edition, warning: NewWarning, end: Event) -> Statement | None:
    """The price when the warning was raised and when it was closed; None without the latter.

    Says so where no newer price than the one that raised it had come until then.
    """
    if end.price is None or end.observed is None:
        return None
    if end.observed <= warning.observed:
        return Statement("warnings.no_newer_price", _before(edition, warning))
    indicator = indicator_of(edition, warning.series)
    change = 100.0 * (end.price / warning.price - 1.0)
    values: Words = {
        **_before(edition, warning),
        "after": written_number(end.price, indicator),
        "after_moment": moment(end.observed, freq=warning.freq, kind=warning.kind),
        "change": Number(change, "signed_percent"),
    }
    return Statement("warnings.before_after", values)


def _before(edition: Edition, warning: NewWarning) -> Words:
    return {
        "before": written_number(warning.price, indicator_of(edition, warning.series)),
        "before_moment": moment(warning.observed, freq=warning.freq, kind=warning.kind),
    }


def indicator_of(edition: Edition, series: str) -> Indicator:
    """The price indicator of a series in its own unit."""
    key = series_key(series)
    return edition.vocabulary.indicator(key.indicator, unit=key.unit)


def _feed_item(edition: Edition, rule: str) -> Label:
    found = [one for one in break_even_rules(edition) if one.code == rule]
    return edition.vocabulary.item_name(found[0].feed_item) if found else Label(rule, rule)


def _citation(edition: Edition, rule: str) -> Label:
    found = [one for one in break_even_rules(edition) if one.code == rule]
    return found[0].citation if found else Label(rule, rule)


def _area(edition: Edition, code: str) -> str:
    try:
        return edition.vocabulary.area_name(code)
    except UnknownCode:
        return code


def _number(value: object) -> float:
    return float(str(value))


def _score(value: float) -> Number:
    return Number(value, "number", {"decimals": 2})


def _count(value: object) -> Number:
    return Number(value, "number", {"decimals": 0})
