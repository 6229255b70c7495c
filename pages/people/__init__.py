"""Pages about people: signing in, the own account, accounts and audit log."""
