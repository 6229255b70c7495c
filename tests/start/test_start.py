"""start.py: what it decides before it installs, loads and serves."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with one region of one file."""
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "prices.csv").write_text("a\n1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Commands of analytics that start.py would run; each ends well unless a test says not."""
    made: list[tuple[str, ...]] = []

    def note(*arguments: str) -> int:
        made.append(arguments)
        return 0

    monkeypatch.setattr(start, "analytics", note)
    return made


@pytest.fixture
def home(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of one region with a store of its own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("SEJAHTERA_HOME", str(folder))
    monkeypatch.setenv("SEJAHTERA_DATA", str(pack))
    monkeypatch.setenv("SEJAHTERA_REGIONS", "uji")
    monkeypatch.setenv("SEJAHTERA_REGION", "uji")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


def test_first_start_loads_and_forecasts(home: Path, calls: list[tuple[str, ...]]) -> None:
    start.prepare_data()
    assert calls == [("load",), ("forecast",)]


def test_second_start_does_neither(home: Path, calls: list[tuple[str, ...]]) -> None:
    start.prepare_data()
    calls.clear()
    start.prepare_data()
    assert calls == []


def test_changed_pack_is_loaded_again(home: Path, pack: Path, calls: list[tuple[str, ...]]) -> None:
    start.prepare_data()
    calls.clear()
    (pack / "uji" / "prices.csv").write_text("a\n2\n", encoding="utf-8")
    start.prepare_data()
    assert calls == [("load",), ("forecast",)]


def test_database_server_is_always_asked(
    home: Path, calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://localhost/sejahtera")
    start.prepare_data()
    start.prepare_data()
    assert calls == [("load",), ("forecast",)] * 2


def test_refused_pack_stops_the_first_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "analytics", lambda *_: 2)
    with pytest.raises(start.CannotGoOn):
        start.prepare_data()


def test_refused_pack_leaves_the_edition_before_in_use(
    home: Path, pack: Path, calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    start.prepare_data()
    (pack / "uji" / "prices.csv").write_text("broken", encoding="utf-8")
    monkeypatch.setattr(start, "analytics", lambda *_: 2)
    start.prepare_data()
    monkeypatch.setattr(start, "analytics", lambda *arguments: calls.append(arguments) or 0)
    calls.clear()
    start.prepare_data()
    assert calls[0] == ("load",)


def test_failed_forecast_is_tried_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "analytics", lambda command: int(command == "forecast"))
    start.prepare_data()
    assert not (home / start.PREPARED).exists()


def test_nothing_is_installed_when_the_lock_is_the_installed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "installed.json"
    record.write_text(json.dumps({"requirements.lock": start.sha256(start.RUN_LOCK)}), "utf-8")
    monkeypatch.setattr(start, "INSTALLED", record)
    monkeypatch.setattr(start, "ensure_environment", lambda: None)
    monkeypatch.setattr(start, "install_with_uv", lambda _: pytest.fail("installed again"))
    start.install(start.RUN_LOCK)


def test_test_lock_counts_for_running_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[Path] = []
    monkeypatch.setattr(start, "INSTALLED", tmp_path / "installed.json")
    monkeypatch.setattr(start, "ensure_environment", lambda: None)
    monkeypatch.setattr(start, "install_with_uv", lambda lock: not installed.append(lock))
    start.install(start.TEST_LOCK)
    start.install(start.RUN_LOCK)
    assert installed == [start.TEST_LOCK]


def test_uv_is_installed_by_its_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def note(*arguments: str) -> int:
        seen.append(Path(arguments[-1]).read_text(encoding="utf-8"))
        return 0

    monkeypatch.setattr(start, "pip", note)
    assert start.install_uv()
    assert seen[0].startswith("uv==")
    assert seen[0].count("==") == 1
    assert "--hash=sha256:" in seen[0]
    assert not seen[0].rstrip().endswith("\\")


@pytest.mark.parametrize(("is_writable", "options"), [(True, ()), (False, ("--no-cache",))])
def test_home_that_cannot_be_written_needs_no_cache(
    is_writable: bool, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Path] = []
    cache = tmp_path / ".cache" / "uv"
    answer = subprocess.CompletedProcess([], 0, stdout=f"{cache}\n")
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: answer)
    monkeypatch.setattr(start.os, "access", lambda path, _: asked.append(path) or is_writable)
    assert start.cache_options() == options
    assert asked == [tmp_path]


def test_packages_are_installed_by_root_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: pytest.fail("ran a command"))
    assert start.apt_install("chromium") is False


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere Node brings its own.")
def test_library_of_the_browser_driver_is_installed_or_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(start, "install", lambda _: None)
    monkeypatch.setattr(start.shutil, "which", lambda name: name)
    monkeypatch.setattr(start, "has_library", lambda _: False)
    monkeypatch.setattr(start, "apt_install", lambda package: bool(asked.append(package)))
    start.prepare_tests()
    assert asked == ["libatomic1"]
    assert "apt-get install libatomic1" in capsys.readouterr().err


def test_library_that_is_nowhere_is_missing() -> None:
    assert not start.has_library("libnowhere.so.1")


def test_every_make_target_is_a_command() -> None:
    makefile = (start.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [line.split(":")[0] for line in makefile.splitlines() if re.match(r"\w.*:", line)]
    assert sorted(" ".join(targets).split()) == sorted(start.COMMANDS)


def test_waiting_ends_with_the_server() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    assert start.wait_until_up(ended, "http://127.0.0.1:9/healthz") is False


def test_wrong_settings_end_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(start.CannotGoOn, match="eighty"):
        start.serve()


def test_port_in_use_ends_in_a_sentence_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "install", lambda _: pytest.fail("installed first"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(start.CannotGoOn, match=f"Port {port} is in use"):
            start.run()


def test_free_port_is_not_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    start.refuse_busy_port(port)


def test_port_kept_for_the_system_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(start.socket.socket, "bind", refuse)
    with pytest.raises(start.CannotGoOn, match="Port 80 is not permitted"):
        start.refuse_busy_port(80)


def test_missing_venv_ends_in_a_sentence_and_starts_no_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(start, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: pytest.fail("ran a command"))
    with pytest.raises(start.CannotGoOn, match="apt-get install python3-venv"):
        start.ensure_environment()


def test_address_does_not_wait_for_warnings(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said_before: list[str] = []
    monkeypatch.setenv("PORT", "8765")
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(start, "wait_until_up", lambda *_: True)
    monkeypatch.setattr(start.subprocess, "Popen", lambda *_, **__: Ended())
    monkeypatch.setattr(start, "look_around", lambda: said_before.append(capsys.readouterr().out))
    assert start.serve() == 0
    assert "http://localhost:8765" in said_before[0]


class Ended:
    """A server that has answered and ended."""

    is_stopped = False

    def wait(self) -> int:
        return -15 if self.is_stopped else 0

    def terminate(self) -> None:
        self.is_stopped = True


def test_stopping_by_hand_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setenv("PORT", "8765")
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(start, "wait_until_up", interrupt)
    monkeypatch.setattr(start.subprocess, "Popen", lambda *_, **__: Ended())
    assert start.serve() == 0
