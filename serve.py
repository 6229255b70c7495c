"""Starts the web server: `streamlit run server.py`, whose small messages leave at once.

Streamlit 1.67 opens its socket without naming the protocol, and asyncio switches off Nagle's
delay only where it is named: every run then waits 40 ms for an acknowledgement (measured:
`python -m tests.benchmarks.bench_sessions`). Accepted connections take the setting over from
the socket they come in by. Options are those of `streamlit run`.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from streamlit.web import cli
from streamlit.web.server.starlette import starlette_server

SERVER = Path(__file__).with_name("server.py")
bind_as_usual = starlette_server._bind_socket


def bind_without_delay(address: str, port: int, backlog: int) -> socket.socket:
    """A listening socket whose connections send without waiting for more to send."""
    bound = bind_as_usual(address, port, backlog)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def main() -> None:
    """Serves until it is stopped."""
    starlette_server._bind_socket = bind_without_delay
    cli.main(["run", str(SERVER), *sys.argv[1:]])


if __name__ == "__main__":
    main()
