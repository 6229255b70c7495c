"""The services: where each keeps its file, by its documents. None has been seen live from here.

WFP on HDX: CKAN `package_show`, whose `resources` name the CSV. World Bank Pink Sheet: a page that
links to `CMO-Historical-Data-Monthly.xlsx`. BPS WebAPI: `list/model/data`, one JSON a variable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from analytics.connectors.transport import ConnectorFault, Manners, get

PRICE_FILE = re.compile(r"wfp_food_prices_\w+\.csv")
PINK_SHEET_LINK = re.compile(r"""href=["']([^"']*CMO-Historical-Data-Monthly[^"']*\.xlsx)["']""")
YEARS_ASKED = 10
BPS_YEAR_ZERO = 1900
SHORTEST_KEY = 12


@dataclass(frozen=True)
class Request:
    """What is asked of a service: its settings, from which year on, and the date of today."""

    settings: Mapping[str, str] = field(repr=False)
    since: int | None
    today: date
    manners: Manners

    def setting(self, source: str, name: str) -> str:
        """A setting. Raises ConnectorFault where it is empty."""
        value = self.settings.get(name, "")
        if not value:
            raise ConnectorFault("setting_missing", source=source, found=name)
        return value


@dataclass(frozen=True)
class Service:
    """A service: the layout of what it sends, its file's name, and how to get the bytes."""

    name: str
    layout: str
    file: str
    fetch: Callable[[Request], bytes]


def _json(content: bytes, source: str) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ConnectorFault("changed", source=source, found=_start(content), expected="JSON")
    return found


def _start(content: bytes) -> str:
    return content[:40].decode("utf-8", "replace").strip()


def _same_guard(address: str, link: str, source: str) -> str:
    """The whole address of a link. Raises ConnectorFault for one that is no web address, or open
    where the page that gave it was encrypted.
    """
    whole = urljoin(address, link)
    scheme, before = urlsplit(whole).scheme, urlsplit(address).scheme
    if scheme not in ("http", "https") or (before == "https" and scheme != "https"):
        raise ConnectorFault("changed", source=source, found=f"{scheme}:", expected=before)
    return whole


def _fetch_wfp(request: Request) -> bytes:
    address = request.setting("wfp_hdx", "address")
    content = get(address, source="wfp_hdx", manners=request.manners)
    result = _json(content, "wfp_hdx").get("result")
    resources = result.get("resources") if isinstance(result, dict) else None
    links = [
        str(one.get("download_url") or one.get("url") or "")
        for one in resources or () if isinstance(one, dict)
    ]  # fmt: skip
    files = [link for link in links if PRICE_FILE.search(link)]
    if not files:
        raise ConnectorFault("changed", source="wfp_hdx", found=", ".join(links)[:80] or "–",
                             expected="resources: wfp_food_prices_*.csv")  # fmt: skip
    link = _same_guard(address, files[0], "wfp_hdx")
    return get(link, source="wfp_hdx", manners=request.manners)


def _fetch_pink_sheet(request: Request) -> bytes:
    address = request.setting("pink_sheet", "address")
    content = get(address, source="pink_sheet", manners=request.manners)
    link = PINK_SHEET_LINK.search(content.decode("utf-8", "replace"))
    if not link:
        raise ConnectorFault("changed", source="pink_sheet", found=_start(content),
                             expected="CMO-Historical-Data-Monthly.xlsx")  # fmt: skip
    file = _same_guard(address, unescape(link[1]), "pink_sheet")
    return get(file, source="pink_sheet", manners=request.manners)


def _fetch_bps(request: Request) -> bytes:
    source = "bps_webapi"
    names = ("domain", "variable", "key")
    parts = {name: quote(request.setting(source, name), safe="") for name in names}
    first = request.since or request.today.year - YEARS_ASKED
    years = f"{first - BPS_YEAR_ZERO}:{request.today.year - BPS_YEAR_ZERO}"
    address = (
        f"{request.setting(source, 'address')}/model/data/lang/ind/domain/{parts['domain']}"
        f"/var/{parts['variable']}/th/{years}/key/{parts['key']}"
    )
    content = get(address, source=source, manners=request.manners)
    answer = _json(content, source)
    if answer.get("status") != "OK" or answer.get("data-availability") != "available":
        found = f"{answer.get('status')}, {answer.get('data-availability')}"
        raise ConnectorFault("no_data", source=source, found=found)
    _refuse_echo(content, request.setting(source, "key"), source)
    return content


def _refuse_echo(content: bytes, key: str, source: str) -> None:
    """Raises ConnectorFault for an answer that repeats the key: what is fetched is kept for good.

    Shorter words than a key may stand in any answer.
    """
    if len(key) >= SHORTEST_KEY and key.encode() in content:
        raise ConnectorFault("key_repeated", source=source)


SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        Service("wfp_hdx", "wfp_hdx", "wfp_food_prices.csv", _fetch_wfp),
        Service("pink_sheet", "pink_sheet", "CMO-Historical-Data-Monthly.xlsx", _fetch_pink_sheet),
        Service("bps_webapi", "bps_webapi", "bps_webapi.json", _fetch_bps),
    )
}
