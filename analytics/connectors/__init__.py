"""Services with a documented interface, asked by command: what comes is read like an upload."""
