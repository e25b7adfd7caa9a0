"""An enterprise's own responsibility: posts with their lists (M021), safety organisation (M030), requirement sets (M022)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bihuan.capabilities.responsibility.duties import spelling, trail
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.catalogues.reading import catalogue
from bihuan.capabilities.responsibility.duties.models import (
    InnerPost,
    ItemFinding,
    RequirementItem,
    RequirementSet,
    SafetyRole,
    SetItem,
)
from bihuan.capabilities.responsibility.duties.spelling import Check, Judged
from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.numerals import read_number
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.models import Standing as Vouched
from bihuan.registers.models import Enterprise

BASE = "/responsibility/duties/enterprises/"
INNER = "inner_post"
ORGANISATION = "safety_roles"
NOT_YOURS = "企业的岗位清单和安全组织由企业自己登记"
JUDGES = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})


@dataclass(frozen=True, slots=True)
class MandatoryRole:
    """One role of a safety organisation and when it must be filled: always, in large or high-risk ones, or never."""

    name: str
    mandatory: str
    basis: str


def roles() -> tuple[MandatoryRole, ...]:
    """The roles of the release."""
    return tuple(
        MandatoryRole(row["name"], row["mandatory"], row["basis"]) for row in catalogue("sets")["role"]
    )


def own(actor: Actor, supervised: SupervisedObject) -> bool:
    """Whether the actor keeps this enterprise's lists: it is their own."""
    return actor.is_system or any(
        scope.role in ENTERPRISE_ROLES and scope.object == supervised.uid for scope in actor.scopes
    )


def tell_post(supervised: SupervisedObject, name: str, people: int, duties: str, by: Actor) -> InnerPost:
    """List a post with its duty list; telling it again with another list ends the former.

    Raises:
        Refused: not the actor's enterprise, or without a name.
    """
    _only_own(by, supervised)
    title = name.strip()
    if not title or len(title) > 60:
        raise Refused.because("inner.no_name", "请填写岗位名称，最多 60 字，例如“焊工”", "name")
    if not 1 <= people <= 100_000:
        raise Refused.because("inner.people", "在岗人数应在 1 到 100000 之间", "people")
    with transaction.atomic():
        _lock(supervised)
        known = InnerPost.objects.filter(object=supervised, name=title, until=None).first()
        if known is not None and (known.people, known.duties) == (people, duties.strip()):
            return known
        if known is not None:
            known.until = max(clock.today(), known.since)
            known.save(update_fields=["until"])
        made = InnerPost.objects.create(
            object=supervised, name=title, people=people, duties=duties.strip()[:2000], since=clock.today(),
            made_by=by.name[:60], at=clock.now(),
        )  # fmt: skip
        said = {"post": title, "people": people, "list": made.duties}
        trail.note([trail.Noted(f"object/{supervised.uid}", "post_told", said)], by)
        spelling.refresh(INNER, only=_subjects(supervised))
    return made


def end_post(post: InnerPost, by: Actor) -> None:
    """The post is no more.

    Raises:
        Refused: not the actor's enterprise, or ended already.
    """
    _only_own(by, post.object)
    with transaction.atomic():
        _lock(post.object)
        found = InnerPost.objects.get(pk=post.pk)
        if found.until is not None:
            raise Refused.because("inner.over", f"这个岗位已于 {found.until} 撤销")
        found.until = max(clock.today(), found.since)
        found.save(update_fields=["until"])
        trail.note([trail.Noted(f"object/{post.object_id}", "post_ended", {"post": found.name})], by)
        spelling.refresh(INNER, only=_subjects(post.object))


def tell_role(supervised: SupervisedObject, role: str, holder: str, part: str, by: Actor) -> SafetyRole:
    """Say who holds a role of the safety organisation.

    Raises:
        Refused: not the actor's enterprise, an unknown role, or nobody named.
    """
    _only_own(by, supervised)
    Refused.unless(_role_faults(role, holder))
    with transaction.atomic():
        _lock(supervised)
        made, new = SafetyRole.objects.get_or_create(
            object=supervised, role=role, holder=holder.strip()[:120], part=part.strip()[:120], until=None,
            defaults={"since": clock.today(), "made_by": by.name[:60], "at": clock.now()},
        )  # fmt: skip
        if new:
            said = {"role": role, "holder": made.holder, "part": made.part}
            trail.note([trail.Noted(f"object/{supervised.uid}", "role_told", said)], by)
            spelling.refresh(ORGANISATION, only=[str(supervised.uid)])
    return made


def end_role(held: SafetyRole, by: Actor) -> None:
    """They hold it no more.

    Raises:
        Refused: not the actor's enterprise, or ended already.
    """
    _only_own(by, held.object)
    with transaction.atomic():
        _lock(held.object)
        found = SafetyRole.objects.get(pk=held.pk)
        if found.until is not None:
            raise Refused.because("role.over", f"已于 {found.until} 离任")
        found.until = max(clock.today(), found.since)
        found.save(update_fields=["until"])
        said = {"role": found.role, "holder": found.holder}
        trail.note([trail.Noted(f"object/{held.object_id}", "role_ended", said)], by)
        spelling.refresh(ORGANISATION, only=[str(held.object_id)])


def load_set(title: str, items: Sequence[str], basis: str, by: Actor) -> tuple[RequirementSet, str]:
    """Load a requirement set; items that another set has already are shared. Returns the set and a warning, empty if none.

    Repeated with the same items and basis, nothing changes. The title's number against its items: 五落实 with four items is
    warned of, for the documents do differ.

    Raises:
        Refused: not the committee office, without a title or items, or an item twice.
    """
    if not (by.is_system or by.holds(Role.OFFICE)):
        raise Refused.because("set.not_yours", "要求清单由安委办登记")
    names = [name.strip()[:60] for name in items if name.strip()]
    if not title.strip() or not names:
        raise Refused.because("set.empty", "请填写名称和各项要求，每行一项", "items")
    if len(set(names)) < len(names):
        raise Refused.because("set.item_twice", "有要求写了两遍，请核对", "items")
    warning = counted_wrong(title, len(names))
    called, rests_on = title.strip()[:60], basis.strip()[:200]
    with transaction.atomic():
        made, _ = RequirementSet.objects.get_or_create(title=called, defaults={"at": clock.now()})
        made = RequirementSet.objects.select_for_update().get(pk=made.pk)
        former = list(made.places.order_by("order").values_list("item__name", flat=True))
        if (former, made.basis) == (names, rests_on):
            return made, warning
        made.basis, made.warning, made.at = rests_on, warning, clock.now()
        made.save(update_fields=["basis", "warning", "at"])
        made.places.all().delete()
        for order, name in enumerate(names, 1):
            item, _ = RequirementItem.objects.get_or_create(name=name)
            SetItem.objects.create(set=made, item=item, order=order)
        if not by.is_system:  # what a release brings is no deed of anybody
            said = {"title": made.title, "items": names, "warning": warning}
            trail.note([trail.Noted(f"set/{made.pk}", "set_loaded", said)], by)
    return made, warning


def counted_wrong(title: str, items: int) -> str:
    """A warning where the number in a set's title is not how many items it has."""
    found = re.match(r"\s*([一二三四五六七八九十])(?!十)", title)
    said = read_number(found.group(1)) if found else items
    if said == items:
        return ""
    return f"“{title.strip()}”名称说有 {said} 项，清单列了 {items} 项，请对照文件核对"


def load_sets(by: Actor) -> None:
    """The sets of the release, where none of their title is here; safe to repeat."""
    known = set(RequirementSet.objects.values_list("title", flat=True))
    for row in catalogue("sets")["set"]:
        if row["title"] not in known:
            load_set(row["title"], row["items"], row["basis"], by)


def judge_item(
    supervised: SupervisedObject, item: RequirementItem, passed: bool, evidence: str, by: Actor
) -> ItemFinding:
    """Say whether an enterprise meets an item, with what shows it; every set that has the item counts it.

    Raises:
        Refused: the enterprise is not the actor's to check, or without evidence.
    """
    may = by.is_system or by.covers(
        JUDGES, supervised.region_path, supervised.sector_path, supervised.agency_id, supervised.uid
    )
    if not may:
        raise Refused.because("set.not_yours_to_judge", "由管辖它的部门、镇街或安委办核查")
    if not evidence.strip():
        raise Refused.because("set.no_evidence", "请写明依据的事实，例如查看了什么、结果如何", "evidence")
    with transaction.atomic():
        _lock(supervised)
        made = ItemFinding.objects.create(
            object=supervised, item=item, passed=passed, evidence=evidence.strip()[:500], found_on=clock.today(),
            found_by=by.name[:60], found_by_post=by.post[:120], at=clock.now(),
        )  # fmt: skip
        said = {"item": item.name, "passed": passed, "evidence": made.evidence}
        trail.note([trail.Noted(f"object/{supervised.uid}", "judged", said)], by)
    return made


def findings(supervised: SupervisedObject) -> dict[int, ItemFinding]:
    """The latest finding of each item, by item."""
    rows = ItemFinding.objects.filter(object=supervised).order_by("item", "-found_on", "-id").distinct("item")
    return {one.item_id: one for one in rows}


def missing_roles(
    staff: int | None, high_risk: bool, held: Collection[str]
) -> list[MandatoryRole]:  # fmt: skip
    """The mandatory roles nobody holds."""
    large = high_risk or (staff or 0) > catalogue("sets")["large_staff"]
    wanted = [one for one in roles() if one.mandatory == "always" or (one.mandatory == "large" and large)]
    return [one for one in wanted if one.name not in held]


def judge_organisations(on: date, only: Collection[str] | None) -> Iterator[Judged]:
    """Every confirmed enterprise: is each mandatory role held?"""
    objects = SupervisedObject.objects.filter(
        kind=ObjectKind.ENTERPRISE, standing=Vouched.CONFIRMED, until=None
    )
    if only is not None:
        objects = objects.filter(uid__in=list(only))
    held: dict[Any, set[str]] = {}
    told = SafetyRole.objects.filter(in_force(on))
    if only is not None:
        told = told.filter(object__in=list(only))
    for uid, role in told.values_list("object_id", "role"):
        held.setdefault(uid, set()).add(role)
    dangerous = tuple(
        Sector.objects.filter(code__in=catalogue("sets")["high_risk"]).values_list("path", flat=True)
    )
    known = {row[0]: row[1:] for row in _register_rows(only)}
    for one in objects.iterator(chunk_size=2000):
        staff, principal, manager = known.get(one.uid, (None, "", ""))
        names = set(held.get(one.uid, ()))
        names |= {"主要负责人"} if principal else set()
        names |= {"安全管理人员"} if manager else set()
        high_risk = bool(dangerous) and one.sector_path.startswith(dangerous)
        missing = missing_roles(staff, high_risk, names)
        yield Judged(
            subject=str(one.uid),
            label=one.name,
            passes=not missing,
            why="缺" + "、".join(role.name for role in missing) if missing else "",
            level=Level.ENTERPRISE.value,
            region_path=one.region_path,
            sector_path=one.sector_path,
            agency=one.agency_id or 0,
            object=one.uid,
            href=f"{BASE}{one.uid}/",
        )


def _register_rows(only: Collection[str] | None) -> Iterator[tuple[Any, ...]]:
    rows = Enterprise.objects.all() if only is None else Enterprise.objects.filter(object__in=list(only))
    yield from rows.values_list(
        "object_id", "staff_count", "principal_name", "safety_manager_name"
    ).iterator()


def judge_posts(on: date, only: Collection[str] | None) -> Iterator[Judged]:
    """Every post that enterprises list: has it its post-level duty list?"""
    posts = InnerPost.objects.filter(in_force(on)).select_related("object")
    if only is not None:
        posts = posts.filter(object__in={subject.partition("/")[0] for subject in only})
    for one in posts.order_by("id"):
        subject, has = f"{one.object_id}/{one.name}"[:100], bool(one.duties)
        yield Judged(
            subject=subject,
            label=f"{one.object.name} {one.name}",
            passes=has,
            why="" if has else "没有岗位安全生产责任清单",
            level=Level.ENTERPRISE.value,
            region_path=one.object.region_path,
            sector_path=one.object.sector_path,
            agency=one.object.agency_id or 0,
            object=one.object_id,
            href=f"{BASE}{one.object_id}/",
        )


def _subjects(supervised: SupervisedObject) -> list[str]:
    """The subjects of the check on posts that belong to one enterprise, gone ones too."""
    names = InnerPost.objects.filter(object=supervised).values_list("name", flat=True)
    return [f"{supervised.uid}/{name}"[:100] for name in dict.fromkeys(names)]


def _only_own(by: Actor, supervised: SupervisedObject) -> None:
    if not own(by, supervised):
        raise Refused.because("inner.not_yours", NOT_YOURS)


def _role_faults(role: str, holder: str) -> Iterator[Failure]:
    if role not in {one.name for one in roles()}:
        yield Failure("role.unknown", "请从列出的职位中选择", "role")
    if not holder.strip():
        yield Failure("role.nobody", "请填写人员姓名或机构名称", "holder")


def _lock(supervised: SupervisedObject) -> None:
    SupervisedObject.objects.select_for_update(of=("self",)).get(pk=supervised.pk)


CHECKS = (
    Check(INNER, "岗位责任清单", "没有责任清单的企业岗位", judge_posts, nightly=True),
    Check(ORGANISATION, "企业安全组织", "安全组织不全的企业", judge_organisations, nightly=True),
)
