"""The facts a deed of the paper loop rests on; a failure names the item and what to do (M040)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.papers.items import kept_items
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.capabilities.dispatch.papers.states import PaperKind, PaperState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.territory.models import Agency


def issued_not_ahead(paper: Any, given: Any, actor: Any) -> Failure | None:
    if given.issued_on > clock.today():
        return Failure("paper.issued_in_future", f"文件日期 {given.issued_on} 晚于今天，请核对", "issued_on")
    return None


def not_here_yet(paper: Any, given: Any, actor: Any) -> Failure | None:
    """The same words are one paper: two clerks who take it in would dispatch everything twice."""
    known = Paper.objects.filter(digest=paper.digest, voided=False, region_path=paper.region_path).first()
    if known is None:
        return None
    told = f"这份文件已于 {known.received_on} 登记为 {known.no}《{known.title}》，请直接打开它"
    return Failure("paper.already_here", f"{told}；登记有误的，先把它作废", "text")


def superior_known(paper: Any, given: Any, actor: Any) -> Failure | None:
    """What a paper carries out is a superior document that is registered and in force."""
    if not given.superior:
        return None
    found = Paper.objects.filter(
        no=given.superior.strip(), voided=False, region_path=paper.region_path
    ).first()
    if found is None:
        return Failure(
            "paper.superior_unknown",
            f"没有登记过编号为“{given.superior}”的文件，请从上级文件的页面抄录编号",
            "superior",
        )
    if found.kind != PaperKind.SUPERIOR:
        return Failure(
            "paper.not_superior", f"{found.no}《{found.title}》不是上级文件，不能作为贯彻对象", "superior"
        )
    if found.pk == paper.pk:
        return Failure("paper.superior_itself", "文件不能贯彻它自己，请填写另一份上级文件的编号", "superior")
    return None


def is_superior(paper: Any, given: Any, actor: Any) -> Failure | None:
    if paper.state == PaperState.ANSWERED and paper.kind == PaperKind.SUPERIOR:
        return None
    return Failure("paper.not_answered", "还没有登记贯彻它的本区文件")


def something_without_a_day(paper: Any, given: Any, actor: Any) -> Failure | None:
    if Proposal.objects.filter(paper=paper.pk, kept=True, due_on=None).exists():
        return None
    return Failure("paper.all_have_days", "每一条都已有期限，不用统一确定")


def day_ahead(paper: Any, given: Any, actor: Any) -> Failure | None:
    return _past(given.due_on)


def _past(day: date | None) -> Failure | None:
    if day is not None and day < clock.today():
        return Failure("paper.due_past", f"完成期限 {day} 已经过去，请重新确定", "due_on")
    return None


def units_exist(paper: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Whoever is named is a unit in force today."""
    asked = {pk for pk in (getattr(given, "lead", None),) if pk is not None}
    asked |= {*getattr(given, "supporting", ()), *getattr(given, "units", ())}
    if asked - _in_force(asked):
        field = "units" if hasattr(given, "units") else "lead"
        yield Failure("paper.unit_gone", "选的单位不存在或已撤并，请重新选择", field)


def _in_force(pks: Iterable[int]) -> set[int]:
    today = clock.today()
    rows = Agency.objects.filter(pk__in=list(pks)).values_list("pk", "until")
    return {pk for pk, until in rows if until is None or until > today}


def items_settled(paper: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Every kept item has one lead in force and a day ahead; else nothing is dispatched, and each gap is named."""
    items = kept_items(paper)
    if not items:
        yield Failure(
            "paper.nothing_kept", "没有保留任何条目；确实没有要办的事，请办理“不需分解”并写明理由", None
        )
        return
    named = {pk for item in items for pk in (*item.leads, *item.supporting)}
    names = dict(Agency.objects.filter(pk__in=named).values_list("pk", "name"))
    standing = _in_force(named)
    for item in items:
        yield from missing(item, names, standing)


def missing(item: Proposal, names: dict[int, str], standing: set[int]) -> Iterable[Failure]:
    """What one item still lacks, in words."""
    which = f"第 {item.number} 条"
    if not item.leads:
        yield Failure("paper.item_no_lead", f"{which}没有牵头单位，请选定一个；不是任务的，去掉这一条", None)
    elif len(item.leads) > 1:
        several = "、".join(names.get(pk, str(pk)) for pk in item.leads)
        yield Failure(
            "paper.item_many_leads",
            f"{which}有 {len(item.leads)} 个牵头单位（{several}），请只定一个，或按单位拆分",
            None,
        )
    elif item.leads[0] not in standing:
        gone = names.get(item.leads[0], "牵头单位")
        yield Failure("paper.item_lead_gone", f"{which}的牵头单位“{gone}”已撤并，请改选现在的单位", None)
    for pk in item.supporting:
        if pk not in standing:
            yield Failure(
                "paper.item_support_gone", f"{which}的配合单位“{names.get(pk, pk)}”已撤并，请去掉或改选", None
            )
        elif pk in item.leads:
            yield Failure(
                "paper.item_supports_itself", f"{which}的牵头单位又列为配合单位，请从配合单位中去掉", None
            )
    if item.due_on is None:
        yield Failure("paper.item_no_due", f"{which}没有完成期限，请确定到哪一天", None)
    elif item.due_on < clock.today():
        yield Failure("paper.item_due_past", f"{which}的完成期限 {item.due_on} 已经过去，请重新确定", None)
