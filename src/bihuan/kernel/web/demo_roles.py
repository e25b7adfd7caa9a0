"""Whom the demo offers to be: for every role the first person who holds it today."""

from __future__ import annotations

from uuid import UUID

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role, Tenure
from bihuan.kernel.territory.trees import in_force
from bihuan.kernel.web.parts import Choice

DOES = {
    Role.OFFICE: "收台账、交办、催办、看谁没报、出半年报告",
    Role.LEADER: "看升级到自己的事项和全区数据",
    Role.REGULATOR: "交办、验收本行业领域的隐患，管重大隐患挂牌督办",
    Role.OFFICER: "检查中发现隐患，现场上报、复查",
    Role.TOWN: "报送本镇街台账，督促整改",
    Role.GRID: "巡查时用手机拍照上报",
    Role.PRINCIPAL: "看本企业的隐患，对整改负责",
    Role.SAFETY: "自查自报，整改后提交照片",
    Role.EXPERT: "排查时提出隐患和建议",
    Role.SYSTEM_ADMIN: "管账号和参数，不碰业务",
    Role.SECURITY_ADMIN: "管岗位、任职和权限，不碰业务",
    Role.AUDITOR: "查阅和核验留痕，不碰业务",
}
LOOKS = {
    Role.OFFICE: "clipboard-list",
    Role.LEADER: "users",
    Role.REGULATOR: "building-community",
    Role.OFFICER: "gavel",
    Role.TOWN: "building",
    Role.GRID: "map-pin",
    Role.PRINCIPAL: "building-factory-2",
    Role.SAFETY: "clipboard-check",
    Role.EXPERT: "award",
    Role.SYSTEM_ADMIN: "settings",
    Role.SECURITY_ADMIN: "id-badge-2",
    Role.AUDITOR: "shield-check",
}


def demo_roles() -> list[Choice]:
    """One card a role, in the order roles are declared; ``value`` is the account's name."""
    held = (
        Tenure.objects.filter(in_force(clock.today()), person__user__is_active=True)
        .select_related("post", "post__agency", "person__user")
        .order_by("post__role", "id")
        .distinct("post__role")
    )
    first = {Role(tenure.post.role): tenure for tenure in held}
    inside = [tenure.post.object for tenure in first.values() if tenure.post.object is not None]
    names: dict[UUID | None, str] = {}
    names.update(SupervisedObject.objects.filter(pk__in=inside).values_list("pk", "name"))
    return [
        _card(role, first[role], names.get(first[role].post.object, "")) for role in Role if role in first
    ]


def _card(role: Role, tenure: Tenure, enterprise: str = "") -> Choice:
    post = tenure.post
    agency = post.agency.name if post.agency else ""
    title = post.title if not agency or post.title.startswith(agency) else f"{agency}{post.title}"
    where = f"{enterprise}，" if enterprise else ""
    return Choice(
        value=tenure.person.user.username,
        label=role.label,
        says=f"{where}{tenure.person.name}，{title}。{DOES[role]}",
        icon=LOOKS[role],
    )
