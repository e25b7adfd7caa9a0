"""The draw shown live, step by step; its replay; and the file anybody may check with tools of their own."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.capabilities.inspections.planning.access import access_draw
from bihuan.capabilities.inspections.planning.draws import proof
from bihuan.capabilities.inspections.planning.models import Draw
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

HERE = "/draws/"
PAUSE = "900ms"


def steps_of(draw: Draw) -> list[dict[str, Any]]:
    """The draw as a room sees it, a step a line: heading, words, and small print to compare."""
    left_out = f"按规则没有列入的 {len(draw.excluded)} 个，逐个写明了原因。" if draw.excluded else ""
    conditions = [("抽取条件摘要", draw.conditions_digest)] if draw.conditions_digest else []
    steps: list[dict[str, Any]] = [
        {"title": "一、锁定名单",
         "words": f"抽查对象 {len(draw.targets)} 家，检查人员 {len(draw.officers)} 名。{left_out}",
         "small": [("对象名单摘要", draw.targets_digest), ("人员名单摘要", draw.officers_digest), *conditions]},
        {"title": "二、承诺随机数", "words": "锁定名单时系统已选定一个随机数，先公布它的摘要，谁也不能再换。",
         "small": [("承诺", draw.commitment)]},
    ]  # fmt: skip
    if not draw.seed:
        return steps
    called = f"现场报数“{draw.words}”（{draw.witness}）。" if draw.words else "没有现场报数。"
    steps += [
        {"title": "三、公开随机数", "words": f"{called}随机数公开后，它的摘要应与承诺相同。", "small": [("随机数", draw.secret)]},
        {"title": "四、产生种子", "words": "随机数、现场报数、两份名单和抽取条件的摘要合在一起，算出种子；以下全由种子决定。",
         "small": [("种子", draw.seed)]},
    ]  # fmt: skip
    targets = {one["id"]: one for one in draw.targets}
    officers = {one["id"]: one["name"] for one in draw.officers}
    for one in draw.result:
        team = "、".join(officers[each] for each in one["officers"])
        steps.append(
            {"title": f"第 {one['place']} 家：{targets[one['target']]['name']}", "words": f"检查人员：{team}",
             "small": [("签号", one["lot"])], "drawn": True}
        )  # fmt: skip
    return steps


@require_GET
@only_for(places.OFFICIALS)
def live_page(request: HttpRequest, no: str) -> HttpResponse:
    """For the screen in the room: it waits, and shows the draw step by step as soon as the lot is cast."""
    draw = access_draw(actor_for(request), no)
    steps = steps_of(draw)
    asked = request.GET.get("shown", "")
    shown = min(int(asked), len(steps)) if asked.isdecimal() and len(asked) < 5 else 0
    all_at_once = request.GET.get("all") == "1"
    context = {
        "crumbs": [parts.Link("双随机抽查", HERE), parts.Link(draw.no, f"{HERE}{no}/"), parts.Link("抽取过程", "")],
        "draw": draw,
        "agency": draw.agency.name if draw.agency else "",
        "steps": steps if all_at_once else steps[: shown + 1],
        "next": "" if all_at_once else _following(draw, shown, len(steps)),
        "pause": PAUSE if shown + 1 < len(steps) else "3s",
        "waiting": not draw.seed,
        "cast": parts.Action("抽取", f"{HERE}{no}/cast/", primary=True),
        "everything": f"{HERE}{no}/live/?all=1",
        "replay": f"{HERE}{no}/replay/",
    }  # fmt: skip
    partial = bool(request.headers.get("HX-Request"))
    return render(request, "planning/steps.html" if partial else "planning/live.html", context)


def _following(draw: Draw, shown: int, steps: int) -> str:
    """Where the next step is asked for; before the lot is cast the last step asks for itself until it is."""
    if shown + 1 < steps:
        return f"{HERE}{draw.no}/live/?shown={shown + 1}"
    return "" if draw.seed else f"{HERE}{draw.no}/live/?shown={steps - 1}"


@require_GET
@only_for(places.OFFICIALS)
def replay_page(request: HttpRequest, no: str) -> HttpResponse:
    """Everything computed again from what is kept; a changed row shows here in red."""
    draw = access_draw(actor_for(request), no)
    checked = proof.replay(proof.published(draw))
    wrong = sum(not one.good for one in checked)
    columns = (
        parts.Column("项目", "title"), parts.Column("档案中的"), parts.Column("重新算出的"), parts.Column("核对", "state"),
    )  # fmt: skip
    rows = [
        parts.Row(
            (
                one.label, one.kept, "相同" if one.good else one.computed,
                parts.State("一致", "done") if one.good else parts.Level("不一致", "red"),
            ),
            late=not one.good,
        )
        for one in checked
    ]  # fmt: skip
    context = {
        "crumbs": [
            parts.Link("双随机抽查", HERE),
            parts.Link(draw.no, f"{HERE}{no}/"),
            parts.Link("复算", ""),
        ],
        "heading": "复算" if draw.seed else "核对名单",
        "lead": f"{draw.title}："
        + (f"{wrong} 项不一致，档案可能被改动" if wrong else f"{len(checked)} 项全部一致"),
        "begin": (
            parts.Action("下载名单和种子", f"{HERE}{no}/lists.json", icon="download"),
            parts.Action("看抽取过程", f"{HERE}{no}/live/?all=1", icon="eye"),
        ),
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(columns, rows, "复算"),
        "empty": parts.Empty("还没有可以核对的内容。"),
        "count_words": "算法：签号 = SM3（种子|target|编号），从小到大取前几家；检查人员按已抽次数和签号依次分派。",
    }
    return render(request, "list.html", context)


@require_GET
@only_for(places.OFFICIALS)
def lists_file(request: HttpRequest, no: str) -> HttpResponse:
    """The lists, and once the lot is cast the seed and result, as one file for ``bihuan draw replay`` or any SM3 tool."""
    draw = access_draw(actor_for(request), no)
    text = json.dumps(proof.published(draw), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{draw.no}.json"'
    response["Cache-Control"] = "private, no-store"
    return response
