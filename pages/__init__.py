"""Pages of the app. Page files live in theme folders, never directly here."""
