"""Key periods of the year (重点时段): entering one opens its tasks, leaving it sums them up."""
