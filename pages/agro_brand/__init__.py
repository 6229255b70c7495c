"""Where farms and brand meet."""
