"""The facts a step of the hazard loop rests on. Each reads as a fact; when it does not hold it says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.kernel import campaigns, clock
from bihuan.kernel.attachments import keeping as attachments
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, gone_by, photos_not_here
from bihuan.kernel.record.reading import entries_of
from bihuan.registers import criteria


def found_not_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Nobody finds a hazard tomorrow."""
    if given.found_on is not None and given.found_on > clock.today():
        return Failure("hazard.found_in_future", f"发现日期 {given.found_on} 晚于今天，请核对", "found_on")
    return None


def campaign_fits(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A hazard is counted under a campaign that was on when it was found; what it carries already is not asked again."""
    if not given.campaign or given.campaign == hazard.campaign:
        return None
    return campaigns.objection(given.campaign, given.found_on or hazard.found_on)


def major_has_criterion(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A major hazard is one by a published criterion of its sector and day, not by opinion (M089)."""
    if given.grade != Grade.MAJOR:
        return None
    if not given.criterion:
        return Failure(
            "hazard.no_criterion", "定为重大隐患须注明判定依据，请选择判定标准中的条款", "criterion"
        )
    day = getattr(given, "found_on", None) or hazard.found_on or clock.today()
    if not _in_force(given.criterion, day):
        return Failure(
            "hazard.criterion_not_in_force",
            f"{given.criterion} 不是 {day} 有效的判定标准条款，请重新选择",
            "criterion",
        )
    return None


def _in_force(criterion: str, day: date) -> bool:
    try:
        found = criteria.criterion(criterion)
    except KeyError:
        return False
    return found.decides and found.standard.in_force(day)


_ELEMENTS = (
    ("responsible_person", "责任（整改责任人）"),
    ("measures", "措施（整改措施）"),
    ("funds_planned", "资金（整改资金，不需要的填 0）"),
    ("rectify_by", "时限（整改期限）"),
    ("contingency_plan", "预案（应急预案或防范措施）"),
)
_KEPT_AS = {"funds_planned": "funds_planned_fen"}


def elements_complete(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """责任、措施、资金、时限、预案 are all set before anybody is sent to rectify (M087)."""
    for field, label in _ELEMENTS:
        if getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请补充", field)


def lacking_elements(hazard: Any) -> list[str]:
    """Which of the five a hazard has not; one that a ledger brought as 整改中 has only what the ledger said."""
    return [field for field, _ in _ELEMENTS if getattr(hazard, _KEPT_AS.get(field, field)) in (None, "")]


def elements_lacking(hazard: Any, given: Any, actor: Any) -> Failure | None:
    return None if lacking_elements(hazard) else Failure("hazard.elements_here", "五落实已经齐全，不必补充")


def lacking_elements_given(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What was missing is all there now; what is left blank here stays as it was."""
    lacking = lacking_elements(hazard)
    for field, label in _ELEMENTS:
        if field in lacking and getattr(given, field) in (None, ""):
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请补充", field)


def elements_here(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Nobody reports as rectified what was never properly ordered (M087)."""
    lacking = lacking_elements(hazard)
    for field, label in _ELEMENTS:
        if field in lacking:
            who = "本单位“填报整改资金和预案”，或" if field in ("funds_planned", "contingency_plan") else ""
            yield Failure("hazard.elements_incomplete", f"五落实缺“{label}”，请先由{who}交办单位“补充五落实”")


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


def accepted_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """整改 → 验收 → 今天: three signatures in time order (M088)."""
    day: date = given.accepted_on
    if day < hazard.found_on:
        return Failure(
            "hazard.accepted_before_found", f"验收日期 {day} 早于发现日期 {hazard.found_on}", "accepted_on"
        )
    if hazard.rectified_on is not None and day < hazard.rectified_on:
        return Failure(
            "hazard.accepted_before_rectified",
            f"验收日期 {day} 早于整改完成日期 {hazard.rectified_on}",
            "accepted_on",
        )
    if day > clock.today():
        return Failure("hazard.accepted_in_future", f"验收日期 {day} 晚于今天", "accepted_on")
    return None


def checked_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """验收 → 抽查 → 今天: what was not closed yet cannot have been spot-checked, nor can tomorrow's check be today's."""
    told = Told(given.checked_on, "checked_on", "抽查日期", ahead="hazard.checked_in_future")
    return told.follows(hazard.accepted_on, "验收日期", "hazard.checked_before_accepted")


def reported_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """发现 → 报告 → 今天 (安全生产法 第四十一条): nobody reports what was not found, nor tomorrow."""
    told = Told(given.reported_on, "reported_on", "报告日期", ahead="hazard.reported_in_future")
    return told.follows(hazard.found_on, "发现日期", "hazard.reported_before_found")


def accepter_not_claimed_rectifier(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Where only a ledger says who rectified, the name is all there is to compare hands by."""
    if hazard.hand("submit_rectification") is None and hazard.responsible_person == actor.name:
        return Failure(
            "loop.same_person", "验收人不能是整改人（谁治理谁签名、谁验收谁签名）：台账所载整改责任人与您同名"
        )
    return None


def corrected_in_time_order(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """发现 → 整改 → 验收 holds for what is corrected too, and a major hazard keeps a criterion in force on its day."""
    day = given.found_on
    if day is None:
        return
    for label, later in (
        ("整改期限", hazard.rectify_by), ("整改完成日期", hazard.rectified_on), ("验收日期", hazard.accepted_on),
    ):  # fmt: skip
        if later is not None and day > later:
            yield Failure("hazard.found_after", f"发现日期 {day} 晚于{label} {later}，请核对", "found_on")
    if hazard.grade == Grade.MAJOR and hazard.criterion and not _in_force(hazard.criterion, day):
        sentence = f"{hazard.criterion} 不是 {day} 有效的判定标准条款，请先调整等级的依据"
        yield Failure("hazard.criterion_not_in_force", sentence, "found_on")


def photos_are_here(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A picture the record names lies with this hazard; checked here so that no outside program can name others."""
    for field in photos_not_here(hazard, given):
        yield Failure("hazard.photo_unknown", "有照片没有上传成功，请重新上传", field)


def reported_twice(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A major hazard is reported to the regulator and to the workers' congress (《安全生产法》第四十一条第二款)."""
    if hazard.grade != Grade.MAJOR:
        return
    if hazard.reported_to_regulator_on is None:
        yield Failure(
            "hazard.not_reported_to_regulator",
            "重大隐患尚未向负有监管职责的部门报告（《安全生产法》第四十一条）",
        )
    if hazard.reported_to_workers_on is None:
        yield Failure(
            "hazard.not_reported_to_workers",
            "重大隐患尚未向职工大会或职工代表大会报告（《安全生产法》第四十一条）",
        )


def off_the_list(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A listed hazard is closed only after the level that listed it has taken it off (M090)."""
    listing = open_listing(hazard)
    if listing is not None:
        return Failure("hazard.still_listed", f"该隐患正由{listing.level_label}挂牌督办，须先由挂牌层级摘牌")
    return None


def off_the_list_before_downgrading(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only the listing level de-lists (M090): a lower grade is no way around it."""
    return None if given.grade == Grade.MAJOR else off_the_list(hazard, given, actor)


def is_listed(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Only what is on the list can be taken off it."""
    return None if open_listing(hazard) else Failure("hazard.not_listed", "该隐患没有挂牌督办")


def open_listing(hazard: Any) -> Any:
    """The listing in force, asked for once per hazard in hand; general hazards never have one."""
    if hazard.grade != Grade.MAJOR:
        return None
    if not hasattr(hazard, "_open_listing"):
        hazard._open_listing = hazard.listings.filter(delisted_on=None).first()
    return hazard._open_listing


def is_major(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """挂牌督办 and the double report are for major hazards."""
    return (
        None if hazard.grade == Grade.MAJOR else Failure("hazard.not_major", "该隐患不是重大隐患，无需此项")
    )


def regulator_not_told(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """The report to the regulator is asked for once."""
    return _told("向监管部门报告", "regulator", hazard.reported_to_regulator_on)


def workers_not_told(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """The report to the workers is asked for once."""
    return _told("向职工大会报告", "workers", hazard.reported_to_workers_on)


def _told(what: str, whom: str, on: date | None) -> Failure | None:
    if on is None:
        return None
    return Failure(
        f"hazard.reported_to_{whom}", f"已登记{what}（{on}），不用重复登记；日期写错的，请在“更正”中改正"
    )


def corrects_reports_made(hazard: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Only the day of a report that stands here can be corrected; one not yet made is registered by its own act."""
    for name in ("reported_to_regulator_on", "reported_to_workers_on"):
        day = getattr(given, name)
        if day is not None and getattr(hazard, name) is None:
            yield Failure("hazard.not_reported_yet", "这项报告还没有登记，请先登记", name)
        if day is not None and day > clock.today():
            yield Failure("hazard.reported_in_future", f"报告日期 {day} 晚于今天，请核对", name)


def delisted_by_its_level(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """市级、省级 listings are lifted on their own paper, which is cited."""
    listing = open_listing(hazard)
    if listing is not None and listing.level in ("city", "province") and not given.document_no:
        return Failure(
            "hazard.delisting_document",
            f"{listing.level_label}挂牌的隐患只能由该级摘牌，请填写上级摘牌文件文号",
            "document_no",
        )
    return None


_LEVELS = ("district", "city", "province")


def not_below_its_level(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """New terms from below would lift the listing of a higher level without its paper (M090)."""
    listing = open_listing(hazard)
    if listing is None:
        return None
    if _LEVELS.index(given.level) >= _LEVELS.index(listing.level):
        return None
    return Failure(
        "hazard.listed_higher", f"该隐患正由{listing.level_label}挂牌督办，须先凭该级文件摘牌", "level"
    )


def listing_due_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A day that has gone by binds nobody."""
    return gone_by(given.due_on, "due_on", "督办期限", "hazard.due_in_past")


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


def visited_not_in_future(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A visit has taken place between the acceptance and today."""
    day: date = given.visited_on
    if day > clock.today():
        return Failure("hazard.visited_in_future", f"回访日期 {day} 晚于今天", "visited_on")
    if hazard.accepted_on is not None and day < hazard.accepted_on:
        return Failure(
            "hazard.visited_before_accepted",
            f"回访日期 {day} 早于验收日期 {hazard.accepted_on}",
            "visited_on",
        )
    return None


def failed_too_often(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """There is something to decide: a decision on repeated failures is open."""
    opened = (hazard.duties or {}).get("open") or {}
    if "decide_failures" in opened:
        return None
    return Failure("hazard.no_decision_due", "没有屡次不合格、等待研究处理的情况")


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


def grade_changes(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A regrade that changes nothing is no regrade."""
    if given.grade == hazard.grade:
        return Failure("hazard.same_grade", f"该隐患已经是{Grade(given.grade).label}隐患", "grade")
    return None


def was_self_check(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """Spot checks are for what an enterprise accepted by itself."""
    if hazard.source != "self_check" or hazard.grade != Grade.GENERAL:
        return Failure("hazard.not_self_check", "抽查只针对企业自查自改的一般隐患")
    return None


def untouched_here(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A claim never overrides a step taken in the system; an import by a person is itself only a claim."""
    if any(not name.startswith(("claim", "note_claim")) for name in hazard.hands):
        return Failure("hazard.acted_here", "该隐患已在系统中办理，台账所载进度只作记录，不改变状态")
    return None


def claim_in_time_order(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A later ledger may fill in what an earlier one left open, but not turn time around: 发现 → 整改 → 验收."""
    rectified = given.rectified_on or hazard.rectified_on
    accepted = given.accepted_on or hazard.accepted_on
    days = [day for day in (hazard.found_on, rectified, accepted) if day is not None]
    if days != sorted(days):
        return Failure(
            "hazard.claim_out_of_order",
            "台账所载整改、验收日期与已记录的日期前后颠倒，请核对后更正台账",
            "accepted_on",
        )
    return None


def names_another(hazard: Any, given: Any, actor: Any) -> Failure | None:
    """A hazard is not merged into itself."""
    if given.into == hazard.no:
        return Failure("hazard.merged_into_itself", "不能并入自身，请填写另一条隐患的编号", "into")
    return None
