"""The data desk: upload, map, fill in forms, publish, withdraw."""
