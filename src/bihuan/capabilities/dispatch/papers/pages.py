"""How papers show themselves in lists, in the API and on their page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.dispatch.pages import names_of
from bihuan.capabilities.dispatch.papers import views
from bihuan.capabilities.dispatch.papers.access import visible_papers
from bihuan.capabilities.dispatch.papers.loop import PAPER
from bihuan.capabilities.dispatch.papers.models import UNDECIDED, Paper
from bihuan.capabilities.dispatch.papers.records import show_items
from bihuan.capabilities.dispatch.papers.states import PaperKind, PaperState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.search import containing
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

_OPEN = [state.value for state in UNDECIDED]
BY_DEADLINE = Order(
    "deadline", "deadline", descending=False, within=lambda: Q(state=PaperState.SPLITTING.value), few=True
)
BY_RECEIPT = Order("received", "received_on", descending=True)
FORMS = {"paste": "粘贴的文字", "txt": "文本文件", "docx": "Word 文档"}


def tags(paper: Paper) -> Sequence[str]:
    return [PaperKind(paper.kind).label, *([paper.number] if paper.number else [])]


def facts(paper: Paper) -> Sequence[parts.Fact]:
    return [
        parts.Fact("标题", paper.title, wide=True),
        parts.Fact("讲话人" if paper.kind == PaperKind.SPEECH else "发文单位", paper.issuer),
        parts.Fact("文件日期", paper.issued_on),
        parts.Fact("列为任务", f"{paper.kept} 条"),
        parts.Fact("文号", paper.number or "—"),
        parts.Fact("登记日期", paper.received_on),
        parts.Fact(
            "正文",
            f"{len(paper.text):,} 字，来自{FORMS.get(paper.form, paper.form)}",
            hint=f"摘要（SM3） {bytes(paper.digest).hex()[:16]}",
        ),
    ]  # fmt: skip


def more_facts(paper: Paper, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    chain = _document_chain(paper, actor)
    if chain:
        sections.append(("上下级贯通", chain))
    sections.append(("提取和核改", measured(paper)))
    return sections


def _document_chain(paper: Paper, actor: Actor) -> Sequence[parts.Fact]:
    """The superior document this one carries out, and the local papers that carry this one out (M047)."""
    seen = visible_papers(actor).filter(voided=False)
    found = []
    if paper.superior_id is not None and (above := seen.filter(pk=paper.superior_id).first()):
        found.append(
            parts.Fact("上级文件", above.title, hint=above.no, href=f"/papers/{above.no}/", wide=True)
        )
    for below in seen.filter(superior=paper).order_by("received_on", "no"):
        found.append(
            parts.Fact("落实文件", below.title, hint=f"{below.no} {PaperState(below.state).label}",
                       href=f"/papers/{below.no}/", wide=True)
        )  # fmt: skip
    if paper.kind == PaperKind.SUPERIOR and paper.answered_on is None and not paper.voided:
        found.append(
            parts.Fact(
                "本地落实",
                "还没有",
                hint=f"应于 {paper.act_by} 前分解为任务，或登记贯彻它的本区文件",
                wide=True,
            )
        )
    return found


def measured(paper: Paper) -> Sequence[parts.Fact]:
    """What the rules proposed and what became of it; judged only once it was dispatched."""
    told = [parts.Fact("系统提取", f"{paper.proposed} 条")]
    if paper.decomposed_on is not None:
        told.append(parts.Fact("照提取采用", f"{paper.accepted} 条"))
    told += [
        parts.Fact("修改后采用", f"{paper.changed} 条"),
        parts.Fact("不列为任务", f"{paper.dropped} 条"),
        parts.Fact("人工补充", f"{paper.added} 条"),
    ]
    if paper.decomposed_on is not None and paper.proposed:
        right = paper.proposed - paper.dropped
        told.append(
            parts.Fact(
                "提取准确率",
                f"{right * 100 / paper.proposed:.1f}%",
                hint=f"提取的 {paper.proposed} 条中 {right} 条列为任务",
            )
        )
    return told


COLUMNS = (
    parts.Column("标题", "title"),
    parts.Column("类型", phone=False),
    parts.Column("来自", phone=False),
    parts.Column("文件日期", "day", phone=False),
    parts.Column("任务", "number", "条"),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(paper: Any) -> parts.Row:
    waiting = paper.state == PaperState.SPLITTING and paper.deadline is not None
    deadline = parts.Deadline.of(paper.deadline) if waiting else None
    return parts.Row(
        cells=(
            paper.title, PaperKind(paper.kind).label, paper.issuer, paper.issued_on, paper.kept, deadline or "—",
            state_part(PAPER, paper.state),
        ),
        href=f"/papers/{paper.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=f"{paper.no} {paper.number}".strip(),
    )  # fmt: skip


_LISTED = (
    "uid", "no", "state", "version", "deadline", "title", "kind", "issuer", "number", "issued_on", "received_on",
    "act_by", "answered_on", "decomposed_on", "closed_on", "proposed", "accepted", "changed", "dropped", "added", "kept",
)  # fmt: skip


def listed(rows: QuerySet[Paper]) -> QuerySet[Any]:
    """Rows with what lists and exports show; never the text."""
    return rows.annotate(superior_no=F("superior__no")).values_list(*_LISTED, "superior_no", named=True)


def _idle() -> Q:
    return Q(
        state=PaperState.SPLITTING.value,
        kind=PaperKind.SUPERIOR.value,
        answered_on=None,
        deadline__lt=clock.today(),
    )


TABS = (
    TabOf("splitting", "起草拆分", in_state(PaperState.SPLITTING), BY_DEADLINE),
    TabOf("idle", "上级文件逾期未落实", _idle, BY_DEADLINE, warn=True),
    TabOf("decomposed", "已分解", in_state(PaperState.DECOMPOSED, PaperState.ANSWERED), BY_RECEIPT),
    TabOf("closed", "已办结", in_state(PaperState.CLOSED), BY_RECEIPT),
    TabOf("all", "全部", lambda: Q(voided=False), BY_RECEIPT),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("papers_paper.search", text), "text"),
    ListFilter("kind", "类型", lambda value: Q(kind=value), choices=PaperKind.choices()),
    ListFilter("from", "文件日期自", on_day("issued_on__gte"), "date"),
    ListFilter("to", "至", on_day("issued_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=PaperState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: Q(state=PaperState.SPLITTING.value, deadline__lt=clock.today()), "flag", shown=False),
)  # fmt: skip


def resource(paper: Any) -> dict[str, Any]:
    """The paper as the API gives it; one that was read whole carries its items."""
    told = {
        "title": paper.title,
        "kind": paper.kind,
        "issuer": paper.issuer,
        "number": paper.number,
        "issued_on": paper.issued_on.isoformat(),
        "received_on": paper.received_on.isoformat(),
        "decomposed_on": paper.decomposed_on.isoformat() if paper.decomposed_on else None,
        "counts": {name: getattr(paper, name) for name in ("proposed", "accepted", "changed", "dropped", "added", "kept")},
    }  # fmt: skip
    return (
        {**told, "text": paper.text, "items": views.items_json(paper)} if isinstance(paper, Paper) else told
    )


def prefill(deed: str, paper: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if deed == "link" and paper is not None and paper.superior is not None:
        return {"superior": paper.superior.no}
    return {}


def describe(name: str, value: Any) -> Any:
    """Ids and long texts of a payload in few words."""
    if name == "text" and isinstance(value, str):
        return f"{len(value):,} 字，以登记的摘要为准"
    if name == "item":
        return f"第 {value} 条"
    if name == "lead" and isinstance(value, int):
        return next(iter(names_of([value])), value)
    if name in ("supporting", "units") and isinstance(value, list):
        return "、".join(names_of(value))
    if name == "leader_post" and isinstance(value, int):
        post = Post.objects.filter(pk=value).first()
        return post.title if post else value
    return value


EXPORT = (
    ("编号", lambda paper: paper.no),
    ("标题", lambda paper: paper.title),
    ("文件类型", lambda paper: PaperKind(paper.kind).label),
    ("发文（讲话）单位或人员", lambda paper: paper.issuer),
    ("文号", lambda paper: paper.number),
    ("文件日期", lambda paper: paper.issued_on),
    ("登记日期", lambda paper: paper.received_on),
    ("贯彻的上级文件", lambda paper: paper.superior_no or ""),
    ("本地落实日期", lambda paper: paper.answered_on),
    ("分解日期", lambda paper: paper.decomposed_on),
    ("列为任务（条）", lambda paper: paper.kept),
    ("系统提取（条）", lambda paper: paper.proposed),
    ("照提取采用（条）", lambda paper: paper.accepted),
    ("修改后采用（条）", lambda paper: paper.changed),
    ("不列为任务（条）", lambda paper: paper.dropped),
    ("人工补充（条）", lambda paper: paper.added),
    ("状态", lambda paper: PaperState(paper.state).label),
)

PAGES = MatterPages(
    loop=PAPER,
    lead="讲话、通知和上级文件登记后，系统逐句提取要办的事，核改后一次交办，办到哪一步都看得见。",
    what=lambda paper: paper.title,
    where=lambda paper: paper.issuer,
    level=lambda paper: None,
    tags=tags,
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的讲话或文件。", "登记一份讲话、通知或上级文件，系统会提取其中要办的事。",
        "/papers/new/take-in/", "登记讲话或文件",
    ),
    opening="take_in",
)  # fmt: skip


def install() -> None:
    """Give the paper loop its pages, and let figures over items open them."""
    show(PAGES)
    views.install()
    show_items()
