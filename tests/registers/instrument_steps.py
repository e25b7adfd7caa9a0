"""Facts and organs for tests of enforcement documents."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.registers.instruments import dossiers, issuing, kinds, organs
from bihuan.registers.instruments.kinds import Field, Kind
from bihuan.registers.instruments.models import Dossier, Instrument, OrganProfile

OFFICERS = [("沈立文", "鲁D0001"), ("韩青", "鲁D0002")]
_EXAMPLES: dict[str, Any] = {
    "text": "示例内容", "long": "示例情况说明。", "lines": ["第一项", "第二项"], "date": "2026-03-02",
    "minute": "2026-03-02T09:30", "money": 5_000_000, "number": 3, "people": OFFICERS,
    "opinion": {"text": "同意。", "by": "沈立文", "on": "2026-03-02"},
}  # fmt: skip


def profile(agency: Agency, **changes: str) -> organs.Organ:
    """An organ whose papers can be issued."""
    told = {
        "full_name": f"薛河{agency.name}", "short_name": "薛", "address": "薛河区政通路1号", "phone": "0632-1234567",
        "contact": "沈立文", "bank": "薛河农村商业银行营业部", "account_name": "薛河区财政局", "account": "9001234",
        "reconsideration": "薛河区人民政府", "court": "薛河区人民法院",
    }  # fmt: skip
    organ = organs.Organ(**{**told, **changes})
    organs.keep(agency, organ, Actor.system("test"))
    return organ


def issued(matter: Any, organ: Agency, by: Actor, kind: str = "out_of_scope_transfer") -> Instrument:
    """A document of ``matter``, whatever its facts."""
    if not OrganProfile.objects.filter(agency=organ).exists():
        profile(organ)
    with transaction.atomic():
        return issuing.issue(
            kind, matter, facts_for(kinds.kind(kind)), on=clock.today(), actor=by, organ=organ
        )


def bound(matter: Any, by: Actor) -> Dossier:
    """The dossier of ``matter``, which has documents."""
    cover = dossiers.Cover(
        case_name=f"{matter.about()}案", outcome="罚款", opened_on=clock.today(), retention="10年"
    )
    with transaction.atomic():
        return dossiers.bind(matter, cover, actor=by, on=clock.today())


def facts_for(kind: Kind, *, optional: bool = True) -> dict[str, Any]:
    """Some value for every fact of a kind."""
    return {field.key: example(field) for field in kind.fields if optional or field.required}


def example(field: Field) -> Any:
    if field.shape == "table":
        return [{column.key: _EXAMPLES[column.shape] for column in field.columns}]
    return _EXAMPLES[field.shape]
