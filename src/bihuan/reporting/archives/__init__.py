"""The working archives of a department's year, as the people's congress inspects them on site (M263): an index whose every
item opens its record, what was opened of it, and the pack that reports on it."""
