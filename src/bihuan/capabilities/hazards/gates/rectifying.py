"""Days that can be kept, pictures of this round, and a new day only where one is needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.record.reading import entries_of


def due_not_before_found(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A deadline before the day of finding is a slip of the pen."""
    if given.rectify_by is not None and given.rectify_by < hazard.found_on:
        return Failure(
            "hazard.due_before_found",
            f"整改期限 {given.rectify_by} 早于发现日期 {hazard.found_on}，请核对",
            "rectify_by",
        )
    return None


def new_due_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A fresh deadline lies ahead."""
    if given.rectify_by is None:
        return None
    return gone_by(given.rectify_by, "rectify_by", "整改期限", "hazard.due_in_past")


AFTER = "after_photos"


def has_after_photo(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Who says it is mended shows it: by pictures of this round, taken afterwards, and not by one seen before."""
    if not given.after_photos:
        yield Failure("hazard.no_after_photo", "请上传整改后照片", AFTER)
        return
    photos = [one for one in attachments.here(hazard.uid, given.after_photos) if one.is_image]
    if len(photos) != len(set(given.after_photos)):
        yield Failure("hazard.photo_unknown", "有照片没有上传成功，请重新上传", AFTER)
    for photo in photos:
        if photo.kind != AFTER:
            sentence = f"“{photo.name}”不是作为整改后照片上传的，请在“整改后照片”处上传整改后拍的照片"
            yield Failure("hazard.photo_not_after", sentence, AFTER)
    began = _round_began(hazard)
    for photo in photos:
        if photo.kind == AFTER and began is not None and photo.at < began:
            sentence = f"“{photo.name}”是本次交办（或退回）以前上传的，请上传这一次整改后拍的照片"
            yield Failure("hazard.photo_of_earlier_round", sentence, AFTER)
    shown = attachments.shown_before(hazard.uid, ("before_photos",), photos)
    for photo in photos:
        if photo.pk in shown and photo.kind == AFTER:
            sentence = f"“{photo.name}”与整改前照片是同一张，请上传整改后拍的照片"
            yield Failure("hazard.photo_same_as_before", sentence, AFTER)


def _round_began(hazard: Any) -> datetime | None:
    """When the hazard last went to whoever rectifies it: assigned, sent back, opened again, or claimed so by a ledger."""
    moments = [
        entry.recorded_at
        for entry in entries_of(hazard.uid)
        if entry.to_state == HazardState.RECTIFYING and entry.from_state != HazardState.RECTIFYING
    ]
    return moments[-1] if moments else None


def rectified_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """发现 → 整改 → 今天."""
    day: date = given.rectified_on
    if day < hazard.found_on:
        return Failure(
            "hazard.rectified_before_found",
            f"整改完成日期 {day} 早于发现日期 {hazard.found_on}",
            "rectified_on",
        )
    if day > clock.today():
        return Failure("hazard.rectified_in_future", f"整改完成日期 {day} 晚于今天", "rectified_on")
    return None


def deadline_passed(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A recheck is for what was not reported as mended by its day."""
    if hazard.deadline is not None and hazard.deadline < clock.today():
        return None
    return Failure("hazard.not_late", "整改期限还没有过，到期未报整改时再复查")


def rechecked_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A recheck looks at what the passed deadline left: not before that day, not tomorrow."""
    day: date = given.checked_on
    if day > clock.today():
        return Failure("hazard.checked_in_future", f"复查日期 {day} 晚于今天", "checked_on")
    if hazard.deadline is not None and day < hazard.deadline:
        return Failure(
            "hazard.checked_before_due",
            f"复查日期 {day} 早于整改期限 {hazard.deadline}，请核对",
            "checked_on",
        )
    return None


def new_day_when_it_remains(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """What is still there gets a new day; what is gone needs none."""
    if given.removed or given.rectify_by is not None:
        return None
    return Failure("hazard.no_new_day", "复查发现隐患仍未消除的，请填写重新确定的整改期限", "rectify_by")


def extension_asked(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """There is a request to decide on."""
    return None if hazard.extension else Failure("hazard.no_extension_request", "没有待批的延期申请")


def no_extension_pending(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """One request at a time."""
    return Failure("hazard.extension_pending", "已有延期申请待批") if hazard.extension else None


def extension_later(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """An extension moves the deadline forward."""
    if hazard.rectify_by is not None and given.until <= hazard.rectify_by:
        return Failure("hazard.extension_not_later", f"延期日期应晚于现整改期限 {hazard.rectify_by}", "until")
    return None
