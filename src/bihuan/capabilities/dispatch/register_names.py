"""The district's units as speeches may call them, from the register."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.dispatch.speeches.units import Register


def register_names(on: date | None = None) -> Register:
    """Present names with former and short names of every unit in force on ``on`` (all, without a day).

    One query for the units, one for their names. Where two units claim a short name, the first in official order keeps it.
    """
    from bihuan.kernel.territory.models import Agency
    from bihuan.kernel.territory.trees import in_force

    agencies = Agency.objects.filter(in_force(on)).order_by("order", "id").prefetch_related("aliases")
    return Register.of(
        (agency.name, [alias.name_key for alias in agency.aliases.all()]) for agency in agencies
    )
