"""The REST API, made from the same declarations as the pages; it refuses with the same codes."""
