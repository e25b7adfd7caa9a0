"""Settings and environment, read once."""
