"""Runs one command of the command line and kills itself after a given number of Python events.

`python -m tests.crash_runner EVENTS COMMAND …`: SIGKILL comes when that many calls and returns,
of Python and of C, have happened. With 0 nothing is killed and the number of events is printed
on standard error. So any moment can be met without a clock.
"""

from __future__ import annotations

import os
import signal
import sys

from analytics import cli
from analytics.editions import heal, office  # noqa: F401  loaded before events are counted
from analytics.ingest import listing, submit  # noqa: F401
from analytics.jobs import desk, preview  # noqa: F401
from analytics.people import accounts, audit, database  # noqa: F401


def run(last_event: int, arguments: list[str]) -> int:
    """The command's exit code, if it gets that far."""
    seen = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal seen
        seen += 1
        if seen == last_event:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    code = cli.main(arguments)
    sys.setprofile(None)
    sys.stderr.write(f"\nevents={seen}\n")
    return code


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), sys.argv[2:]))
