"""One package per duty."""
