"""The weekly dispatch form (周调度表): figures computed, judgement added, signed, filed, approved, corrected."""
