"""Photos and files sent before the deed that names them, by clients of the API: the page's own checks and refusals."""

from __future__ import annotations

from uuid import UUID

from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.inputs import Field, Kind, fields_of
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.doors import has_business


def receive(matter: UUID, kind: str, file: keeping.Upload, actor: Actor) -> Attachment:
    """Keep a file for a matter the actor may see, or for one still to be opened under this uid.

    ``kind`` is the field of the deed that will name it (``after_photos``). What no deed names within a day is removed.

    Raises:
        Absent: the matter lies out of jurisdiction.
        Refused: no deed asks for such a file (``attachment.kind_not_asked``), the uid is none a matter can have
            (``input.not_uuid7``), or the file itself is refused.
    """
    if not has_business(actor):
        raise _absent()
    if not any(service.visible(actor).filter(uid=matter).exists() for service in all_running()):
        if any(service.model._default_manager.filter(uid=matter).exists() for service in all_running()):
            raise _absent()
        if matter.version != 7:
            raise Refused.because(
                "input.not_uuid7", "matter 应为事项的 uid，或将要上报的事项的第 7 版 UUID（UUIDv7）", "matter"
            )
    asked = _asked().get(kind)
    if asked is None:
        known = "、".join(f"{item.name}（{item.label}）" for item in _asked().values())
        raise Refused.because("attachment.kind_not_asked", f"kind 应为办理时填写的项目之一：{known}", "kind")
    store = keeping.store_image if asked.kind is Kind.PHOTOS else keeping.store
    return store(matter, asked.name, file, actor)


def _asked() -> dict[str, Field]:
    """The fields by which deeds of the loops in service ask people for photos and files."""
    deeds = (
        deed
        for service in all_running()
        for deed in (*service.loop.openings, *service.loop.deeds)
        if deed.shown
    )
    fields = (item for deed in deeds for item in fields_of(deed.input))
    return {item.name: item for item in fields if item.kind in (Kind.PHOTOS, Kind.FILES)}


def _absent() -> Absent:
    return Absent("没有这件事项，或不在您的管辖范围内")
