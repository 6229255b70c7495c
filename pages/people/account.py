"""Masuk: sign-in, the own account, its password, sign-out."""

from pages.people import account_parts as parts

parts.show()
