"""Statutory days: what is a working day, when something falls due, and which days a period covers.

调休 is law: a Saturday may be a working day and a Thursday may not, and a deadline that ignores it is wrong
in court. Counting needs no database; years that a district loads itself come in through
:mod:`bihuan.kernel.calendar.years`.
"""

from bihuan.kernel.calendar.counting import Due, Skipped, Unit, due, is_working_day, why_not_working
from bihuan.kernel.calendar.periods import Period

__all__ = ["Due", "Period", "Skipped", "Unit", "due", "is_working_day", "why_not_working"]
