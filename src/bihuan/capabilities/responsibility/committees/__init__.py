"""Work safety committees, their coverage, and what each leader has set out to do this year."""
