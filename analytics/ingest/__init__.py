"""Files that offices really have: bytes, recognised layout, long table, findings."""
