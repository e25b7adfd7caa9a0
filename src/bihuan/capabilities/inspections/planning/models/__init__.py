"""What planning keeps."""

from bihuan.capabilities.inspections.planning.models.draws import Draw
from bihuan.capabilities.inspections.planning.models.plans import Plan, PlanLine
from bihuan.capabilities.inspections.planning.models.quarters import KeyQuarter, Programme
from bihuan.capabilities.inspections.planning.models.rounds import Round, RoundTemplate

__all__ = ["Draw", "KeyQuarter", "Plan", "PlanLine", "Programme", "Round", "RoundTemplate"]
