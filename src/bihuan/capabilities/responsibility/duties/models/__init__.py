"""What the room of duties keeps."""

from bihuan.capabilities.responsibility.duties.models.duties import Duty
from bihuan.capabilities.responsibility.duties.models.enterprise import (
    InnerPost,
    ItemFinding,
    RequirementItem,
    RequirementSet,
    SafetyRole,
    SetItem,
)
from bihuan.capabilities.responsibility.duties.models.lists import ListItem, PublishedList
from bihuan.capabilities.responsibility.duties.models.rules import Clause, RuleDocument, RuleVersion
from bihuan.capabilities.responsibility.duties.models.spells import Spell
from bihuan.capabilities.responsibility.duties.models.staffing import Staffing

__all__ = [
    "Clause",
    "Duty",
    "InnerPost",
    "ItemFinding",
    "ListItem",
    "PublishedList",
    "RequirementItem",
    "RequirementSet",
    "RuleDocument",
    "RuleVersion",
    "SafetyRole",
    "SetItem",
    "Spell",
    "Staffing",
]
