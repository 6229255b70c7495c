"""Pages on commodity prices."""
