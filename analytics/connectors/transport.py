"""Asks a service politely: few requests, time-outs, a few more tries, whole answers or none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from analytics.i18n import text
from analytics.ingest.door import MAX_BYTES

AGENT = "Sejahtera (statistics of a regency; one request at a time)"
BUSY = frozenset({429, 500, 502, 503, 504})


class ConnectorFault(RuntimeError):
    """A service that gave nothing usable; `kind` is a key below `connectors.fault`."""

    def __init__(self, kind: str, *, source: str, found: str = "", expected: str = "") -> None:
        self.kind, self.source, self.found, self.expected = kind, source, found, expected
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """What is wrong with the service, and what to do."""
        return text(
            f"connectors.fault.{self.kind}", language, source=self.source, found=self.found,
            expected=self.expected,
        )  # fmt: skip


@dataclass(frozen=True)
class Manners:
    """How often and how long a service is asked, in seconds."""

    timeout_s: float = 30.0
    tries: int = 4
    pause_s: float = 2.0
    longest_pause_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep


def get(address: str, *, source: str, manners: Manners) -> bytes:
    """The whole answer. Raises ConnectorFault: unreachable, busy for too long, or not found.

    Addresses may hold a key, so messages name the host alone.
    """
    host = urlsplit(address).hostname or "–"
    attempts = Retrying(
        stop=stop_after_attempt(manners.tries),
        wait=wait_exponential(multiplier=manners.pause_s, max=manners.longest_pause_s),
        retry=retry_if_exception(_is_passing),
        sleep=manners.sleep,
        reraise=True,
    )
    manners.sleep(manners.pause_s)
    try:
        content: bytes = attempts(_ask, address, manners.timeout_s)
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        kind = "busy" if status in BUSY else "refused" if status in (401, 403) else "changed"
        raise ConnectorFault(
            kind, source=source, found=f"{host}: {status}", expected="200"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ConnectorFault(
            "unreachable", source=source, found=f"{host}: {type(error).__name__}"
        ) from None
    if len(content) > MAX_BYTES:
        raise ConnectorFault("changed", source=source, found=f"{len(content)} B",
                             expected=f"< {MAX_BYTES} B")  # fmt: skip
    return content


def _is_passing(error: BaseException) -> bool:
    """Whether the next try may go better."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in BUSY
    return isinstance(error, httpx.TransportError)


def _ask(address: str, timeout_s: float) -> bytes:
    """One answer, read up to just above the limit, so that no endless one fills the memory."""
    parts, size = [], 0
    with (
        httpx.Client(timeout=timeout_s, follow_redirects=True,
                     headers={"User-Agent": AGENT}) as client,
        client.stream("GET", address) as answer,
    ):  # fmt: skip
        answer.raise_for_status()
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                break
    return b"".join(parts)
