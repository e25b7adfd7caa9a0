"""Details one-to-one on supervised objects, what is dated beside them, and who decided what about the register."""

from bihuan.registers.models.dated import DatedDetail
from bihuan.registers.models.decisions import DecisionKind, StandingDecision
from bihuan.registers.models.enterprise import Enterprise, Ownership, RegisterRequest, Scale
from bihuan.registers.models.kinds import Building, Facility, KindDetails, Place, Project
from bihuan.registers.models.sector_words import SectorWord, SectorWordUse

__all__ = [
    "Building",
    "DatedDetail",
    "DecisionKind",
    "Enterprise",
    "Facility",
    "KindDetails",
    "Ownership",
    "Place",
    "Project",
    "RegisterRequest",
    "Scale",
    "SectorWord",
    "SectorWordUse",
    "StandingDecision",
]
