"""``POST /enterprises`` and what may be done with an entry of the register: the pages' own rules, the same codes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from ninja import Status

from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.api.matters import _key as key_of
from bihuan.kernel.web.api.matters import _version as version_said
from bihuan.kernel.web.api.matters import _writes as may_write
from bihuan.kernel.web.api.matters import actor_of_request, body_json
from bihuan.kernel.web.api.objects import router, tell_more
from bihuan.registers import trail
from bihuan.registers.enterprises import dated, standing
from bihuan.registers.enterprises.access import access_decided
from bihuan.registers.enterprises.amending import amend_enterprise, stated
from bihuan.registers.enterprises.dated import Told
from bihuan.registers.enterprises.dated_kinds import TOLD, dated_kind
from bihuan.registers.enterprises.details import EXTRA, LABELS, EnterpriseDetails
from bihuan.registers.enterprises.registration import register_enterprise
from bihuan.registers.models import RegisterRequest
from bihuan.registers.objects import keeping
from bihuan.registers.objects.stating import COMMON, Stated
from bihuan.registers.objects.traits import KINDS, KindOf, kind_of

TAGS = ["监管对象"]
Deed = Callable[[], SupervisedObject]
_TOLD = ("kind", "code", "name", "number", "count", "since", "until")


def tell(one: SupervisedObject, on: date) -> dict[str, Any]:
    """What the register knows of one object on a day; ``version`` goes into every change of it."""
    kind = kind_of(one.kind)
    facts = keeping.stated(one).traits if kind else asdict(stated(one))
    shown = {name: facts[name] for name in facts if name not in EXTRA and name not in COMMON}
    return {
        "version": trail.version_of(one),
        "facts": {name: value for name, value in shown.items() if name not in ("name", "credit_code")},
        "details": [
            {
                "id": row.pk,
                "kind": row.kind,
                "code": row.code,
                "label": known.word(row.code) or known.label if (known := dated_kind(row.kind)) else row.code,
                "name": row.name,
                "number": row.number,
                "count": row.count,
                "since": row.since.isoformat() if row.since else None,
                "until": row.until.isoformat() if row.until else None,
                "lapsed": row.until is not None and row.until < on,
            }
            for row in dated.details_of(one, on)
        ],
    }


tell_more(tell)


def _body(properties: Mapping[str, str], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """A request body of texts for the API's document."""
    described = {
        name: {"type": "integer" if name == "version" else "string", "title": title}
        for name, title in properties.items()
    }
    schema: dict[str, Any] = {"type": "object", "properties": described, "required": list(required)}
    return {"requestBody": {"content": {"application/json": {"schema": schema}}, "required": True}}


_REASONED = {"reason": "理由", "version": "您所看到的版本；已被他人更改时返回 409"}
_FIELDS = {
    "kind": "类别：enterprise、project、building、place、facility；省略为 enterprise",
    **LABELS,
    **EXTRA,
    "responsible": COMMON["responsible"],
    **{trait.name: trait.written for kind in KINDS for trait in kind.traits},
}


@router.post(
    "/enterprises",
    operation_id="register_enterprise",
    summary="登记企业或其他监管对象",
    tags=TAGS,
    openapi_extra=_body(_FIELDS, ("name", "region", "sector")),
    response={200: dict[str, Any], 201: dict[str, Any]},
)
def register(request: HttpRequest) -> Any:
    """Enter an enterprise or, with ``kind``, a project, building, place or facility."""
    actor, body = _writing(request)
    kind = _kind_said(body)
    said = _texts(body, "kind")
    if kind is None:
        details = EnterpriseDetails(**{**_empty(), **_known(said, (*LABELS, *EXTRA))})
        return _answer(
            request, actor, "register", body, lambda: register_enterprise(details, actor), made=True
        )
    stating = _stated(kind, said)
    return _answer(
        request, actor, "register", body, lambda: keeping.register_object(kind, stating, actor)[0], made=True
    )


@router.post(
    "/enterprises/{ref}/amend", operation_id="amend_enterprise", summary="更正登记信息", tags=TAGS,
    openapi_extra=_body({**_FIELDS, **_REASONED}, ("reason", "version")),
)  # fmt: skip
def amend(request: HttpRequest, ref: str) -> Any:
    """Correct an entry; what is not named stays as it is."""
    actor, body = _writing(request)
    one, version = access_object(actor, ref), version_said(body)
    said, reason = _texts(body, "kind", "reason", "version"), str(body.get("reason") or "")
    kind = kind_of(one.kind)

    def deed() -> SupervisedObject:
        if kind is None:
            details = replace(stated(one), **_known(said, (*LABELS, *EXTRA)))
            return amend_enterprise(one.uid, details, actor, reason, version)
        now = keeping.stated(one)
        cells = {name: now.text(name) for name in (*COMMON, *now.traits)}
        return keeping.amend_object(one.uid, _stated(kind, {**cells, **said}), actor, reason, version)

    return _answer(request, actor, f"amend/{one.uid}", body, deed)


@router.post(
    "/enterprises/{ref}/{step}", operation_id="decide_enterprise",
    summary="核实、并入、不予登记、撤销（confirm、merge、reject、undo）", tags=TAGS,
    openapi_extra=_body({**_REASONED, "into": "并入哪一家：uid 或统一社会信用代码，仅 merge"}, ("version",)),
)  # fmt: skip
def decide(request: HttpRequest, ref: str, step: str) -> Any:
    """Decide about a name that only a ledger has brought, or take the decision back."""
    actor, body = _writing(request)
    if step not in _DECISIONS:
        raise Absent(f"没有“{step}”这一步")
    one = access_decided(actor, ref) if step == "undo" else access_object(actor, ref)
    version, reason = version_said(body), str(body.get("reason") or "")

    def deed() -> SupervisedObject:
        if version != trail.version_of(SupervisedObject.objects.select_for_update().get(pk=one.pk)):
            raise Stale
        _DECISIONS[step](one, body, actor, reason)
        return SupervisedObject.objects.get(pk=one.pk)

    return _answer(request, actor, f"{step}/{one.uid}", body, deed)


@router.post(
    "/enterprises/{ref}/details/new", operation_id="tell_enterprise_detail", summary="补充证照、保险、危险工艺", tags=TAGS,
    openapi_extra=_body(
        {
            "kind": f"类别：{'、'.join(f'{kind.kind}={kind.label}' for kind in TOLD)}", "code": "种类", "name": "机构或说明",
            "number": "编号", "count": "人数", "since": "起始日期", "until": "有效期至",
        },
        ("kind", "code"),
    ),
    response={200: dict[str, Any], 201: dict[str, Any]},
)  # fmt: skip
def tell_detail(request: HttpRequest, ref: str) -> Any:
    """Add a dated detail to an object's file."""
    actor, body = _writing(request)
    one = access_object(actor, ref)
    told = Told(**{**{"kind": ""}, **_known(_texts(body), _TOLD)})

    def deed() -> SupervisedObject:
        dated.tell(one.uid, told, actor)
        return one

    return _answer(request, actor, f"tell/{one.uid}", body, deed, made=True)


@router.post(
    "/enterprises/{ref}/details/{number}/end", operation_id="end_enterprise_detail", summary="注明不再有效", tags=TAGS,
    openapi_extra=_body({"reason": "原因"}, ("reason",)),
)  # fmt: skip
def end_detail(request: HttpRequest, ref: str, number: int) -> Any:
    """Say that a dated detail holds no more."""
    actor, body = _writing(request)
    one = access_object(actor, ref)

    def deed() -> SupervisedObject:
        dated.end(one.uid, number, actor, str(body.get("reason") or ""))
        return one

    return _answer(request, actor, f"end/{one.uid}/{number}", body, deed)


def _merge(one: SupervisedObject, body: dict[str, Any], actor: Actor, reason: str) -> None:
    try:
        into = access_object(actor, str(body.get("into") or ""))
    except Absent as absent:
        raise Refused.because(
            "standing.unknown_target", "没有查到要并入的那一家，或不在您的辖区", "into"
        ) from absent
    standing.merge(one, into, actor, reason)


_DECISIONS: dict[str, Callable[[SupervisedObject, dict[str, Any], Actor, str], Any]] = {
    "confirm": lambda one, body, actor, reason: standing.confirm(one, actor, reason),
    "merge": _merge,
    "reject": lambda one, body, actor, reason: standing.reject(one, actor, reason),
    "undo": lambda one, body, actor, reason: standing.undo(one, actor, reason),
}


def _writing(request: HttpRequest) -> tuple[Actor, dict[str, Any]]:
    actor = actor_of_request(request)
    may_write(actor)
    return actor, body_json(request)


def _kind_said(body: Mapping[str, Any]) -> KindOf | None:
    said = str(body.get("kind") or ObjectKind.ENTERPRISE.value)
    kind = kind_of(said)
    if kind is None and said != ObjectKind.ENTERPRISE.value:
        raise Refused.because("object.unknown_kind", f"没有“{said}”这一类监管对象", "kind")
    return kind


def _empty() -> dict[str, str]:
    return {"name": "", "credit_code": "", "region": "", "sector": ""}


def _texts(body: Mapping[str, Any], *without: str) -> dict[str, str]:
    """The body's values as texts, as a form would give them.

    Raises:
        Refused: a value is a list or an object (``api.not_text``).
    """
    for name, value in body.items():
        if isinstance(value, list | dict):
            raise Refused.because("api.not_text", "应为一个文本或数字", name)
    return {name: "" if value is None else str(value) for name, value in body.items() if name not in without}


def _known(said: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    for name in said:
        if name not in names:
            raise Refused.because("api.unknown_field", f"没有“{name}”这一项，请对照接口说明", name)
    return dict(said)


def _stated(kind: KindOf, said: Mapping[str, str]) -> Stated:
    return Stated.of(_known(said, (*COMMON, *(trait.name for trait in kind.traits))))


def _answer(
    request: HttpRequest, actor: Actor, what: str, body: Mapping[str, Any], deed: Deed, *, made: bool = False
) -> Any:
    """Do it, once for each idempotency key; the same key gives the same answer."""
    key = key_of(request)
    said = json.dumps(body, sort_keys=True, ensure_ascii=False)
    fingerprint = hashlib.sha256(f"{what}/{said}".encode()).digest()
    with transaction.atomic():
        if key:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"registers/{actor.ref}/{key}"])
            before = (
                RegisterRequest.objects.filter(actor_ref=actor.ref, key=key).select_related("object").first()
            )
            if before is not None:
                if bytes(before.fingerprint) != fingerprint:
                    raise Refused.because(
                        "loop.key_reused", "同一个幂等键（Idempotency-Key）已用于另一项操作，请换一个新的键"
                    )
                return _told(before.object, before.version, 200)
        one = deed()
        version = trail.version_of(one)
        if key:
            RegisterRequest.objects.create(
                actor_ref=actor.ref, key=key, fingerprint=fingerprint, object=one, version=version
            )
    return _told(one, version, 201 if made else 200)


def _told(one: SupervisedObject, version: int, status: int) -> Status[dict[str, Any]]:
    return Status(
        status, {"uid": str(one.uid), "name": one.name, "standing": one.standing, "version": version}
    )
