"""The pages every loop gets from its declaration: list, matter, step."""
