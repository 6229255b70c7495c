"""The story of a briefing: one HTML file that is shown with the network cut."""
