"""Opening: a party, two officers with valid certificates who need not keep away, an act that has not lapsed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement import terms
from bihuan.capabilities.enforcement.inputs.filing import ASKED_FOR
from bihuan.capabilities.enforcement.states import CaseState, PartyKind
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.declaration import Gate
from bihuan.registers.law import limits, penalties
from bihuan.registers.officers.certificates import certified, two_failures
from bihuan.registers.officers.recusals import recusal_failures


def party_is_known(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """An object of the register, or a party by name with the town it is found in."""
    if not case.party:
        yield Failure("case.no_party", "请选择监管对象，或者填写当事人名称（姓名）", "party")
    if case.object_id is None and not given.town:
        yield Failure("case.no_town", "当事人不是已登记的监管对象，请选择所在镇街", "town")
    if case.party_kind == PartyKind.PERSON and not given.party:
        yield Failure("case.no_person", "处罚个人的，请填写当事人姓名", "party")


def acted_by_now(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The act lies behind us, and is not so old that nobody may be punished for it (行政处罚法第三十六条)."""
    if given.acted_on > clock.today():
        yield Failure("case.act_in_future", f"违法行为发生日期 {given.acted_on} 晚于今天，请核对", "acted_on")
        return
    last = terms.lapses_on(case)
    if last < clock.today():
        found = limits.rule("limitation_life" if case.harmful else "limitation", given.acted_on)
        yield Failure(
            "case.lapsed",
            f"违法行为发生在 {given.acted_on}，{found.words}内未被发现的不再给予行政处罚（{found.basis}），已于 {last} 届满",
            "acted_on",
        )


def two_officers(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Two investigators, both certified today, neither of whom must keep away (行政处罚法第四十二条、第四十三条)."""
    yield from of_officers(case, case.investigators)


ASKED_BEFORE = ("extend", "preserve", "transfer")


def asked_in_time(case: Any, given: Any, actor: Any) -> Failure | None:
    """What is asked for can be done where the case stands."""
    executing = case.state in (CaseState.EXECUTING, CaseState.TRANSFERRED)
    fits = not executing if given.what in ASKED_BEFORE else executing
    if fits and not (given.what == "defer" and case.state == CaseState.TRANSFERRED):
        return None
    return Failure("case.asked_out_of_stage", "案件现在的环节不能办理这一事项，请核对提请事项", "what")


def asked_for(what: str) -> Gate:
    """The investigator's own words on the form come before the head's: nobody fills in 承办人意见 for them."""
    label = dict(ASKED_FOR)[what]

    def asked(case: Any, given: Any, actor: Any) -> Failure | None:
        if what in case.review.get("asked", {}):
            return None
        says = (
            f"执法人员还没有提请“{label}”；审批表的“承办人意见”由承办人本人填写，请执法人员先办理“提请审批”"
        )
        return Failure("case.not_asked", says)

    return asked


def new_officers(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The same of those who take over."""
    yield from of_officers(case, [given.first, given.second])
    judging = (
        "legal_review",
        "review_proposal",
        "approve_proposal",
        "decide",
        "decide_no_penalty",
        "begin_again",
    )
    outside = {case.hearing.get("presider"), *(case.hands.get(deed) for deed in judging)}
    if outside & {given.first, given.second}:
        yield Failure(
            "case.officer_reviewed", "审核、审批人员，听证主持人，作出决定的人不能担任本案执法人员", "first"
        )


def of_officers(case: Any, persons: Any) -> Iterable[Failure]:
    """What stands against these persons as the investigators of a case."""
    if len(set(persons)) < limits.rule("officers_min", clock.today()).value:
        yield Failure("case.two_officers", "执法人员不得少于两人，请另选一名协办执法人员", "second")
        return
    for failure in two_failures(list(persons), clock.today()):
        yield Failure(failure.code, failure.message, "second")
    for failure in recusal_failures(list(persons), case.object_id, clock.today()):
        yield Failure(failure.code, failure.message, "second")


def still_certified(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Whoever acts as investigator is certified on the day of the act (M141)."""
    held = certified(case.investigators, clock.today())
    without = [one["name"] for one in case.officers if one["id"] not in held]
    if without:
        yield Failure(
            "case.certificate_lapsed",
            f"{'、'.join(without)} 今天没有有效的执法证件，请更换执法人员或者更新证件登记",
        )


def keeps_no_distance(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """Nobody who must keep away from the enterprise reviews, presides or decides."""
    yield from recusal_failures(list(actor.persons), case.object_id, clock.today())


def not_investigator(case: Any, given: Any, actor: Any) -> Failure | None:
    """Reviewing, presiding and deciding is not for those who investigate (查审分离)."""
    if any(person in case.investigators for person in actor.persons):
        return Failure(
            "case.investigator_judges", "本案执法人员不能承担审核、主持听证和决定，请由其他人员办理"
        )
    return None


def on_the_spot(case: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """The simple procedure: a clear fact, a clause, a warning or a small fine (行政处罚法第五十一条)."""
    today = clock.today()
    if not given.warned and not given.fine:
        yield Failure("case.nothing_decided", "当场处罚只能是警告或者罚款，请至少填写一项", "warned")
    person = case.party_kind == PartyKind.PERSON
    edge = limits.rule("summary_fine_max_person" if person else "summary_fine_max_entity", today)
    if (given.fine or 0) > edge.value * 100:
        yield Failure(
            "case.too_much_on_the_spot",
            f"当场处罚对{'公民' if person else '单位'}罚款不得超过{edge.words}（{edge.basis}），请改用普通程序立案",
            "fine",
        )
    yield from clause_fits(case, given.clause, given.fine or 0)
    yield from _not_below(given)
    spot = limits.rule("on_spot_collection_max", today)
    if given.collected and (given.fine or 0) > spot.value * 100 and not given.hard_to_collect:
        yield Failure(
            "case.collected_on_the_spot",
            f"超过{spot.words}的罚款不能当场收缴；不当场收缴事后难以执行的，请写明理由（{spot.basis}）",
            "collected",
        )


def _not_below(given: Any) -> Iterable[Failure]:
    """Nobody mitigates on the spot: a fine is inside the range of its clause."""
    known = {one.id: one for one in penalties.clauses()}.get(given.clause)
    if known is not None and given.fine and given.fine < known.minimum_fen:
        says = f"罚款低于法定下限（{known.range_words}），不能当场处罚，请改用普通程序立案"
        yield Failure("case.under_range", says, "fine")


def clause_fits(case: Any, id: str, fine: int = 0) -> Iterable[Failure]:
    """The clause exists, was in force on the day of the act and speaks of this kind of party."""
    try:
        clause = penalties.clause(id)
    except KeyError:
        yield Failure("case.clause_unknown", "没有这条处罚依据，请从列表中选择", "clause")
        return
    if clause.subject != case.party_kind:
        yield Failure("case.clause_other_subject", "这条处罚依据针对的当事人类别不同，请重新选择", "clause")
    if not clause.in_force(case.acted_on) and not clause.topic:
        yield Failure(
            "case.clause_not_in_force",
            f"{clause.basis}自 {clause.effective_from} 起施行，{case.acted_on} 的行为不适用（从旧兼从轻）",
            "clause",
        )
    if fine > clause.maximum_fen:
        yield Failure("case.over_range", f"罚款不得超过法定上限（{clause.range_words}）", "fine")
