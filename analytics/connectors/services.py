"""The services: where each keeps its file, by its documents. None has been seen live from here.

WFP on HDX: CKAN `package_show`, whose `resources` name the CSV. World Bank Pink Sheet: a page that
links to `CMO-Historical-Data-Monthly.xlsx`. BPS WebAPI: `list/model/data`, one JSON a variable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, urljoin

from analytics.connectors.transport import ConnectorFault, Manners, get

PRICE_FILE = re.compile(r"wfp_food_prices_\w+\.csv")
PINK_SHEET_LINK = re.compile(r"""href=["']([^"']*CMO-Historical-Data-Monthly[^"']*\.xlsx)["']""")
YEARS_ASKED = 10
BPS_YEAR_ZERO = 1900


@dataclass(frozen=True)
class Request:
    """What is asked of a service: its settings, from which year on, and the date of today."""

    settings: Mapping[str, str]
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
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ConnectorFault("changed", source=source, found=_start(content), expected="JSON")
    return found


def _start(content: bytes) -> str:
    return content[:40].decode("utf-8", "replace").strip()


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
    return get(urljoin(address, files[0]), source="wfp_hdx", manners=request.manners)


def _fetch_pink_sheet(request: Request) -> bytes:
    address = request.setting("pink_sheet", "address")
    content = get(address, source="pink_sheet", manners=request.manners)
    link = PINK_SHEET_LINK.search(content.decode("utf-8", "replace"))
    if not link:
        raise ConnectorFault("changed", source="pink_sheet", found=_start(content),
                             expected="CMO-Historical-Data-Monthly.xlsx")  # fmt: skip
    return get(urljoin(address, link[1]), source="pink_sheet", manners=request.manners)


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
    return content


SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        Service("wfp_hdx", "wfp_hdx", "wfp_food_prices.csv", _fetch_wfp),
        Service("pink_sheet", "pink_sheet", "CMO-Historical-Data-Monthly.xlsx", _fetch_pink_sheet),
        Service("bps_webapi", "bps_webapi", "bps_webapi.json", _fetch_bps),
    )
}
