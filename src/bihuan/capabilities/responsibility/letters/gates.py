"""The facts a step of a letter rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bihuan.capabilities.responsibility.letters import cascade, conference, parties
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import AlarmLevel, LetterLevel
from bihuan.capabilities.responsibility.letters.targets import of, read
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure

SUPERIOR = LetterLevel.SUPERIOR.value
RANK = {"": 0, AlarmLevel.NEAR.value: 1, AlarmLevel.BREACHED.value: 2}


def year_fits(letter: Any, given: Any, actor: Any) -> Failure | None:
    """Letters are of this year; last year's may be entered late, next year's prepared."""
    here = clock.today().year
    if not here - 1 <= given.year <= here + 1:
        return Failure("letter.year_out_of_range", f"年度应为 {here - 1} 至 {here + 1}，请核对", "year")
    return None


def targets_readable(letter: Any, given: Any, actor: Any) -> Iterable[Failure]:
    return read(given.targets)[1]


def place_is_free(letter: Any, given: Any, actor: Any) -> Failure | None:
    """One letter a year and unit."""
    return taken(letter)


def taken(letter: Letter) -> Failure | None:
    """The letter that already has the place of ``letter``, in words."""
    rows = Letter.objects.filter(year=letter.year, receiver_key=letter.receiver_key, ended=False)
    other = rows.exclude(pk=letter.pk).first()
    if other is None:
        return None
    return Failure(
        "letter.exists",
        f"{letter.receiver_name} {letter.year} 年已有责任书（{other.no}），需要调整的请在该责任书上修改或修订",
        "unit" if letter.level in (LetterLevel.TOWN, LetterLevel.DEPARTMENT) else None,
    )


def signers_are_known(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Both sides need a post whose holder signs."""
    if letter.issuer_post is None:
        yield Failure(
            "letter.no_issuer_post", f"{letter.issuer_name}没有登记主要负责人岗位，请先在“人员”中设置"
        )
    if letter.receiver_post is None:
        yield Failure(
            "letter.no_receiver_post", f"{letter.receiver_name}没有登记主要负责人岗位，请先在“人员”中设置"
        )


def conference_is_told(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A letter of the district names the conference of its year."""
    yield from _conference(letter.year, given.conference_title, given.conference_on)


def conference_still_told(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    if letter.level in (LetterLevel.TOWN, LetterLevel.DEPARTMENT):
        yield from _conference(letter.year, given.conference_title, given.conference_on)


def _conference(year: int, title: str, on: date | None) -> Iterator[Failure]:
    if not title:
        yield Failure(
            "letter.no_conference", "请写明年度安全生产工作会议：责任书在年初会议上签订", "conference_title"
        )
    if on is None:
        yield Failure("letter.no_conference_day", "请写明会议日期", "conference_on")
    elif not date(year - 1, 12, 1) <= on <= date(year, 12, 31):
        yield Failure(
            "letter.conference_of_another_year", f"会议日期 {on} 不属于 {year} 年度，请核对", "conference_on"
        )


def conference_was_held(letter: Any, given: Any, actor: Any) -> Failure | None:
    """Nothing of the year is signed before its conference (M032)."""
    if letter.level not in (LetterLevel.TOWN, LetterLevel.DEPARTMENT):
        return None
    if letter.conference_on is None or letter.conference_on > clock.today():
        return Failure(
            "letter.before_conference",
            f"{letter.conference_title}尚未召开（{letter.conference_on}），会后方可签订",
        )
    return conference.unvouched(letter.conference_no, letter.conference_on)


def conference_is_known(letter: Any, given: Any, actor: Any) -> Failure | None:
    """A conference that has been held by now must be one the register of meetings knows."""
    if given.conference_on is None or not given.conference_title or given.conference_on > clock.today():
        return None
    return conference.unvouched(given.conference_no, given.conference_on)


def signed_on_or_before_today(letter: Any, given: Any, actor: Any) -> Failure | None:
    if given.signed_on > clock.today():
        return Failure("letter.signed_in_future", f"签订日期 {given.signed_on} 晚于今天，请核对", "signed_on")
    return None


def new_targets_fit(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """What is now written fits above and below."""
    targets, failures = read(given.targets)
    if not failures:
        yield from cascade.failures_of(letter, targets)


def targets_fit(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """At each signature again: others may have signed meanwhile."""
    yield from cascade.failures_of(letter, letter.listed_targets)


def former_targets_fit(letter: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """What would hold again fits still: others may have been given meanwhile what the revision set free."""
    if letter.former:
        yield from cascade.failures_of(letter, of(letter.former[-1]["targets"]))


def heads_have_changed(letter: Any, given: Any, actor: Any) -> Failure | None:
    """Another post heads one of the sides than the letter names."""
    if letter.issued_on is None and parties.seat_key(parties.seat_of(letter.issuer_id)) != letter.issuer_post:
        return None
    if parties.seat_key(parties.seat_for(letter)) != letter.receiver_post:
        return None
    return Failure("letter.heads_unchanged", "双方主要负责人岗位与责任书一致，无须重新认定")


def is_ours(letter: Any, given: Any, actor: Any) -> Failure | None:
    """What the superior gave is changed by the superior alone."""
    if letter.level == SUPERIOR:
        return Failure("letter.superiors", "上级下达的责任书由上级修订，请凭上级文件更正目标")
    return None


def is_superiors(letter: Any, given: Any, actor: Any) -> Failure | None:
    return None if letter.level == SUPERIOR else Failure("letter.not_superiors", "这不是上级下达的责任书")


def is_first_edition(letter: Any, given: Any, actor: Any) -> Failure | None:
    if letter.edition > 1:
        return Failure("letter.is_revision", "这是修订稿；不再修订的，请选“撤销修订”，原版继续有效")
    return None


def is_revision(letter: Any, given: Any, actor: Any) -> Failure | None:
    return None if letter.edition > 1 else Failure("letter.not_revision", "没有正在进行的修订")


def not_alarmed_yet(letter: Any, given: Any, actor: Any) -> Failure | None:
    """Each step of an alarm is told once."""
    told = letter.alarms.get(given.target, {}).get("level", "")
    if RANK[told] >= RANK[given.level]:
        return Failure("letter.alarmed_already", f"“{given.target}”已经预警过")
    return None
