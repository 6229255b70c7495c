"""What tests of the command line share: an installation of one small region."""

import pytest

from tests.small_pack import write_small_pack


@pytest.fixture
def home(tmp_path, monkeypatch):
    write_small_pack(tmp_path / "data" / "uji")
    (tmp_path / "sejahtera.toml").write_text('regions = ["uji"]\nlanguage = "en"\n')
    monkeypatch.setenv("SEJAHTERA_CONFIG", str(tmp_path / "sejahtera.toml"))
    monkeypatch.setenv("SEJAHTERA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SEJAHTERA_HOME", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "SEJAHTERA_REGIONS", "SEJAHTERA_REGION", "SEJAHTERA_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path
