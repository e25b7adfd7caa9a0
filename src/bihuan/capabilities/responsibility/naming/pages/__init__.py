"""The pages of who was named for what."""
