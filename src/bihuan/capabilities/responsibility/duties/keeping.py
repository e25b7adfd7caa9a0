"""Giving, rewording and ending duties: each a recorded deed of whoever keeps them, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from bihuan.capabilities.responsibility.duties import coverage, holders, standards, trail
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.holders import Holder
from bihuan.capabilities.responsibility.duties.models import Clause, Duty
from bihuan.capabilities.responsibility.duties.words import SIDE_OF, DutyClass, Level, Oversight
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.territory.models import Agency

TEXT_LENGTH = 2000
SHORTEST = 6
NOT_YOURS = "政府各岗位的职责由安委办或本单位登记，企业岗位的由企业自己登记"


@dataclass(frozen=True, slots=True)
class Said:
    """A duty as somebody tells it. ``basis`` are free words where no clause of a known rule is cited."""

    text: str
    duty_class: DutyClass
    oversight: str = ""
    clause: Clause | None = None
    basis: str = ""
    since: date | None = None

    @classmethod
    def standard(cls, one: standards.Standard) -> Said:
        """What the rules give."""
        clause = standards.clause_of(one)
        return cls(one.text, one.duty_class, one.oversight, clause, "" if clause else one.basis)


def class_of(holder: Holder) -> tuple[DutyClass, str]:
    """The class a holder's duty falls into where nobody says otherwise."""
    standard = standard_of(holder)
    if standard is not None:
        return standard.duty_class, standard.oversight
    if holder.level == Level.ENTERPRISE:
        return DutyClass.ENTERPRISE, ""
    if holder.level == Level.TOWN:
        return DutyClass.TERRITORIAL, ""
    if holder.post is None:
        return DutyClass.LEADERSHIP, ""
    return DutyClass.REGULATORY, Oversight.SECTOR.value


def standard_of(holder: Holder) -> standards.Standard | None:
    """What the rules give this holder today."""
    if holder.post is None:
        assert holder.agency is not None
        return standards.of_unit(holder.agency, clock.today())
    post = holder.post
    return standards.of_post(
        post.role, clock.today(), heads=post.heads, portfolio=bool(post.sector_paths)
    )  # fmt: skip


def assign(holder: Holder, said: Said, by: Actor) -> Duty:
    """Give a holder a duty; giving the same again changes nothing.

    Raises:
        Refused: not the actor's to keep, without words, or of a class that does not go with the holder.
    """
    _only_keepers(by, holder)
    Refused.unless(_faults(holder, said))
    with transaction.atomic():
        _lock(holder)
        duty, new = _written(holder, said, by)
        if new:
            trail.note([_noted(holder, "assigned", duty)], by)
            coverage.follow(holder)
    return duty


def reword(duty: Duty, said: Said, reason: str, by: Actor, *, verb: str = "reworded") -> Duty:
    """Let another wording take a duty's place from today on; the former stays to be read.

    Raises:
        Refused: as :func:`assign`, without a reason, the duty is over already (``duty.over``), or another of the holder's
            says the same (``duty.told_already``).
    """
    holder = holder_of(duty)
    _only_keepers(by, holder)
    Refused.unless([*_faults(holder, said), *_without(reason)])
    with transaction.atomic():
        _lock(holder)
        former = _running(duty)
        former.until = max(clock.today(), former.since)
        former.save(update_fields=["until"])
        if duties_of(holder, clock.today()).filter(text=said.text.strip(), until=None).exists():
            sentence = "已有一条同样的职责，请改写成别的，或终止这一条"
            raise Refused.because("duty.told_already", sentence, "text")
        new, _ = _written(holder, said, by, follows=former)
        trail.note([_noted(holder, verb, new, was=former.text, reason=reason.strip())], by)
        coverage.follow(holder)
    return new


def end(duty: Duty, reason: str, by: Actor) -> None:
    """Let a duty end today.

    Raises:
        Refused: not the actor's to keep, without a reason, over already, or the last one of a leader's post
            (``duty.leader_without``): 党政同责、一岗双责.
    """
    holder = holder_of(duty)
    _only_keepers(by, holder)
    Refused.unless(_without(reason))
    with transaction.atomic():
        _lock(holder)
        running = _running(duty)
        others = duties_of(holder, clock.today()).exclude(pk=running.pk)
        if holder.post is not None and holder.post.role == Role.LEADER and not others.exists():
            sentence = "领导岗位不能没有安全生产职责（党政同责、一岗双责）；请改写这一条，或先登记新的再终止"
            raise Refused.because("duty.leader_without", sentence)
        running.until = max(clock.today(), running.since)
        running.save(update_fields=["until"])
        trail.note([_noted(holder, "ended", running, reason=reason.strip())], by)
        coverage.follow(holder)


def adopt_standards(listed: Iterable[Holder], by: Actor) -> int:
    """Give everybody who has no duty what the rules give such a post or unit; how many got one.

    A whole district at once: by few statements, each still an entry of the record.

    Raises:
        Refused: one of them is not the actor's to keep.
    """
    waiting = list(listed)
    for holder in waiting:
        _only_keepers(by, holder)
    with transaction.atomic():
        _lock_all(waiting)
        having = coverage.having({holder.about for holder in waiting}, clock.today())
        clauses: dict[standards.Standard, Said] = {}
        made: list[tuple[Holder, Duty]] = []
        for holder in waiting:
            standard = standard_of(holder)
            if holder.about in having or standard is None:
                continue
            said = clauses.setdefault(standard, Said.standard(standard))
            made.append((holder, _row(holder, said, by)))
        Duty.objects.bulk_create([duty for _, duty in made], batch_size=500)
        trail.note([_noted(holder, "assigned", duty) for holder, duty in made], by)
        coverage.follow(*(holder for holder, _ in made))
    return len(made)


def keep_with_post(post: Post, text: str, by: Actor) -> None:
    """The duty that came with a new post, in the transaction that sets the post up (its door has asked for the right)."""
    holder = holders.of_post(post)
    standard = standard_of(holder)
    if text == STANDARD and standard is not None:
        said = Said.standard(standard)
    else:
        duty_class, oversight = class_of(holder)
        said = Said(text, duty_class, oversight)
    Refused.unless(_faults(holder, said))
    duty, _ = _written(holder, said, by)
    trail.note([_noted(holder, "assigned", duty)], by)
    coverage.follow(holder)


STANDARD = "通用"
"""The word that asks for the rules' own duty where a post is set up."""


def duties_of(holder: Holder, on: date) -> QuerySet[Duty]:
    """The duties a holder has on a day."""
    rows = Duty.objects.filter(in_force(on)).select_related("clause__version__document")
    rows = rows.filter(post=holder.post) if holder.post else rows.filter(post=None, agency=holder.agency)
    return rows.order_by("since", "id")


def holder_of(duty: Duty) -> Holder:
    """Whose duty it is."""
    return holders.find(f"post/{duty.post_id}" if duty.post_id else f"unit/{duty.agency_id}")


def _only_keepers(by: Actor, holder: Holder) -> None:
    if not holders.may_keep(by, holder):
        raise Refused.because("duty.not_yours", NOT_YOURS)


def _faults(holder: Holder, said: Said) -> Iterator[Failure]:
    text = said.text.strip()
    if len(text) < SHORTEST:
        yield Failure("duty.no_text", "请写明安全生产职责是什么，例如“对分管领域安全生产负领导责任”", "text")
    if len(text) > TEXT_LENGTH:
        yield Failure("duty.too_long", f"职责最多{TEXT_LENGTH}字，请精简或分成几条", "text")
    if (said.duty_class == DutyClass.ENTERPRISE) != (holder.level == Level.ENTERPRISE):
        yield Failure(
            "duty.wrong_class", "企业主体责任只属于企业岗位，企业岗位也只有企业主体责任", "duty_class"
        )
    if (said.duty_class == DutyClass.REGULATORY) != bool(said.oversight):
        yield Failure(
            "duty.no_oversight", "部门监管责任须说明是综合监管还是行业监管，其他类别不填", "oversight"
        )
    if said.since is not None and said.since > clock.today():
        yield Failure("duty.since_ahead", "职责从今天或以前起算，以后的到时再登记", "since")


def _without(reason: str) -> Iterator[Failure]:
    if not reason.strip():
        yield Failure("duty.no_reason", "请写明理由，例如作出调整的文件或会议", "reason")


def _lock(holder: Holder) -> None:
    """Two who keep the same holder's duties take turns."""
    _lock_all([holder])


def _lock_all(listed: Iterable[Holder]) -> None:
    posts = {holder.post.pk for holder in listed if holder.post}
    units = {holder.agency.pk for holder in listed if holder.post is None and holder.agency}
    if posts:
        list(Post.objects.filter(pk__in=posts).order_by("pk").select_for_update(of=("self",)).values("pk"))
    if units:
        list(Agency.objects.filter(pk__in=units).order_by("pk").select_for_update(of=("self",)).values("pk"))


def _running(duty: Duty) -> Duty:
    found = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if found.until is not None:
        raise Refused.because("duty.over", f"这一条职责已于 {found.until} 终止，请刷新后再看")
    return found


def _row(holder: Holder, said: Said, by: Actor, follows: Duty | None = None) -> Duty:
    return Duty(
        **holder.columns(), side=SIDE_OF[said.duty_class], duty_class=said.duty_class, oversight=said.oversight,
        text=said.text.strip(), clause=said.clause, basis=said.basis.strip()[:200],
        since=said.since or clock.today(), follows=follows, made_by=by.name[:60], made_by_post=by.post[:120],
        at=clock.now(),
    )  # fmt: skip


def _written(holder: Holder, said: Said, by: Actor, follows: Duty | None = None) -> tuple[Duty, bool]:
    alike = duties_of(holder, clock.today()).filter(text=said.text.strip(), until=None).first()
    if alike is not None and follows is None:
        return alike, False
    row = _row(holder, said, by, follows)
    row.save(force_insert=True)
    return row, True


def _noted(holder: Holder, verb: str, duty: Duty, *, was: str = "", reason: str = "") -> trail.Noted:
    said: dict[str, object] = {
        "holder": holder.name, "class": duty.duty_class, "text": duty.text, "since": duty.since.isoformat(),
        "basis": basis_of(duty),
    }  # fmt: skip
    if was:
        said["was"] = was
    if reason:
        said["reason"] = reason
    return trail.Noted(holder.about, verb, said)


def basis_of(duty: Duty) -> str:
    """The rule a duty rests on, as papers cite it."""
    return str(duty.clause) if duty.clause is not None else duty.basis
