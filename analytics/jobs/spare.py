"""One process that has started and imported ahead, so that the next file begins at once.

Starting an interpreter and importing what draws takes longer than most files do. Only the server
keeps a spare; elsewhere a job starts its own process. A spare does one job and is replaced. It
ends by itself when the server does, since its input ends then.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from threading import Lock

from analytics.settings import PROJECT_ROOT

AHEAD = "--ahead"


class Spare:
    """At most one process that waits for a job."""

    def __init__(self) -> None:
        self._command: Sequence[str] = ()
        self._waiting: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def keep(self, command: Sequence[str]) -> None:
        """From now on a process of this command waits ahead of time."""
        self._command = command
        self.prepare()

    def prepare(self) -> None:
        """Starts the next one, where a spare is kept and none is there."""
        with self._lock:
            if self._command and self._waiting is None:
                self._waiting = started([*self._command, AHEAD])

    def take(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """The process that waits, or a new one of the same command."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting.poll() is None:
            return waiting
        return started(command)


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process that is given its job on standard input."""
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PROJECT_ROOT,
    )


SPARE = Spare()
