"""Where the pages of this register stand, and who may read and keep it."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.inputs import Field, Kind
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.forms import resolve
from bihuan.registers.officers import certificates

KEEPERS = certificates.KEEPERS
READERS = KEEPERS | {Role.OFFICER, Role.LEADER}
CERTIFICATES, UNTOLD, RECUSALS = "/officers/", "/officers/untold/", "/officers/recusals/"
ADVISORS, ENGAGEMENTS = "/officers/advisors/", "/officers/engagements/"
HOME = parts.Link("执法人员与专家", CERTIFICATES)
_TABS = (
    (CERTIFICATES, "执法证件"), (RECUSALS, "回避"), (ADVISORS, "专家和机构"), (ENGAGEMENTS, "委托"),
)  # fmt: skip


def tabs(here: str) -> Sequence[parts.Tab]:
    """The strip of this place, with the page at ``here`` marked."""
    return [parts.Tab(label, href, current=href == here) for href, label in _TABS]


def object_named(typed: str, actor: Actor) -> SupervisedObject:
    """The enterprise a person typed, through the actor's own door.

    Raises:
        Refused: unknown or several of the name.
    """
    uid = resolve(Field("object", "企业", Kind.OBJECT, True), typed, actor)
    try:
        return access_object(actor, uid)
    except Absent as absent:
        raise Refused.because(
            "officers.object_unknown", f"没有查到“{typed}”，或不在您的辖区", "object"
        ) from absent
