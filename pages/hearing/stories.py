"""The story of a briefing, opened in the browser: its address, and the page that it answers.

A story that is being put together has the digest of what it is made from as its address: who
does not hold the draft cannot guess it. It is made when it is opened. The story of a snapshot
is the file that was frozen.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

import streamlit as st

from analytics.briefing.draft import Draft, as_plain
from analytics.editions.edition import Edition
from analytics.jobs.render import run_job
from analytics.ledger.snapshots import file_content
from pages.ui import cache
from pages.ui.geometry import prefix

FOLDER, FROZEN_FOLDER = "story", "frozen-story"
ASKED_KEPT, MADE_KEPT = 200, 12
HTML = "html"


class NoStory(LookupError):
    """No story has this address, or this server knows it no more."""


class Asked:
    """What stories are made from, by their address; the newest are kept."""

    def __init__(self, *, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[str, Mapping[str, object]] = OrderedDict()
        self._lock = Lock()

    def keep(self, asked: Mapping[str, object]) -> str:
        """The address under which this is found again: the same for the same."""
        words = json.dumps(asked, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
        with self._lock:
            self._kept[digest] = asked
            self._kept.move_to_end(digest)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return digest

    def find(self, digest: str) -> Mapping[str, object]:
        """What was kept under an address. Raises NoStory."""
        with self._lock:
            if digest not in self._kept:
                raise NoStory(digest)
            return self._kept[digest]


@st.cache_resource(show_spinner=False)
def _asked() -> Asked:
    return Asked(most=ASKED_KEPT)


def story_address(draft: Draft, edition: Edition, *, language: str) -> str:
    """Where the story of a draft opens, until many others have been asked for after it."""
    plain = json.dumps(as_plain(draft), ensure_ascii=False)
    stamp = edition.stamp
    digest = _asked().keep(
        {"region": stamp.region, "edition": stamp.number, "draft": plain, "language": language}
    )
    return f"{prefix()}/{FOLDER}/{digest}"


def frozen_story_address(region: str, snapshot_id: str) -> str:
    """Where the frozen story of a snapshot opens."""
    return f"{prefix()}/{FROZEN_FOLDER}/{region}/{snapshot_id}"


def story_page(digest: str) -> bytes:
    """The HTML of the story of a draft. Raises NoStory."""
    _asked().find(digest)
    return _made(digest)


@st.cache_resource(max_entries=MADE_KEPT, show_spinner=False)
def _made(digest: str) -> bytes:
    """Made once: the presenter's window opens the same address again."""
    content: bytes = run_job(
        "analytics.jobs.briefings:briefing_file", **_asked().find(digest), suffix=HTML
    )
    return content


def frozen_story_page(region: str, snapshot_id: str) -> bytes:
    """The frozen HTML of a snapshot, byte for byte.

    Raises NoStory, SettingsError for an unknown region, BrokenSnapshot.
    """
    store = cache.store(region)
    try:
        with store.engine.connect() as connection:
            return file_content(connection, snapshot_id, HTML)
    except KeyError as error:
        raise NoStory(snapshot_id) from error
