"""One settings file, environment variables over it, mistakes told in a sentence."""

import subprocess
import sys

import pytest

from analytics.i18n import text
from analytics.settings import PROJECT_ROOT, SettingsError, UnknownRegion, load_settings


def write(folder, content):
    path = folder / "sejahtera.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_project_file_names_both_packs():
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {})
    assert settings.regions == ("blitar", "contoh")
    assert settings.default_region == "blitar"
    assert settings.language == "id"
    assert settings.database_url is None


def test_environment_stands_over_the_file(tmp_path):
    path = write(tmp_path, 'regions = ["alpha"]\nport = 8501\n')
    environ = {"SEJAHTERA_HOME": str(tmp_path), "PORT": "9000", "SEJAHTERA_REGIONS": "alpha,beta",
               "SEJAHTERA_REGION": "beta", "DATABASE_URL": "postgresql://h/d"}  # fmt: skip
    settings = load_settings(path, environ)
    assert settings.home == tmp_path
    assert settings.port == 9000
    assert settings.regions == ("alpha", "beta")
    assert settings.default_region == "beta"
    assert settings.database_url == "postgresql://h/d"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("regions = []", "names no region"),
        ('regions = ["../etc"]', "plain words"),
        ('regions = ["a"]\nlanguage = "fr"', "'id' or 'en'"),
        ('regions = ["a"]\nport = 0', "between 1 and 65535"),
        ('regions = ["a"]\nport = "many"', "between 1 and 65535"),
        ('regions = ["a"]\ndefault_region = "b"', "not one of"),
        ("regions = [", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, content, message):
    path = write(tmp_path, content)
    with pytest.raises(SettingsError, match=message):
        load_settings(path, {})


def test_a_region_that_is_not_named_has_no_pack():
    settings = load_settings(PROJECT_ROOT / "sejahtera.toml", {})
    with pytest.raises(SettingsError, match="atlantis"):
        settings.pack_dir("atlantis")


def test_settings_are_read_before_any_package_is_installed():
    """The first `make run` reads them by the system's Python, without site-packages."""
    program = (
        "import sys; sys.path.insert(0, '.'); "
        "from analytics.settings import load_settings; load_settings()"
    )
    read = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr


def test_an_unknown_region_is_told_by_the_same_words_everywhere():
    with pytest.raises(UnknownRegion) as unknown:
        load_settings(environ={}).pack_dir("malang")
    assert str(unknown.value) == text("cli.region_unknown", "en", **unknown.value.values)
