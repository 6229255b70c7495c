"""Region packs: reading, checking, correcting."""
