"""What runs outside the pages: loading, forecasting, health."""
