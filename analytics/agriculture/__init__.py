"""Agriculture: formulas and the reports of the map, its areas and its two sets of figures."""
