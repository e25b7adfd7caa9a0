"""Superior documents and their measures (M040), the document chain (M047), and what the reading was worth."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers, checking, registry
from tests.dispatch import paper_steps as steps
from tests.web.conftest import SignIn
from tests.world import World

DEEDS = (
    "完善党政领导责任清单", "开展企业主要负责人培训", "开展矿山联合检查", "开展危险化学品企业检查", "开展燃气管网排查",
    "开展建筑工地排查", "开展道路隐患整治", "开展消防通道清理", "开展外包作业检查", "开展特种作业持证检查", "开展应急预案演练",
    "开展举报奖励宣传", "开展重大隐患挂牌督办", "开展执法案例通报", "建立专家会诊制度",
)  # fmt: skip


def measures(world: World) -> str:
    """Fifteen measures, each with its lead unit, as such a document writes them."""
    units = (world.bureau.name, world.builders.name)
    day = steps.far()
    lines = [
        f"{number}.{deed}。（牵头单位：{units[number % 2]}；完成时限：{day.year}年{day.month}月{day.day}日）"
        for number, deed in enumerate(DEEDS, start=1)
    ]
    return "关于强化安全生产责任落实的若干措施\n" + "\n".join(lines)


def superior(world: World) -> Paper:
    return steps.taken_in(
        world,
        kind="superior",
        title="关于强化安全生产责任落实的若干措施",
        issuer="市安委会",
        text=measures(world),
    )


def figure(name: str, **more: object) -> int | str | None:
    return answers.value(name, Period.parse(str(clock.today().year)), clock.today()).value


def test_fifteen_measures_have_fifteen_leads_and_none_is_left(world: World) -> None:
    paper = superior(world)
    assert paper.kept == 15
    assert (figure("papers.measures"), figure("papers.measures_unassigned")) == (15, 15)
    paper = steps.done(world, paper, "decompose", inputs.Decomposing())
    counted = [figure(f"papers.{name}") for name in ("measures", "measures_assigned", "measures_unassigned")]
    assert counted == [15, 15, 0]
    assert Task.objects.filter(origin=paper.no).exclude(agency=None).count() == 15
    assert (paper.accepted, paper.changed, paper.dropped) == (15, 0, 0)
    assert checking.check(seed=4).ok


def test_precision_is_what_the_clerk_made_of_what_was_read(world: World) -> None:
    paper = steps.taken_in(world)
    assert figure("extraction.proposed") == 0, "nothing is judged before it is dispatched"
    ban, patrol = steps.item(paper, "严禁"), steps.item(paper, "网格员巡查")
    paper = steps.done(world, paper, "drop_item", inputs.Dropping(item=ban.number, reason="法定禁止事项"))
    joint = steps.item(paper, "联合检查")
    one_of_those_named = steps.editing(joint, lead=joint.leads[0], supporting=(joint.leads[1],))
    paper = steps.done(world, paper, "edit_item", one_of_those_named)
    paper = steps.done(
        world,
        paper,
        "edit_item",
        steps.editing(patrol, lead=world.west_government.pk, summary="建立巡查制度"),
    )
    paper = steps.done(world, paper, "add_item", inputs.Adding(quote="基础还不牢固", summary="夯实基础"))
    added = Proposal.objects.get(paper=paper, origin="clerk")
    paper = steps.done(
        world, paper, "edit_item", steps.editing(added, lead=world.bureau.pk, due_on=steps.far())
    )
    paper = steps.done(world, paper, "decompose", inputs.Decomposing())
    assert (paper.proposed, paper.accepted, paper.changed, paper.dropped, paper.added, paper.kept) == (
        5,
        3,
        1,
        1,
        1,
        5,
    )
    names = ("proposed", "accepted", "changed", "dropped", "added", "kept", "precision")
    assert [figure(f"extraction.{name}") for name in names] == [5, 3, 1, 1, 1, 4, "80.0"]
    assert checking.check(seed=4).ok


def test_every_figure_opens_its_records(world: World, sign_in: SignIn) -> None:
    paper = superior(world)
    steps.done(world, paper, "decompose", inputs.Decomposing())
    office, year = sign_in("office"), clock.today().year
    for name in (*registry.names("papers"), *registry.names("extraction")):
        page = office.get(f"/figures/{name}/records/?period={year}")
        assert page.status_code == 200, name
    opened = office.get(f"/figures/papers.measures_assigned/records/?period={year}").content.decode()
    assert "：15 条" in opened
    assert "开展矿山联合检查" in opened
    closed = sign_in("regulator").get(f"/figures/papers.measures/records/?period={year}").content.decode()
    assert "开展矿山联合检查" not in closed
    book = office.get(f"/figures/extraction.proposed/records/export.xlsx?period={year}")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    assert office.get("/figures/?of=extraction").status_code == 200


def test_a_local_paper_answers_a_superior_document(world: World, sign_in: SignIn) -> None:
    above = superior(world)
    local = steps.taken_in(world, kind="notice", title="关于贯彻落实若干措施的通知", superior=above.no)
    above.refresh_from_db()
    assert (above.state, above.answered_on, above.deadline) == ("answered", clock.today(), None)
    assert local.superior_id == above.pk
    office = sign_in("office")
    assert local.title in office.get(f"/papers/{above.no}/").content.decode()
    assert above.title in office.get(f"/papers/{local.no}/").content.decode()
    above = steps.done(world, above, "conclude", inputs.Reason(reason="本区通知已全部落实"))
    assert above.state == "closed"


def test_a_superior_document_nobody_acts_on_is_listed(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = superior(world)
    own = steps.taken_in(world)
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = sign_in("office").get("/papers/?tab=idle").content.decode()
    assert above.no in page
    assert own.no not in page
    assert figure("papers.superior_idle") == 1
    steps.done(world, own, "link", inputs.Linking(superior=above.no))
    assert above.no not in sign_in("office").get("/papers/?tab=idle").content.decode()
    assert (figure("papers.superior"), figure("papers.superior_idle")) == (1, 0) or figure(
        "papers.superior_idle"
    ) == 1


@pytest.mark.parametrize("what", ["unknown", "not_superior", "itself"])
def test_only_a_registered_superior_document_is_carried_out(world: World, what: str) -> None:
    own = steps.taken_in(world)
    no = {"unknown": "370403-P2026-999999", "not_superior": own.no, "itself": own.no}[what]
    with pytest.raises(Refused) as refused:
        if what == "itself":
            above = superior(world)
            steps.done(world, above, "link", inputs.Linking(superior=above.no))
        else:
            steps.taken_in(world, text=steps.speech() + "各单位要抓好落实。", superior=no)
    codes = {
        "unknown": "paper.superior_unknown",
        "not_superior": "paper.not_superior",
        "itself": "paper.superior_itself",
    }
    assert {failure.code for failure in refused.value.failures} == {codes[what]}
