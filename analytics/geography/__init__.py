"""Areas on the ground: their boundaries, neighbours, map classes and local patterns."""
