"""The truth: accepted files, corrections, editions and forecasts. Append only."""
