"""Pages: sending, asking what became of it, and the poster for the office."""
