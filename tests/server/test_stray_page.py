"""A file lying directly in `pages/` could be opened past `streamlit_app.py`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT
from pages.ui.navigation import PAGES_FOLDER, stray_page_files
from tests.server.running import ServerEnded, start_server

PARTS = (
    "analytics",
    "pages",
    ".streamlit",
    "serve.py",
    "server.py",
    "streamlit_app.py",
    "sejahtera.toml",
)


@pytest.fixture
def copied_project(tmp_path: Path) -> Path:
    """The app's own files in a folder that may be spoilt."""
    for part in PARTS:
        source, target = PROJECT_ROOT / part, tmp_path / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return tmp_path


def test_no_page_file_lies_directly_in_pages() -> None:
    assert stray_page_files(PAGES_FOLDER) == []


def test_stray_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    (tmp_path / "secret.py").touch()
    assert stray_page_files(tmp_path) == [tmp_path / "secret.py"]


def test_server_does_not_start_over_a_stray_file(copied_project: Path, tmp_path: Path) -> None:
    stray = copied_project / "pages" / "secret.py"
    stray.write_text("import streamlit as st\nst.write('past the door')\n", encoding="utf-8")
    with (
        pytest.raises(ServerEnded, match=r"secret\.py lies directly in pages/"),
        start_server(environ={}, log=tmp_path / "log.txt", project=copied_project),
    ):
        pass
