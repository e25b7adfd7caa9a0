"""Typefaces the repository carries, their licences and how they were made."""
