"""Items of the crackdown and the registers beside them."""

from bihuan.capabilities.enforcement.crackdown.models.explosives import Limit, Production
from bihuan.capabilities.enforcement.crackdown.models.item import Item
from bihuan.capabilities.enforcement.crackdown.models.names import Name
from bihuan.capabilities.enforcement.crackdown.models.pledges import Layer, Pledge
from bihuan.capabilities.enforcement.crackdown.models.sweeps import LinkCheck, Sweep, SweepMark

__all__ = ["Item", "Layer", "Limit", "LinkCheck", "Name", "Pledge", "Production", "Sweep", "SweepMark"]
