"""The job in its own process: answers, failures in words, nothing but this project's functions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.jobs import render
from analytics.jobs.codec import NotSendable, encoded
from analytics.jobs.render import JobFailed, run_job
from analytics.jobs.spare import AHEAD, SPARE, Spare, started
from analytics.settings import PROJECT_ROOT

pytestmark = pytest.mark.thorough
TABLE = "analytics.publishing.tables:table_bytes"
FRAME = pd.DataFrame({"Wilayah": ["Garum"], "t": [1.5]})


def test_a_job_gives_what_the_function_gives() -> None:
    from analytics.publishing.tables import table_bytes

    asked: dict[str, Any] = {"frame": FRAME, "file_format": "csv", "is_training": False}
    assert run_job(TABLE, **asked) == table_bytes(**asked)


def test_an_answer_need_not_be_bytes() -> None:
    rows = run_job("analytics.publishing.tables:about_rows", values={"Wilayah": "Blitar", "x": ""})
    assert rows == (("Wilayah", "Blitar"),)


def test_a_failing_function_says_which_and_why() -> None:
    with pytest.raises(JobFailed, match=r"tables:table_bytes: KeyError: 'exe'"):
        run_job(TABLE, frame=FRAME, file_format="exe", is_training=False)


@pytest.mark.parametrize("name", ["os:getcwd", "analyticsx.y:z", "subprocess:run", ""])
def test_only_functions_of_this_project_run(name: str) -> None:
    with pytest.raises(JobFailed, match="is not a function of this project"):
        run_job(name)


def test_a_function_that_is_not_there_is_named() -> None:
    with pytest.raises(JobFailed, match="no_such_function"):
        run_job("analytics.publishing.tables:no_such_function")


def test_an_unknown_argument_is_refused_before_a_process_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SPARE, "take", lambda *_: pytest.fail("a process was started"))
    with pytest.raises(NotSendable, match="'frame'"):
        run_job(TABLE, frame=object())


def test_an_unknown_answer_is_a_failure_in_words() -> None:
    with pytest.raises(JobFailed, match=r"NotSendable: .*builtins\.function cannot be sent"):
        run_job("analytics.jobs.render:_function", name="analytics.jobs.codec:encoded")


def test_a_process_that_dies_tells_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys; sys.exit('no memory')"
    monkeypatch.setattr(render, "COMMAND", (sys.executable, "-c", script))
    with pytest.raises(JobFailed, match=r"exit code 1: no memory"):
        run_job(TABLE)


def test_a_job_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys; sys.stdin.read(); import threading; threading.Event().wait()"
    monkeypatch.setattr(render, "COMMAND", (sys.executable, "-c", script))
    monkeypatch.setattr(render, "PATIENCE_S", 0.5)
    with pytest.raises(JobFailed, match=r"not ready after 0\.5 seconds"):
        run_job(TABLE)


def test_what_a_library_prints_does_not_get_into_the_answer() -> None:
    script = (
        "import analytics.publishing.tables as t, analytics.jobs.render as r, os\n"
        "def noisy(**_):\n"
        "    print('printed'); os.write(1, b'written')\n"
        "    return b'file'\n"
        "t.noisy = noisy\n"
        "raise SystemExit(r.main())"
    )
    job = {"function": "analytics.publishing.tables:noisy", "arguments": {}}
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=encoded(job), capture_output=True, cwd=PROJECT_ROOT, check=True,
    )  # fmt: skip
    assert done.stdout == encoded({"answer": b"file"})
    assert b"printed" in done.stderr
    assert b"written" in done.stderr


def test_nothing_is_pickled_between_processes() -> None:
    for module in (render.__file__, sys.modules["analytics.jobs.codec"].__file__):
        assert module is not None
        assert "import pickle" not in Path(module).read_text(encoding="utf-8")


# A spare


@pytest.fixture
def spare(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spare]:
    """A spare of this test's own, which ends with it."""
    own = Spare()
    monkeypatch.setattr(render, "SPARE", own)
    yield own
    waiting = own.take((sys.executable, "-c", ""))
    waiting.communicate()


def test_a_job_goes_to_the_process_that_waits_and_the_next_one_starts(spare: Spare) -> None:
    spare.keep(render.COMMAND)
    first = spare._waiting
    assert first is not None and first.args[-1] == AHEAD
    assert run_job("analytics.publishing.tables:about_rows", values={"a": "b"}) == (("a", "b"),)
    assert first.returncode == 0
    assert spare._waiting is not None and spare._waiting is not first


def test_a_spare_that_has_died_is_not_used(spare: Spare) -> None:
    spare.keep((sys.executable, "-c", "raise SystemExit(3)"))
    assert spare._waiting is not None
    spare._waiting.wait()
    assert run_job("analytics.publishing.tables:about_rows", values={"a": "b"}) == (("a", "b"),)


def test_without_a_server_no_process_waits(spare: Spare) -> None:
    run_job("analytics.publishing.tables:about_rows", values={})
    assert spare._waiting is None


def test_a_spare_ends_quietly_when_its_server_does() -> None:
    process = started([*render.COMMAND, AHEAD])
    given, said = process.communicate()
    assert (process.returncode, given, said) == (0, b"", b"")
