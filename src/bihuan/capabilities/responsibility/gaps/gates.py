"""The facts a step of the gap loop rests on."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES
from bihuan.capabilities.responsibility.gaps.subjects import remaining
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

_OPEN = [state.value for state in OPEN_STATES]


def not_open_yet(gap: Any, given: Any, actor: Any) -> Failure | None:
    """One open matter for one cause and subject: the database says so too."""
    if given.cause == Cause.OTHER.value:
        return None
    there = Gap.objects.filter(cause=gap.cause, subject=gap.subject, state__in=_OPEN).first()
    if there is None:
        return None
    return Failure("gap.open_already", f"已有 {there.no} 在办理同一件事，不必再登记", "cause")


def stands(gap: Any, given: Any, actor: Any) -> Failure | None:
    """What is raised by hand must be there; what the comparison found has just been counted."""
    cause = Cause(given.cause)
    if cause is Cause.OTHER or gap.concerned:
        return None
    return Failure("gap.not_there", f"{gap.subject_name}今天没有“{cause.label}”的监管对象，请核对", "about")


def mended(gap: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody closes a gap that is still open: the chain is asked again, today."""
    cause = Cause(gap.cause)
    left = 0 if cause is Cause.OTHER else remaining(cause, gap.subject)
    if not left:
        return None
    how, where = cause.mended_at
    place = f"（“{where}”）" if where else ""
    verb = "" if cause.label.startswith(("没有", "不在")) else "存在“"
    words = f"{cause.label}" if not verb else f"{verb}{cause.label}”"
    return Failure("gap.still_stands", f"{gap.subject_name}仍有 {left} 家监管对象{words}，请先{how}{place}")


def unit_exists(gap: Any, given: Any, actor: Any) -> Failure | None:
    if Agency.objects.filter(in_force(clock.today()), pk=given.lead).exists():
        return None
    return Failure("gap.unit_unknown", "落实单位不存在或已撤并，请重新选择", "lead")


def due_ahead(gap: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.due_on, "due_on", "解决期限", "gap.due_in_past")
