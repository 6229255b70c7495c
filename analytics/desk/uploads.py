"""Files on their way in: kept on this machine under a name of ours until a day is over.

What the browser calls a file is only ever shown, never a path. A file belongs to who brought it.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from analytics.ledger.desk import DeskRefused
from analytics.settings import Settings

FOLDER, CONTENT, FACTS = "desk", "content", "facts.json"
TOKEN = re.compile(r"[0-9a-f]{32}")
KEPT_FOR = timedelta(days=1)
LONGEST_FILE_NAME = 200


@dataclass(frozen=True)
class HeldFile:
    """A file that waits to be checked or brought in."""

    token: str
    name: str
    owner: str
    path: Path

    def content(self) -> bytes:
        """Its bytes, as they came."""
        return self.path.read_bytes()


def hold(
    settings: Settings, region: str, content: bytes, *, name: str, owner: str, now: datetime
) -> str:
    """Keeps the bytes and gives the token by which they are found; older ones are cleared away."""
    above = settings.home / region / FOLDER
    _clear(above, before=now - KEPT_FOR)
    token = secrets.token_hex(16)
    folder = above / token
    folder.mkdir(parents=True, mode=0o700)
    (folder / CONTENT).write_bytes(content)
    facts = {"name": shown_name(name), "owner": owner, "at": now.isoformat()}
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    return token


def shown_name(name: str) -> str:
    """The last part of a file's name, printable and of bounded length."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in last if letter.isprintable()).strip()
    return kept[-LONGEST_FILE_NAME:] or "berkas"


def held(settings: Settings, region: str, token: str, *, owner: str) -> HeldFile:
    """The file of that token. Raises DeskRefused when it is gone or somebody else's."""
    folder = settings.home / region / FOLDER / token
    if not TOKEN.fullmatch(token) or not (folder / FACTS).is_file():
        raise DeskRefused("upload_gone")
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    if facts["owner"] != owner:
        raise DeskRefused("upload_gone")
    return HeldFile(token, facts["name"], owner, folder / CONTENT)


def let_go(settings: Settings, region: str, token: str) -> None:
    """Clears a file away; what was brought in stands in the ledger."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(settings.home / region / FOLDER / token, ignore_errors=True)


def _clear(above: Path, *, before: datetime) -> None:
    for folder in above.glob("*") if above.is_dir() else ():
        try:
            at = json.loads((folder / FACTS).read_text(encoding="utf-8"))["at"]
            is_old = datetime.fromisoformat(at) < before
        except (OSError, ValueError, KeyError):
            continue  # being written just now
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
