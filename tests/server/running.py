"""A real server in another process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analytics.settings import PROJECT_ROOT

PATIENCE_S = 60
STOCK = ("-m", "streamlit", "run", "server.py")


class ServerEnded(RuntimeError):
    """The server stopped before it answered; the message is its log."""


@dataclass(frozen=True)
class RunningServer:
    """Where the server answers and what it wrote."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers (small letters) and body of one request; redirects are not followed."""
        request = urllib.request.Request(f"{self.address}{path}", headers=headers)
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=10) as answer:
                return answer.status, _lower(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, _lower(error.headers), error.read()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def start_server(
    *,
    environ: Mapping[str, str],
    log: Path,
    project: Path = PROJECT_ROOT,
    options: Sequence[str] = (),
) -> Iterator[RunningServer]:
    """Runs `project`'s server until the block ends; `options` are those of `streamlit run`.

    Raises ServerEnded when it does not start.
    """
    port = free_port()
    own = project / "serve.py"
    command = [sys.executable, *([str(own)] if own.is_file() else STOCK)]
    own_port = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *own_port, *options],
            cwd=project,
            env={**os.environ, **environ},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = RunningServer(address=f"http://127.0.0.1:{port}", process=process, log=log)
    try:
        _wait_until_up(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(server: RunningServer) -> None:
    for _ in range(PATIENCE_S * 20):
        try:
            server.process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            if _is_up(server):
                return
        else:
            raise ServerEnded(server.log.read_text(encoding="utf-8", errors="replace"))
    raise TimeoutError(f"No answer from {server.address} within {PATIENCE_S} s.")


def _is_up(server: RunningServer) -> bool:
    try:
        return server.get("/_stcore/health")[0] == 200
    except OSError:
        return False
