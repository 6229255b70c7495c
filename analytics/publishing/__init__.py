"""Files people take away: tables with their sources, pictures, maps."""
