"""Long work in a process of its own, with progress, while the server goes on answering.

`start` gives the work as a function of this project (see `render`); its last argument `progress`
is a file into which it writes how far it is. The process is polite: others come first.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.jobs import render
from analytics.jobs.codec import decoded, encoded
from analytics.settings import PROJECT_ROOT

COMMAND = (sys.executable, "-m", "analytics.jobs.background")
POLITENESS = 10
REQUEST, ANSWER, ERRORS, PROGRESS = "request.json", "answer.json", "errors.txt", "progress.json"


@dataclass(frozen=True)
class HowFar:
    """Steps done, steps in all, and the name of the step that is under way."""

    done: int
    total: int
    step: str


@dataclass
class Background:
    """Work that was started. Its answer can be asked for any number of times."""

    function: str
    folder: Path
    process: subprocess.Popen[bytes]
    _known: Any = None
    _is_known: bool = False

    def is_running(self) -> bool:
        """Whether the process is still at work."""
        return self.process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Waits at most so long; True once it has ended."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def how_far(self) -> HowFar | None:
        """The progress written last; None before the first."""
        try:
            done, total, step = json.loads((self.folder / PROGRESS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return HowFar(int(done), int(total), str(step))

    def answer(self) -> Any:
        """What the function gave. Raises JobFailed when it failed or its process died."""
        if not self._is_known:
            self._known, self._is_known = self._read(), True
            shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(self._known, render.JobFailed):
            raise self._known
        return self._known

    def _read(self) -> Any:
        code = self.process.wait()
        if code != 0:
            words = (self.folder / ERRORS).read_text("utf-8", "replace").strip().splitlines()
            reason = words[-1] if words else "it said nothing"
            return render.JobFailed(f"{self.function} ended with exit code {code}: {reason}")
        found = decoded((self.folder / ANSWER).read_bytes())
        if render.FAILURE in found:
            return render.JobFailed(f"{self.function}: {found[render.FAILURE]}")
        return found[render.ANSWER]


def start(function: str, /, **arguments: object) -> Background:
    """Starts `module:name` with the arguments and a `progress` file. Raises NotSendable."""
    folder = Path(tempfile.mkdtemp(prefix="sejahtera-job-"))
    arguments = {**arguments, "progress": folder / PROGRESS}
    (folder / REQUEST).write_bytes(encoded({"function": function, "arguments": arguments}))
    with (
        (folder / REQUEST).open("rb") as request,
        (folder / ANSWER).open("wb") as answer,
        (folder / ERRORS).open("wb") as errors,
    ):
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            COMMAND, stdin=request, stdout=answer, stderr=errors, cwd=PROJECT_ROOT
        )
    return Background(function, folder, process)


def progress_into(file: Path | None) -> Callable[[int, int, str], None]:
    """A callback of (done, total, name) that writes into the file, whole or not at all."""

    def write(done: int, total: int, name: str) -> None:
        if file is not None:
            beside = file.with_suffix(".writing")
            beside.write_text(json.dumps([done, total, name]), encoding="utf-8")
            beside.replace(file)

    return write


def main() -> int:
    """The child: one job from standard input, answered on standard output, others first."""
    if hasattr(os, "nice"):
        os.nice(POLITENESS)
    return render.main()


if __name__ == "__main__":
    sys.exit(main())
