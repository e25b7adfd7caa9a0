"""The loop of the batch (M242, M243): taken in whole, closed when all its items are."""

from __future__ import annotations

from bihuan.capabilities.tipoffs import batches, correcting, days, gates, inputs, placing
from bihuan.capabilities.tipoffs.hands import OFFICE, SYSTEM
from bihuan.capabilities.tipoffs.states import BatchState
from bihuan.kernel.loops.declaration import Act, Loop, Opening, Step, WayOut

OPEN, CLOSED, REVOKED = BatchState.OPEN, BatchState.CLOSED, BatchState.REVOKED
STANDING = frozenset({OPEN, CLOSED})

_GATES = (
    gates.received_by_today,
    gates.origin_whole,
    gates.origin_new,
    gates.names_nobody,
    gates.pieces_name_nobody,
)

BATCH = Loop(
    name="tipoff_batch",
    label="举报批次",
    letter="B",
    model="tipoffs.Batch",
    plural="tipoff-batches",
    states=BatchState,
    basis="《安全生产法》第七十三条、第七十六条",
    track=(OPEN, CLOSED),
    done=frozenset({CLOSED}),
    sealed_to=(OFFICE,),
    openings=(
        Opening(
            name="register", label="登记举报", to=OPEN, by=(OFFICE,), input=inputs.BatchGiven, prepare=placing.batch,
            effect=batches.take_in, gates=(gates.not_from_the_page, *_GATES), signed=True,
            hint="电话、来信、来访和上级交办的都在这里登记；一次反映几件事的，登记后“同批再登记一件”",
        ),
        Opening(
            name="receive", label="网上收到举报", to=OPEN, by=(SYSTEM,), input=inputs.BatchGiven, prepare=placing.batch,
            effect=batches.take_in, gates=_GATES, shown=False, hint="公众举报页提交的，由系统登记",
        ),
        Opening(
            name="enter_ledger", label="台账载入", to=OPEN, by=(OFFICE, SYSTEM), input=inputs.BatchFromLedger, claimed=True,
            prepare=placing.batch, effect=batches.take_from_ledger, gates=(gates.origin_new,), shown=False,
            hint="从工作簿导入的台账，按批次编号只载入一次",
        ),
    ),
    steps=(
        Step(
            name="close", label="批次办结", move=OPEN >> CLOSED, by=(SYSTEM,), needs=(gates.all_closed,),
            effect=batches.close, shown=False, hint="全部件办结时由系统办结", tone="success",
        ),
        Step(
            name="reopen", label="批次重新在办", move=CLOSED >> OPEN, by=(SYSTEM,), needs=(gates.some_open,),
            effect=batches.reopen, shown=False, hint="有件重新办理时由系统恢复",
        ),
        Step(
            name="revoke_with_items", label="批次撤销登记", move=(OPEN | CLOSED) >> REVOKED, by=(SYSTEM,),
            needs=(correcting.all_revoked,), effect=batches.revoke_with_items, shown=False,
            hint="各件都撤销登记时由系统撤销",
        ),
    ),
    acts=(
        Act(
            name="close_earlier", label="更正办结日期", states=frozenset({CLOSED}), by=(SYSTEM,),
            effect=batches.close_earlier, shown=False, hint="最后办结的一件撤销登记时，由系统改为其余各件的最后办结日期",
        ),
        Act(
            name="note_reporter", label="补登联系方式", states=STANDING, by=(OFFICE,), input=inputs.Reporter,
            gates=(gates.nobody_sealed,), effect=batches.note_reporter, signed=True,
            hint="举报人后来留下的联系方式，加密保存",
        ),
        Act(
            name="hand_receipt", label="发查询码", states=STANDING, by=(OFFICE,), shown=False,
            concerns=(gates.no_receipt_yet,), effect=batches.hand_receipt,
            hint="举报人凭查询码查进展和回复；只告知一次，系统里不存明文",
        ),
        Act(
            name="move_reply_by", label="变更答复日期", states=frozenset({OPEN}), by=(OFFICE,), input=inputs.ReplyDayMoved,
            concerns=(gates.has_origin,), gates=(days.reply_day_possible, gates.names_nobody, days.nobody_at_work),
            effect=days.move_reply_by, signed=True, hint="来文单位同意延后或要求提前的；各件的办结期限随之变更",
        ),
        Act(
            name="report_back", label="回报来文单位", states=STANDING, by=(OFFICE,),
            input=inputs.ReportedBack, concerns=(gates.has_origin,), gates=(gates.reported_back_in_order,),
            effect=batches.report_back, signed=True,
        ),
    ),
    ways_out=(
        WayOut(
            name="revoke", label="撤销登记", move=(OPEN | CLOSED) >> REVOKED, by=(OFFICE,), input=inputs.Revocation,
            concerns=(correcting.entered_by_hand,), needs=(correcting.items_free,),
            gates=(gates.names_nobody, correcting.nobody_at_work, correcting.items_free), effect=correcting.revoke_batch, signed=True,
            not_by=("register", "enter_ledger"), why_not_by="撤销登记不能由登记的同一人办理",
            hint="整批误登的：各件一并撤销，不计入任何数字，仍列在“已撤销”里",
        ),
    ),
)  # fmt: skip
