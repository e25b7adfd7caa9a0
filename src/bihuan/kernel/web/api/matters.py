"""List, read, open and step: four operations for every loop in service."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from bihuan.kernel.attachments import keeping
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.loops import engine, sealed
from bihuan.kernel.loops.declaration import Act, Deed, Opening, Step
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.loops.permits import possibilities, standing_failures
from bihuan.kernel.loops.registry import Running, all_running, by_plural
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures.models import Signature
from bihuan.kernel.web.api import uploads
from bihuan.kernel.web.api.document import parameters_of
from bihuan.kernel.web.api.schema import body_of
from bihuan.kernel.web.matters.finding import find
from bihuan.kernel.web.matters.listing import asked_of, page_of
from bihuan.kernel.web.matters.pages import MatterPages, pages_of
from bihuan.kernel.web.matters.timeline import is_told, withheld

router = Router()
EARLIEST_YEAR = 1990
KEY_LENGTH = 80


def actor_of_request(request: HttpRequest) -> Actor:
    """The actor the bearer token stands for, set by the authentication."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def summary(pages: MatterPages, matter: Any, actor: Actor) -> dict[str, Any]:
    """A matter as lists carry it, without what the reader is not told."""
    kept_back = set(pages.withheld(actor, matter))
    return {
        "no": matter.no,
        "uid": str(matter.uid),
        "state": matter.state,
        "version": matter.version,
        "deadline": matter.deadline.isoformat() if matter.deadline else None,
        **{key: value for key, value in pages.resource(matter).items() if key not in kept_back},
    }


def whole(service: Running, pages: MatterPages, matter: Any, actor: Actor) -> dict[str, Any]:
    """A matter with its steps, each with its reasons, and its timeline."""
    signed = dict(Signature.objects.filter(matter=matter.uid).values_list("seq", "kind"))
    return {
        **summary(pages, matter, actor),
        "deadline_note": matter.deadline_note,
        "duties": [
            {"name": owed.duty.name, "label": owed.duty.label, "due": owed.due.isoformat(), "rule": owed.rule}
            for owed in owed_of(service.loop, matter)
        ],
        "steps": [
            {
                "name": possible.deed.slug,
                "label": possible.deed.label,
                "allowed": possible.allowed,
                "failures": [failure_json(failure) for failure in possible.failures],
            }
            for possible in possibilities(service.loop, matter, actor)
        ],
        "timeline": [
            {
                "seq": entry.seq,
                "verb": entry.verb,
                "from": entry.from_state,
                "to": entry.to_state,
                "actor": entry.actor_name,
                "post": entry.actor_post,
                "happened_at": entry.happened_at.isoformat(),
                "recorded_at": entry.recorded_at.isoformat(),
                "payload": entry.payload if is_told(pages, actor, entry) else {},
                "digest": bytes(entry.digest).hex(),
                "signature": signed.get(entry.seq),
            }
            for entry in entries_of(matter.uid)
        ],
    }


def failure_json(failure: Failure) -> dict[str, Any]:
    told: dict[str, Any] = {"code": failure.code, "message": failure.message}
    if failure.field:
        told["field"] = failure.field
    return told


def body_json(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object.

    Raises:
        Refused: the body is no JSON object (``api.not_json``).
    """
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused.because("api.not_json", "请求内容应为一个 JSON 对象")
    return body


def _moment(body: dict[str, Any]) -> datetime | None:
    text = body.get("happened_at")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
        if moment.tzinfo is None or moment.year < EARLIEST_YEAR:
            raise ValueError
    except ValueError:
        raise Refused.because(
            "input.not_a_moment",
            "happened_at 应为带时区的时间，例如 2023-03-01T09:30:00+08:00",
            "happened_at",
        ) from None
    return moment


def _uid(body: dict[str, Any]) -> UUID | None:
    text = body.get("uid")
    if not text:
        return None
    try:
        return UUID(str(text))
    except ValueError:
        raise Refused.because("input.not_an_identity", "uid 不是有效的 UUID", "uid") from None


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > KEY_LENGTH:
        raise Refused.because(
            "api.key_too_long", f"幂等键（Idempotency-Key）至多 {KEY_LENGTH} 个字符，请缩短"
        )
    return key


def _writes(actor: Actor) -> None:
    if actor.token_scope is not None and "read" in actor.token_scope.split():
        raise Refused.because("api.read_only", "该令牌只能读取，不能办理")


def _signs(deed: Deed, actor: Actor) -> None:
    if deed.signed:
        _stands_for_its_owner(deed.label, actor)


def _stands_for_its_owner(label: str, actor: Actor) -> None:
    if actor.token_scope is not None and "sign" not in actor.token_scope.split():
        raise Refused.because(
            "api.may_not_sign", f"“{label}”须签名，请使用带 sign 范围的令牌（bihuan token 账号 --scope sign）"
        )


def _service(plural: str) -> tuple[Running, MatterPages]:
    service, pages = by_plural(plural), pages_of(plural)
    if service is None or pages is None:
        raise Absent("没有这类事项")
    return service, pages


def list_matters(request: HttpRequest, plural: str) -> dict[str, Any]:
    """What the token's actor may see, filtered, 50 at a time; ``next`` continues it."""
    _, pages = _service(plural)
    asked = asked_of(pages, request.GET.dict(), tab="all")
    actor = actor_of_request(request)
    page = page_of(pages, actor, asked)
    return {
        "items": [summary(pages, matter, actor) for matter in page.rows],
        "next": page.next_cursor or None,
    }


def read_matter(request: HttpRequest, plural: str, no: str) -> dict[str, Any]:
    """One matter, with what may be done with it now and all that was done."""
    service, pages = _service(plural)
    actor = actor_of_request(request)
    return whole(service, pages, find(service, actor, no, ("object",)), actor)


def open_one(request: HttpRequest, plural: str, opening: str) -> Status[dict[str, Any]]:
    """Open a matter."""
    service, pages = _service(plural)
    actor = actor_of_request(request)
    deed = service.loop.opening(opening)
    _writes(actor)
    _signs(deed, actor)
    body = body_json(request)
    outcome = engine.open_matter(
        service.loop.name,
        deed.name,
        build(deed.input, body),
        actor=actor,
        key=_key(request),
        uid=_uid(body),
        happened_at=_moment(body),
    )
    return Status(200 if outcome.replayed else 201, _answer(pages, outcome))


def take_step(request: HttpRequest, plural: str, no: str, step: str) -> dict[str, Any]:
    """Take a step, an act or a way out."""
    service, pages = _service(plural)
    actor = actor_of_request(request)
    try:
        deed = service.loop.deed(step.replace("-", "_"))
    except KeyError:
        raise Absent(f"没有“{step}”这一步") from None
    if not deed.shown:
        raise Absent(f"没有“{step}”这一步")
    _writes(actor)
    _signs(deed, actor)
    body = body_json(request)
    outcome = engine.perform(
        service.loop.name,
        deed.name,
        no,
        _said(service, deed, no, body, actor),
        actor=actor,
        version=_version(body),
        key=_key(request),
        happened_at=_moment(body),
        keep_late=bool(body.get("happened_at")),
    )[0]
    return _answer(pages, outcome)


def _said(service: Running, deed: Step | Act, no: str, body: dict[str, Any], actor: Actor) -> Any:
    """The step's input. Who may not take the step is told so, not what the form lacks."""
    try:
        return build(deed.input, body)
    except Refused:
        matter = find(service, actor, no)
        if body.get("version") == matter.version:
            Refused.unless(standing_failures(service.loop, deed, matter, actor))
        raise


def _version(body: dict[str, Any]) -> int:
    version = body.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise Refused.because("api.no_version", "请求中应有 version（您所看到的版本号，整数）", "version")
    return version


def _answer(pages: MatterPages, outcome: engine.Outcome) -> dict[str, Any]:
    told = {
        "no": outcome.no,
        "uid": str(outcome.uid),
        "state": outcome.state,
        "version": outcome.version,
        "seq": outcome.seq,
    }
    if outcome.deadline is not None:
        told["deadline"] = outcome.deadline.isoformat()
    return told


def _bind(service: Running) -> None:
    plural, label = service.loop.plural, service.loop.label

    pages = pages_of(plural)
    asked = {"parameters": parameters_of(pages)} if pages is not None else {}

    @router.get(
        f"/{plural}", operation_id=f"list_{plural}", summary=f"{label}列表", tags=[label], openapi_extra=asked
    )
    def listing(request: HttpRequest) -> Any:
        return list_matters(request, plural)

    @router.get(f"/{plural}/{{no}}", operation_id=f"read_{plural}", summary=f"{label}详情", tags=[label])
    def reading(request: HttpRequest, no: str) -> Any:
        return read_matter(request, plural, no)

    if service.loop.sealed_to:

        @router.post(
            f"/{plural}/{{no}}/read-sealed",
            operation_id=f"read_sealed_{plural}",
            summary="查看密封内容",
            tags=[label],
        )
        def reading_sealed(request: HttpRequest, no: str) -> Any:
            return read_sealed(request, plural, no)

        @router.post(
            f"/{plural}/{{no}}/forget-sealed",
            operation_id=f"forget_sealed_{plural}",
            summary="销毁密封内容",
            tags=[label],
        )
        def forgetting_sealed(request: HttpRequest, no: str) -> Any:
            return forget_sealed(request, plural, no)

    for opening in service.loop.openings:
        if opening.shown:
            _bind_opening(service, opening)
    for deed in service.loop.deeds:
        if deed.shown:
            _bind_step(service, deed)


def _bind_opening(service: Running, opening: Opening) -> None:
    plural = service.loop.plural
    first = opening is next(item for item in service.loop.openings if item.shown)
    path = f"/{plural}" if first else f"/{plural}/new/{opening.slug}"

    @router.post(
        path,
        operation_id=f"{opening.name}_{service.loop.name}",
        summary=opening.label,
        tags=[service.loop.label],
        openapi_extra={"requestBody": body_of(opening)},
        response={200: dict[str, Any], 201: dict[str, Any]},
    )
    def operation(request: HttpRequest) -> Any:
        return open_one(request, plural, opening.name)


def _bind_step(service: Running, deed: Deed) -> None:
    plural = service.loop.plural

    @router.post(
        f"/{plural}/{{no}}/{deed.slug}",
        operation_id=f"{deed.name}_{service.loop.name}",
        summary=deed.label,
        tags=[service.loop.label],
        openapi_extra={"requestBody": body_of(deed)},
    )
    def operation(request: HttpRequest, no: str) -> Any:
        return take_step(request, plural, no, deed.name)


def read_sealed(request: HttpRequest, plural: str, no: str) -> dict[str, Any]:
    """A sealed field, with a reason that is on the record."""
    service, _ = _service(plural)
    actor = actor_of_request(request)
    _writes(actor)
    _stands_for_its_owner("查看密封内容", actor)
    body = body_json(request)
    field = str(body.get("field", ""))
    value = sealed.read_sealed(service.loop.name, no, field, str(body.get("reason", "")), actor=actor)
    return {"field": field, "value": value}


def forget_sealed(request: HttpRequest, plural: str, no: str) -> dict[str, Any]:
    """Destroy what a matter has sealed; not to be taken back."""
    service, _ = _service(plural)
    actor = actor_of_request(request)
    _writes(actor)
    _stands_for_its_owner("销毁密封内容", actor)
    reason = str(body_json(request).get("reason", ""))
    return {"no": no, "forgotten": sealed.forget_sealed(service.loop.name, no, reason, actor=actor)}


@router.post("/attachments", summary="上传照片或文件", tags=["附件"])
def upload(request: HttpRequest, matter: Form[UUID], kind: Form[str], file: File[UploadedFile]) -> Any:
    """Keep a file for a matter, or for one to be opened under this uid; its own uid is then named in the step's input."""
    actor = actor_of_request(request)
    _writes(actor)
    kept = uploads.receive(matter, kind, file, actor)
    return {"uid": str(kept.uid), "media_type": kept.media_type, "size": kept.size}


@router.get("/{plural}/{no}/files/{uid}", summary="下载附件", tags=["附件"])
def download(request: HttpRequest, plural: str, no: str, uid: UUID) -> HttpResponse:
    """An attachment through the door of its matter."""
    service, pages = _service(plural)
    actor = actor_of_request(request)
    matter = find(service, actor, no)
    item = keeping.open_to(matter.uid, uid, actor)
    if item is None or str(item.pk) in withheld(pages, matter.uid, actor):
        raise Absent("没有这个附件")
    response = HttpResponse(keeping.content_of(item), content_type=item.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "attachment"
    return response


def bind_all() -> Router:
    """The operations of every loop in service."""
    for service in all_running():
        _bind(service)
    return router
