"""Asks a service politely: few requests, time-outs, a few more tries, whole answers or none."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
)
from tenacity.wait import wait_base

from analytics.i18n import text
from analytics.ingest.door import MAX_BYTES

AGENT = "Sejahtera (statistics of a regency; one request at a time)"
BUSY = frozenset({429, 500, 502, 503, 504})
# Both write whole addresses into their logs, and an address may hold a key.
for _chatty in ("httpx", "httpcore"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


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
    """How often and how long a service is asked, in seconds.

    `timeout_s` is how long nothing may come, `whole_s` how long one answer may take as a whole.
    """

    timeout_s: float = 30.0
    tries: int = 4
    pause_s: float = 2.0
    longest_pause_s: float = 60.0
    whole_s: float = 900.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


def get(address: str, *, source: str, manners: Manners) -> bytes:
    """The whole answer. Raises ConnectorFault: unreachable, busy for too long, too slow, not whole,
    or not found.

    Addresses may hold a key, so messages name the host alone.
    """
    host = urlsplit(address).hostname or "–"
    attempts = Retrying(
        stop=stop_after_attempt(manners.tries),
        wait=_Pause(manners),
        retry=retry_if_exception(_is_passing),
        sleep=manners.sleep,
        reraise=True,
    )
    manners.sleep(manners.pause_s)
    try:
        content: bytes = attempts(_ask, address, source, manners)
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
    return isinstance(error, httpx.TransportError) and not isinstance(
        error, httpx.UnsupportedProtocol
    )


class _Pause(wait_base):
    """Longer from try to try, and never shorter than the service asks for in `Retry-After`."""

    def __init__(self, manners: Manners) -> None:
        self.longest = manners.longest_pause_s
        self.growing = wait_exponential(multiplier=manners.pause_s, max=manners.longest_pause_s)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked = 0.0
        if isinstance(error, httpx.HTTPStatusError):
            said = error.response.headers.get("retry-after", "")
            asked = float(said) if said.isascii() and said.isdigit() else 0.0
        return min(self.longest, max(asked, self.growing(retry_state)))


def _ask(address: str, source: str, manners: Manners) -> bytes:
    """One answer, read up to just above the limit, so that no endless one fills the memory."""
    parts, size, start = [], 0, manners.clock()
    with (
        httpx.Client(timeout=manners.timeout_s, follow_redirects=True,
                     headers={"User-Agent": AGENT}) as client,
        client.stream("GET", address) as answer,
    ):  # fmt: skip
        answer.raise_for_status()
        _refuse_open(answer, source)
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > MAX_BYTES:
                break
            if manners.clock() - start > manners.whole_s:
                raise ConnectorFault("slow", source=source, found=answer.url.host,
                                     expected=f"{manners.whole_s:.0f}")  # fmt: skip
    if answer.status_code != httpx.codes.OK:
        raise ConnectorFault("changed", source=source, expected="200",
                             found=f"{answer.url.host}: {answer.status_code}")  # fmt: skip
    return b"".join(parts)


def _refuse_open(answer: httpx.Response, source: str) -> None:
    """Raises ConnectorFault for an answer whose end cannot be told from a broken line, and for one
    that left an encrypted way for an open one.
    """
    hops = [hop.url.scheme for hop in (*answer.history, answer)]
    if "https" in hops and "http" in hops:
        raise ConnectorFault("changed", source=source, found="http", expected="https")
    if not {"content-length", "transfer-encoding"} & set(answer.headers):
        raise ConnectorFault("not_whole", source=source, found=answer.url.host)
