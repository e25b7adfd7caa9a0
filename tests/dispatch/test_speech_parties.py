"""Who is asked and for what, where no dictionary lists the name or the verb."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.dispatch.speeches.deadlines import DocumentDay, deadline_in, document_day
from bihuan.capabilities.dispatch.speeches.extraction import extract
from tests.dispatch.test_speech_rules import asked, leads

DAY = DocumentDay(date(2023, 4, 12), known=True)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("县委宣传部、县委网信办要发布停漂公告。", ["县委宣传部", "县委网信办"]),
        ("县公安局交警大队要封控漂流河段便道。", ["县公安局交警大队"]),
        ("存在玻璃栈道的景区企业要更换救生设备。", ["存在玻璃栈道的景区企业"]),
        ("各镇党委书记、镇长要检查玻璃栈道。", ["各镇党委书记", "镇长"]),
        ("救生人员负责盯守漂流河段。", ["救生人员"]),
        ("监测单位每天报送水位数据。", ["监测单位"]),
        ("各乡镇接到通知后要巡查漂流河段。", ["各乡镇"]),
        ("所需救生设备由县文旅局采购发放。", ["县文旅局"]),
        ("对玻璃栈道隐患，由县政府挂牌督办。", ["县政府"]),
        ("有意向的企业请于5月1日前申报救生设备补助。", ["有意向的企业"]),
        ("县粮食和物资储备局要清点救生衣库存。", ["县粮食和物资储备局"]),
        ("巡查漂流河段，更换警示牌。（县水务局、县文旅局）", ["县水务局", "县文旅局"]),
        ("县文旅局对玻璃栈道、县水务局对漂流河段开展排查。", ["县文旅局", "县水务局"]),
    ],
)
def test_addressees_as_they_are_written(sentence: str, names: list[str]) -> None:
    assert leads(sentence) == [names]


@pytest.mark.parametrize(
    "sentence",
    [
        "县水务局要紧盯漂流河段水位变化。",
        "县财政局要保障救生设备采购资金。",
        "漂流艇全部下水检验合格，本周三之前要达到随时可用的状态。",
        "县应急救援队伍要集中备勤。",
        "县文旅局要在每个景区划定停放区域。",
        "县文旅局要按照整改意见完善栈道护栏。",
    ],
)
def test_a_deed_no_dictionary_lists_is_asked_all_the_same(sentence: str) -> None:
    assert len(asked(sentence)) == 1


def test_what_follows_upon_an_offence_is_asked_of_nobody_named_before() -> None:
    first, second = asked("县文旅局要检查玻璃栈道，对履职不力的，严肃追责问责。")
    assert [unit.name for unit in first.lead_units] == ["县文旅局"]
    assert (second.anchor, second.lead_units) == ("对履职不力的，严肃追责问责", ())


@pytest.mark.parametrize(
    "sentence",
    [
        "县文旅局要成立检查组，每半月检查一次玻璃栈道。",
        "县文旅局要检查玻璃栈道，建立隐患清单。",
        "县文旅局要推进栈道改造，年内完成20处。",
        "各乡镇要高度重视，主要负责人亲自检查玻璃栈道。",
        "各乡镇要制定巡查方案，明确责任分工。",
        "县文旅局要开展景区检查，重点检查玻璃栈道。",
        "更换救生设备，登记漂流艇（责任单位：县文旅局）。",
    ],
)
def test_what_only_goes_on_is_one_task(sentence: str) -> None:
    assert len(asked(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "7月28日，县文旅局辖区的栈道检修作业中，2名工人坠落。",
        "从调查情况看，县文旅局把栈道检修包给没有资质的队伍。",
        "违法经营漂流不仅要受到追究，而且要受到严惩。",
        "各乡镇要把栈道检查摆在突出位置。",
        "宣传教育工作是做好栈道安全的重要基础。",
        "省文旅厅组织检查玻璃栈道。",
    ],
)
def test_what_is_told_or_urged_in_general_is_no_task(sentence: str) -> None:
    assert asked(sentence) == ()


def test_minutes_ask_where_they_require_and_tell_where_they_heard() -> None:
    text = (
        "县安委会会议纪要\n会议听取了县文旅局关于检查玻璃栈道的汇报。\n会议认为，各乡镇检查漂流河段取得成效。\n"
        "会议要求，县文旅局要更换栈道玻璃。\n会议议定：\n（一）由县水务局根据会议意见修改巡查办法后印发实施。\n2023年4月12日"
    )
    found = extract(text, today=date(2023, 1, 1))
    assert [[unit.name for unit in one.lead_units] for one in found] == [["县文旅局"], ["县水务局"]]


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("一、总体要求", 0),
        ("一、整治范围", 0),
        ("一、依法依规，查清事故原因", 1),
        ("一、强化领导，确保取得实效", 1),
    ],
)
def test_a_heading_tells_aims_from_tasks(title: str, count: int) -> None:
    text = f"{title}\n全面排查玻璃栈道，坚决遏制较大事故。\n二、工作要求\n（一）提高认识。"
    assert len(extract(text, today=date(2023, 1, 1))) == count


@pytest.mark.parametrize(
    ("text", "wording", "day"),
    [
        ("4月20日至30日检查漂流艇", "4月20日至30日", date(2023, 4, 30)),
        ("利用两周时间过一遍", "利用两周时间", date(2023, 4, 26)),
        ("明天下午3点前上报", "明天下午3点前", date(2023, 4, 13)),
        ("从即日起到年底开展督查", "年底", date(2023, 12, 31)),
        ("每学期组织2次演练", "每学期", None),
        ("5月27日前召开专题会议", "5月27日前", date(2023, 5, 27)),
    ],
)
def test_more_wordings_of_time(text: str, wording: str, day: date | None) -> None:
    found = deadline_in(text, DAY)
    assert (found.text, found.day) == (wording, day)


@pytest.mark.parametrize("text", ["抓紧疏通管网", "第一时间赶到现场", "能立即整改的要整改", "持续推进"])
def test_manner_is_no_deadline(text: str) -> None:
    assert not deadline_in(text, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "在会议上的讲话\n（2023年4月12日）\n正文很长。",
        "正文很长。\n县安委办\n2023年4月12日\n附件1\n任务分工表\n2023年12月15日",
        "（根据录音整理，2023年4月12日）\n正文很长。",
    ],
)
def test_the_day_of_a_document_wherever_it_stands(text: str) -> None:
    assert document_day(text, None, date(2026, 1, 1)) == DAY
