"""The locks contain what requirements*.txt ask for, with hashes and without addresses."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT

pytestmark = pytest.mark.thorough

PAIRS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
ON_A_CLUSTER = "requirements-distributed.txt"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==(\S+)")

# Packages that are imported under another name.
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "pillow": "PIL",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "scikit-learn": "sklearn",
    "vl-convert-python": "vl_convert",
}
# Used without an import of ours: by Streamlit's server and its st.login, and by SQLAlchemy.
USED_BY_OTHERS = {"uvicorn", "authlib", "psycopg"}
# Each comes with its extra of fugue.
PARTS_OF_FUGUE = {"fugue_dask", "fugue_ray", "fugue_spark"}
OWN = {"analytics", "pages", "server", "streamlit_app"}


def imported_by_the_app() -> set[str]:
    """First names of all packages that the app imports, Python's own and ours left out."""
    files = [PROJECT_ROOT / "server.py", PROJECT_ROOT / "streamlit_app.py"]
    files += [
        file for folder in ("analytics", "pages") for file in PROJECT_ROOT.glob(f"{folder}/**/*.py")
    ]
    names: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    first = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - OWN
    return first - PARTS_OF_FUGUE


def pins(file: str) -> dict[str, str]:
    """Version by package of a requirements or lock file."""
    lines = (PROJECT_ROOT / file).read_text(encoding="utf-8").splitlines()
    found = (PIN.match(line) for line in lines)
    return {match[1].lower().replace("_", "-"): match[2] for match in found if match}


@pytest.mark.parametrize(("asked", "locked"), PAIRS.items())
def test_lock_holds_the_versions_asked_for(asked: str, locked: str) -> None:
    assert pins(asked).items() <= pins(locked).items()


@pytest.mark.parametrize("asked", [*PAIRS, ON_A_CLUSTER])
def test_every_direct_dependency_is_pinned_and_has_a_reason(asked: str) -> None:
    for line in (PROJECT_ROOT / asked).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            assert PIN.match(line) and " # " in line, line


def test_direct_dependencies_are_those_that_the_app_imports() -> None:
    asked = set(pins("requirements.txt")) - USED_BY_OTHERS
    asked |= set(pins(ON_A_CLUSTER)) - {"dask"}  # Fugue's own need, imported by it
    assert {IMPORTED_AS.get(name, name.replace("-", "_")) for name in asked} == (
        imported_by_the_app()
    )


def test_test_lock_contains_the_other_lock() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("locked", PAIRS.values())
def test_lock_names_no_address_and_hashes_everything(locked: str) -> None:
    words = (PROJECT_ROOT / locked).read_text(encoding="utf-8")
    assert not re.search(r"https?:|index-url|find-links|file:", words)
    entries = re.findall(r"^[a-z0-9].*==.*$", words, flags=re.MULTILINE)
    assert entries and all(entry.endswith("\\") for entry in entries)


def test_forecast_library_was_not_resolved_to_an_old_one() -> None:
    """An unpinned resolver falls back to an old statsforecast when pandas 3 is about."""
    locked = pins("requirements.lock")
    assert locked["statsforecast"] == "2.1.1"
    assert locked["pandas"].startswith("2.")


def test_only_one_version_of_each_package_on_every_python() -> None:
    for locked in PAIRS.values():
        names = re.findall(r"^([a-z0-9-]+)==", Path(PROJECT_ROOT / locked).read_text("utf-8"), re.M)
        assert len(names) == len(set(names))
