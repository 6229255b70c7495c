"""The command that asks a service for its newest file: fetch."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from analytics.commands.bringing import add_wish, print_findings, print_kept, wish_of
from analytics.commands.common import (
    BAD_INPUT,
    FAULT,
    FINE,
    Command,
    add_region,
    healed_store,
    moment,
)
from analytics.commands.people import acting, note_brought
from analytics.i18n import text
from analytics.settings import Settings

MISTAKES = frozenset({"unknown", "off", "setting_missing", "setting_wrong"})


def _add_fetch(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("source", metavar="SOURCE", help="wfp_hdx, pink_sheet or bps_webapi")
    add_region(command, settings)
    command.add_argument("--since", type=int, metavar="YEAR", help="first year that is wanted")
    add_wish(command)


def _fetch(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.connectors.fetching import fetch, hand_to_ingest, keep_refused
    from analytics.connectors.transport import ConnectorFault
    from analytics.jobs.check import region_in_force
    from analytics.ledger.desk import DeskRefused

    person = acting(settings, options, "upload")
    today = date.today()
    region = region_in_force(settings, options.region, today=today)
    print(text("connectors.untested", options.lang, source=options.source), file=sys.stderr)
    try:
        fetched = fetch(settings, region, source=options.source, since=options.since, today=today)
    except ConnectorFault as fault:
        print(fault.words(options.lang), file=sys.stderr)
        return BAD_INPUT if fault.kind in MISTAKES else FAULT
    engine = healed_store(settings, options.region, options.lang).engine
    wish = wish_of(options, {}, submitted_by=person)
    try:
        kept = hand_to_ingest(engine, fetched, wish, region=region, now=moment())
    except DeskRefused:
        print_findings(fetched.report, options.lang)
        folder = settings.home / options.region / "fetched" / options.source
        file = keep_refused(fetched, folder, today=today, language=options.lang)
        print(text("connectors.kept", options.lang, file=file), file=sys.stderr)
        raise
    note_brought(settings, person, fetched.report, kept, region=options.region)
    print_kept(fetched.report, kept, options)
    return FINE


COMMANDS: tuple[Command, ...] = (
    ("fetch", "Ask a service for its file; it is kept as a batch that waits.", _fetch, _add_fetch),
)
