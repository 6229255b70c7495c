"""Sign-in page and page of people, as nobody, as an officer and as an administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from analytics.people.accounts import change_password
from analytics.people.administration import add_user, switch_user
from analytics.people.audit import Wanted, entries
from analytics.people.database import open_people
from analytics.people.rights import Person, Role, SignedInBy
from analytics.people.sign_in import give_ticket, redeem
from analytics.settings import AccountRules
from pages.ui.navigation import PAGES
from tests.app.opening import open_in_process
from tests.store import Store

OWNER = Person("terminal:x", "x", Role.ADMIN, "", SignedInBy.TERMINAL)
SECRET = "padi menguning di sawah"
Open = Callable[..., Any]


def now() -> datetime:
    """The pages ask the real clock; sessions and one-time passwords are made by it too."""
    return datetime.now(UTC)


@pytest.fixture
def people(copy_of_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    for name, value in copy_of_store.environ.items():
        monkeypatch.setenv(name, value)
    return open_people(copy_of_store.settings)


def add(people: Engine, name: str, role: Role) -> str:
    rules = AccountRules()
    _, made = add_user(people, name, role=role, office="tani", rules=rules, by=OWNER, now=now())
    assert made is not None
    return made


@pytest.fixture
def open_as(people: Engine, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The app on a page with the cookie of a session of that role."""

    def opened(role: Role, page: str, **address: str) -> Any:
        add(people, role.value, role)
        ticket = give_ticket(people, role.value, now=now())
        token = redeem(people, ticket, rules=AccountRules(), now=now())
        monkeypatch.setattr("pages.ui.access.session_token", lambda: token)
        return open_in_process(page, **address)

    return opened


def titles(app: Any) -> list[str]:
    return [title.value for title in app.title]


@pytest.mark.usefixtures("people")
def test_without_accounts_the_page_says_how_the_first_is_made() -> None:
    app = open_in_process("account", lang="en")
    assert [code.value for code in app.code] == ["python -m analytics user add NAME --role admin"]
    assert not app.text_input


def test_a_wrong_password_is_said_and_a_one_time_one_is_changed(people: Engine) -> None:
    made = add(people, "siti", Role.ADMIN)
    app = open_in_process("account", lang="id")
    for password in ("salah", made):
        app.text_input[0].set_value("siti")
        app.text_input[1].set_value(password)
        app.button(key="sign_in_go").click()
        app.run()
        if password == "salah":
            assert "salah" in app.error[0].value
    assert titles(app) == ["Pilih sandi baru"]
    app.text_input(key="password_new").set_value("pendek")
    app.text_input(key="password_again").set_value("pendek")
    app.button(key="change_go").click().run()
    assert app.error[0].value == "Sandi terlalu pendek: paling sedikit 12 huruf."


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER])
def test_people_are_for_administrators_only(open_as: Open, role: Role) -> None:
    app = open_as(role, "account", lang="en")
    assert titles(app) == [f"You are signed in as {role.value}"]
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page("pages/people/people.py")


def test_an_administrator_makes_an_account_and_reads_the_log(people: Engine, open_as: Open) -> None:
    app = open_as(Role.ADMIN, "people", lang="id")
    assert titles(app) == ["Orang & jejak"]
    app.text_input(key="new_name").set_value("budi")
    app.selectbox(key="new_role").set_value(Role.VERIFIER)
    app.button(key="new_go").click().run()
    assert "Sandi sekali pakai" in app.success[1].value
    log = entries(people, Wanted(who="admin"))
    assert log["what"].tolist() == ["added_user", "signed_in"]
    app.text_input(key="new_name").set_value("budi")
    app.button(key="new_go").click().run()
    assert "sudah ada" in app.error[0].value
    app.selectbox(key="changed_name").set_value("admin")
    app.radio(key="changed_act").set_value("disable")
    app.button(key="change_go").click().run()
    assert "pengelola terakhir" in app.error[0].value


def test_a_session_ends_when_the_account_is_disabled(people: Engine, open_as: Open) -> None:
    add(people, "other", Role.ADMIN)
    app = open_as(Role.ADMIN, "account", lang="en")
    switch_user(people, "admin", is_active=False, by=OWNER, now=now())
    assert titles(app.run()) == ["Sign in"]


def test_the_own_password_needs_the_old_one(people: Engine, open_as: Open) -> None:
    app = open_as(Role.ADMIN, "account", lang="en")
    with people.begin() as connection:
        change_password(connection, "admin", new=SECRET, again=SECRET, least_length=12, now=now())
    token = redeem(people, give_ticket(people, "admin", now=now()), rules=AccountRules(), now=now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pages.ui.access.session_token", lambda: token)
        app.run()
        for field, words in (("old", "wrong"), ("new", SECRET + "!"), ("again", SECRET + "!")):
            app.text_input(key=f"password_{field}").set_value(words)
        app.button(key="change_go").click().run()
    assert "wrong" in app.error[0].value


@pytest.mark.usefixtures("people")
def test_a_public_visitor_asks_no_database_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Engine:
        raise AssertionError("The database of people was asked for a visitor without a cookie.")

    monkeypatch.setattr("pages.ui.access.people", refuse)
    app = open_in_process("agriculture", lang="en")
    assert not app.exception


def test_restricted_pages_stand_in_the_list_with_their_right() -> None:
    assert {page.name for page in PAGES if page.right is not None} == {"people"}
