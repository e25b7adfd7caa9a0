"""The loops of the two monthly forms: 系统开表 → 单位签名上报 → 安委办备案; corrected, they are accepted anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.accidents.monthly import deeds, forecast_deeds, inputs, return_deeds
from bihuan.capabilities.accidents.monthly.hands import ACCEPTOR, CLOCK, FILER, OFFICE
from bihuan.capabilities.accidents.monthly.kinds import FORECAST, RETURN, Kind
from bihuan.capabilities.accidents.monthly.states import FormState
from bihuan.kernel.loops.deadlines import working_days
from bihuan.kernel.loops.declaration import Act, Gate, Loop, Opening, Step, Timer, WayOut

LETTER = "U"
"""Both forms number out of one sequence: there are no letters left, and a number is a number."""
OPEN, FILED, ACCEPTED = FormState.OPEN, FormState.FILED, FormState.ACCEPTED
FILINGS = ("file", "file_nil", "restate", "correct")
SAME_HANDS = "备案人不能是填报的同一人，请安委办其他人员备案"
REPLY = working_days("monthly.acceptance_days", "报送后应在规定的工作日内审核备案")
AGAIN = working_days(
    "monthly.acceptance_days", "退回后应在规定的工作日内重新报送（与审核备案同一天数，本区可定）"
)


def _loop(
    kind: Kind, letter: str, model: str, basis: str, asked: tuple[type, type, type], gates: tuple[Gate, ...],
    effects: Any, equal: Sequence[Gate], said: tuple[str, str, str],
) -> Loop:  # fmt: skip
    filing, correction, nil = asked
    file_hint, nil_hint, accept_hint = said
    fill: dict[str, Any] = {
        "by": (FILER,), "gates": gates, "effect": effects.file, "signed": True, "due": REPLY, "notify": (ACCEPTOR,),
    }  # fmt: skip
    return Loop(
        name=kind.name, label=kind.title, letter=letter, model=model, plural=kind.plural, states=FormState, basis=basis,
        track=(OPEN, FILED, ACCEPTED), done=frozenset({ACCEPTED}),
        openings=(
            Opening(
                name="open", label="开出本月表", to=OPEN, by=(CLOCK,), input=inputs.Opening, prepare=deeds.place,
                due=deeds.due_as_expected, shown=False,
            ),
        ),
        steps=(
            Step(
                name="file", label="上报", move=OPEN >> FILED, input=filing, needs=(deeds.month_is_there,), hint=file_hint,
                **fill,
            ),
            Step(
                name="file_nil", label="零报告", move=OPEN >> FILED, by=(FILER,), input=nil, needs=(deeds.month_is_there,),
                effect=effects.file_nil, signed=True, due=REPLY, notify=(ACCEPTOR,), tone="quiet", hint=nil_hint,
            ),
            Step(
                name="accept", label="备案", move=FILED >> ACCEPTED, by=(ACCEPTOR,), input=inputs.Acceptance,
                needs=tuple(equal), effect=getattr(effects, "accept", deeds.accept), signed=True, not_by=FILINGS,
                why_not_by=SAME_HANDS, notify=(FILER,), tone="success", hint=accept_hint,
            ),
            Step(
                name="send_back", label="退回重报", move=FILED >> OPEN, by=(ACCEPTOR,), input=inputs.Reason,
                effect=deeds.send_back, signed=True, not_by=FILINGS, why_not_by=SAME_HANDS, due=AGAIN, notify=(FILER,),
                tone="warning",
            ),
            Step(
                name="correct", label="更正", move=ACCEPTED >> FILED, input=correction, tone="warning",
                hint="备案后更正的，重新审核备案，原稿留在记录中", **fill,
            ),
        ),
        acts=(
            Act(
                name="restate", label="改报", states=frozenset({FILED}), input=filing,
                hint="备案前改正所报的内容，以最后一次为准", **fill,
            ),
        ),
        ways_out=(
            WayOut(
                name="waive", label="免报", move=OPEN >> FormState.WAIVED, by=(OFFICE,), input=inputs.Reason,
                effect=deeds.waive, signed=True, notify=(FILER,),
            ),
        ),
        timers=(
            Timer(name="escalate", label="逾期升级", states=frozenset({OPEN, FILED}), ladder="monthly.escalation"),
        ),
    )  # fmt: skip


ACCIDENT_RETURN = _loop(
    RETURN, LETTER, "accidents.AccidentReturn", "《安全生产法》第八十三条、生产安全事故统计调查制度",
    (inputs.Return, inputs.ReturnCorrection, inputs.NilReturn), (return_deeds.sums_agree,), return_deeds,
    (return_deeds.equal_to_records,),
    (
        "填写本单位掌握的数字，系统不预填；报送后与系统记录逐起核对",
        "本月没有发生事故的，签名声明；没有报表不等于没有事故",
        "与系统记录逐起一致才能备案，不一致的逐行列出",
    ),
)  # fmt: skip
RISK_FORECAST = _loop(
    FORECAST, LETTER, "accidents.RiskForecast", "预警预测工作制度（本区可定）",
    (inputs.Forecast, inputs.ForecastCorrection, inputs.NilForecast), (forecast_deeds.items_read,), forecast_deeds, (),
    (
        "预测下一个月的风险，每项写明预测依据，由安委办汇总发布",
        "研判没有突出风险的，写明依据并签名",
        "备案后进入全区汇总，可导出播发",
    ),
)  # fmt: skip
