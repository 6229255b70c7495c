"""A reader's session without a browser: speaks to the server as Streamlit's page does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60


@dataclass(frozen=True)
class MovableSlider:
    """A slider and the part of the page that runs when it is moved; empty for the whole page."""

    proto: Slider
    fragment_id: str


@dataclass
class Session:
    """One open connection; every run's messages are kept in `messages` until the next run."""

    connection: ClientConnection
    messages: list[ForwardMsg] = field(default_factory=list)
    address: tuple[str, str] = ("", "")

    def run(self, page: str = "", query: Mapping[str, str] | None = None) -> list[ForwardMsg]:
        """Asks for a run of the page with that address and gives all its messages."""
        request = BackMsg()
        request.rerun_script.page_name = page
        request.rerun_script.query_string = urlencode(query or {})
        self.address = (page, request.rerun_script.query_string)
        return self._answer_to(request)

    def slider(self, label: str) -> MovableSlider:
        """The slider of that label in the last whole run. Raises LookupError."""
        for message in self.messages:
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider" and element.slider.label == label:
                return MovableSlider(element.slider, message.delta.fragment_id)
        raise LookupError(f"No slider '{label}' in the last run.")

    def move(self, slider: MovableSlider, *, to: int) -> list[ForwardMsg]:
        """Moves a slider to the step of that number, as a reader does; gives the run's messages."""
        request = BackMsg()
        request.rerun_script.page_name, request.rerun_script.query_string = self.address
        request.rerun_script.fragment_id = slider.fragment_id
        widget = request.rerun_script.widget_states.widgets.add(id=slider.proto.id)
        widget.string_array_value.data.append(slider.proto.options[to])
        return self._answer_to(request)

    def _answer_to(self, request: BackMsg) -> list[ForwardMsg]:
        """Sends and waits for the end of the run, also of one that starts another."""
        self.connection.send(request.SerializeToString())
        self.messages = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.connection.recv(timeout=PATIENCE_S))  # type: ignore[arg-type]
            self.messages.append(message)
            if message.WhichOneof("type") == "page_info_changed":
                self.address = (self.address[0], message.page_info_changed.query_string)
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self.messages

    def texts(self) -> str:
        """All messages of the last run as text, to look for words in."""
        return "\n".join(str(message) for message in self.messages)


@contextmanager
def open_session(address: str, *, cookie: str = "") -> Iterator[Session]:
    """A new session with the server at `address`, closed at the end of the block.

    `cookie` is what the browser brings, as `name=value`.
    """
    headers = {"Cookie": cookie} if cookie else {}
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    with connect(
        stream, subprotocols=["streamlit"], max_size=None, additional_headers=headers
    ) as connection:  # type: ignore[list-item]
        yield Session(connection=connection)
