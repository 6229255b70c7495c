"""Orang & jejak: accounts and the audit log, for administrators."""

from analytics.people.rights import Right
from pages.ui.access import require_right

administrator = require_right(Right.MANAGE_USERS)

from pages.people import people_parts as parts  # noqa: E402 (nothing before the check)

parts.show(administrator)
