"""How measures show themselves: what is stopped, by whom, until when, and what is missing to lift it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement import pages as enforcement
from bihuan.capabilities.enforcement.measures import failure_pages, sections
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.models import Supplier
from bihuan.capabilities.enforcement.measures.showing.facts import facts, kind_label, level, more_facts, tags
from bihuan.capabilities.enforcement.measures.showing.filling import offers, prefill
from bihuan.capabilities.enforcement.measures.showing.listing import (
    COLUMNS,
    EXPORT,
    FILTERS,
    TABS,
    listed,
    row,
)
from bihuan.capabilities.enforcement.measures.showing.withholding import is_official, told, withheld
from bihuan.capabilities.enforcement.measures.states import OPEN_STATES
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.web import frame, parts
from bihuan.kernel.web.matters.pages import MatterPages, show


def resource(measure: Any) -> dict[str, Any]:
    """The measure as the API gives it."""
    days = ("proposed_on", "since", "until", "lifted_on", "approved_on", "verified_on")
    moments = (
        "carried_out_at",
        "notified_at",
        "starts_at",
        "sent_at",
        "replied_at",
        "stopped_at",
        "restored_at",
    )
    plain = (
        "kind", "family", "ground", "scope", "hazard", "origin", "stop_no", "broken", "supplied", "reopened", "rechecked",
        "sent_back", "extended_days", "handlers",
    )  # fmt: skip
    told: dict[str, Any] = {
        "object": str(measure.object_id),
        "object_name": measure.object_name if hasattr(measure, "object_name") else measure.object.name,
    }
    told |= {name: getattr(measure, name) for name in plain}
    for name in (*days, *moments):
        value = getattr(measure, name)
        told[name] = value.isoformat() if value is not None else None
    return told | {"missing": missing(measure) if measure.state in OPEN_STATES else ""}


def describe(name: str, value: Any) -> Any:
    if name == "supplier" and isinstance(value, int):
        return Supplier.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


PAGES = MatterPages(
    loop=MEASURE,
    lead="停了什么、谁停的、到哪天、还差什么才能解除。",
    what=lambda measure: f"{measure.object.name}：{kind_label(measure)}",
    where=lambda measure: measure.scope,
    level=level,
    tags=tags,
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    offers=offers,
    describe=describe,
    export=EXPORT,
    told=told,
    withheld=withheld,
    empty=parts.Empty(
        "这里没有符合条件的措施。", "换一个筛选条件，或者登记新的决定。", "/measures/new/order/", "责令停止"
    ),
    opening="order",
    openings=("propose_seizure", "seize_urgently", "propose_cutoff", "propose_closure"),
    icon="list-check",
    beside=lambda actor: tabs(actor, "/measures/"),
)


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The pages of this room, and the way back to the cases."""
    if not is_official(actor):
        return ()
    pages = [
        ("案件", "/cases/"), ("停产与强制措施", "/measures/"), ("停供把关不严", "/supply-failures/"),
        ("供应单位", "/measures/suppliers/"),
    ]  # fmt: skip
    return [parts.Tab(label, href, current=href == here) for label, href in pages]


def install() -> None:
    """Give measures and failures their pages, and objects their section."""
    show(PAGES)
    enforcement.stand_beside("停产与强制措施", "/measures/")
    failure_pages.install(tabs)
    sections.install()
    frame.offer(22, frame.for_roles("停产与强制", "/measures/", "alert-triangle", ENTERPRISE_ROLES))
