"""What the room of committees keeps."""

from bihuan.capabilities.responsibility.committees.models.committees import Committee, Leadership, Seat
from bihuan.capabilities.responsibility.committees.models.ledgers import LedgerLine, Sampling
from bihuan.capabilities.responsibility.committees.models.priorities import Priority

__all__ = ["Committee", "Leadership", "LedgerLine", "Priority", "Sampling", "Seat"]
