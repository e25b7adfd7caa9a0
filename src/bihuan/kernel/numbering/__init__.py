"""Numbers people quote: matter numbers may have gaps and make nobody wait, document numbers have none."""

from bihuan.kernel.numbering.documents import draw_document_number
from bihuan.kernel.numbering.matters import matter_numbers, prepare

__all__ = ["draw_document_number", "matter_numbers", "prepare"]
