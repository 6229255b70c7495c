"""The table of rights, the own office, the second person."""

import pytest

from analytics.i18n import LANGUAGES
from analytics.people.rights import (
    PUBLIC,
    NotAllowed,
    Person,
    Right,
    Role,
    SignedInBy,
    may,
    require,
)

FOR_ALL = {Right.EXPORT}
FROM_OFFICER = {
    Right.UPLOAD,
    Right.ANSWER_WARNINGS,
    Right.WRITE_REASONS,
    Right.REPORT_PROGRAMMES,
    Right.SET_BOARD,
    Right.KEEP_BRIEFINGS,
}
FROM_VERIFIER = {Right.PUBLISH, Right.WITHDRAW, Right.CONFIRM_UNVERIFIED}
FOR_ADMIN = {Right.MANAGE_USERS, Right.READ_AUDIT}


def person(role: Role, office: str = "tani") -> Person:
    return Person("siti", "Siti", role, office, SignedInBy.PASSWORD)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.PUBLIC, FOR_ALL),
        (Role.OFFICER, FOR_ALL | FROM_OFFICER),
        (Role.VERIFIER, FOR_ALL | FROM_OFFICER | FROM_VERIFIER),
        (Role.ADMIN, set(Right)),
    ],
)
def test_each_role_has_its_rights_and_no_other(role, rights):
    assert {right for right in Right if may(person(role), right)} == rights


def test_rights_together_are_all_there_are():
    assert set(Right) == FOR_ALL | FROM_OFFICER | FROM_VERIFIER | FOR_ADMIN


def test_an_officer_uploads_for_the_own_office_only():
    require(person(Role.OFFICER), Right.UPLOAD, office="tani")
    with pytest.raises(NotAllowed) as refused:
        require(person(Role.OFFICER), Right.UPLOAD, office="ternak")
    assert "(tani)" in refused.value.words("id") and "of ternak" in refused.value.words("en")
    require(person(Role.VERIFIER), Right.UPLOAD, office="ternak")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("right", sorted(set(Right) - FOR_ALL))
def test_a_refusal_is_a_sentence_in_both_languages(right, language):
    with pytest.raises(NotAllowed) as refused:
        require(PUBLIC, right)
    assert refused.value.words(language) in str(refused.value)
