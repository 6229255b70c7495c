"""Pages on sources and methods."""
