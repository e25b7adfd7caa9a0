"""Tags of the weekly pages."""
