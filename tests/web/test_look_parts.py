"""The smallest parts say the same thing everywhere: lateness in words with the day, colours never alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django import forms
from django.template import Context, Template

from bihuan.kernel.calendar.statutory import packaged
from bihuan.kernel.clock import SHANGHAI
from bihuan.kernel.errors import Failure
from bihuan.kernel.web.parts import Deadline, Frame, Level, Link, Mark, Money, Progress, State
from bihuan.kernel.web.templatetags import entry_form, look

FRIDAY = date(2023, 6, 30)


def works(day: date) -> bool:
    return packaged().why_not_working(day) is None


def due(day: date, today: date = FRIDAY) -> Deadline:
    return Deadline.of(day, today=today, working=works)


@pytest.mark.parametrize(
    ("day", "words", "colour"),
    [
        (date(2023, 6, 28), "逾期 2 天", "red"),
        (date(2023, 6, 30), "今天到期", "orange"),
        (date(2023, 7, 3), "还有 1 个工作日", "yellow"),
        (date(2023, 7, 5), "还有 3 个工作日", "yellow"),
        (date(2023, 7, 6), "还有 4 个工作日", None),
        (date(2023, 7, 1), "放假期间到期", "yellow"),
    ],
)
def test_lateness_is_said_in_words(day: date, words: str, colour: str | None) -> None:
    assert (due(day).words, due(day).colour) == (words, colour)


def test_make_up_days_count_as_working_days() -> None:
    saturday_at_work = date(2023, 6, 25)
    assert due(saturday_at_work, today=date(2023, 6, 21)).left == 1


def test_a_deadline_carries_its_day_with_the_weekday() -> None:
    drawn = look.deadline(due(date(2023, 6, 28)))
    assert "2023-06-28 周三" in drawn
    assert 'datetime="2023-06-28"' in drawn


def test_a_paused_clock_is_neither_late_nor_coloured() -> None:
    drawn = look.deadline(Deadline(date(2023, 6, 1), -29, "red", paused="等待鉴定"))
    assert "计时已暂停" in drawn
    assert "due-red" not in drawn


def test_each_warning_colour_has_its_own_shape_and_its_word() -> None:
    graded = (("红", "red"), ("橙", "orange"), ("黄", "yellow"), ("蓝", "blue"))
    drawn = [look.level_mark(Level(word, colour)) for word, colour in graded]
    assert len({html.split("</i>")[0][-1] for html in drawn}) == 4
    assert all(word in html for word, html in zip("红橙黄蓝", drawn, strict=True))


def test_only_an_accepted_state_is_marked_done() -> None:
    assert "✓" in look.state_badge(State("已销号", "done"))
    assert "✓" not in look.state_badge(State("整改中"))


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    for drawn in (
        look.cell(evil),
        look.bits(f"甲 {evil}"),
        look.prose(evil),
        look.state_badge(State(evil)),
        look.level_mark(Level(evil)),
        look.mark(Mark(evil, witness=evil)),
        look.cell(Link(evil, "/x/?a=1&b=2")),
    ):
        assert "<script>" not in Template("{{ it }}").render(Context({"it": drawn}))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (None, "—"), (1234567, "1,234,567"), (date(2023, 6, 30), "2023-06-30"), (True, "是")],
)
def test_cells_print_zero_as_zero_and_the_unknown_as_a_dash(value: object, text: str) -> None:
    assert text in str(look.cell(value))


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0"), (100, "1"), (123456789, "1,234,567.89"), (-105, "-1.05"), (5, "0.05"), (None, "—")],
)
def test_money_is_exact_to_the_fen(fen: int | None, text: str) -> None:
    assert look.yuan(Money(fen)) == text


def test_moments_are_shown_in_chinese_time() -> None:
    from datetime import UTC

    assert look.moment(datetime(2023, 6, 30, 22, 5, tzinfo=UTC)) == "2023-07-01 06:05"
    assert look.day(datetime(2023, 6, 30, 23, 0, tzinfo=SHANGHAI)) == "2023-06-30 周五"


def test_short_words_break_between_and_sentences_anywhere() -> None:
    assert look.bits("临溪街道 · 危险化学品").count('class="bit"') == 2
    assert look.bits("不是日期，请写成 2023-03-01 这样的形式") == "不是日期，请写成 2023-03-01 这样的形式"


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in look.icon("bell")
    assert 'aria-label="通知"' in look.icon("bell", "通知")


def test_the_phone_bar_holds_five() -> None:
    places = tuple(Link(str(i), "/") for i in range(7))
    assert len(Frame("区", navigation=places[:5]).thumb) == 5
    assert len(Frame("区", navigation=places).thumb) == 4


def test_progress_never_divides_by_nothing() -> None:
    assert Progress("读取", 0, 0).percent == 0
    assert Progress("读取", 9, 8).percent == 100


class Form(forms.Form):
    by = forms.DateField(label="整改期限", widget=forms.DateInput)
    grade = forms.ChoiceField(label="等级", choices=[("", "请选择"), ("a", "一般"), ("b", "重大")])
    town = forms.ChoiceField(label="镇街", choices=[(str(n), f"{n}镇") for n in range(5)])
    photos = forms.FileField(label="照片", required=False)


def test_few_choices_are_radios_and_many_a_list() -> None:
    form = Form()
    assert entry_form.field(form["grade"])["kind"] == "radio"
    assert [value for value, _, _ in entry_form.field(form["grade"])["options"]] == ["a", "b"]
    assert entry_form.field(form["town"])["kind"] == "select"


def test_a_photo_field_opens_the_camera() -> None:
    form = Form()
    form.fields["photos"].kind = "photo"  # type: ignore[attr-defined]
    drawn = entry_form.field(form["photos"])["control"]
    assert 'capture="environment"' in drawn
    assert "image/jpeg" in drawn


def test_the_summary_names_every_reason_once_and_points_at_its_field() -> None:
    form = Form({"by": "2023-13-01", "grade": "a", "town": "1"})
    message = "『整改期限』2023-13-01 不是日期，请写成 2023-03-01 这样的形式"
    form.errors.clear()
    form.add_error("by", message)
    failures = (Failure("input.bad_date", message, "by"), Failure("hazard.closed", "这条隐患已销号"))
    lines = entry_form.error_summary(form, failures)["lines"]
    assert lines == [("#id_by", "", message), ("", "", "这条隐患已销号")]
