"""Photos and papers of a matter: checked by what they are, kept under names no user chose, never replaced."""
