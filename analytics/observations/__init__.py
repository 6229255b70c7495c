"""The long table: fields, status codes, periods."""
