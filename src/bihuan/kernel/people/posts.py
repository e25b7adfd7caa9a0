"""Posts and who holds them: given by the security administrator, never to oneself, and never two that must stay apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people import companions
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Person, Post, Role, Tenure
from bihuan.kernel.people.trail import note
from bihuan.kernel.territory.models import Agency, Region, Sector

UNPLACED = ADMIN_ROLES | ENTERPRISE_ROLES
"""Roles whose reach is not a place: administrators reach nothing, enterprises themselves."""


def create_post(
    by: Actor,
    title: str,
    role: Role,
    *,
    agency: Agency | None = None,
    region: Region | None = None,
    sectors: Sequence[Sector] = (),
    object_uid: UUID | None = None,
    heads: bool = False,
    said: Mapping[str, str] | None = None,
) -> Post:
    """Set up a post. Its reach follows from its place and sectors; an enterprise's post reaches that enterprise.

    ``said`` holds what comes with it, by the name under which another room asks for it (:mod:`.companions`); it is kept in
    the same transaction, or neither is.

    Raises:
        Refused: not by the security administrator, or with every reason found.
    """
    _only_security_admin(by)
    given = said or {}
    draft = companions.Draft(title.strip(), role, agency, region, tuple(sectors), object_uid, heads)
    Refused.unless(
        chain(_post_faults(title, role, agency, region, object_uid), companions.objections(draft, given))
    )
    with transaction.atomic():
        post = Post.objects.create(
            title=title.strip(),
            role=role,
            agency=agency if role not in UNPLACED else None,
            region=region if role not in UNPLACED else None,
            region_path=region.path if region and role not in UNPLACED else "",
            sector_paths=[sector.path for sector in sectors] if role not in UNPLACED else [],
            object=object_uid if role in ENTERPRISE_ROLES else None,
            heads=heads,
        )
        payload = {
            "title": post.title,
            "role": post.role,
            "agency": agency.name if post.agency_id and agency else "",
            "region": region.name if post.region_id and region else "",
            "sectors": [sector.name for sector in sectors] if post.sector_paths else [],
            "object": str(post.object) if post.object else "",
        }
        note(post, "post_created", by, payload)
        companions.keep_all(post, given, by)
    return post


def _post_faults(
    title: str, role: Role, agency: Agency | None, region: Region | None, object_uid: UUID | None
) -> Iterator[Failure]:
    if not title.strip():
        yield Failure("people.no_title", "请填写岗位名称，例如“安监站站长”", "title")
    if role in ENTERPRISE_ROLES and object_uid is None:
        yield Failure("people.no_object", f"{role.label}须指明是哪一家单位", "object")
    if role not in UNPLACED and region is None:
        yield Failure("people.no_region", f"{role.label}须指明辖区", "region")
    if role not in UNPLACED | {Role.EXPERT} and agency is None:
        yield Failure("people.no_agency", f"{role.label}须指明所在单位", "agency")


def begin_tenure(post: Post, person: Person, since: date, by: Actor) -> Tenure:
    """Let ``person`` hold ``post`` from ``since`` on.

    Raises:
        Refused: not by the security administrator, to oneself (``people.not_to_yourself``), to an administrator who
            already is another one or touches business (``people.two_admin_roles``, ``people.admin_and_business``), or
            while somebody else holds the post (``people.post_taken``).
    """
    _only_security_admin(by)
    if person.pk in by.persons:
        raise Refused.because("people.not_to_yourself", "不能给自己任职，请由另一位安全管理员办理", "person")
    with transaction.atomic():
        post, person = _locked_post(post.pk), Person.objects.select_for_update().get(pk=person.pk)
        Refused.unless(_apart(post, person, since))
        try:
            with transaction.atomic():
                tenure = Tenure.objects.create(post=post, person=person, since=since)
        except IntegrityError as reason:
            if "one_holder_at_a_time" not in str(reason):
                raise
            raise Refused.because("people.post_taken", _taken(post, since), "since") from reason
        payload = {"post": post.title, "role": post.role, "person": person.name, "since": since.isoformat()}
        note(post, "tenure_begun", by, {**payload, "person_id": person.pk})
        note(person, "tenure_begun", by, {**payload, "post_id": post.pk})
    return tenure


def end_tenure(tenure: Tenure, until: date, by: Actor) -> None:
    """Let a tenure end: on ``until`` itself the person no longer holds the post.

    Raises:
        Refused: not by the security administrator, ended before, or before it began (``people.ends_too_early``).
    """
    _only_security_admin(by)
    with transaction.atomic():
        post = _locked_post(tenure.post_id)
        person = Person.objects.select_for_update().get(pk=tenure.person_id)
        held = Tenure.objects.select_for_update().get(pk=tenure.pk)
        if held.until is not None and held.until <= clock.today():
            raise Refused.because("people.already_ended", f"{person.name}已于 {held.until} 离任，不用再办")
        if until <= held.since:
            sentence = f"离任日期须晚于任职日期 {held.since}；任错了人的，请系统管理员先停用其账号"
            raise Refused.because("people.ends_too_early", sentence, "until")
        held.until = until
        held.save(update_fields=["until"])
        payload = {"post": post.title, "role": post.role, "person": person.name, "until": until.isoformat()}
        note(post, "tenure_ended", by, {**payload, "person_id": person.pk})
        note(person, "tenure_ended", by, {**payload, "post_id": post.pk})
    tenure.until = until


def overlapping(person: Person, since: date) -> QuerySet[Tenure]:
    """The tenures of ``person`` that run on ``since`` or begin later."""
    running = Q(until=None) | Q(until__gt=since)
    return Tenure.objects.filter(running, person=person).select_related("post")


def _apart(post: Post, person: Person, since: date) -> Iterator[Failure]:
    """The three administrators are three persons, and none of them touches business matters."""
    wanted = Role(post.role)
    for tenure in overlapping(person, since):
        held = Role(tenure.post.role)
        if held in ADMIN_ROLES and wanted in ADMIN_ROLES and held != wanted:
            sentence = f"{person.name}已任{held.label}，三种管理员须由不同的人担任"
            yield Failure("people.two_admin_roles", sentence, "person")
        elif (held in ADMIN_ROLES) != (wanted in ADMIN_ROLES):
            sentence = f"{person.name}已任“{tenure.post.title}”，管理员不得兼任业务岗位"
            yield Failure("people.admin_and_business", sentence, "person")


def _taken(post: Post, since: date) -> str:
    running = Q(until=None) | Q(until__gt=since)
    holder = Tenure.objects.filter(running, post=post).select_related("person").order_by("since").first()
    if holder is None:
        return "这段时间已有人任职，一个岗位同时只能一人"
    end = f"至 {holder.until}" if holder.until else "至今"
    return (
        f"“{post.title}”自 {holder.since} {end}由{holder.person.name}任职，一个岗位同时只能一人；请先办理离任"
    )


def _locked_post(pk: int) -> Post:
    return Post.objects.select_for_update(of=("self",)).get(pk=pk)


def _only_security_admin(by: Actor) -> None:
    if not (by.is_system or by.holds(Role.SECURITY_ADMIN)):
        raise Refused.because("people.not_yours", "岗位和任职由安全管理员办理")
