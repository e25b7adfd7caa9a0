"""Who was given which account and post, by whom and when: on the record like every other deed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from bihuan.kernel import clock, record
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Post

KIND = "people"
_SPACE = UUID("6f1d0c52-0f6b-5d0e-9c39-7b0d4f6a2e11")

VERBS = {
    "account_opened": "开立账号",
    "account_closed": "停用账号",
    "account_reopened": "恢复账号",
    "password_reset": "重设密码",
    "token_issued": "发放接口令牌",
    "token_revoked": "撤销接口令牌",
    "key_revoked": "停用签名密钥",
    "person_registered": "登记人员",
    "person_corrected": "更正人员信息",
    "post_created": "设立岗位",
    "tenure_begun": "任职",
    "tenure_ended": "离任",
}


def number_of(subject: Person | Post) -> str:
    """The number under which a person or a post stands in the record."""
    return f"{'person' if isinstance(subject, Person) else 'post'}/{subject.pk}"


def trail_of(number: str) -> UUID:
    """The chain of the person or post with this number."""
    return uuid5(_SPACE, number)


def note(subject: Person | Post, verb: str, by: Actor, payload: Mapping[str, Any]) -> None:
    """Append what was done to ``subject``, whose row the caller holds locked in the same transaction."""
    number = number_of(subject)
    chain = trail_of(number)
    before = record.entries_of(chain)
    moment = clock.now()
    record.append(
        [
            record.NewEntry(
                matter=chain,
                seq=len(before) + 1,
                previous=bytes(before[-1].digest) if before else record.genesis(chain),
                kind=KIND,
                matter_no=number,
                verb=verb,
                from_state="",
                to_state="",
                actor_id=by.ref,
                actor_name=by.name,
                actor_post=by.post,
                happened_at=moment,
                recorded_at=moment,
                payload=dict(payload),
            )
        ]
    )
