"""Pages on tourism and the region's name."""
