"""Passwords: argon2 hashes, what a password must be, one-time passwords."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 128
# Letters and digits that are not mistaken for each other when read from paper.
ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
ONE_TIME_LENGTH = 16
# A check takes 64 MiB; many at once would take the memory of the readers.
AT_ONCE = BoundedSemaphore(2)

_hasher = PasswordHasher()


class PasswordRefused(ValueError):
    """The password cannot be taken; `fault` is a code: short, long, name, same or differs."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def check_rules(password: str, *, name: str, least_length: int) -> None:
    """Raises PasswordRefused: too short or long, or made of the account's name.

    Length is what helps; rules about kinds of characters only make passwords alike.
    """
    if len(password) < least_length:
        raise PasswordRefused("short")
    if len(password) > LONGEST:
        raise PasswordRefused("long")
    if name.casefold() in password.casefold():
        raise PasswordRefused("name")


def one_time_password() -> str:
    """A random password to be told once and changed at the first sign-in."""
    return "".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(ONE_TIME_LENGTH))


def hash_of(password: str) -> str:
    """The argon2id hash with its salt and cost."""
    with AT_ONCE:
        return _hasher.hash(password)


def is_right(password: str, stored_hash: str | None) -> bool:
    """Whether the password fits. Without a hash it takes as long and is false."""
    with AT_ONCE:
        try:
            fits = _hasher.verify(stored_hash or _hash_of_nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return fits and bool(stored_hash)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_hex())
