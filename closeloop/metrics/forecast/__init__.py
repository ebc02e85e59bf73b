"""What will be signed by the end of a period, and how wrong earlier forecasts were (L01)."""
