"""How letters show themselves on the made pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.responsibility.letters import conference
from bihuan.capabilities.responsibility.letters.loop import LETTER
from bihuan.capabilities.responsibility.letters.models import UNSIGNED_STATES, Letter
from bihuan.capabilities.responsibility.letters.showing import facts, level, more_facts, tags
from bihuan.capabilities.responsibility.letters.states import LetterLevel, LetterState, Merit
from bihuan.capabilities.responsibility.letters.targets import of, text_of
from bihuan.capabilities.responsibility.letters.wording import MEASURES, REWARDS, TARGETS
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, unit_choices
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

_UNSIGNED = [state.value for state in UNSIGNED_STATES]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_UNSIGNED), few=True)
BY_DRAFTING = Order("drafted", "drafted_on", descending=True)


COLUMNS = (
    parts.Column("责任单位", "title"),
    parts.Column("年度", phone=False),
    parts.Column("下达单位", phone=False),
    parts.Column("层级", phone=False),
    parts.Column("签订日期", "day", phone=False),
    parts.Column("期限", "day"),
    parts.Column("预警"),
    parts.Column("状态", "state"),
)


def row(letter: Any) -> parts.Row:
    waits = letter.state in _UNSIGNED
    deadline = parts.Deadline.of(letter.deadline) if waits and letter.deadline else None
    return parts.Row(
        cells=(
            letter.receiver_name,
            f"{letter.year}",
            letter.issuer_name,
            LetterLevel(letter.level).label,
            letter.signed_on,
            deadline,
            level(letter),
            state_part(LETTER, letter.state),
        ),
        href=f"/letters/{letter.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=f"{letter.no}　{letter.year} 年" + (f"　第 {letter.edition} 版" if letter.edition > 1 else ""),
    )


_LISTED = (
    "uid", "no", "state", "version", "deadline", "year", "level", "issuer_name", "receiver_name", "edition", "drafted_on",
    "issued_on", "issued_by", "signed_on", "signed_by", "alarm", "targets", "merit", "conference_title", "conference_on",
    "issuer_title", "receiver_title",
)  # fmt: skip


def listed(rows: QuerySet[Letter]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names."""
    return rows.values_list(*_LISTED, named=True)


TABS = (
    TabOf("all", "全部", lambda: Q(withdrawn=False), BY_DRAFTING),
    TabOf("unsigned", "未签订", in_state(*UNSIGNED_STATES), BY_DEADLINE, warn=True),
    TabOf("awaiting", "待签订", in_state(LetterState.AWAITING), BY_DEADLINE),
    TabOf("in_force", "履行中", in_state(LetterState.IN_FORCE), BY_DRAFTING),
    TabOf("alarm", "预警", lambda: Q(state=LetterState.IN_FORCE.value, alarm__gt=0), BY_DRAFTING, warn=True),
    TabOf("appraised", "已考核", in_state(LetterState.APPRAISED), BY_DRAFTING),
    TabOf("ended", "终止和撤回", lambda: Q(ended=True), BY_DRAFTING),
)


def _unit(text: str) -> Q:
    return Q(agency=int(text))


def _years() -> Sequence[tuple[str, str]]:
    here = clock.today().year
    return [(str(year), f"{year} 年") for year in range(here + 1, here - 6, -1)]


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("letters_letter.search", text), "text"),
    ListFilter("year", "年度", lambda text: Q(year=int(text)), choices=_years),
    ListFilter("unit", "责任单位", _unit, choices=unit_choices),
    ListFilter("level", "层级", lambda value: Q(level=value), choices=LetterLevel.choices()),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=LetterState.choices(), shown=False),
)  # fmt: skip


def resource(letter: Any) -> dict[str, Any]:
    """The letter as the API gives it."""
    return {
        "year": letter.year,
        "level": letter.level,
        "issuer": letter.issuer_name,
        "receiver": letter.receiver_name,
        "edition": letter.edition,
        "targets": letter.targets,
        "drafted_on": letter.drafted_on.isoformat(),
        "issued_on": letter.issued_on.isoformat() if letter.issued_on else None,
        "issued_by": letter.issued_by,
        "signed_on": letter.signed_on.isoformat() if letter.signed_on else None,
        "signed_by": letter.signed_by,
        "alarm": letter.alarm,
        "merit": letter.merit,
    }


def prefill(deed: str, letter: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: the usual text for a new letter, the present one for a change."""
    if letter is None:
        year = clock.today().year
        return {
            "year": year, "targets": TARGETS, "measures": MEASURES, "rewards": REWARDS, **conference_of(year),
        }  # fmt: skip
    if deed in ("rewrite", "revise", "restate"):
        return {
            "targets": text_of(letter.listed_targets), "measures": letter.measures, "rewards": letter.rewards,
            "conference_title": letter.conference_title, "conference_on": letter.conference_on,
            "conference_no": letter.conference_no,
        }  # fmt: skip
    return {}


def conference_of(year: int) -> dict[str, Any]:
    """The year's conference for a form, where the register of meetings knows it."""
    held = conference.of_year(year)
    if held is None:
        return {}
    return {"conference_title": held.title, "conference_on": held.on, "conference_no": held.no}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "unit" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "issuer_post" and isinstance(value, int):
        return Post.objects.filter(pk=value).values_list("title", flat=True).first() or value
    if name == "year":
        return f"{value} 年"
    if name in ("targets", "measures", "rewards"):
        return str(value).strip().replace("。\n", "。").replace("\n", "；")
    return value


EXPORT = (
    ("编号", lambda letter: letter.no),
    ("年度", lambda letter: letter.year),
    ("层级", lambda letter: LetterLevel(letter.level).label),
    ("下达单位", lambda letter: letter.issuer_name),
    ("责任单位", lambda letter: letter.receiver_name),
    ("版次", lambda letter: letter.edition),
    ("目标内容", lambda letter: text_of(of(letter.targets)).replace("\n", "；")),
    ("下达方签订人", lambda letter: letter.issued_by),
    ("下达方签订日期", lambda letter: letter.issued_on),
    ("责任单位签订人", lambda letter: letter.signed_by),
    ("责任单位签订日期", lambda letter: letter.signed_on),
    ("考核等次", lambda letter: Merit(letter.merit).label if letter.merit else ""),
    ("状态", lambda letter: LetterState(letter.state).label),
)

PAGES = MatterPages(
    loop=LETTER,
    lead="每个镇街、部门每年一份，双方主要负责人本人签订；控制数逐级分解，随发生数扣减。",
    what=lambda letter: f"{letter.year} 年责任书：{letter.receiver_name}",
    where=lambda letter: f"{letter.issuer_name}下达",
    level=level,
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
        "这里没有符合条件的责任书。",
        "换一个筛选条件，或者批量下达本年度责任书。",
        "/letters/bulk/",
        "批量下达",
    ),
    opening="draft",
    beside=lambda actor: (
        parts.Tab("责任书", "/letters/", current=True),
        parts.Tab("控制指标和办理", "/letters/control/"),
    ),
)


def install() -> None:
    """Give the letters their pages."""
    show(PAGES)
