#!/usr/bin/env python3
"""Sejahtera from a fresh machine: installs, loads, serves, tests. Needs Python 3.11 or newer only.

    python start.py run         install, load data, forecast once, serve (PORT=8501)
    python start.py test        install what tests need and run the suite
    python start.py test-long   the tests that take minutes
    python start.py test-all    both
    python start.py check       format, lint, types, imports, unit tests: under a minute
    python start.py bench       measurements; --sample 5 takes five series a panel, in minutes
    python start.py lock        renew the locks from requirements*.txt

`make` calls the same commands. Nothing outside .venv is changed, except that Debian packages
which tests need (Chromium, PostgreSQL) are installed when this runs as root.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analytics.settings import Settings

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
UV = SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
INSTALLED = ENVIRONMENT / "sejahtera-installed.json"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
YARDSTICKS = ROOT / ".bench-venv"
PREPARED = "prepared.json"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class CannotGoOn(Exception):
    """Something outside this program is missing; the message says what to do."""


def main() -> int:
    """Runs the command named on the command line and gives its exit code."""
    options = _parse()
    os.chdir(ROOT)
    try:
        return bench(options.sample) if options.sample else COMMANDS[options.command]()
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--sample", type=int, help="bench: series a panel, drawn with a seed")
    options = parser.parse_args()
    if options.sample is not None and (options.command != "bench" or options.sample < 1):
        parser.error("--sample belongs to bench and is at least 1")
    return options


# Commands


def run() -> int:
    """Installs, prepares the data and serves until stopped; looks for warnings meanwhile."""
    refuse_busy_port(installation().port)
    install(RUN_LOCK)
    prepare_data()
    return serve()


def test() -> int:
    """Every test that does not take minutes."""
    prepare_tests()
    return pytest("-m", "not long and not benchmark")


def test_long() -> int:
    """The tests that take minutes."""
    prepare_tests()
    return pytest("-m", "long and not benchmark", processes=1)


def test_all() -> int:
    """All tests; the long ones also when a short one has failed."""
    return max(test(), test_long())


def check() -> int:
    """The quick look before a commit."""
    install(TEST_LOCK)
    steps = (
        ("ruff", "format", "--check", "."),
        ("ruff", "check", "."),
        ("mypy",),
        ("lint-imports", "--no-cache"),
        ("pytest", "-q", "-n", "2", "-m", "unit and not long"),
    )
    failed = [step[0] for step in steps if run_tool(*step) != 0]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def bench(sample: int | None = None) -> int:
    """Measures; run it on a quiet machine. A sample of series a panel takes minutes, not hours."""
    prepare_tests()
    measured = pytest("-m", "benchmark", "-s", processes=1)
    if os.environ.get("SEJAHTERA_BENCH"):
        install_yardsticks()
    return measured or bench_forecasts(sample)


def bench_forecasts(sample: int | None) -> int:
    """Forecasts on published panels; says so when SEJAHTERA_BENCH names none."""
    drawn, largest = (), ()
    if sample:
        drawn, largest = ("--sample", str(sample)), ("--largest", "100")
    panels = ("-m", "tests.benchmarks.bench_forecasts", *drawn)
    found = subprocess.run([str(PYTHON), *panels]).returncode
    if not os.environ.get("SEJAHTERA_BENCH"):
        return found
    speed = ("-m", "tests.benchmarks.bench_speed", *drawn)
    found = found or subprocess.run([str(PYTHON), *speed]).returncode
    growth = ("-m", "tests.benchmarks.bench_growth", "--output", "var/bench/growth.json")
    return found or subprocess.run([str(PYTHON), *growth, *largest]).returncode


def install_yardsticks() -> None:
    """Other forecasters, into a folder of their own: the app's packages stay as locked."""
    if not YARDSTICKS.exists():
        subprocess.run([str(UV), "venv", "--python", str(PYTHON), str(YARDSTICKS)], check=True)
    pip = (str(UV), "pip", "install", "--quiet", "--python", str(YARDSTICKS))
    subprocess.run([*pip, "-r", "requirements-bench.txt"], check=True)


def lock() -> int:
    """Resolves requirements*.txt again, for every platform, the same versions everywhere."""
    install(TEST_LOCK)
    common = (
        *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
        *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--quiet"),
        *("--custom-compile-command", "python start.py lock"),
    )
    compile_lock = (str(UV), "pip", "compile", *common)
    subprocess.run([*compile_lock, "requirements.txt", "-o", RUN_LOCK.name], check=True)
    extra = ("requirements-dev.txt", "-c", RUN_LOCK.name, "-o", TEST_LOCK.name)
    return subprocess.run([*compile_lock, *extra], check=True).returncode


# Installation


def install(lock_file: Path) -> None:
    """Brings .venv to the lock, if it is not there yet. The test lock contains the other one."""
    ensure_environment()
    wanted = sha256(lock_file)
    installed = read_json(INSTALLED)
    if wanted in installed.values():
        return
    print(f"Installing what {lock_file.name} lists into {ENVIRONMENT.name} ...", flush=True)
    if not install_with_uv(lock_file):
        must_succeed(pip("install", "--require-hashes", "-r", str(lock_file)), "pip install")
    installed[lock_file.name] = wanted
    if lock_file == TEST_LOCK:
        installed[RUN_LOCK.name] = sha256(RUN_LOCK)
    INSTALLED.write_text(json.dumps(installed), encoding="utf-8")


def ensure_environment() -> None:
    """Makes .venv unless a working one is there."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    print(f"Making the virtual environment {ENVIRONMENT.name} ...", flush=True)
    if importlib.util.find_spec("ensurepip") is None and not venv_package_installed():
        make_with_virtualenv()
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    must_succeed(made.returncode, "python -m venv")


def venv_package_installed() -> bool:
    """Debian ships venv apart from Python; installs it where that is permitted."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return apt_install(package) or apt_install("python3-venv")


def virtualenv_commands() -> list[list[str]]:
    """How virtualenv can be called here; empty where it is not installed."""
    as_module = importlib.util.find_spec("virtualenv") is not None
    program = shutil.which("virtualenv")
    return [[sys.executable, "-m", "virtualenv"]] * as_module + ([[program]] if program else [])


def make_with_virtualenv() -> None:
    """The environment by virtualenv, which brings its own pip. Raises CannotGoOn without it."""
    for command in virtualenv_commands():
        made = subprocess.run([*command, "-p", sys.executable, str(ENVIRONMENT)], check=False)
        if made.returncode == 0:
            return
    raise CannotGoOn(
        "Python's venv module is incomplete here. Install it and start again:\n"
        "    sudo apt-get install python3-venv"
    )


def install_with_uv(lock_file: Path) -> bool:
    """Installs with uv, which takes seconds; False where uv cannot be had."""
    if not UV.exists() and not install_uv():
        return False
    command = [UV, "pip", "install", "--python", PYTHON, "--require-hashes", "-r", lock_file]
    installed = subprocess.run([*command, *cache_options()], check=False)
    must_succeed(installed.returncode, "uv pip install")
    return True


def cache_options() -> tuple[str, ...]:
    """uv does without its cache where it cannot write it: service users often have no home."""
    asked = subprocess.run([UV, "cache", "dir"], capture_output=True, text=True, check=False)
    folder = Path(asked.stdout.strip())
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return () if os.access(there, os.W_OK) else ("--no-cache",)


def install_uv() -> bool:
    """uv itself, in the version and with the hashes of the test lock."""
    lines = TEST_LOCK.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("uv=="))
    end = next(n for n in range(start, len(lines)) if not lines[n].endswith("\\")) + 1
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "uv.txt"
        wanted.write_text("\n".join(lines[start:end]) + "\n", encoding="utf-8")
        return pip("install", "--quiet", "--require-hashes", "-r", str(wanted)) == 0


def pip(*arguments: str) -> int:
    """pip of .venv, put there first if a tool made the environment without it."""
    if subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode:
        must_succeed(
            subprocess.run([PYTHON, "-m", "ensurepip"], check=False).returncode, "ensurepip"
        )
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, check=False).returncode


# Data


def prepare_data() -> None:
    """Loads every region pack and forecasts, unless nothing has changed since the last time."""
    settings = installation()
    state = fingerprint(settings.data_dir, settings.regions)
    marker = settings.home / PREPARED
    before = read_json(marker)
    # A database server may have been emptied without this folder knowing it: always ask it.
    if before.get("state") == state and settings.database_url is None:
        return
    if analytics("load") != 0:
        if not before:
            raise CannotGoOn("The data were not loaded; what to mend is written above.")
        print("The new data were not loaded; the app shows the edition before.", file=sys.stderr)
        return
    if analytics("forecast") != 0:
        print("Forecasts failed; the app starts without new ones.", file=sys.stderr)
        return
    marker.write_text(json.dumps({"state": state}), encoding="utf-8")


def look_around() -> None:
    """Looks for price warnings at every start, since what has stopped depends on the day, and
    reads the reviews that no run has read yet.

    That takes seconds which nobody should wait for, so it follows once the server answers.
    """
    if analytics("warn") != 0:
        print("Nobody looked for warnings; the app shows those of before.", file=sys.stderr)
    if analytics("perceive") != 0:
        print("Reviews were not read; the first reader of them waits.", file=sys.stderr)


def installation() -> Settings:
    """The settings; they need no package, so they can be read before anything is installed."""
    from analytics.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as error:
        raise CannotGoOn(str(error)) from error


def fingerprint(data_dir: Path, regions: tuple[str, ...]) -> str:
    """One hash over everything that decides what a load and a forecast give."""
    digest = hashlib.sha256()
    folders = [*(data_dir / region for region in regions), ROOT / "analytics"]
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if is_source(path)):
            digest.update(f"{file.relative_to(folder)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(sha256(RUN_LOCK).encode())
    return digest.hexdigest()


def is_source(path: Path) -> bool:
    """Whether a file takes part in the fingerprint: no bytecode, no words of the pages."""
    return path.is_file() and path.suffix != ".pyc" and "i18n" not in path.parts


def analytics(*arguments: str) -> int:
    return subprocess.run([PYTHON, "-m", "analytics", *arguments], check=False).returncode


# Server


def refuse_busy_port(port: int) -> None:
    """Raises CannotGoOn when nothing can listen on `port`: better now than after the install."""
    with socket.socket() as probe:
        if os.name != "nt":  # there the option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 (where the server will listen)
        except PermissionError as error:
            raise CannotGoOn(
                f"Port {port} is not permitted to this user. Choose one above 1023, "
                "for example with the environment variable PORT=8501."
            ) from error
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} is in use by another program. Stop that program, or choose another "
                f"port with the environment variable PORT, for example PORT={port + 1}."
            ) from error


def serve() -> int:
    """Runs the server until it is stopped; once it answers, prints the address."""
    port = installation().port
    command = [PYTHON, "serve.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if wait_until_up(server, f"http://127.0.0.1:{port}/healthz"):
            print(f"\nSejahtera: http://localhost:{port}   (stop with Ctrl+C)\n", flush=True)
            look_around()
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0  # stopped as the line above says: no fault for `make` to report


def wait_until_up(server: subprocess.Popen[bytes], address: str) -> bool:
    """True once the server answers, False when it ended before."""
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 (own address)
            return True
        except (urllib.error.URLError, OSError):
            try:
                server.wait(timeout=0.1)
                return False
            except subprocess.TimeoutExpired:
                continue


# Tests


def prepare_tests() -> None:
    """Everything that tests need: packages, a browser, a database server."""
    install(TEST_LOCK)
    if not any(shutil.which(name) for name in CHROMIUM_NAMES) and not apt_install("chromium"):
        tell_missing("Chromium", tests="browser", package="chromium")
    # Playwright's own Node is linked to it, and a small Debian does not have it.
    if sys.platform == "linux" and not has_library("libatomic.so.1"):
        if not apt_install("libatomic1"):
            tell_missing("The library libatomic", tests="browser", package="libatomic1")
    if not has_postgres() and not apt_install("postgresql"):
        tell_missing("PostgreSQL", tests="postgres", package="postgresql")
    for lock_file in sorted((ROOT / "tests").glob("*/package-lock.json")):
        install_npm_packages(lock_file.parent)


def install_npm_packages(folder: Path) -> None:
    """What a folder of tests needs from npm, as its lock says; nothing where that is there."""
    done = folder / "node_modules" / ".package-lock.json"
    if done.is_file() and done.stat().st_mtime >= (folder / "package-lock.json").stat().st_mtime:
        return
    npm = shutil.which("npm") or (apt_install("npm") and shutil.which("npm"))
    quiet = ("--no-audit", "--no-fund", "--loglevel", "error")
    if not npm or subprocess.run([npm, "ci", *quiet], cwd=folder, check=False).returncode != 0:
        tell_missing(
            f"What npm installs into tests/{folder.name}", tests="browser", package="nodejs npm"
        )


def has_library(name: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_postgres() -> bool:
    """Whether PostgreSQL's server programs are here; Debian keeps them out of PATH."""
    debian = Path("/usr/lib/postgresql")
    return shutil.which("initdb") is not None or any(debian.glob("*/bin/initdb"))


def tell_missing(program: str, *, tests: str, package: str) -> None:
    print(
        f"{program} is missing; tests marked '{tests}' cannot run. To run them too:\n"
        f"    sudo apt-get install {package}",
        file=sys.stderr,
    )


def pytest(*arguments: str, processes: int = 2) -> int:
    """Runs pytest; a file's tests stay in one process so that they share a server."""
    spread = ("-n", str(processes), "--dist", "loadfile") if processes > 1 else ()
    code = run_tool("pytest", *spread, *arguments)
    return 0 if code == NO_TESTS_COLLECTED else code


NO_TESTS_COLLECTED = 5


# Tools


def run_tool(name: str, *arguments: str) -> int:
    """A program of .venv, in the project's folder."""
    print(f"\n$ {name} {' '.join(arguments)}", flush=True)
    program = SCRIPTS / (f"{name}.exe" if os.name == "nt" else name)
    return subprocess.run([program, *arguments], cwd=ROOT, check=False).returncode


def apt_install(package: str) -> bool:
    """Installs a Debian package when this runs as root on such a system; False otherwise."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"Installing the package {package} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    ):
        if subprocess.run(command, env=quiet, check=False).returncode != 0:
            return False
    return True


def must_succeed(code: int, what: str) -> None:
    if code != 0:
        raise CannotGoOn(f"{what} failed; its own message stands above.")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_json(path: Path) -> dict[str, str]:
    """A small record, empty when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


COMMANDS = {
    "run": run,
    "test": test,
    "test-long": test_long,
    "test-all": test_all,
    "check": check,
    "bench": bench,
    "lock": lock,
}


def use_newer_python() -> None:
    """Starts again with a newer Python when this one is too old and another is installed."""
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        newer = shutil.which(name)
        if newer and subprocess.run([newer, "-c", ""], check=False).returncode == 0:
            os.execv(newer, [newer, str(ROOT / "start.py"), *sys.argv[1:]])  # noqa: S606
    found = ".".join(str(part) for part in sys.version_info[:3])
    raise SystemExit(f"Sejahtera needs Python 3.11 or newer; this is {found}.")


if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        use_newer_python()
    sys.exit(main())
