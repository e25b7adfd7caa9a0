"""``/setup/``: leads a new district through what is still empty, in the order in which one thing needs the other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, Role, Tenure
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import the_district, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.exporting import WORKBOOK
from bihuan.kernel.web.places import Intake, intakes
from bihuan.kernel.web.session import actor_for
from bihuan.kernel.workbooks import importers

GUIDES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


@dataclass(frozen=True, slots=True)
class Standing:
    """One stage: whether it is done, in what words, and which workbook fills it."""

    label: str
    done: bool
    says: str
    kind: str = ""
    href: str = ""
    action: str = ""


@require_GET
@only_for(GUIDES)
def setup_page(request: HttpRequest) -> HttpResponse:
    """The stages; the first one that is not done is where we are."""
    stages = standings()
    actor = actor_for(request)
    offered = {intake.kind: intake for intake in intakes()}
    here = next((place for place, stage in enumerate(stages) if not stage.done), len(stages))
    context = {
        "crumbs": [parts.Link("初次设置", "")],
        "base_template": "base.html",
        "stages": [
            _stage(stage, "past" if stage.done else "here" if place == here else "ahead", offered, actor)
            for place, stage in enumerate(stages)
        ],
    }
    return render(request, "first_run.html", context)


def incomplete() -> bool:
    """Whether something a district cannot do without is still missing."""
    return not all(stage.done for stage in standings())


def standings() -> Sequence[Standing]:
    """Every stage as it stands now."""
    district = the_district()
    town_count = towns().count()
    agencies = Agency.objects.count()
    holders = Tenure.objects.exclude(post__role__in=ADMIN_ROLES).values("person").distinct().count()
    enterprises = SupervisedObject.objects.filter(kind=ObjectKind.ENTERPRISE).count()
    named = (
        f"{district.region.name}（{district.code}），安装时已设定。"
        if district
        else "还没有设定，请安装这套系统的人在服务器上设定区划代码和名称，做法见安装说明。"
    )
    return (
        Standing("确定本区县", district is not None, named),
        Standing(
            "镇街、村社区与网格",
            town_count > 0,
            f"{town_count} 个镇街。" if town_count else "辖区按这棵树划分，先于一切。",
            "regions",
        ),
        Standing(
            "部门与单位",
            agencies > 0,
            f"{agencies} 个单位。" if agencies else "谁监管哪个行业领域、谁按月报台账，由这张表决定。",
            "agencies",
        ),
        Standing(
            "人员、岗位与任职",
            holders > 0,
            f"{holders} 人在岗或曾在岗。"
            if holders
            else "先有单位，人才有岗位；职权跟着岗位走。企业的人员等企业导入以后再导入。",
            "people",
            "/people/",
            "逐个登记",
        ),
        Standing(
            "企业",
            enterprises > 0,
            f"{enterprises} 家。"
            if enterprises
            else "统一社会信用代码会逐个核对；台账里新出现的企业也会以“待核实”登记。",
            "enterprises",
        ),
    )


def _stage(stage: Standing, place: str, offered: dict[str, Intake], actor: Actor) -> parts.Stage:
    intake = offered.get(stage.kind)
    may = intake is not None and bool(actor.roles & intake.roles)
    says = stage.says
    if intake is not None and not may:
        says += f" 由{'、'.join(role.label for role in sorted(intake.roles, key=str))}导入。"
    href, action = (
        (intake.href, "导入" if not stage.done else "再导入")
        if intake and may
        else (stage.href, stage.action)
    )
    return parts.Stage(
        stage.label,
        place,  # type: ignore[arg-type]
        says,
        href=href,
        action=action,
        second_href=f"/setup/{stage.kind}.xlsx" if stage.kind else "",
        second="空白表",
    )


@require_GET
@only_for(GUIDES)
def template_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty workbook of a stage."""
    if kind not in importers.importers():
        raise Http404
    content = io.BytesIO()
    importers.write_template(kind, content)
    response = HttpResponse(content.getvalue(), content_type=WORKBOOK)
    name = f"{importers.importer_of(kind).label}-空白表.xlsx"
    response["Content-Disposition"] = (
        f"attachment; filename=\"template.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    return response
