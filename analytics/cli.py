"""The command line. The commands stand in `analytics/commands`.

Exit codes: 0 fine, 1 fault of the machine or store, 2 bad input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from analytics.commands import (
    briefings,
    confirming,
    data,
    fetch,
    forecasts,
    health,
    keeping,
    mappings,
    office_files,
    people,
    perception,
)
from analytics.commands.common import BAD_INPUT, FAULT, FINE
from analytics.i18n import LANGUAGES, text
from analytics.settings import Settings, SettingsError, UnknownRegion, load_settings

COMMANDS = (
    *data.COMMANDS,
    *office_files.COMMANDS,
    *mappings.COMMANDS,
    *confirming.COMMANDS,
    *fetch.COMMANDS,
    *forecasts.COMMANDS,
    *people.COMMANDS,
    *briefings.COMMANDS,
    *health.COMMANDS,
    *keeping.COMMANDS,
    *perception.COMMANDS,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    options = _parser(settings).parse_args(arguments)
    return _guarded(options.run, settings, options)


def _guarded(
    run: Callable[[Settings, argparse.Namespace], int],
    settings: Settings,
    options: argparse.Namespace,
) -> int:
    """Known mistakes end in a sentence and a code, never in a traceback."""
    from analytics.editions.files import BrokenEdition
    from analytics.editions.store import NoEdition
    from analytics.ingest.datasets import UnknownDataset
    from analytics.ingest.findings import FileRefused
    from analytics.ledger.desk import DeskRefused
    from analytics.ledger.migrations import LedgerTooNew
    from analytics.pack.corrections import CorrectionError
    from analytics.pack.problems import PackRefused
    from analytics.people.rights import NotAllowed

    try:
        return run(settings, options)
    except PackRefused as refused:
        print(text("cli.load.refused", options.lang, n=len(refused.problems)), file=sys.stderr)
        for problem in refused.problems:
            print(f"- {problem.words(options.lang)}", file=sys.stderr)
        return BAD_INPUT
    except UnknownDataset as error:
        print(text("ingest.check.dataset_unknown", options.lang, known=error,
                   dataset=getattr(options, "dataset", "")), file=sys.stderr)  # fmt: skip
        return BAD_INPUT
    except (DeskRefused, FileRefused, NotAllowed) as refused:
        print(refused.words(options.lang), file=sys.stderr)
        return BAD_INPUT
    except UnknownRegion as unknown:
        print(text("cli.region_unknown", options.lang, **unknown.values), file=sys.stderr)
        return BAD_INPUT
    except (SettingsError, NoEdition, CorrectionError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return FINE
    except (BrokenEdition, LedgerTooNew, SQLAlchemyError, OSError) as error:
        print(text("cli.fault", options.lang, error=error), file=sys.stderr)
        return FAULT


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analytics", description="Sejahtera: data, forecasts and their health."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary, run, add_options in COMMANDS:
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument(
            "--lang", choices=LANGUAGES, default=settings.language, help="language of messages"
        )
        add_options(command, settings)
        command.set_defaults(run=run)
    return parser
