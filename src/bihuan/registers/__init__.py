"""Details one-to-one on supervised objects, and the law as data."""
