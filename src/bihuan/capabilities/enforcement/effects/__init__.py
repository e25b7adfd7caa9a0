"""What each deed means for the case's own columns and which documents it issues, by stage."""
