"""Pages of documents: one, its deeds, its files, the organ's profile, dossiers, and the section on a matter's page."""
