"""The facts a step of a campaign rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.dispatch.campaigns.models import Campaign, CampaignName
from bihuan.capabilities.dispatch.campaigns.states import CampaignState, Filing, Nature
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told, photos_not_here
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

HOLDING = (Nature.SET.value, Nature.PROGRAMME.value, Nature.PLAN.value)


def units_exist(campaign: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """One lead and its members, in force today; the lead is no member of its own."""
    asked = {unit for unit in (given.lead, *given.members) if unit is not None}
    known = set(Agency.objects.filter(in_force(clock.today()), pk__in=asked).values_list("pk", flat=True))
    if given.lead is not None and given.lead not in known:
        yield Failure("campaign.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
    if not set(given.members) <= known:
        yield Failure("campaign.member_unknown", "有成员单位不存在或已撤并，请重新选择", "members")
    if given.lead in given.members:
        yield Failure("campaign.lead_is_member", "牵头单位不必再列为成员单位，请从成员单位中去掉", "members")


def days_in_order(campaign: Any, given: Any, actor: Any) -> Failure | None:
    if given.first_day and given.last_day and given.last_day < given.first_day:
        says = f"结束日期 {given.last_day} 早于开始日期 {given.first_day}，请核对"
        return Failure("campaign.days_backward", says, "last_day")
    return None


def name_is_free(campaign: Any, given: Any, actor: Any) -> Failure | None:
    """A tag means one campaign for ever, also under a former name."""
    taken = CampaignName.objects.filter(name=given.name).exclude(campaign=campaign.uid).first()
    if taken is None:
        return None
    says = f"“{given.name}”已是专项行动 {taken.campaign.no} 的{taken.get_kind_display()}，请换一个名称"
    return Failure("campaign.name_taken", f"{says}（例如加上年份）", "name")


def parent_holds(campaign: Any, given: Any, actor: Any) -> Failure | None:
    """A set, programme or plan holds campaigns; nothing holds itself."""
    if not given.parent:
        if given.nature == Nature.PROBLEM:
            return Failure("campaign.problem_without_programme", "疑难问题须填写所属专项的编号", "parent")
        return None
    found = Campaign.objects.filter(no=given.parent).first()
    if found is None or found.nature not in HOLDING or found.uid == campaign.uid:
        says = f"{given.parent} 不是已登记的系列、专项或规划，请核对编号"
        return Failure("campaign.parent_unknown", says, "parent")
    if found.state in (CampaignState.ENDED, CampaignState.WITHDRAWN):
        return Failure("campaign.parent_ended", f"{found.no}“{found.name}”已经结束，不能再加入", "parent")
    return None


def set_says_how_many(campaign: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A set is complete only against a number that was declared."""
    if given.nature != Nature.SET:
        return
    if not given.set_rule:
        yield Failure("campaign.set_without_rule", "系列须写明构成要求", "set_rule")
    if not 1 <= given.members_due <= 400:
        yield Failure("campaign.set_without_number", "系列须写明应有项数（1 至 400）", "members_due")


def filing_is_told(campaign: Any, given: Any, actor: Any) -> Iterable[Failure]:
    if given.filing != Filing.NEVER and not given.forms:
        yield Failure("campaign.filing_without_form", "要求报送的，请写明报送内容", "forms")
    if not 0 <= given.filing_days <= 30:
        yield Failure("campaign.filing_days", "报送期限应为 0 至 30 个工作日", "filing_days")


def plan_complete(campaign: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """What a plan needs before anybody is set to work: 三个结合, a lead and its days (M042)."""
    asked = [("no_lead", "没有牵头单位", campaign.agency_id)]
    asked += [("no_days", "没有起止日期", campaign.first_day and campaign.last_day)]
    if campaign.nature != Nature.PROBLEM:
        asked.insert(0, ("no_superior", "没有写明上级部署文件（三个结合：上级部署）", campaign.superior))
    if campaign.nature == Nature.CAMPAIGN:
        asked += [
            ("no_duties", "没有写明落实的职责（三个结合：两个主体责任）", campaign.duties_served),
            ("no_development", "没有写明服务的发展任务（三个结合：安全发展）", campaign.development),
        ]
    for code, says, has in asked:
        if not has:
            yield Failure(f"campaign.{code}", f"方案{says}，请先“修改方案”补齐")
    if campaign.last_day is not None and campaign.last_day < clock.today():
        says = f"方案的结束日期 {campaign.last_day} 已经过去，请先修改"
        yield Failure("campaign.over_before_begun", says)


def later_end(campaign: Any, given: Any, actor: Any) -> Failure | None:
    if given.last_day < max(clock.today(), campaign.first_day):
        return Failure("campaign.end_in_past", f"结束日期 {given.last_day} 已经过去，请核对", "last_day")
    return None


def begun(campaign: Any, given: Any, actor: Any) -> Failure | None:
    if campaign.first_day > clock.today():
        return Failure("campaign.not_begun", f"{campaign.first_day} 才开始，还不能总结")
    return None


def checked_in_time_order(campaign: Any, given: Any, actor: Any) -> Failure | None:
    """开始 → 检查 → 今天."""
    told = Told(given.checked_on, "checked_on", "检查日期", ahead="campaign.checked_in_future")
    return told.follows(campaign.first_day, "专项行动开始日期", "campaign.checked_before_begin")


def evidence_is_here(campaign: Any, given: Any, actor: Any) -> Iterable[Failure]:
    for field in photos_not_here(campaign, given):
        yield Failure("campaign.photo_unknown", "有照片没有上传成功，请重新上传", field)


def asks_for_reports(campaign: Any, given: Any, actor: Any) -> Failure | None:
    if campaign.filing == Filing.NEVER:
        return Failure("campaign.no_filing", "这项行动没有要求定期报送")
    return None


def may_reach(campaign: Any, given: Any, actor: Any) -> Failure | None:
    """What holds others reaches objects through them."""
    if campaign.nature in (*HOLDING, Nature.PROBLEM):
        return Failure("campaign.holds_others", "系列、专项、规划的检查对象列在所属各项行动下")
    return None
