"""Who entered or revoked a certificate, an expert or an engagement: on the record like every other deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor

KIND = "officers"
_SPACE = UUID("2f9a4a0e-5f0b-5c47-9b52-4d8e7a1c6b91")
PREFIXES = ("certificate/", "advisor/", "engagement/", "recusal/")

VERBS = {
    "certificate_told": "登记执法证件",
    "certificate_revoked": "停用执法证件",
    "recusal_told": "登记回避",
    "recusal_lifted": "解除回避",
    "advisor_told": "登记专家、机构",
    "advisor_revoked": "停用专家、机构",
    "engaged": "委托",
    "engagement_ended": "完成委托",
}


def number_of(subject: Model) -> str:
    """The number under which a row of this register stands in the record."""
    return f"{subject._meta.model_name}/{subject.pk}"


def trail_of(number: str) -> UUID:
    """The chain of the row with this number."""
    return uuid5(_SPACE, number)


def note(subject: Model, verb: str, by: Actor, said: Mapping[str, Any]) -> None:
    """Append what was done to ``subject``, whose row the caller has just made or holds locked."""
    number = number_of(subject)
    chain = trail_of(number)
    seq, previous = record.ends_of([chain]).get(chain) or (0, record.genesis(chain))
    moment = clock.now()
    record.append(
        [
            record.NewEntry(
                matter=chain, seq=seq + 1, previous=previous, kind=KIND, matter_no=number, verb=verb, from_state="",
                to_state="", actor_id=by.ref, actor_name=by.name, actor_post=by.post, happened_at=moment,
                recorded_at=moment, payload=dict(said),
            )
        ]
    )  # fmt: skip
