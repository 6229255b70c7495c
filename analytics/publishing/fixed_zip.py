"""Office files whose bytes depend on their content alone: fixed dates, in the package and in it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

EARLIEST = (1980, 1, 1, 0, 0, 0)
UNIX = 3
READABLE = 0o600 << 16
CORE = "docProps/core.xml"
STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
EMBEDDED = (".xlsx", ".docx", ".pptx")


def fixed(content: bytes, *, moment: datetime) -> bytes:
    """The same package with every date in it set to `moment`, workbooks inside it too."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for entry in source.infolist():
            part = _part(entry.filename, source.read(entry), moment)
            package.writestr(_entry(entry.filename), part, compresslevel=6)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = READABLE
    return entry


def _part(name: str, content: bytes, moment: datetime) -> bytes:
    if name == CORE:
        written = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
        return STAMPS.sub(rb"\g<1>" + written + rb"\g<2>", content)
    if name.endswith(EMBEDDED):
        return fixed(content, moment=moment)
    return content
