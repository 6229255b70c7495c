"""Makes the fictional training region: invented areas, invented figures, one fixed seed."""
