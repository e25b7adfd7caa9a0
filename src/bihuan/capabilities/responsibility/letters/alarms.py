"""控制指标预警: a cap nearly used up or broken is told once to both sides and stands on the letter (M008)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date

from bihuan.capabilities.responsibility.letters.gates import RANK
from bihuan.capabilities.responsibility.letters.inputs import Alarm
from bihuan.capabilities.responsibility.letters.measuring import Reading, Standing, readings
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import AlarmLevel, LetterState
from bihuan.capabilities.responsibility.letters.targets import TargetKind
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role

_log = logging.getLogger(__name__)
AT_ONCE = 1_000
"""Letters read together; each such set takes the same few statements."""
LEVELS = {Standing.NEAR: AlarmLevel.NEAR, Standing.BREACHED: AlarmLevel.BREACHED}


def watch(as_of: date | None = None) -> int:
    """Look at every letter of this year that is in force; returns how many alarms are new.

    Safe to repeat and to run twice at once: the engine asks again under the letter's lock.
    """
    day = as_of or clock.today()
    rows = Letter.objects.filter(state=LetterState.IN_FORCE.value, year=day.year, ended=False)
    rows, told = rows.select_related("agency").order_by("uid"), 0
    letters = list(rows[:AT_ONCE])
    while letters:
        read = readings(letters, day)
        told += sum(
            _tell(letter, given) for letter in letters for given in _due(letter, read[letter.uid], day)
        )
        letters = list(rows.filter(uid__gt=letters[-1].uid)[:AT_ONCE])
    return told


def _due(letter: Letter, read: list[Reading], day: date) -> Iterator[Alarm]:
    for one in read:
        level = LEVELS.get(one.standing)
        if level is None or one.used is None or one.target.kind is TargetKind.FLOOR:
            continue
        told = letter.alarms.get(one.target.label, {}).get("level", "")
        if RANK[level.value] > RANK[told]:
            yield Alarm(
                target=one.target.label, level=level.value, used=one.used, limit=one.limit or 0, as_of=day
            )


def _tell(letter: Letter, given: Alarm) -> int:
    try:
        engine.perform("letter", "alarm", letter.uid, given, actor=Actor.system("控制指标预警"))
    except Refused as refusal:
        _log.info("No alarm on %s: %s", letter.no, refusal)
        return 0
    return 1


def send(letter: Letter, given: Alarm) -> None:
    """Tell the heads of both sides and the committee office; the reminder's key lets each hear it once."""
    label = AlarmLevel(given.level).label
    text = f"{letter.no} {letter.about()}：“{given.target}”{label}，控制数 {given.limit}，截至 {given.as_of} 已发生 {given.used}"
    notify(
        [
            NewNotice(
                text=text,
                post_id=post,
                matter_kind="letter",
                matter=letter.uid,
                matter_no=letter.no,
                urgent=given.level == AlarmLevel.BREACHED.value,
                reminder=f"letter.alarm:{letter.uid}:{letter.edition}:{given.target}:{given.level}",
            )
            for post in sorted(_told(letter))
        ]
    )


def _told(letter: Letter) -> set[int]:
    offices = Post.objects.filter(role=Role.OFFICE).values_list("pk", flat=True)
    return {post for post in (letter.issuer_post, letter.receiver_post) if post is not None} | set(offices)
