"""The board of the command center, and the page that sets it."""
