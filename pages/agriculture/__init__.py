"""Pages on agriculture."""
