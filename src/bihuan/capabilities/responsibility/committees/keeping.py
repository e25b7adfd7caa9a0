"""Setting up committees, seating and unseating, and telling who leads a place's government: recorded deeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction

from bihuan.capabilities.responsibility.committees import trail
from bihuan.capabilities.responsibility.committees.access import may_keep, may_keep_place
from bihuan.capabilities.responsibility.committees.compliance import CHECKS
from bihuan.capabilities.responsibility.committees.models import Committee, Leadership, Seat
from bihuan.capabilities.responsibility.committees.models.committees import CommitteeKind, SeatRole, Standing
from bihuan.capabilities.responsibility.duties import spelling
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Agency, Region

NOT_YOURS = "区安委会和各专业委员会由安委办登记，镇街安委会由本镇街登记"


def set_up(
    name: str,
    region: Region,
    by: Actor,
    *,
    lead: Agency | None = None,
    duty: str = "",
    basis: str = "",
    since: date | None = None,
) -> Committee:
    """Set up a committee; with ``lead`` a specialist one.

    Raises:
        Refused: not the actor's, without a name, a name or a place that has one already, or a day to come.
    """
    office_only = lead is not None and not (by.is_system or by.holds(Role.OFFICE))
    if office_only or not may_keep_place(by, region):
        raise Refused.because("committee.not_yours", NOT_YOURS)
    Refused.unless(_faults(name, since))
    kind = CommitteeKind.SPECIALIST if lead else CommitteeKind.PLENARY
    try:
        with transaction.atomic():
            made = Committee.objects.create(
                name=name.strip(), kind=kind, region=region, lead=lead, duty=duty.strip()[:1000],
                basis=basis.strip()[:120], since=since or clock.today(),
            )  # fmt: skip
            said = {
                "name": made.name,
                "kind": made.kind,
                "since": made.since.isoformat(),
                "basis": made.basis,
            }
            trail.note([trail.Noted(str(made.pk), "set_up", said)], by)
            _look_again(region)
    except IntegrityError as reason:
        sentence = f"{region.name}已有安委会，或“{name.strip()}”已经用过，请核对"
        raise Refused.because("committee.already", sentence, "name") from reason
    return made


def seat(
    committee: Committee,
    role: SeatRole,
    by: Actor,
    *,
    post: Post | None = None,
    agency: Agency | None = None,
    since: date | None = None,
) -> Seat:
    """Give a post, or a member unit, a seat. A post that sits otherwise already changes its seat.

    Raises:
        Refused: not the actor's, neither or both given, a unit that is not a mere member, a day to come, or a chair while
            there is one (``committee.chair_taken``).
    """
    _only_keepers(by, committee)
    Refused.unless(_seat_faults(role, post, agency, since))
    begins = since or clock.today()
    try:
        with transaction.atomic():
            held = Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
            standing = Seat.objects.filter(committee=held, post=post, agency=agency, until=None).first()
            if standing is not None and standing.role == role:
                return standing
            if standing is not None:
                standing.until = max(begins, standing.since)
                standing.save(update_fields=["until"])
            made = Seat.objects.create(committee=held, role=role, post=post, agency=agency, since=begins)
            who = titled(post) if post else agency.name if agency else ""
            said = {"who": who, "role": role.value, "since": begins.isoformat()}
            trail.note([trail.Noted(str(held.pk), "seated", said)], by)
            _look_again(held.region)
    except IntegrityError as reason:
        if "one_chair_at_a_time" not in str(reason):
            raise
        sentence = "这个委员会这段时间已有主任，一个委员会同时只有一位；请先办理原主任离任"
        raise Refused.because("committee.chair_taken", sentence, "role") from reason
    return made


def unseat(held: Seat, until: date, by: Actor) -> None:
    """Let a seat end: on ``until`` itself it is no more.

    Raises:
        Refused: not the actor's, over already, before it began, or a day to come.
    """
    _only_keepers(by, held.committee)
    with transaction.atomic():
        Committee.objects.select_for_update(of=("self",)).get(pk=held.committee_id)
        found = Seat.objects.select_related("post__agency", "agency").get(pk=held.pk)
        Refused.unless(_end_faults(found.since, found.until, until))
        found.until = until
        found.save(update_fields=["until"])
        who = titled(found.post) if found.post else found.agency.name if found.agency else ""
        said = {"who": who, "role": found.role, "until": until.isoformat()}
        trail.note([trail.Noted(str(found.committee_id), "unseated", said)], by)
        _look_again(held.committee.region)


def tell_standing(
    region: Region, post: Post, standing: Standing, by: Actor, *, since: date | None = None
) -> Leadership:
    """Say that a post is the principal leader of a place's government, or one of its deputies.

    Raises:
        Refused: not the actor's, a day to come, or a second principal (``committee.principal_taken``).
    """
    if not may_keep_place(by, region):
        raise Refused.because("committee.not_yours", NOT_YOURS)
    if since is not None and since > clock.today():
        raise Refused.because("committee.since_ahead", "日期还没有到，到时再登记", "since")
    begins = since or clock.today()
    try:
        with transaction.atomic():
            Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
            known = Leadership.objects.filter(region=region, post=post, until=None).first()
            if known is not None and known.standing == standing:
                return known
            if known is not None:
                known.until = max(begins, known.since)
                known.save(update_fields=["until"])
            made = Leadership.objects.create(region=region, post=post, standing=standing, since=begins)
            said = {"who": titled(post), "standing": standing.value, "since": begins.isoformat()}
            trail.note([trail.Noted(f"place/{region.pk}", "standing_told", said)], by)
            _look_again(region)
    except IntegrityError as reason:
        if "one_principal_at_a_time" not in str(reason):
            raise
        sentence = f"{region.name}这段时间已登记了政府主要负责人，请先办理其离任"
        raise Refused.because("committee.principal_taken", sentence, "standing") from reason
    return made


def end_standing(known: Leadership, until: date, by: Actor) -> None:
    """Let it end.

    Raises:
        Refused: not the actor's, over already, before it began, or a day to come.
    """
    if not may_keep_place(by, known.region):
        raise Refused.because("committee.not_yours", NOT_YOURS)
    with transaction.atomic():
        Region.objects.select_for_update(of=("self",)).get(pk=known.region_id)
        found = Leadership.objects.select_related("post__agency").get(pk=known.pk)
        Refused.unless(_end_faults(found.since, found.until, until))
        found.until = until
        found.save(update_fields=["until"])
        said = {"who": titled(found.post), "until": until.isoformat()}
        trail.note([trail.Noted(f"place/{known.region_id}", "standing_ended", said)], by)
        _look_again(known.region)


def _only_keepers(by: Actor, committee: Committee) -> None:
    if not may_keep(by, committee):
        raise Refused.because("committee.not_yours", NOT_YOURS)


def _look_again(region: Region) -> None:
    spelling.refresh(*(check.name for check in CHECKS), only=[f"place/{region.pk}"])


def _faults(name: str, since: date | None) -> Iterator[Failure]:
    if not name.strip():
        yield Failure("committee.no_name", "请填写委员会名称，例如“东湖镇安全生产委员会”", "name")
    if since is not None and since > clock.today():
        yield Failure("committee.since_ahead", "成立日期还没有到，到时再登记", "since")


def _seat_faults(
    role: SeatRole, post: Post | None, agency: Agency | None, since: date | None
) -> Iterator[Failure]:
    if (post is None) == (agency is None):
        yield Failure("committee.no_seat", "请选择一个岗位，或一个成员单位，二者选一", "post")
    if agency is not None and role != SeatRole.MEMBER:
        yield Failure("committee.unit_is_member", "单位只能是成员；主任、副主任须是岗位", "role")
    if since is not None and since > clock.today():
        yield Failure("committee.since_ahead", "任职日期还没有到，到时再登记", "since")


def _end_faults(since: date, ended: date | None, until: date) -> Iterator[Failure]:
    if ended is not None:
        yield Failure("committee.over", f"已于 {ended} 离任，请刷新后再看")
    if until < since:
        yield Failure("committee.ends_too_early", f"离任日期不能早于任职日期 {since}", "until")
    if until > clock.today():
        yield Failure("committee.until_ahead", "离任日期还没有到，到时再登记", "until")
