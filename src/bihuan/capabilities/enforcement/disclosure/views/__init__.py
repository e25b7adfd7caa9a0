"""Pages of disclosure, analysis and supervision of enforcement."""
