"""The command that asks a service for its newest file: fetch."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from analytics.commands.common import BAD_INPUT, FAULT, FINE, Command, add_region
from analytics.i18n import text
from analytics.settings import Settings

MISTAKES = frozenset({"unknown", "off", "setting_missing"})


def _add_fetch(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument("source", metavar="SOURCE", help="wfp_hdx, pink_sheet or bps_webapi")
    add_region(command, settings)
    command.add_argument("--since", type=int, metavar="YEAR", help="first year that is wanted")


def _fetch(settings: Settings, options: argparse.Namespace) -> int:
    from analytics.connectors.fetching import fetch, hand_to_ingest
    from analytics.connectors.transport import ConnectorFault
    from analytics.ingest.listing import summary
    from analytics.jobs.check import region_in_force

    today = date.today()
    region = region_in_force(settings, options.region, today=today)
    print(text("connectors.untested", options.lang, source=options.source), file=sys.stderr)
    try:
        fetched = fetch(settings, region, source=options.source, since=options.since, today=today)
    except ConnectorFault as fault:
        print(fault.words(options.lang), file=sys.stderr)
        return BAD_INPUT if fault.kind in MISTAKES else FAULT
    folder = settings.home / options.region / "fetched" / options.source
    kept = hand_to_ingest(fetched, folder, today=today, language=options.lang)
    print(summary(fetched.report, language=options.lang))
    print(text("connectors.kept", options.lang, file=kept))
    return FINE if fetched.report.is_clean else BAD_INPUT


COMMANDS: tuple[Command, ...] = (
    ("fetch", "Ask a service for its file, check it and keep it.", _fetch, _add_fetch),
)
