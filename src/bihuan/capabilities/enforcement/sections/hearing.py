"""What the party was told and said before the decision, and who reviewed it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bihuan.capabilities.enforcement import later
from bihuan.capabilities.enforcement.inputs.filing import ASKED_FOR
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseState
from bihuan.kernel import clock
from bihuan.kernel.web import parts


def notice(case: Case) -> Sequence[parts.Fact]:
    """The notice, its service, and each right with the day it ends."""
    notice, hearing = case.notice, case.hearing
    if not notice.get("on"):
        return ()
    told = [parts.Fact("告知", notice["on"]), parts.Fact("送达", notice.get("served_on") or "未送达")]
    told.append(
        parts.Fact(
            "听证", "可以要求听证" if notice["right"] else "未达到听证条件", hint=notice["why"], wide=True
        )
    )
    if notice.get("served_on"):
        told.append(
            parts.Fact(
                "陈述申辩期限", _until(case, notice["statement_by"]), hint=notice["statement_rule"], wide=True
            )
        )
        if notice["right"]:
            told.append(
                parts.Fact(
                    "听证申请期限", _until(case, notice["hearing_by"]), hint=notice["hearing_rule"], wide=True
                )
            )
    if notice.get("statement"):
        said = notice["statement"]
        told.append(
            parts.Fact(
                "陈述申辩",
                said["words"],
                hint=f"{'采纳' if said['adopted'] else '不采纳'}：{said['answer']}",
                wide=True,
            )
        )
    if notice.get("waived_on"):
        told.append(parts.Fact("放弃", notice["waived_on"], hint=notice["waiver"]))
    if hearing.get("requested_on"):
        told.append(parts.Fact("听证申请", hearing["requested_on"], hint=hearing["words"]))
    return told + later.hearing(hearing)


def _until(case: Case, day: str) -> parts.Deadline | date:
    """A day that still runs with what is left; the bare day once it does not matter any more."""
    last = date.fromisoformat(day)
    runs = case.state == CaseState.NOTIFIED and last >= clock.today()
    return parts.Deadline.of(last) if runs else last


ASKED = dict(ASKED_FOR)
"""What investigators ask the head for, as the page calls it."""


def review(case: Case) -> Sequence[parts.Fact]:
    """What waits for the head, and what law and the collective said."""
    told = [
        parts.Fact(f"提请{ASKED[what]}", row["text"], hint=f"{row['by']} {row['on']}，待审批", wide=True)
        for what, row in case.review.get("asked", {}).items()
    ]
    legal, discussion = case.review.get("legal"), case.review.get("discussion")
    if legal:
        verdict = "通过" if legal["passed"] else "不通过"
        told.append(
            parts.Fact(
                "法制审核", f"{verdict}：{legal['opinion']}", hint=f"{legal['by']} {legal['on']}", wide=True
            )
        )
    if discussion:
        told.append(
            parts.Fact(
                "集体讨论",
                discussion["conclusion"],
                hint=f"主持人 {discussion['host']} {discussion['on']}",
                wide=True,
            )
        )
    return told
