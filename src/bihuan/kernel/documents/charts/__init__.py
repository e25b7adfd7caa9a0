"""Charts drawn by the server as SVG: the same picture on the page, in Word and in the PDF.

Colour has meaning and never stands alone: one deep blue and its tints for quantities; red, orange, yellow and
blue only for levels (重大、较大、一般 … or lateness); green only for what was accepted. Every value is also
written out.
"""

from __future__ import annotations

from bihuan.kernel.documents.charts.bars import bar, columns, grouped, stacked
from bihuan.kernel.documents.charts.ink import Series, Tone
from bihuan.kernel.documents.charts.lines import line, sparkline, track

__all__ = ["Series", "Tone", "bar", "columns", "grouped", "line", "sparkline", "stacked", "track"]
