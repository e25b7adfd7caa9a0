"""Facts the register already knows of a matter's object, so that nobody types them twice."""

from __future__ import annotations

from typing import Any

from bihuan.registers.models import Enterprise


def facts_about(matter: Any) -> dict[str, Any]:
    """Party, address, code and head of a matter's object as the register tells them; empty ones are left out."""
    one = getattr(matter, "object", None)
    if one is None:
        return {}
    told = {"party": one.name, "address": one.address, "credit_code": one.credit_code}
    enterprise = Enterprise.objects.filter(object=one).first()
    if enterprise is not None:
        told |= {"principal": enterprise.principal_name, "phone": enterprise.principal_phone}
    return {key: value for key, value in told.items() if value}
