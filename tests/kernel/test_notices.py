"""Notices reach people when they work, once, and only them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.exchange.hours import deliver_at
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import NewNotice, mark_read, notify, unread
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Person, Post, Role

pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2023-03-01 09:00", "2023-03-01 09:00"),
        ("2023-03-01 08:00", "2023-03-01 08:00"),
        ("2023-03-01 07:59", "2023-03-01 08:30"),
        ("2023-03-01 19:59", "2023-03-01 19:59"),
        ("2023-03-01 20:00", "2023-03-02 08:30"),
        ("2023-03-03 22:00", "2023-03-06 08:30"),
        ("2023-01-20 21:00", "2023-01-28 08:30"),
        ("2023-01-28 10:00", "2023-01-28 10:00"),
        ("2023-03-04 08:10", "2023-03-06 08:30"),
    ],
)
def test_not_at_night_nor_on_a_rest_day(sent: str, shown: str) -> None:
    assert deliver_at(moment(sent), urgent=False) == moment(shown)
    assert deliver_at(moment(sent), urgent=True) == moment(sent)


class People:
    """Two persons; the first holds a post."""

    def __init__(self) -> None:
        self.post = Post.objects.create(title="镇安监办", role=Role.TOWN)
        self.first, self.second = (Person.objects.create(name=name) for name in ("周一", "吴二"))
        scope = Scope(Role.TOWN, self.post.pk, self.post.title)
        self.holder = Actor(1, self.first.pk, "周一", (scope,))
        self.other = Actor(2, self.second.pk, "吴二")


@pytest.fixture
def people(db: None) -> People:
    return People()


DAY = moment("2023-03-01 10:00")
NIGHT = moment("2023-03-01 23:00")


def test_a_notice_shows_to_its_person_and_to_the_holder_of_its_post(people: People) -> None:
    with clock.frozen(DAY):
        matter = uuid4()
        sent = notify(
            [
                NewNotice(
                    "请整改", person_id=people.first.pk, matter_kind="hazard", matter=matter, matter_no="H1"
                ),
                NewNotice("请交办", post_id=people.post.pk),
                NewNotice("请验收", person_id=people.second.pk),
            ]
        )
        assert sent == 3
        assert {notice.text for notice in unread(people.holder)} == {"请整改", "请交办"}
        assert [notice.text for notice in unread(people.other)] == ["请验收"]
        assert not unread(Actor.system("timer")).exists()
        kept = Notice.objects.get(text="请整改")
        assert (kept.matter, kept.matter_no, kept.matter_kind) == (matter, "H1", "hazard")


def test_at_night_only_the_urgent_one_shows(people: People) -> None:
    me = people.first.pk
    with clock.frozen(NIGHT):
        notify([NewNotice("将到期", person_id=me), NewNotice("险情", person_id=me, urgent=True)])
        assert [notice.text for notice in unread(people.holder)] == ["险情"]
    with clock.frozen(moment("2023-03-02 08:30")):
        assert [notice.text for notice in unread(people.holder)] == ["险情", "将到期"]


def test_the_same_reminder_goes_out_once(people: People) -> None:
    first = NewNotice("将到期", person_id=people.first.pk, reminder="hazard.due:1")
    to_post = NewNotice("将到期", post_id=people.post.pk, reminder="hazard.due:1")
    plain = NewNotice("将到期", person_id=people.first.pk)
    with clock.frozen(DAY):
        assert notify([first, first, to_post]) == 2
        assert notify([first, to_post]) == 0
        assert notify([plain, plain]) == 2


def test_any_number_goes_out_in_one_statement(people: People, django_assert_num_queries: Any) -> None:
    with clock.frozen(DAY):
        many = [NewNotice(f"第{number}件", person_id=people.first.pk) for number in range(20_000)]
        with django_assert_num_queries(1):
            assert notify(many) == 20_000
        assert notify([]) == 0


def test_reading_marks_only_ones_own(people: People) -> None:
    with clock.frozen(DAY):
        notify([NewNotice("甲", post_id=people.post.pk), NewNotice("乙", person_id=people.second.pk)])
        everything = list(Notice.objects.values_list("pk", flat=True))
        assert mark_read(people.holder, everything) == 1
        assert mark_read(people.holder) == 0
        read = Notice.objects.get(text="甲")
        assert (read.read_at, read.read_by_id) == (DAY, people.first.pk)
        assert [notice.text for notice in unread(people.other)] == ["乙"]


def test_a_failed_step_has_told_nobody(people: People) -> None:
    with clock.frozen(DAY):
        with transaction.atomic():
            notify([NewNotice("甲", person_id=people.first.pk)])
            transaction.set_rollback(True)
        assert not Notice.objects.exists()


def test_a_notice_has_one_recipient(people: People) -> None:
    with pytest.raises(ValueError):
        NewNotice("甲")
    with pytest.raises(ValueError):
        NewNotice("甲", person_id=1, post_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(text="甲", created_at=DAY, not_before=DAY)


def test_a_long_text_is_shortened_visibly(people: People) -> None:
    with clock.frozen(DAY):
        notify([NewNotice("隐患" * 300, person_id=people.first.pk)])
    text = Notice.objects.get().text
    assert (len(text), text[-1]) == (400, "…")
