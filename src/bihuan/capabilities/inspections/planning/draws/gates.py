"""The facts a deed of a draw rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection

from bihuan.capabilities.inspections.planning.draws.states import DrawState
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.capabilities.inspections.states import Nature
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import gone_by

TWO = 2
SILENT_DAYS = 90
"""A draw of the same unit that was voided so lately must be named when another is made."""


def numbers_sensible(draw: Any, given: Any, actor: Any) -> Iterator[Failure]:
    if not 1 <= given.count <= 500:
        yield Failure("draw.count", "“抽取几家”请填 1 至 500", "count")
    if not TWO <= given.team <= 6:
        yield Failure("draw.team", "每家检查人员请填 2 至 6 名（不得少于两人）", "team")
    if not 0 <= given.recent <= 60:
        yield Failure("draw.recent", "“近几个月检查过的不再抽”请填 0 至 60", "recent")


def lists_long_enough(draw: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """More to draw from than is drawn, and a team at least: else it is no lot."""
    if not draw.officers_digest:
        return
    if len(draw.targets) < given.count:
        says = f"符合条件的对象只有 {len(draw.targets)} 家，不够抽 {given.count} 家；请放宽条件或少抽"
        yield Failure("draw.too_few_targets", says, "count")
    if len(draw.officers) < given.team:
        says = (
            f"持有效执法证件、能参加的人员只有 {len(draw.officers)} 名，不够一组；请先登记证件或联合其他单位"
        )
        yield Failure("draw.too_few_officers", says, "team")


def made_again_openly(draw: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A draw is made again only of one that was voided, once, by name and with a reason (不得悄悄重抽)."""
    if given.follows:
        former = Draw.objects.filter(no=given.follows.strip().upper(), agency=draw.agency_id).first()
        if former is None:
            yield Failure("draw.former_unknown", "本单位没有这个编号的抽查，请核对", "follows")
        elif former.state != DrawState.VOIDED:
            yield Failure(
                "draw.former_stands", f"{former.no} 没有作废，不能重抽；确需重抽的请先作废", "follows"
            )
        elif Draw.objects.filter(follows=former.no).exists():
            yield Failure("draw.again_already", f"{former.no} 已经重抽过一次", "follows")
        if not given.again_because.strip():
            yield Failure("draw.again_unexplained", "请写明重抽理由", "again_because")
        return
    silent = unfollowed(draw.agency_id)
    if silent is not None:
        says = (
            f"本单位的 {silent.no}“{silent.title}”抽取后作废、还没有重抽；请在“重抽自”填写这个编号并写明理由"
        )
        yield Failure("draw.silent_again", says, "follows")


def one_at_a_time(draw: Any, given: Any, actor: Any) -> Failure | None:
    """No second lot over the same objects while one is open: else several are cast and the one that pleases is sent out."""
    wanted = {one["id"] for one in draw.targets}
    if not wanted:
        return None
    with connection.cursor() as cursor:  # two who freeze at once take turns
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draws:{draw.agency_id}"])
    open_ = Draw.objects.filter(agency=draw.agency_id, state__in=(DrawState.FROZEN, DrawState.DRAWN))
    for other in open_.exclude(pk=draw.pk).exclude(no=given.follows.strip().upper()).order_by("opened_at"):
        shared = sum(one["id"] in wanted for one in other.targets)
        if shared:
            says = (
                f"本单位的 {other.no}“{other.title}”还没有派发，有 {shared} 家对象与这次重复；"
                "请先派发，确需重抽的先作废并写明理由"
            )
            return Failure("draw.other_open", says, "title")
    return None


def unfollowed(agency: int | None) -> Draw | None:
    """The unit's latest draw that was cast, voided and not made again."""
    since = clock.now() - timedelta(days=SILENT_DAYS)
    rows = Draw.objects.filter(agency=agency, state=DrawState.VOIDED, drawn_at__gte=since)
    again = Draw.objects.filter(agency=agency).exclude(follows="").values("follows")
    return rows.exclude(no__in=again).order_by("-drawn_at").first()


def words_witnessed(draw: Any, given: Any, actor: Any) -> Failure | None:
    if given.words.strip() and not given.witness.strip():
        return Failure("draw.words_without_witness", "现场报数的，请写明谁报的、谁在场", "witness")
    return None


def planned_ahead(draw: Any, given: Any, actor: Any) -> Failure | None:
    return gone_by(given.planned_on, "planned_on", "检查日期", "draw.planned_in_past")


def team_may_enforce(draw: Any, given: Any, actor: Any) -> Failure | None:
    if given.nature != Nature.ENFORCEMENT or draw.team >= TWO:
        return None
    return Failure("draw.team", "执法检查每家不得少于两名检查人员", "nature")
