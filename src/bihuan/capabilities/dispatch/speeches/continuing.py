"""When a clause only goes on with the deed before it: how it is kept on paper, by when, by which team, on what it looks first."""

from __future__ import annotations

import re

from bihuan.capabilities.dispatch.speeches.clauses import Part, Reading

_LISTS = re.compile(
    "(?:逐一|分类)?(?:建立|形成|列出|完善)(?:[^，]{0,4}(?:问题|隐患|整改|排查|底数|检查)[^，]{0,4})?(?:清单|台账|台帐|档案|一本账)$"
)
_TEAM = re.compile(
    "(?:成立|组建|组成|抽调|派出)[^，]{0,16}(?:组|专班|工作队|小分队|队伍)$"
    r"|(?:开设|开通|设立|开辟)[^，]{0,12}(?:专栏|热线|窗口|邮箱|专线|栏目)$"
)
_BARE = re.compile(
    r"(?:完成|建成|配齐|实现|达到|到位|整改|整改到位)(?:\d+[^，]{1,2}|全覆盖|全部[^，]{0,4}|清零|动态清零)?|(?:上?报送?|反馈|提交|呈报)(?:至|到|给)?[^，]{0,12}?(?:[办局委会部股科室处]|政府|公室|审议|研究|审定)"
)
_OFTEN = re.compile("每|定期|按")
_MADE_CLEAR = re.compile("明确[^，]{0,12}(?:时间|时间表|路线图|责任|分工|任务|目标|措施|要求|时限|职责)")
_PAPER = re.compile("(?:清单|方案|办法|通知|意见|计划|分工)$")
_POINT = re.compile("检查|排查|查处|核查|整治|打击|督查|查看|抽查|查")
_SHORT = 14


def goes_on(reading: Reading, before: list[Reading]) -> bool:
    """Whether a clause belongs to the deed its sentence has just asked for, though it begins with a verb of its own."""
    stresses = (
        reading.clause.text.startswith("重点") and not reading.modal and bool(_POINT.match(reading.body))
    )
    return (
        stresses
        or _is_when(reading, before)
        or _lists_what_was_found(reading, before)
        or _is_what_the_team_is_for(reading, before)
    )


def _lists_what_was_found(reading: Reading, before: list[Reading]) -> bool:
    """「逐家检查，建立问题清单」: the list is how the check is kept."""
    checked = any(one.family in ("check", "organize", "clear") for one in _actions(before))
    made = any(one.family in ("build", "assign") or _PAPER.search(one.body) for one in _actions(before))
    if made and not reading.modal and _MADE_CLEAR.match(reading.body):
        return True
    return checked and bool(_LISTS.match(reading.body)) and len(reading.body) <= _SHORT


def _is_when(reading: Reading, before: list[Reading]) -> bool:
    """「推进试点，年内完成20家」, 「写出检查，于11日前报送某办」: no more than when and to whom."""
    bare = reading.timed and reading.part in (Part.ACTION, Part.EMPTY) and bool(_BARE.fullmatch(reading.body))
    return bare and not any(one.timed for one in before) and not _OFTEN.match(reading.clause.text)


def _is_what_the_team_is_for(reading: Reading, before: list[Reading]) -> bool:
    """「成立督导组，每半月开展督导」: a team is set up to do what follows."""
    return bool(_TEAM.search(_actions(before)[-1].clause.text)) and not reading.prohibits


def _actions(readings: list[Reading]) -> list[Reading]:
    return [one for one in readings if one.part is Part.ACTION]
