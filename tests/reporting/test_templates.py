"""Templates of reports: what the notation says, what is refused and where, and versions that nobody overwrites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.territory.models import Sector
from bihuan.reporting import drafting, half_year
from bihuan.reporting.genres import GENRES
from bihuan.reporting.imprint import Imprint, holder_of
from bihuan.reporting.models import Report, TemplateShelf, TemplateVersion
from bihuan.reporting.sections import all_sections
from bihuan.reporting.templating import shelf, trail
from bihuan.reporting.templating.built_in import Template, built_in
from bihuan.reporting.templating.checking import ROLLS, faults_of
from bihuan.reporting.templating.notation import Sort, arranged, lines_of, pieces_of
from bihuan.reporting.templating.sections import LABELS, offered, placed
from tests.reporting.ledgers import CUT, H1, composed, found, prose
from tests.world import World

usual = pytest.mark.usefixtures("after_the_half")
KIND = "half-year"


def written(world: World, body: str, texts: dict[str, object] | None = None, kind: str = KIND) -> str:
    """What a template of this body prints about the first half."""
    question = drafting.ask(H1, CUT, holder_of(world.district), kind=kind)
    return prose(half_year.compose(question, texts or {}, Template(kind, "报告", body)))


def codes(body: str, title: str = "报告") -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in faults_of(Template(KIND, title, body))]


def test_lines_are_told_apart_by_their_marks() -> None:
    body = "开头一段。\n一、工作情况\n（二）治理情况\n3.执法\n（4）其他\n一是抓责任。\n【栏目：隐患排查治理】\n【其余栏目】\n"
    body += "【存在问题】\n【下步工作】"
    assert [(line.sort.value, line.level) for line in lines_of(body)] == [
        ("paragraph", 0), ("heading", 1), ("heading", 2), ("heading", 3), ("heading", 4), ("paragraph", 0),
        ("section", 0), ("rest", 0), ("problems", 0), ("next", 0),
    ]  # fmt: skip
    assert [line.text for line in lines_of("1.5万人参加。\n（一）抓落实。")] == [
        "1.5万人参加。",
        "（一）抓落实。",
    ]


def test_pieces_are_moved_within_their_chapter_and_left_out() -> None:
    body = "开头。\n一、甲\n【栏目：子】\n【栏目：丑】\n二、乙\n文字。\n三、丙\n【存在问题】"
    pieces = pieces_of(lines_of(body))
    assert [piece.key for piece in pieces] == ["opening", "甲", "子", "丑", "乙", "丙", "problems"]
    moved = arranged(pieces, ["opening", "乙", "甲", "丑", "子", "丙", "problems"], [])
    assert [piece.key for piece in moved] == ["opening", "乙", "甲", "丑", "子", "丙", "problems"]
    assert [piece.key for piece in arranged(pieces, [], ["甲", "opening"])] == ["乙", "丙", "problems"]
    newer = pieces_of(lines_of(body.replace("【栏目：丑】", "【栏目：丑】\n【栏目：寅】")))
    assert [p.key for p in arranged(newer, ["opening", "甲", "丑", "子"], [])][:5] == [
        "opening",
        "甲",
        "丑",
        "寅",
        "子",
    ]


@pytest.mark.parametrize("kind", sorted(GENRES))
def test_every_kind_has_a_template_without_fault(kind: str) -> None:
    template = built_in(kind)
    assert faults_of(template) == []
    assert not any(char.isdigit() for char in template.title + template.body)
    assert {piece.sort for piece in placed(template.body, kind)} & {Sort.SECTION, Sort.PARAGRAPH}


def test_every_section_has_a_name_for_the_clerk() -> None:
    assert {section.name for section in all_sections()} <= LABELS.keys()
    labels = [LABELS[section.name] for section in offered(KIND)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "body,code,says",
    [
        ("共【发现隐患项。", "template.unclosed", "第1行：第2字“【”没有写完，请补上“】”"),
        ("甲。\n共】项。", "template.unopened", "第2行：第2字“】”前面没有对应的左括号"),
        ("｛甲｛乙｝｝", "template.nested", "第1行：第3字“｛”套在另一对括号里面"),
        ("共【发现的隐患】项。", "template.unknown_figure", "第1行：第2字“【发现的隐患】”：没有名为“发现的隐患”的数据，相近的有：发现隐患"),
        ("【发现隐患｜环比】", "template.unknown_form", "“｜”后面可以写同比"),
        ("【栏目：天气】", "template.unknown_section", "第1行：没有栏目“天气”，可用的有："),
        ("【栏目：隐患排查治理】\n【栏目：隐患排查治理】", "template.twice", "第2行：栏目“隐患排查治理”与第1行重复"),
        ("【存在问题】\n【存在问题】", "template.twice", "第2行：与第1行重复"),
        ("〔年月〕好。", "template.unknown_word", "第1行：第1字“〔年月〕”不认识"),
        ("一、抓责任。一是落实\n甲。", "template.long_heading", "第1行：标题里有句号"),
        ("一、甲", "template.empty", "正文只有标题"),
        ("一、隐患【发现隐患】项\n甲。", "template.figure_here", "第1行：第3字“【”：这里不能引用数据"),
        ("共【】项。", "template.empty_citation", "第1行：第2字“【】”里没有写数据名称"),
    ],
)  # fmt: skip
def test_faults_say_where_and_how_to_mend(body: str, code: str, says: str) -> None:
    [(found_code, message)] = codes(body)
    assert found_code == code
    assert says in message


def test_titles_and_addresses_hold_words_alone() -> None:
    assert [code for code, _ in codes("甲。", "共【发现隐患】项")] == ["template.figure_here"]
    given = Template(KIND, "报告", "甲。", recipients="〔各镇〕", copies="【发现隐患】")
    assert [(each.code, each.field) for each in faults_of(given)] == [
        ("template.unknown_word", "recipients"), ("template.figure_here", "copies"),
    ]  # fmt: skip


@usual
@pytest.mark.django_db
def test_units_are_named_wherever_they_may_be_written(world: World) -> None:
    holder = holder_of(world.district)
    template = Template(
        KIND, "报告", "请〔各镇街〕办理。", recipients="〔地区〕人民政府、〔各部门〕", copies="〔各镇街〕"
    )
    texts = drafting.with_recipient({}, holder, template)
    made = half_year.compose(drafting.ask(H1, CUT, holder), texts, template)
    assert prose(made) == "请东湖镇人民政府、西岭街道办事处办理。"
    document = half_year.document_of(made, Imprint("区安委办", number="薛安办〔2023〕1号", digest="ab"))
    assert document.recipients == ("薛河区人民政府", "区应急管理局", "区住房和城乡建设局")
    assert document.copy_to is not None
    assert "东湖镇人民政府" in document.copy_to.recipients


@usual
@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", ["与上年相比，隐患【发现隐患｜同比】。", "共【发现隐患】项，其中｛逾期【逾期未整改】项｝。"]
)
def test_a_sentence_that_lost_its_clause_is_said(world: World, body: str) -> None:
    found(world, 4, 4)
    question = drafting.ask(H1, CUT, holder_of(world.district))
    made = half_year.compose(question, {}, Template(KIND, "报告", body))
    assert "report.broken_sentence" in [flag.code for flag in made.flags]
    whole = "与上年相比，共【发现隐患】项。｛逾期【逾期未整改】项。｝"
    made = half_year.compose(question, {}, Template(KIND, "报告", whole))
    assert made.flags == ()


@usual
@pytest.mark.django_db
def test_an_alternative_does_not_hide_an_unknown_number(world: World) -> None:
    assert "「无此数据：没有的数」" in written(world, "｛有【发现隐患】项｜有【没有的数】项｝。")


def test_a_document_number_is_no_word_and_no_typed_number(db: None) -> None:
    assert codes("根据薛政发〔2023〕12号文件。") == []


@usual
@pytest.mark.django_db
def test_words_and_figures_are_filled(world: World) -> None:
    found(world, 8, 6, rectify_by=date(2023, 4, 1))
    text = written(
        world,
        "〔地区〕〔时段〕发现隐患【发现隐患】项，〔截至〕整改率【整改率：0】，比〔去年同期〕早。〔下步〕继续。薛政发〔2023〕12号。",
    )
    assert (
        text
        == "薛河区2023年上半年发现隐患8项，截至2023年6月30日整改率75%，比2022年上半年早。下半年继续。薛政发〔2023〕12号。"
    )


@usual
@pytest.mark.django_db
def test_a_clause_falls_with_a_zero_and_its_alternative_stands(world: World) -> None:
    body = "发现【发现隐患】项｛，逾期【逾期未整改】项｜，没有逾期的｝。"
    found(world, 2, 2)
    assert written(world, body) == "发现2项，没有逾期的。"
    found(world, 1, 0, rectify_by=date(2023, 4, 1))
    assert written(world, body) == "发现3项，逾期1项。"
    assert written(world, "一、甲\n｛逾期【逾期未整改：建筑施工】项。｝\n二、乙\n好。") == "好。"


@usual
@pytest.mark.django_db
def test_what_was_never_kept_is_no_zero(world: World) -> None:
    """No accident was ever registered: the clause falls and the clerk is told why."""
    body = "｛登记生产安全事故【生产安全事故】起｜事故情况以直报数据为准｝。"
    assert written(world, body) == "事故情况以直报数据为准。"
    question = drafting.ask(H1, CUT, holder_of(world.district))
    made = half_year.compose(question, {}, Template(KIND, "报告", body))
    assert [flag.code for flag in made.flags] == ["report.clause_dropped"]
    assert "系统内没有这类登记" in made.flags[0].message
    assert made.citations.all() == []


@usual
@pytest.mark.django_db
def test_a_comparison_takes_its_clause_along_where_there_is_no_base(world: World) -> None:
    found(world, 3, 0)
    body = "发现隐患【发现隐患】项，同比【发现隐患｜同比】，其余照旧（【发现隐患｜增减】）。"
    assert written(world, body) == "发现隐患3项，其余照旧。"


@usual
@pytest.mark.django_db
def test_typed_numbers_and_praise_of_a_template_are_marked(world: World) -> None:
    question = drafting.ask(H1, CUT, holder_of(world.district))
    made = half_year.compose(question, {}, Template(KIND, "报告", "检查849家次，工作到位。"))
    assert "849「非系统数据」" in prose(made)
    assert sorted(flag.code for flag in made.flags) == ["report.praise_without_figure", "report.typed_number"]
    assert made.flags[0].place == "模板第1行"


@usual
@pytest.mark.django_db
def test_what_is_left_out_leaves_no_number_behind(world: World) -> None:
    found(world, 4, 1, rectify_by=date(2023, 4, 1))
    whole, less = composed(world), composed(world, {"out": ["hazards", "major-hazards", "recurrences"]})
    assert "共排查登记事故隐患4项" in prose(whole)
    assert "共排查登记事故隐患" not in prose(less)
    assert len(less.citations.all()) < len(whole.citations.all())


@usual
@pytest.mark.django_db
def test_text_beside_a_part_stands_beside_it(world: World) -> None:
    found(world, 2, 2)
    text = prose(
        composed(world, {"before": {"hazards": "先说一句。"}, "after": {"hazards": "再说【发现隐患】项。"}})
    )
    assert text.index("先说一句。") < text.index("共排查登记事故隐患2项") < text.index("再说2项。")


def edited(**changes: str) -> Template:
    return replace(built_in(KIND), **changes)


@usual
@pytest.mark.django_db
def test_versions_stand_side_by_side_and_on_the_record(world: World) -> None:
    office = world.actor("office")
    first = shelf.save(edited(body="甲【发现隐患】项。"), "试写", office, seen=0)
    assert (
        shelf.save(edited(body="甲【发现隐患】项。"), "", office, seen=0).pk == first.pk
    )  # the same again is the same
    with pytest.raises(Stale):
        shelf.save(edited(body="乙【发现隐患】项。"), "", office, seen=0)
    second = shelf.save(edited(body="乙【发现隐患】项。"), "", office, seen=1)
    assert [each.ordinal for each in shelf.versions(KIND)] == [2, 1]
    assert shelf.in_use(KIND) is None  # saved is not yet in use
    shelf.put_in_use(KIND, second.ordinal, office)
    assert shelf.current(KIND).body == "乙【发现隐患】项。"
    shelf.put_in_use(KIND, first.ordinal, office)
    shelf.return_to_release(KIND, office)
    assert shelf.current(KIND) == built_in(KIND)
    verbs = [entry.verb for entry in trail.history(KIND)]
    assert verbs == ["return_to_release", "put_in_use", "put_in_use", "save", "save"]
    assert trail.history(KIND)[-1].actor_name == office.name
    with pytest.raises(DatabaseError, match="stays as it was saved"), transaction.atomic():
        TemplateVersion.objects.filter(pk=first.pk).update(body="丙")


@usual
@pytest.mark.django_db
def test_a_change_behind_the_record_is_found_out(world: World) -> None:
    office = world.actor("office")
    kept = shelf.save(edited(body="甲【发现隐患】项。"), "", office, seen=0)
    [(_, number, seq, _, before)] = list(trail.ends())
    assert (number, seq) == ("template/half-year", 1)
    TemplateShelf.objects.update(in_use=kept)  # as who owns the database might
    [(_, _, _, _, after)] = list(trail.ends())
    assert after != before


@usual
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["leader", "regulator", "clerk_east", "auditor"])
def test_only_the_office_edits(world: World, name: str) -> None:
    actor = world.actor(name)
    assert shelf.may_read(actor)
    for attempt in (
        lambda: shelf.save(edited(body="甲。"), "", actor, seen=0), lambda: shelf.put_in_use(KIND, 1, actor),
        lambda: shelf.return_to_release(KIND, actor),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.failures[0].code == "template.not_yours"
    assert not shelf.may_read(world.actor("safety"))


@usual
@pytest.mark.django_db
def test_a_report_keeps_the_version_it_was_begun_with(world: World) -> None:
    office = world.actor("office")
    found(world, 5, 5)
    report = drafting.begin(KIND, H1, CUT, world.district, office)
    assert report.template is not None
    assert report.template.built_in
    kept = shelf.save(edited(title="改过的标题", body="甲【发现隐患】项。"), "", office, seen=1)
    shelf.put_in_use(KIND, kept.ordinal, office)
    fresh = Report.objects.select_related("template", "region", "agency").get(pk=report.pk)
    assert "共排查登记事故隐患5项" in prose(drafting.compose(fresh))
    drafting.take_newer(fresh, office, fresh.version)
    taken = Report.objects.select_related("template", "region", "agency").get(pk=report.pk)
    assert taken.template == kept
    assert prose(drafting.compose(taken)) == "甲5项。"
    assert drafting.title_of(taken) == "改过的标题"


def test_named_lists_are_offered_by_some_section() -> None:
    from pathlib import Path

    import bihuan.reporting as room

    said = "".join(
        path.read_text() for path in Path(room.__file__).parent.rglob("*.py") if path.name != "checking.py"
    )
    assert all(f'"{label}"' in said for label in ROLLS)


@usual
@pytest.mark.django_db
def test_a_name_that_stands_in_two_groupings_is_asked_back(world: World) -> None:
    """A trade that is called like a topic: neither number is taken for the other."""
    from bihuan.kernel import clock
    from tests.tipoffs import steps

    Sector.objects.filter(path=world.factory.sector_path).update(name="燃气安全")
    with clock.frozen(datetime(2023, 5, 4, 10, tzinfo=clock.SHANGHAI)):
        steps.registered(world, topic="gas")
        steps.registered(world, topic="gas", subject=world.factory.uid)
    label = "收到举报投诉（件）"
    question = drafting.ask(H1, CUT, holder_of(world.district), kind=KIND)
    body = f"甲【{label}：燃气安全】件。"
    made = half_year.compose(question, {}, Template(KIND, "报告", body))
    [flag] = [flag for flag in made.flags if flag.code == "report.unclear_line"]
    assert f"【{label}：行业领域·燃气安全】或【{label}：主题·燃气安全】" in flag.message
    assert "「分组不明：收到举报投诉（件）：燃气安全」" in prose(made)
    assert "甲2件" in written(world, f"甲【{label}：主题·燃气安全】件。")
    assert "甲1件" in written(world, f"甲【{label}：行业领域·燃气安全】件。")


@usual
@pytest.mark.django_db
def test_a_name_is_asked_back_though_only_one_of_its_groupings_counted(world: World) -> None:
    """Else it would mean the topic in this half-year, and the trade in the next."""
    from bihuan.kernel import clock
    from tests.tipoffs import steps

    Sector.objects.filter(path=world.factory.sector_path).update(name="燃气安全")
    with clock.frozen(datetime(2023, 5, 4, 10, tzinfo=clock.SHANGHAI)):
        steps.registered(world, topic="gas")
    label = "收到举报投诉（件）"
    assert f"「分组不明：{label}：燃气安全」" in written(world, f"甲【{label}：燃气安全】件。")
    assert "甲1件" in written(world, f"甲【{label}：主题·燃气安全】件。")
    assert "甲0件" in written(world, f"甲【{label}：行业领域·燃气安全】件。")
