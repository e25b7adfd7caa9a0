"""留痕核验, for the auditor alone: the record as it was written, its seals, and whether both still agree."""
