"""The routes that set and take away the cookie, and restricted pages as the first request."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.people.administration import add_user
from analytics.people.database import open_people
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.sign_in import give_ticket
from analytics.settings import AccountRules
from tests.server.running import RunningServer, start_server
from tests.server.session import open_session
from tests.store import Store

OWNER = Person("terminal:x", "x", Role.ADMIN, "", SignedInBy.TERMINAL)


def post(server: RunningServer, path: str, **headers: str) -> tuple[int, str]:
    """Status and cookie of a POST."""
    request = urllib.request.Request(f"{server.address}{path}", method="POST", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers.get("set-cookie", "")
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("set-cookie", "")


@pytest.mark.parametrize("headers", [{}, {"x-sejahtera-ticket": "made-up"}])
def test_without_a_ticket_there_is_no_cookie(
    app_server: RunningServer, headers: dict[str, str]
) -> None:
    assert post(app_server, "/session", **headers) == (403, "")


def test_another_site_cannot_sign_a_person_out(app_server: RunningServer) -> None:
    assert post(app_server, "/session/end")[0] == 403


def test_restricted_page_is_refused_as_first_request_and_opens_with_the_cookie(
    copy_of_store: Store, tmp_path: Path
) -> None:
    people = open_people(copy_of_store.settings)
    now = datetime.now(UTC)
    add_user(people, "siti", role=Role.ADMIN, office="", rules=AccountRules(), by=OWNER, now=now)
    with start_server(environ=copy_of_store.environ, log=tmp_path / "log.txt") as server:
        with open_session(server.address) as session:
            session.run(page="orang-jejak", query={"lang": "en"})
            assert "People & audit" not in session.texts()
        headers = {"x-sejahtera-ticket": give_ticket(people, "siti", now=datetime.now(UTC))}
        status, cookie = post(server, "/session", **headers)
        assert status == 204
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
        headers["x-forwarded-proto"] = "https"
        assert post(server, "/session", **headers) == (403, "")  # a ticket is good once
        with open_session(server.address, cookie=cookie.split(";")[0]) as session:
            session.run(page="orang-jejak", query={"lang": "en"})
            assert "People & audit" in session.texts()
