"""What comes with the release: rules, standard duties by role, classifications, requirement sets; as data."""
