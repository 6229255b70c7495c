"""Renders files in a process of its own, so that the server stays small.

`run_job` gives a fresh interpreter a function of this project with its arguments as JSON, and
takes back JSON. Matplotlib, Typst and openpyxl are never imported by the server.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from analytics.jobs.codec import OWN_PACKAGE, decoded, encoded
from analytics.jobs.spare import AHEAD, SPARE

COMMAND = (sys.executable, "-m", "analytics.jobs.render")
PATIENCE_S = 120
ANSWER, FAILURE = "answer", "failure"
IMPORTED_AHEAD = ("analytics.figures.picture", "analytics.figures.map_picture", "openpyxl", "typst")
AHEAD_OF_BRIEFINGS = "analytics.jobs.briefings:import_ahead"


class JobFailed(RuntimeError):
    """The job gave no answer; the message says which job and why."""


def run_job(function: str, /, **arguments: object) -> Any:
    """What `module:name` of this project gives for the arguments, computed in its own process.

    Arguments and answer are values that `codec` knows, else NotSendable is raised.
    Raises JobFailed when the function fails, its process dies, or PATIENCE_S is over.
    """
    message = encoded({"function": function, "arguments": arguments})
    done = SPARE.take(COMMAND)
    try:
        given, said = done.communicate(message, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        done.kill()
        done.communicate()
        raise JobFailed(f"{function} was not ready after {PATIENCE_S} seconds.") from None
    finally:
        SPARE.prepare()
    if done.returncode != 0:
        words = said.decode("utf-8", errors="replace").strip().splitlines()
        reason = words[-1] if words else "it said nothing"
        raise JobFailed(f"{function} ended with exit code {done.returncode}: {reason}")
    answer = decoded(given)
    if FAILURE in answer:
        raise JobFailed(f"{function}: {answer[FAILURE]}")
    return answer[ANSWER]


def keep_one_ready() -> None:
    """From now on a process that has imported what draws waits for the next job."""
    SPARE.keep(COMMAND)


def main(arguments: Sequence[str] = ()) -> int:
    """The child: reads one job from standard input, writes its answer to standard output.

    A spare imports first what jobs mostly need; it ends quietly when no job comes any more.
    """
    with _kept_for_the_answer() as target:
        if AHEAD in arguments:
            for name in IMPORTED_AHEAD:
                importlib.import_module(name)
            _function(AHEAD_OF_BRIEFINGS)()
        message = sys.stdin.buffer.read()
        if message:
            target.write(_answer(message))
    return 0


def _kept_for_the_answer() -> BinaryIO:
    """Standard output; whatever else prints from now on goes to standard error."""
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return target


def _answer(message: bytes) -> bytes:
    """What the job gives, or in words why it fails; the whole story goes to standard error."""
    try:
        job = decoded(message)
        return encoded({ANSWER: _function(job["function"])(**job["arguments"])})
    except Exception as error:
        traceback.print_exc()
        return encoded({FAILURE: f"{type(error).__name__}: {error}"})


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    if not module.startswith(OWN_PACKAGE):
        raise ValueError(f"'{name}' is not a function of this project.")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
