"""One rule each: who is asked, what is one task and what two, what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.dispatch.speeches.extraction import extract
from bihuan.capabilities.dispatch.speeches.proposals import Kind, LeadSource, Proposal
from bihuan.capabilities.dispatch.speeches.units import Register

HEAD = "同志们：\n一、抓好重点工作\n（一）全县重点领域。"


def asked(sentence: str, register: Register | None = None) -> tuple[Proposal, ...]:
    return extract(f"{HEAD}{sentence}", register, date(2023, 4, 12))


def leads(sentence: str, register: Register | None = None) -> list[list[str]]:
    return [[unit.name for unit in one.lead_units] for one in asked(sentence, register)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("县水务局要加固水库溢洪道。", ["县水务局"]),
        ("水务、气象等部门要加固水库溢洪道。", ["县水务局", "县气象局"]),
        ("县水务局、气象局要加固水库溢洪道。", ["县水务局", "县气象局"]),
        ("水务部门和各乡镇要加固水库溢洪道。", ["县水务局", "各乡镇"]),
        ("由水务部门牵头加固水库溢洪道。", ["县水务局"]),
        ("由县水务局负责加固水库溢洪道。", ["县水务局"]),
        ("各乡镇（街道）、各有关企业要加固水库溢洪道。", ["各乡镇（街道）", "各有关企业"]),
        ("希望各级各部门要加固水库溢洪道。", ["各级各部门"]),
        ("防汛领域，县水务局要加固水库溢洪道。", ["县水务局"]),
        ("县水务局，以及各有关乡镇要加固水库溢洪道。", ["县水务局", "各有关乡镇"]),
        ("加固水库溢洪道（牵头单位：县水务局）。", ["县水务局"]),
        ("加固水库溢洪道（县水务局牵头，县气象局配合）。", ["县水务局"]),
        ("要加固水库溢洪道。", []),
    ],
)
def test_lead_units(sentence: str, names: list[str]) -> None:
    assert leads(sentence) == [names]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("县水务局要会同县气象局、各乡镇加固水库溢洪道。", ["县气象局", "各乡镇"]),
        ("县水务局要加固水库溢洪道，县气象局配合。", ["县气象局"]),
        ("加固水库溢洪道（责任单位：县水务局；配合单位：县气象局）。", ["县气象局"]),
    ],
)
def test_supporting_units(sentence: str, names: list[str]) -> None:
    (one,) = asked(sentence)
    assert [unit.name for unit in one.support_units] == names
    assert [unit.name for unit in one.lead_units] == ["县水务局"]


def test_several_leads_are_all_proposed_and_flagged() -> None:
    (one,) = asked("住建、公安等部门要核查自建房底数。")
    assert one.many_leads
    assert "doubt.many_leads" in one.rules
    assert "须定一个牵头" in one.why


def test_names_of_the_register_are_known_and_stand_beside_the_texts_own() -> None:
    register = Register.of([("云湖县应急管理局", ["县安监局"]), ("云湖水上乐园管理处", ["水乐处"])])
    (one,) = asked("安监部门要核查自建房底数。", register)
    assert [(unit.name, unit.agency) for unit in one.lead_units] == [("县安监局", "云湖县应急管理局")]
    (one,) = asked("水乐处要核查自建房底数。", register)
    assert [(unit.name, unit.agency) for unit in one.lead_units] == [
        ("云湖水上乐园管理处", "云湖水上乐园管理处")
    ]
    assert leads("水乐处要核查自建房底数。") == [[]]


def test_a_name_without_the_districts_own_means_the_one_unit_that_ends_so() -> None:
    register = Register.of([("云湖县水务局", []), ("云湖县气象局", []), ("东岭镇气象局", [])])
    (one,) = asked("县水务局、县气象局要加固水库溢洪道。", register)
    assert [unit.agency for unit in one.lead_units] == ["云湖县水务局", "云湖县气象局"]


def test_a_text_teaches_the_short_words_of_its_own_units() -> None:
    text = f"{HEAD}云湖国土分局要巡查矿区边界。国土、公安等部门要打击私挖盗采。"
    names = [[unit.name for unit in one.lead_units] for one in extract(text, today=date(2023, 1, 1))]
    assert names == [["云湖国土分局"], ["云湖国土分局", "县公安局"]]


def test_parallel_deeds_of_different_kinds_are_split() -> None:
    found = asked("县文旅局要排查景区玻璃栈道，培训景区救生员，取缔无证漂流项目。")
    assert [one.summary for one in found] == ["排查景区玻璃栈道", "培训景区救生员", "取缔无证漂流项目"]
    assert all(one.lead_source is LeadSource.EXPLICIT for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "县文旅局要按照有关规定，结合景区实际，排查景区玻璃栈道，确保游客安全。",
        "对漂流企业，要检查救生设备，培训救生人员，落实水位停漂规定。",
        "县文旅局要督促某漂流公司更换救生设备，做好水位监测。",
        "县文旅局要加强景区管理，重点检查玻璃栈道和漂流河段。",
        "县文旅局要排查景区玻璃栈道，发现问题及时上报。",
    ],
)
def test_what_leads_up_and_what_it_is_for_belong_to_one_task(sentence: str) -> None:
    (one,) = asked(sentence)
    assert one.anchor == sentence.rstrip("。")


@pytest.mark.parametrize(
    "sentence",
    [
        "各级各部门要高度重视，切实履行职责，加强组织领导。",
        "各级各部门要提高政治站位，牢固树立底线思维。",
        "县文旅局已完成玻璃栈道检测，排查隐患12处。",
        "去年，县文旅局排查景区玻璃栈道15处。",
        "近年来，县文旅局坚持排查景区玻璃栈道，成效明显。",
        "3月2日，省政府召开会议，要求各地要排查景区玻璃栈道。",
        "安全生产工作的总体要求是：排查景区玻璃栈道，培训救生员。",
        "下面，我强调三点意见。",
        "景区安全是旅游发展的前提和基础。",
        "县文旅局正在排查景区玻璃栈道。",
    ],
)
def test_what_only_looks_like_a_task(sentence: str) -> None:
    assert asked(sentence) == ()


def test_the_minutes_of_a_meeting_assign() -> None:
    assert leads("会议要求，县文旅局要排查景区玻璃栈道。") == [["县文旅局"]]


@pytest.mark.parametrize("title", ["一、上半年工作开展情况", "一、存在的主要问题", "一、肯定成绩，认清形势"])
def test_parts_that_look_back_assign_nothing(title: str) -> None:
    text = f"{title}\n组织排查景区玻璃栈道，培训救生员。\n二、下一步工作打算\n排查漂流河段暗礁。"
    (one,) = extract(text, today=date(2023, 1, 1))
    assert one.anchor == "排查漂流河段暗礁"


def test_a_report_assigns_only_what_it_announces() -> None:
    done = (
        "一、旅游安全抓得紧\n排查景区玻璃栈道，培训救生员。\n二、下一步工作\n我们将建立漂流河段水位监测平台。"
    )
    text = f"全县旅游安全工作总结\n现将有关情况汇报如下：\n{done}"
    (one,) = extract(text, today=date(2023, 1, 1))
    assert one.anchor == "我们将建立漂流河段水位监测平台"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("严禁酒后驾驶旅游大巴。", Kind.PROHIBITION),
        ("对检测不合格的漂流艇，一律不得下水。", Kind.PROHIBITION),
        ("县文旅局要开展一次救生演练。", Kind.ONE_OFF),
        ("县文旅局要在6月底前完成玻璃栈道检测。", Kind.ONE_OFF),
        ("县文旅局要每月检查玻璃栈道。", Kind.STANDING),
        ("县文旅局要加强漂流河段日常巡查。", Kind.STANDING),
    ],
)
def test_kinds(sentence: str, kind: Kind) -> None:
    (one,) = asked(sentence)
    assert one.kind is kind


def test_the_addressee_is_carried_while_the_matter_stays() -> None:
    same = asked("县文旅局要排查景区玻璃栈道。要公布玻璃栈道检测结果。")
    assert [one.lead_source for one in same] == [LeadSource.EXPLICIT, LeadSource.CARRIED]
    other = asked("县文旅局要排查景区玻璃栈道。要更换老旧燃气立管。")
    assert [one.lead_source for one in other] == [LeadSource.EXPLICIT, LeadSource.NONE]
    topic = asked("县文旅局要排查景区玻璃栈道。燃气领域，要更换玻璃材质立管。")
    assert [one.lead_source for one in topic] == [LeadSource.EXPLICIT, LeadSource.NONE]


def test_who_was_asked_is_not_who_punishes() -> None:
    found = asked("县文旅局要排查景区玻璃栈道。对排查玻璃栈道不力造成事故的，要严肃追究责任。")
    assert [one.lead_source for one in found] == [LeadSource.EXPLICIT, LeadSource.NONE]


def test_items_of_a_paragraph_share_the_addressee_before_them() -> None:
    found = asked("各乡镇要抓好以下工作落实。一是巡查漂流河段。二是设置水位警示牌。")
    assert [[unit.name for unit in one.lead_units] for one in found] == [["各乡镇"], ["各乡镇"]]


def test_a_table_line_below_the_item_assigns_it() -> None:
    text = "一、重点任务\n1.更换漂流河段救生设备\n责任单位：县文旅局、某镇\n完成时限：2023年5月底前\n2.巡查漂流河段。"
    first, second = extract(text, today=date(2023, 1, 1))
    assert [unit.name for unit in first.lead_units] == ["县文旅局", "某镇"]
    assert first.deadline.day == date(2023, 5, 31)
    assert second.lead_units == ()


def test_lines_broken_at_a_fixed_width_and_missing_quotation_marks_do_not_matter() -> None:
    sentence = "县文旅局要在六月底以前对全县所有漂流河段和玻璃栈道进行全面排查，建立“一河一档”，逐项销号，"
    text = (
        HEAD + sentence + "确保游客安全。县公安局要查处无证经营的漂流艇和观光车，并将查处情况报县安委办备案。"
    )
    body = text.rpartition("\n")[2]
    wrapped = "\n".join(body[at : at + 30] for at in range(0, len(body), 30))
    broken = f"{text.rpartition(chr(10))[0]}\n{wrapped}"
    broken = broken.replace("“", " ").replace("”", " ")
    whole = [one.summary for one in extract(text, today=date(2023, 1, 1))]
    assert [one.summary for one in extract(broken, today=date(2023, 1, 1))] == whole
    for one in extract(broken, today=date(2023, 1, 1)):
        assert broken[one.start : one.end] == one.anchor


@pytest.mark.parametrize(
    "text", ["", "\n\n", "。。。", "（（（（", "一、", "第一，", "要", "《", "一是", "，要，要，"]
)
def test_scraps_do_no_harm(text: str) -> None:
    assert extract(text, today=date(2023, 1, 1)) == ()


def test_a_file_with_several_speeches_is_read_speech_by_speech() -> None:
    one = "同志们：\n一、认清形势\n形势严峻。\n二、抓好落实\n县文旅局要排查景区玻璃栈道。\n同志们，任重道远。"
    other = "各位同志：\n去年，县文旅局检查漂流河段很多次。\n一、抓好落实\n县水务局要加固水库溢洪道。"
    summaries = [found.summary for found in extract(f"{one}\n{other}", today=date(2023, 1, 1))]
    assert summaries == ["排查景区玻璃栈道", "加固水库溢洪道"]


def test_minutes_count_from_the_day_of_the_meeting_and_name_towns() -> None:
    text = (
        "专题会议纪要\n2023年7月6日上午，县长主持召开防汛专题会议。\n会议议定：\n"
        "一、关于易涝点。县住建局牵头，城关镇、青石街道配合，在2周内完成管网疏通。\n"
        "二、会议要求，各责任单位要强化措施，抓紧推进。"
    )
    (one,) = extract(text, today=date(2026, 1, 1))
    assert [unit.name for unit in one.lead_units] == ["县住建局"]
    assert [unit.name for unit in one.support_units] == ["城关镇", "青石街道"]
    assert one.deadline.day == date(2023, 7, 20)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("城关镇要疏通管网淤堵点位。", "城关镇"),
        ("供水、供气公司要推送停水停气短信。", "供水、供气公司"),
        ("民爆物品监管部门要核对炸药库存数量。", "民爆物品监管部门"),
        ("全县各级、各有关部门要核对炸药库存数量。", "全县各级"),
    ],
)
def test_addressees_no_dictionary_lists(sentence: str, name: str) -> None:
    assert leads(sentence)[0][0] == name
