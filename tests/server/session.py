"""A reader's session without a browser: speaks to the server as Streamlit's page does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60


@dataclass
class Session:
    """One open connection; every run's messages are kept in `messages` until the next run."""

    connection: ClientConnection
    messages: list[ForwardMsg] = field(default_factory=list)

    def run(self, page: str = "", query: Mapping[str, str] | None = None) -> list[ForwardMsg]:
        """Asks for a run of the page with that address and gives all its messages."""
        request = BackMsg()
        request.rerun_script.page_name = page
        request.rerun_script.query_string = urlencode(query or {})
        self.connection.send(request.SerializeToString())
        self.messages = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.connection.recv(timeout=PATIENCE_S))  # type: ignore[arg-type]
            self.messages.append(message)
            if message.WhichOneof("type") == "script_finished":
                return self.messages

    def texts(self) -> str:
        """All messages of the last run as text, to look for words in."""
        return "\n".join(str(message) for message in self.messages)


@contextmanager
def open_session(address: str) -> Iterator[Session]:
    """A new session with the server at `address`, closed at the end of the block."""
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]
        yield Session(connection=connection)
