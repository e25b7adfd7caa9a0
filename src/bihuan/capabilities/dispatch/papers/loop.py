"""The paper loop (M040, M047): 登记 → 起草拆分 → 分解交办 → 办结, when all its tasks are."""

from __future__ import annotations

from bihuan.capabilities.dispatch.papers import effects, gates, inputs
from bihuan.capabilities.dispatch.papers.hands import OFFICE, SYSTEM
from bihuan.capabilities.dispatch.papers.states import PaperState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, Timer, WayOut

SPLITTING, ANSWERED, DECOMPOSED, CLOSED = (
    PaperState.SPLITTING,
    PaperState.ANSWERED,
    PaperState.DECOMPOSED,
    PaperState.CLOSED,
)
UNDECIDED = SPLITTING | ANSWERED
AT_THE_DESK = UNDECIDED.members


PAPER = Loop(
    name="paper",
    label="讲话与文件",
    letter="P",
    model="papers.Paper",
    plural="papers",
    states=PaperState,
    basis="《安全生产法》第九条",
    track=(SPLITTING, DECOMPOSED, CLOSED),
    done=frozenset({CLOSED}),
    unbound={"text": "its digest is bound", "search": "it is drawn from bound columns"},
    openings=(
        Opening(
            name="take_in", label="登记讲话或文件", to=SPLITTING, by=(OFFICE,), input=inputs.Receiving,
            prepare=effects.place, effect=effects.take_in, due=effects.act_by,
            gates=(gates.issued_not_ahead, gates.not_here_yet, gates.superior_known),
            hint="登记后系统逐句提取要办的事，由安委办核改后一次交办",
        ),
    ),
    steps=(
        Step(
            name="decompose", label="分解交办", move=UNDECIDED >> DECOMPOSED, by=(OFFICE,), input=inputs.Decomposing,
            effect=effects.decompose, signed=True, gates=(gates.items_settled,),
            hint="每一条都有一个牵头单位和完成期限，才能交办；交办后逐条成为任务",
        ),
        Step(
            name="conclude", label="办结", move=ANSWERED >> CLOSED, by=(OFFICE,), input=inputs.Reason,
            effect=effects.close, signed=True, concerns=(gates.is_superior,), tone="success",
            hint="贯彻它的本区文件已经落实到位的，写明情况后办结",
        ),
        Step(
            name="answer", label="已有落实文件", move=SPLITTING >> ANSWERED, by=(SYSTEM,), effect=effects.answer,
            shown=False,
        ),
        Step(name="close", label="任务全部办结", move=DECOMPOSED >> CLOSED, by=(SYSTEM,), effect=effects.close, shown=False),
        Step(name="resume", label="有任务重新办理", move=CLOSED >> DECOMPOSED, by=(SYSTEM,), effect=effects.resume, shown=False),
    ),
    acts=(
        Act(
            name="edit_item", label="核改条目", states=AT_THE_DESK, by=(OFFICE,), input=inputs.Editing,
            gates=(gates.units_exist, gates.day_ahead), effect=effects.edit_item,
        ),
        Act(name="merge_item", label="并入前一条", states=AT_THE_DESK, by=(OFFICE,), input=inputs.OneItem, effect=effects.merge_item),
        Act(
            name="split_item", label="拆分条目", states=AT_THE_DESK, by=(OFFICE,), input=inputs.Splitting,
            gates=(gates.units_exist,), effect=effects.split_item,
        ),
        Act(name="drop_item", label="去掉条目", states=AT_THE_DESK, by=(OFFICE,), input=inputs.Dropping, effect=effects.drop_item),
        Act(name="restore_item", label="恢复条目", states=AT_THE_DESK, by=(OFFICE,), input=inputs.OneItem, effect=effects.restore_item),
        Act(name="add_item", label="补充条目", states=AT_THE_DESK, by=(OFFICE,), input=inputs.Adding, effect=effects.add_item),
        Act(
            name="set_day", label="统一期限", states=AT_THE_DESK, by=(OFFICE,), input=inputs.SettingDay,
            needs=(gates.something_without_a_day,), gates=(gates.day_ahead,), effect=effects.set_day,
        ),
        Act(
            name="link", label="登记贯彻的上级文件", states=frozenset({SPLITTING, ANSWERED, DECOMPOSED, CLOSED}), by=(OFFICE,),
            input=inputs.Linking, gates=(gates.superior_known,), effect=effects.link,
        ),
    ),
    ways_out=(
        WayOut(
            name="file", label="不需分解", move=UNDECIDED >> PaperState.FILED, by=(OFFICE,), input=inputs.Reason,
            effect=effects.file_without_tasks, signed=True,
        ),
        WayOut(
            name="void", label="作废", move=UNDECIDED >> PaperState.VOIDED, by=(OFFICE,), input=inputs.Reason,
            effect=effects.void, signed=True,
        ),
    ),
    timers=(Timer(name="escalate", label="逾期升级", states=frozenset({SPLITTING}), ladder="paper.escalation"),),
)  # fmt: skip
