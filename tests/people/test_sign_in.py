"""Accounts, sign-in, lock-out, sessions and the audit log, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from analytics.people import audit
from analytics.people.accounts import AccountRefused, change_password, find
from analytics.people.administration import add_user, change_right, reset_user, switch_user
from analytics.people.audit import Act, Wanted
from analytics.people.passwords import PasswordRefused
from analytics.people.provider import is_welcome, note_sign_in, person_of_claims
from analytics.people.rights import PUBLIC, NotAllowed, Person, Role, SignedInBy
from analytics.people.sign_in import (
    SignInRefused,
    account_of_session,
    give_ticket,
    redeem,
    sign_in,
    sign_out,
)
from analytics.people.tables import audit_log, sessions, tickets
from analytics.settings import AccountRules, ProviderRules

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RULES = AccountRules(lock_after=3)
OWNER = Person("terminal:x", "x", Role.ADMIN, "", SignedInBy.TERMINAL)
SECRET = "padi menguning di sawah"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def add(engine, name="siti", role=Role.ADMIN, **values):
    return add_user(
        engine, name, role=role, office="tani", rules=RULES, by=OWNER, now=NOW, **values
    )


def choose(engine, name="siti", new=SECRET):
    with engine.begin() as connection:
        change_password(connection, name, new=new, again=new, least_length=12, now=NOW)


def fault(engine, name, password, now=NOW):
    with pytest.raises(SignInRefused) as refused:
        sign_in(engine, name, password, rules=RULES, now=now)
    return refused.value.fault


def acts(engine):
    return audit.entries(engine, Wanted())["what"].tolist()


def test_a_one_time_password_is_changed_at_the_first_sign_in(engine):
    _, made = add(engine)
    assert sign_in(engine, " Siti ", made, rules=RULES, now=NOW).must_change
    choose(engine)
    assert not sign_in(engine, "siti", SECRET, rules=RULES, now=NOW).must_change
    assert fault(engine, "siti", made) == "wrong"


def test_a_one_time_password_ends(engine):
    _, made = add(engine)
    assert fault(engine, "siti", made, NOW + 4 * DAY) == "one_time_over"


@pytest.mark.parametrize("name", ["siti", "nobody"])
def test_a_name_is_locked_after_three_failures_whether_it_exists_or_not(engine, name):
    add(engine)
    choose(engine)
    told = [fault(engine, name, "wrong password") for _ in range(4)]
    assert told == ["wrong", "wrong", "locked", "locked"]
    assert fault(engine, name, SECRET, NOW + MINUTE) == "locked"
    if name == "siti":
        sign_in(engine, name, SECRET, rules=RULES, now=NOW + 16 * MINUTE)
    assert acts(engine).count(Act.LOCKED_OUT) == 1


def test_a_right_password_takes_earlier_failures_away(engine):
    add(engine)
    choose(engine)
    for _ in range(2):
        fault(engine, "siti", "wrong password")
        fault(engine, "siti", "wrong password")
        sign_in(engine, "siti", SECRET, rules=RULES, now=NOW)


def test_disabled_and_expired_accounts_stay_out(engine):
    _, made = add(engine, "budi", Role.OFFICER, expires_at=NOW + DAY)
    assert fault(engine, "budi", made, NOW + DAY) == "expired"
    switch_user(engine, "budi", is_active=False, by=OWNER, now=NOW)
    assert fault(engine, "budi", made) == "disabled"
    switch_user(engine, "budi", is_active=True, by=OWNER, now=NOW)
    assert sign_in(engine, "budi", made, rules=RULES, now=NOW).account.office == "tani"


def test_old_passwords_are_renewed(engine):
    add(engine)
    choose(engine)
    rules = replace(RULES, password_days=90)
    assert sign_in(engine, "siti", SECRET, rules=rules, now=NOW + 91 * DAY).must_change


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [("short", "short", "short"), ("x" * 129, "x" * 129, "long"), (SECRET, SECRET + "x", "differs"),
     ("ini sandi Siti sendiri", "ini sandi Siti sendiri", "name"), (SECRET, SECRET, "same")],
)  # fmt: skip
def test_passwords_that_are_not_taken(engine, new, again, told):
    add(engine)
    choose(engine)
    with pytest.raises(PasswordRefused) as refused, engine.begin() as connection:
        change_password(connection, "siti", new=new, again=again, least_length=12, now=NOW)
    assert refused.value.fault == told


@pytest.mark.parametrize(
    ("name", "role", "office", "told"),
    [("siti", Role.OFFICER, "tani", "exists"), ("si ti", Role.ADMIN, "", "name"),
     ("budi", Role.OFFICER, " ", "office")],
)  # fmt: skip
def test_accounts_that_are_not_made(engine, name, role, office, told):
    add(engine)
    with pytest.raises(AccountRefused) as refused:
        add_user(engine, name, role=role, office=office, rules=RULES, by=OWNER, now=NOW)
    assert refused.value.fault == told


def test_the_last_administrator_stays(engine):
    add(engine)
    with pytest.raises(AccountRefused, match="last_admin"):
        switch_user(engine, "siti", is_active=False, by=OWNER, now=NOW)
    with pytest.raises(AccountRefused, match="last_admin"):
        change_right(engine, "siti", role=Role.VERIFIER, office=None, by=OWNER, now=NOW)


def test_only_an_administrator_manages_people(engine):
    with pytest.raises(NotAllowed):
        add_user(engine, "x1", role=Role.ADMIN, office="", rules=RULES, by=PUBLIC, now=NOW)


def test_a_ticket_opens_one_session_once(engine):
    add(engine)
    ticket = give_ticket(engine, "siti", now=NOW)
    token = redeem(engine, ticket, rules=RULES, now=NOW)
    assert redeem(engine, ticket, rules=RULES, now=NOW) is None
    assert account_of_session(engine, token, now=NOW).name == "siti"
    assert account_of_session(engine, token, now=NOW + timedelta(hours=12)) is None
    late = give_ticket(engine, "siti", now=NOW)
    assert redeem(engine, late, rules=RULES, now=NOW + MINUTE) is None
    with engine.connect() as connection:
        kept = connection.execute(select(sessions.c.token_hash)).scalars().all()
        assert token not in kept and connection.execute(select(tickets)).all() == []


@pytest.mark.parametrize("end", ["sign_out", "disable", "reset", "role", "password"])
def test_what_ends_a_session(engine, end):
    add(engine)
    add(engine, "budi")
    token = redeem(engine, give_ticket(engine, "budi", now=NOW), rules=RULES, now=NOW)
    {
        "sign_out": lambda: sign_out(engine, token, now=NOW),
        "disable": lambda: switch_user(engine, "budi", is_active=False, by=OWNER, now=NOW),
        "reset": lambda: reset_user(engine, "budi", rules=RULES, by=OWNER, now=NOW),
        "role": lambda: change_right(
            engine, "budi", role=Role.OFFICER, office=None, by=OWNER, now=NOW
        ),
        "password": lambda: choose(engine, "budi"),
    }[end]()
    assert account_of_session(engine, token, now=NOW) is None


def test_the_log_is_filtered_and_newest_first(engine):
    for hour, what in enumerate((Act.UPLOADED, Act.PUBLISHED, Act.UPLOADED)):
        audit.record(
            engine, what, who=OWNER, at=NOW + timedelta(hours=hour), object=f"batch {hour}",
            region="uji", details={"note": "=1+1"},
        )  # fmt: skip
    found = audit.entries(engine, Wanted(what=Act.UPLOADED, since=NOW + MINUTE))
    assert found["object"].tolist() == ["batch 2"]
    assert audit.entries(engine, Wanted(who="nobody")).empty
    assert audit.entries(engine, Wanted(), limit=2)["object"].tolist() == ["batch 2", "batch 1"]
    assert found.at[0, "at"] == "2026-11-24T11:00:00+00:00"


@pytest.mark.parametrize("change", [update(audit_log).values(who="x"), delete(audit_log)])
def test_the_database_refuses_to_change_the_log(engine, change):
    add(engine)
    with pytest.raises(DBAPIError, match="only added to"), engine.begin() as connection:
        connection.execute(change)
    assert acts(engine) == [Act.ADDED_USER]


MAPPING = ProviderRules(roles={"stat": "verifier", "it": "admin"})
CLAIMS = {"email": "Ani@Kab.go.id", "name": "Ani", "groups": ["stat"], "iat": NOW.timestamp()}


def person(**changed):
    claims = {**CLAIMS, **changed}
    return person_of_claims(claims, MAPPING, now=NOW, session_hours=12)


def test_a_provider_gives_name_and_role():
    assert person() == Person("ani@kab.go.id", "Ani", Role.VERIFIER, "", SignedInBy.PROVIDER)
    assert person(groups="stat it", office="tani").role is Role.ADMIN


@pytest.mark.parametrize(
    "changed",
    [{"groups": ["other"]}, {"groups": None}, {"groups": 3}, {"email": ""},
     {"email_verified": False}, {"iat": None}, {"iat": (NOW - DAY).timestamp()}],
)  # fmt: skip
def test_claims_that_give_no_right(changed):
    assert person(**changed) == PUBLIC


def test_a_provider_person_is_listed_and_can_be_disabled_here(engine):
    assert note_sign_in(engine, person(), now=NOW)
    with engine.connect() as connection:
        assert find(connection, "ani@kab.go.id").role is Role.VERIFIER
    switch_user(engine, "ani@kab.go.id", is_active=False, by=OWNER, now=NOW)
    assert not is_welcome(engine, person()) and not note_sign_in(engine, person(), now=NOW)


def test_a_provider_name_never_opens_a_local_account(engine):
    add(engine, "ani@kab.go.id")
    assert not note_sign_in(engine, person(), now=NOW)
    assert not is_welcome(engine, person())
