"""Leaders' key-work lists: done or overdue is what the leader's own records say, never what somebody types (M013)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from bihuan.capabilities.responsibility.committees import trail
from bihuan.capabilities.responsibility.committees.models import Priority
from bihuan.capabilities.responsibility.committees.models.priorities import Interval
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.chain import titled


def countable() -> Sequence[tuple[str, str]]:
    """The figures that count a leader's own records: whatever room declares them, they tell leaders apart."""
    return [
        (name, registry.figure(name).label)
        for name in registry.fitting({"leader"})
        if registry.figure(name).kind == "count"
    ]


def set_priority(
    post: Post,
    year: int,
    text: str,
    figure: str,
    times: int,
    interval: Interval,
    by: Actor,
    *,
    since: date | None = None,
) -> Priority:
    """Put an item on a leader's list of a year.

    Raises:
        Refused: not the committee office, no leader's post, without words, a figure that does not know leaders, or no times.
    """
    _only_office(by)
    Refused.unless(_faults(post, year, text, figure, times))
    begins = since or max(clock.today(), date(year, 1, 1))
    with transaction.atomic():
        held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        alike = Priority.objects.filter(post=held, year=year, text=text.strip(), until=None).first()
        if alike is not None:
            return alike
        last = Priority.objects.filter(post=held, year=year).aggregate(last=Max("number"))["last"] or 0
        made = Priority.objects.create(
            post=held, year=year, number=last + 1, text=text.strip(), figure=figure, times=times, interval=interval,
            since=begins, made_by=by.name[:60], at=clock.now(),
        )  # fmt: skip
        said = {
            "year": year, "text": made.text, "figure": figure, "times": times, "interval": made.interval,
        }  # fmt: skip
        trail.note([trail.Noted(f"leader/{post.pk}", "priority_set", said)], by)
    return made


def end_priority(priority: Priority, reason: str, by: Actor) -> None:
    """Take an item off the list from today on; intervals gone by still count.

    Raises:
        Refused: not the committee office, without a reason, or off already.
    """
    _only_office(by)
    if not reason.strip():
        raise Refused.because("priority.no_reason", "请写明理由", "reason")
    with transaction.atomic():
        Post.objects.select_for_update(of=("self",)).get(pk=priority.post_id)
        found = Priority.objects.get(pk=priority.pk)
        if found.until is not None:
            raise Refused.because("priority.over", f"已于 {found.until} 移出清单")
        found.until = max(clock.today(), found.since)
        found.save(update_fields=["until"])
        said = {"text": found.text, "reason": reason.strip()}
        trail.note([trail.Noted(f"leader/{found.post_id}", "priority_ended", said)], by)


@dataclass(frozen=True, slots=True)
class Turn:
    """One item in one interval: how many records there are of how many asked, and whether the interval is over."""

    priority: Priority
    period: Period
    value: FigureValue
    over: bool

    @property
    def done(self) -> bool:
        return self.count >= self.priority.times

    @property
    def overdue(self) -> bool:
        """Over, and not as often as asked."""
        return self.over and not self.done

    @property
    def count(self) -> int:
        return self.value.amount or 0


def turns(priorities: Sequence[Priority], as_of: date) -> list[Turn]:
    """Every item in every interval begun by ``as_of``; the statements grow with the intervals, not with the leaders."""
    listed = [(one, period) for one in priorities for period in intervals(one) if period.first <= as_of]
    wanted: dict[str, set[str]] = {}
    for one, period in listed:
        wanted.setdefault(period.label, set()).add(one.figure)
    periods = {period.label: period for _, period in listed}
    counted = {
        label: answers.values(sorted(names), periods[label], min(as_of, periods[label].last), by="leader")
        for label, names in wanted.items()
    }
    return [
        Turn(one, period, _of_leader(counted[period.label][one.figure], one.post_id), as_of > period.last)
        for one, period in listed
    ]


def _of_leader(whole: FigureValue, post: int) -> FigureValue:
    """One leader's line of a breakdown; a leader without a record has none, which is zero."""
    scope = Scope(leader=post)
    line = next((each for each in whole.by.values() if each.scope == scope), None)
    return line or replace(whole, amount=0, coverage=(replace(whole.coverage[0], scope=scope),), by={})


def intervals(one: Priority) -> list[Period]:
    """The intervals of the year in which the item stands on the list from beginning to end or still runs.

    An item put on the list in the middle of an interval is first due in that interval; one taken off is due in none that was
    not over by then.
    """
    labels = {
        Interval.MONTH: [f"{one.year:04d}-{month:02d}" for month in range(1, 13)],
        Interval.QUARTER: [f"{one.year:04d}Q{quarter}" for quarter in range(1, 5)],
        Interval.HALF: [f"{one.year:04d}H1", f"{one.year:04d}H2"],
        Interval.YEAR: [f"{one.year:04d}"],
    }[Interval(one.interval)]
    periods = [Period.parse(label) for label in labels]
    return [
        period
        for period in periods
        if period.last >= one.since and (one.until is None or period.last < one.until)
    ]


def of_year(year: int) -> QuerySet[Priority]:
    """Every leader's items of a year."""
    return Priority.objects.filter(year=year).select_related("post__agency").order_by("post_id", "number")


def leaders() -> QuerySet[Post]:
    """The posts that have a list: leaders."""
    return Post.objects.filter(role=Role.LEADER).select_related("agency").order_by("-heads", "id")


def _only_office(by: Actor) -> None:
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("priority.not_yours", "领导重点工作清单由安委办登记")


def _faults(post: Post, year: int, text: str, figure: str, times: int) -> Iterator[Failure]:
    if post.role != Role.LEADER:
        yield Failure("priority.no_leader", f"{titled(post)}不是领导岗位", "post")
    if not clock.today().year - 1 <= year <= clock.today().year + 1:
        yield Failure("priority.year", "年度应为去年、今年或明年", "year")
    if len(text.strip()) < 4:
        yield Failure("priority.no_text", "请写明重点工作，例如“带队检查危险化学品企业”", "text")
    if figure not in dict(countable()):
        yield Failure("priority.figure", "请选择由哪项记录计数；完成情况只认记录，不能手填", "figure")
    if not 1 <= times <= 60:
        yield Failure("priority.times", "次数应在 1 到 60 之间", "times")
