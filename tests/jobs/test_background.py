"""Work in a process of its own: its progress, its answer, its failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analytics.jobs.background import PROGRESS, HowFar, progress_into, start
from analytics.jobs.render import JobFailed


def test_progress_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    progress_into(tmp_path / "progress.json")(2, 5, "reading")
    assert (tmp_path / "progress.json").read_text() == '[2, 5, "reading"]'
    progress_into(None)(1, 1, "nobody watches")


@pytest.mark.thorough
def test_work_answers_in_another_process_and_its_folder_goes() -> None:
    work = start("analytics.desk.acts:effect", region="tidak_ada", who=None, batch_id=1, step="x")
    assert work.process.pid != os.getpid()
    assert work.how_far() is None
    progress_into(work.folder / PROGRESS)(1, 4, "reading")
    assert work.how_far() == HowFar(1, 4, "reading")
    with pytest.raises(JobFailed, match="effect"):
        work.answer()
    assert not work.is_running()
    assert not work.folder.exists()
    with pytest.raises(JobFailed):  # it can be asked for again
        work.answer()
