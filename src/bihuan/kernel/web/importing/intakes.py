"""The workbooks with which a district begins, and who hands them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts
from bihuan.kernel.web.places import Intake, intakes, take_in

MAKERS = frozenset({Role.SYSTEM_ADMIN})
KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


def offered_to(actor: Actor) -> list[Intake]:
    """The kinds an actor may hand in, what comes every month first."""
    mine = [intake for intake in intakes() if actor.roles & intake.roles]
    return sorted(mine, key=lambda intake: not intake.recurring)


def intake_of(kind: str) -> Intake:
    """The intake of ``kind``; a plain one for a kind that only the terminal takes."""
    known = {intake.kind: intake for intake in intakes()}
    return known.get(kind) or Intake(kind, kind, "", frozenset())


def _back_to(label: str, href: str) -> Callable[[UUID, Mapping[str, Any]], Sequence[parts.Link]]:
    links = (parts.Link(label, href), parts.Link("回到初次设置", "/setup/"))
    return lambda batch, result: links


def install() -> None:
    """Offer them on the first-run page and on the page of imports."""
    take_in(
        Intake(
            kind="regions",
            label="区划",
            says="镇街、村社区和网格；上级写在下级前面的行里。",
            roles=MAKERS,
            unit="个",
            after=_back_to("接着导入单位", "/imports/?kind=agencies"),
            order=10,
        )
    )
    take_in(
        Intake(
            kind="agencies",
            label="单位",
            says="部门、镇街政府和安委办；谁主管哪个行业领域、谁按月报台账，由这张表定。",
            roles=MAKERS,
            unit="个",
            after=_back_to("接着导入人员", "/imports/?kind=people"),
            order=20,
        )
    )
    take_in(
        Intake(
            kind="people",
            label="人员",
            says="分两次导，按姓名和电话认人：安全管理员导岗位和任职，“账号”一列留空；系统管理员导账号，“岗位”“角色”两列留空。",
            roles=KEEPERS,
            unit="人",
            after=_back_to("打开人员与岗位", "/people/"),
            order=30,
        )
    )
