"""What a form knows beforehand, and what it offers to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from bihuan.capabilities.enforcement.measures.models import Supplier
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.registers.officers.certificates import certificates_on


def prefill(deed: str, measure: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    today, now = clock.today(), clock.now()
    if measure is None:
        known = {"inspected_on": today, "ordered_on": today, "carried_out_at": now}
        return {**known, "officers": _oneself(actor)}
    proposed: dict[str, dict[str, Any]] = {
        "apply_lifting": {"applied_on": today},
        "accept": {"accepted_on": today},
        "record_breach": {"seen_on": today},
        "find_reopened": {"seen_on": today},
        "release": {"released_on": today},
        "dispose": {"disposed_on": today},
        "verify": {"verified_on": today},
        "begin_test": {"begun_on": today, "told_on": today},
        "end_test": {"ended_on": today},
        "extend": {"told_on": today},
        "acknowledge": {"replied_at": now},
        "send_decision": {"sent_at": now},
        "cut_off": {"stopped_at": measure.starts_at},
    }
    return proposed.get(deed, {})


def _oneself(actor: Actor) -> str:
    """Who fills in the form, with the certificate held today; the colleague is added by hand."""
    held = certificates_on(list(actor.persons), clock.today())
    own = next(iter(held.values()), None)
    return f"{actor.name}（{own.no}）、" if own is not None else ""


def offers(deed: str, measure: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Suppliers in force are picked, not typed."""
    if deed != "propose_cutoff":
        return {}
    today = clock.today()
    rows = Supplier.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today).order_by(
        "supply", "name"
    )
    return {"supplier": [(str(one.pk), f"{one.name}（{one.get_supply_display()}）") for one in rows]}
