"""Renders files in a process of its own, so that the server stays small.

`run_job` starts a fresh interpreter, gives it a function of this project with its arguments,
and takes back bytes. Matplotlib, Typst and openpyxl are never imported by the server.
"""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from collections.abc import Callable

from analytics.settings import PROJECT_ROOT

PATIENCE_S = 120
OWN_PACKAGE = "analytics."


class JobFailed(RuntimeError):
    """The job's process ended without a file; the message is the last line of its words."""


def run_job(function: str, /, **arguments: object) -> bytes:
    """What `module:name` of this project gives for the arguments, as bytes. Raises JobFailed.

    The arguments come from the server itself and go through a pipe to its own child.
    """
    message = pickle.dumps((function, arguments))
    done = subprocess.run(
        [sys.executable, "-m", "analytics.jobs.render"],
        input=message,
        capture_output=True,
        cwd=PROJECT_ROOT,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise JobFailed(words[-1] if words else f"exit code {done.returncode}")
    return done.stdout


def main() -> int:
    """The child: reads one job from standard input, writes the file to standard output."""
    name, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 (written by run_job above)
    sys.stdout.buffer.write(_function(name)(**arguments))
    return 0


def _function(name: str) -> Callable[..., bytes]:
    module, _, function = name.partition(":")
    if not module.startswith(OWN_PACKAGE):
        raise ValueError(f"'{name}' is not a function of this project.")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    sys.exit(main())
