"""Briefings for a hearing: outlines, the document made from them, and snapshots of it."""
