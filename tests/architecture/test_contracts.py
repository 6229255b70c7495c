"""Who may import whom: the contracts of pyproject.toml hold, and each of them bites."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from analytics.settings import PROJECT_ROOT

CONFIG = PROJECT_ROOT / "pyproject.toml"
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# One forbidden import for each contract: the module that imports and what it imports.
VIOLATIONS = {
    "floors": ("analytics.figures", "pages.ui"),
    "no-streamlit-below": ("analytics.figures", "streamlit"),
    "page-themes": ("pages.prices", "pages.tourism"),
    "toolbox": ("pages.ui", "pages.home"),
    "analytics-themes": ("analytics.prices", "analytics.tourism"),
    "pure-forecasting": ("analytics.forecasting", "analytics.ledger"),
    "pure-perception": ("analytics.perception", "analytics.tourism"),
}
PAGE_TOOLBOX = "ui"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def empty_tree(tmp_path: Path) -> Path:
    """A project of empty modules with our contracts, in which nothing imports anything."""
    shutil.copy(CONFIG, tmp_path)
    modules = {"pages.ui", "analytics.figures"}
    for contract in CONTRACTS.values():
        for part in ("layers", "modules", "source_modules", "forbidden_modules"):
            modules |= set(contract.get(part, ()))
    for module in modules:
        if module.startswith(("pages", "analytics")):
            make_package(tmp_path, module)
    return tmp_path


def make_package(folder: Path, module: str) -> Path:
    """An empty package and the packages above it; gives the file of the last one."""
    for name in module.split("."):
        folder = folder / name
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    return folder / "__init__.py"


def test_project_keeps_its_contracts() -> None:
    result = lint_imports(PROJECT_ROOT)
    assert result.returncode == 0, result.stdout


def test_tree_without_imports_keeps_them_too(empty_tree: Path) -> None:
    result = lint_imports(empty_tree)
    assert result.returncode == 0, result.stdout


def test_every_contract_has_a_test() -> None:
    assert set(VIOLATIONS) == set(CONTRACTS)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_contract_bites(contract: str, empty_tree: Path) -> None:
    importer, imported = VIOLATIONS[contract]
    make_package(empty_tree, importer).write_text(f"import {imported}\n", encoding="utf-8")
    result = lint_imports(empty_tree)
    assert result.returncode == 1
    assert f"{CONTRACTS[contract]['name']} BROKEN" in result.stdout


def test_every_folder_of_code_is_seen_by_the_contracts() -> None:
    folders = {
        file.parent
        for part in ("pages", "analytics")
        for file in (PROJECT_ROOT / part).rglob("*.py")
    }
    unseen = [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert unseen == [], "A folder without __init__.py is not examined."


def test_every_page_theme_stands_in_the_contract() -> None:
    themes = {
        f"pages.{file.parent.name}"
        for file in (PROJECT_ROOT / "pages").glob("*/__init__.py")
        if file.parent.name != PAGE_TOOLBOX
    }
    assert set(CONTRACTS["page-themes"]["modules"]) == themes
    assert set(CONTRACTS["toolbox"]["forbidden_modules"]) == themes


def test_every_theme_of_analytics_stands_in_the_contract() -> None:
    themes = {
        f"analytics.{name}"
        for name in ("agriculture", "prices", "tourism", "smart_city")
        if (PROJECT_ROOT / "analytics" / name / "__init__.py").is_file()
    }
    assert themes <= set(CONTRACTS["analytics-themes"]["modules"])
