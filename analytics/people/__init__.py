"""People: roles and rights, accounts, sign-in, the audit log. One database an installation."""
