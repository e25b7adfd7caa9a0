"""Who is told of a meeting: the posts of the units asked to come, and of the enterprises whose head was called.

Notices of the loop reach only who is near the matter; whom a meeting asks to come is written on the meeting itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.people.models import Post, Role


def invite(meeting: Meeting, units: Iterable[int], enterprises: Iterable[str]) -> None:
    """Ask units and enterprises to come; for what has been already nobody is told."""
    if meeting.held_on < clock.today():
        return
    says = f"请于 {meeting.held_on} 参加“{meeting.title}”{_at(meeting)}"
    _units(meeting, units, says, f"meeting.invited:{meeting.uid}:{meeting.held_on}")
    called = f"请法定代表人于 {meeting.held_on} 到会：“{meeting.title}”{_at(meeting)}"
    _enterprises(enterprises, called, f"meeting.summoned:{meeting.uid}:{meeting.held_on}")


def postponed(meeting: Meeting) -> None:
    """The new day, to everybody who was asked."""
    invite(meeting, meeting.invited, meeting.summoned)


def cancelled(meeting: Meeting) -> None:
    """Nobody need come."""
    says = f"原定 {meeting.held_on} 的“{meeting.title}”已取消"
    _units(meeting, meeting.invited, says, f"meeting.cancelled:{meeting.uid}")
    _enterprises(meeting.summoned, says, f"meeting.summons_cancelled:{meeting.uid}")


def deploy(meeting: Meeting) -> None:
    """What is asked of every unit after the meeting, until when."""
    says = f"“{meeting.title}”：请在 {meeting.deploy_by} 前报送会后部署情况"
    _units(meeting, meeting.invited, says, f"meeting.deploy:{meeting.uid}:{meeting.deploy_by}")


def urge(meeting: Meeting, units: Iterable[int], day: date) -> None:
    """Who has not filed what was asked after the meeting."""
    late = "已过期" if meeting.deploy_by and day > meeting.deploy_by else "未报送"
    says = f"“{meeting.title}”会后部署{late}（期限 {meeting.deploy_by}），请尽快报送"
    _units(meeting, units, says, f"meeting.urged:{meeting.uid}:{day}")


def to_confirm(uid: UUID, no: str, post: int, day: date, says: str) -> None:
    """The leader in whose name a visit was recorded."""
    notify(
        [
            NewNotice(
                text=f"{no} {says}（{day}）：安委办已代为登记，请确认",
                post_id=post,
                matter_kind="visit",
                matter=uid,
                matter_no=no,
                reminder=f"visit.recorded:{uid}",
            )
        ]
    )


def _enterprises(enterprises: Iterable[str], says: str, reminder: str) -> None:
    """Without the meeting's number: an enterprise reads of it no more than that it was called."""
    posts = Post.objects.filter(object__in=list(enterprises), role=Role.PRINCIPAL).values_list(
        "pk", flat=True
    )
    notify([NewNotice(text=says, post_id=post, reminder=reminder) for post in posts])


def _at(meeting: Meeting) -> str:
    return f"，地点：{meeting.place}" if meeting.place else ""


def _units(meeting: Meeting, units: Iterable[int], says: str, reminder: str) -> None:
    posts = Post.objects.filter(agency__in=list(units), role__in=UNIT_ROLES).values_list("pk", flat=True)
    notify(
        [
            NewNotice(
                text=says,
                post_id=post,
                matter_kind="meeting",
                matter=meeting.uid,
                matter_no=meeting.no,
                reminder=reminder,
            )
            for post in posts
        ]
    )
