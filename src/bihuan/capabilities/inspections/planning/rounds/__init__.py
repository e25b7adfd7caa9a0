"""巡查: rounds by a template of sections, none left out, and packs that must be done before a key period (M113, M121)."""
