"""The web server: the app with its own routes and headers. Start it with `python start.py run`.

Beside Streamlit's own addresses it answers
- `/healthz`: whether the server is up, for monitors and proxies;
- `/session` and `/session/end` (POST): set and take away the cookie of a signed-in person;
- `/geometry/<region>/<level>-<digest>.geojson`: public boundaries, kept by browsers for good;
- `/map-colours/<region>/<edition>/<level>.json?...`: colours and words of one view of the map;
- `/story/<digest>`, `/frozen-story/<region>/<snapshot>`: a briefing as a story on the whole screen.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from analytics.i18n import LANGUAGES, text
from analytics.jobs.render import keep_one_ready
from analytics.people.sign_in import redeem, sign_out
from analytics.settings import SettingsError
from pages.agriculture.ahead import FOLDER as MAP_COLOURS
from pages.agriculture.ahead import colours_ahead
from pages.hearing import stories
from pages.people.account_parts import END_HEADER, TICKET_HEADER
from pages.ui import access, cache, geometry, state
from pages.ui.failure import show_failure
from pages.ui.navigation import PAGES, stray_page_files

LOG = logging.getLogger("sejahtera")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

FOR_GOOD = "public, max-age=31536000, immutable"
# Everything comes from this server. Streamlit's pages and Leaflet's frame run inline scripts.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Adds the security headers to every answer; vendored files may be kept for an hour."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                if "/app/static/" in scope["path"]:
                    headers.setdefault("cache-control", "public, max-age=3600")
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def healthz(request: Request) -> Response:
    """Says that the server is up. Whether the data are sound is `python -m analytics doctor`."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


def boundaries(request: Request) -> Response:
    """The boundaries of one level; 404 for any region, level or digest that is not current."""
    region, level, digest = (request.path_params[name] for name in ("region", "level", "digest"))
    try:
        edition = cache.store(region).edition()
        boundary = geometry.boundary_of(edition, level=level)
    except (SettingsError, LookupError):
        return Response(status_code=404)
    if digest != geometry.digest(boundary):
        return Response(status_code=404)
    headers = {"cache-control": FOR_GOOD, "etag": f'"{digest}"', "vary": "accept-encoding"}
    content = boundary.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["content-encoding"] = boundary.compressed, "gzip"
    return Response(content, media_type="application/geo+json", headers=headers)


def open_session(request: Request) -> Response:
    """Changes a ticket of the sign-in page for a session in an HttpOnly cookie.

    The ticket comes in a header of our own, which no other site can send.
    """
    ticket = request.headers.get(TICKET_HEADER, "")
    rules = state.settings().accounts
    token = redeem(access.people(), ticket, rules=rules, now=datetime.now(UTC))
    if token is None:
        return Response(status_code=403)
    answer = Response(status_code=204)
    answer.set_cookie(
        access.COOKIE, token, max_age=rules.session_hours * 3600, path=ROOT or "/", httponly=True,
        samesite="lax", secure=_is_https(request),
    )  # fmt: skip
    return answer


def end_session(request: Request) -> Response:
    """Ends the session of the cookie and takes the cookie away; asks for our own header too."""
    if END_HEADER not in request.headers:
        return Response(status_code=403)
    sign_out(access.people(), request.cookies.get(access.COOKIE, ""), now=datetime.now(UTC))
    answer = Response(status_code=204)
    answer.delete_cookie(access.COOKIE, path=ROOT or "/", httponly=True, samesite="lax")
    return answer


def _is_https(request: Request) -> bool:
    """Also behind a proxy that ends the encryption and says so."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))


def map_colours(request: Request) -> Response:
    """How one view of the agriculture map is painted; 404 for what its filters do not offer."""
    region, number, level = (request.path_params[name] for name in ("region", "number", "level"))
    try:
        edition = cache.edition_of(region, number)
        message = colours_ahead(edition, level, request.query_params)
    except (SettingsError, LookupError):
        return Response(status_code=404)
    # An edition never changes, but the words around it do with the next version of the app.
    return JSONResponse(message, headers={"cache-control": "private, max-age=600"})


def story(request: Request) -> Response:
    """A briefing that is being put together, as a story; made when it is opened."""
    return _story(lambda: stories.story_page(request.path_params["digest"]))


def frozen_story(request: Request) -> Response:
    """The story that a snapshot keeps."""
    region, snapshot = (request.path_params[name] for name in ("region", "snapshot"))
    return _story(lambda: stories.frozen_story_page(region, snapshot))


def _story(page: Callable[[], bytes]) -> Response:
    try:
        return Response(page(), media_type="text/html", headers={"cache-control": "no-store"})
    except (stories.NoStory, SettingsError):
        gone = "\n".join(text("briefing.page.story_gone", language) for language in LANGUAGES)
        return Response(gone, status_code=404, media_type="text/plain")


async def start_page(request: Request) -> Response:
    """The start page has a name too; Streamlit serves it at the root only."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{geometry.prefix()}/{query}", status_code=307)


def refuse_stray_pages() -> None:
    """Does not start over a file that could be opened past `streamlit_app.py`."""
    for file in stray_page_files():
        raise SystemExit(f"{file} lies directly in pages/. Move it into a theme folder and start.")


def mend_what_a_crash_left() -> None:
    """Once at the start, for every region; what was found stands in the log and on the desk."""
    used = state.settings()
    for region in used.regions:
        for sentence in cache.healed(used.home, region).sentences(used.language):
            LOG.warning("%s: %s", region, sentence)


refuse_stray_pages()
mend_what_a_crash_left()
keep_one_ready()
# Streamlit 1.67 takes the folder `pages/` for its own page list until the first navigation: the
# first deep link after a restart would run past `streamlit_app.py`, or be told "page not found".
PagesManager.uses_pages_directory = False
ROOT = geometry.prefix()
START = next(page.address for page in PAGES if page.is_start)
app = st.App(
    "streamlit_app.py",
    routes=[
        Route(f"{ROOT}/healthz", healthz),
        Route(f"{ROOT}/session", open_session, methods=["POST"]),
        Route(f"{ROOT}/session/end", end_session, methods=["POST"]),
        Route(f"{ROOT}/geometry/{{region}}/{{level}}-{{digest}}.geojson", boundaries),
        Route(f"{ROOT}/{MAP_COLOURS}/{{region}}/{{number:int}}/{{level}}.json", map_colours),
        Route(f"{ROOT}/{stories.FOLDER}/{{digest}}", story),
        Route(f"{ROOT}/{stories.FROZEN_FOLDER}/{{region}}/{{snapshot}}", frozen_story),
        Route(f"{ROOT}/{START}", start_page),
    ],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=show_failure,
)
