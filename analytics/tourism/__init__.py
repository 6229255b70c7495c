"""Tourism and the region's name: formulas and the reports of visits, sites, events and revenue."""
