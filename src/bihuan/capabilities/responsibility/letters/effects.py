"""What each deed means for the letter's own columns. State, deadline, signature and record are the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.responsibility.letters import cascade, conference, gates, placing, targets
from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.kernel.search import pairs_literal


def draft(letter: Letter, given: Any, context: Any) -> None:
    """起草."""
    letter.drafted_on = context.day
    letter.former, letter.alarms = [], {}
    _write(letter, given)
    _held_at(letter, given)
    letter.search = pairs_literal(letter.receiver_name, letter.issuer_name, str(letter.year))


def _write(letter: Letter, given: Any) -> None:
    letter.targets = targets.kept(targets.read(given.targets)[0])
    letter.measures = getattr(given, "measures", letter.measures)
    letter.rewards = getattr(given, "rewards", letter.rewards)


def _held_at(letter: Letter, given: Any) -> None:
    """The conference as told; the register's own number where it is known."""
    letter.conference_title = getattr(given, "conference_title", "")
    letter.conference_on = getattr(given, "conference_on", None)
    letter.conference_no = getattr(given, "conference_no", "")
    if letter.conference_on is not None and not letter.conference_no:
        known = conference.found("", letter.conference_on)
        letter.conference_no = known.no if known is not None and known.on == letter.conference_on else ""


def register(letter: Letter, given: Any, context: Any) -> None:
    """登记上级责任书: signed on paper by both sides before it came here."""
    draft(letter, given, context)
    letter.document_no = given.document_no
    letter.issued_on = letter.signed_on = letter.first_signed_on = given.signed_on
    letter.signed_by = given.signers


def together(changes: Sequence[Any], context: Any) -> None:
    """All new letters of one call at once: each place is free, and all parts of a cap together fit.

    Raises:
        Refused: with everything that stands against any of them.
    """
    letters: list[Letter] = [change.matter for change in changes]
    for year in sorted({letter.year for letter in letters}):
        of_year = [letter for letter in letters if letter.year == year]
        cascade.lock(year, *(key for letter in of_year for key in (letter.issuer_key, letter.receiver_key)))
    failures: list[Failure] = []
    places = [(letter.year, letter.receiver_key) for letter in letters]
    for letter in letters:
        if (other := gates.taken(letter)) is not None:
            failures.append(other)
        elif places.count((letter.year, letter.receiver_key)) > 1:
            failures.append(Failure("letter.unit_twice", f"{letter.receiver_name}在同一批中出现两次", "unit"))
    failures += _fit(letters)
    Refused.unless(dict.fromkeys(failures))


def _fit(letters: Sequence[Letter]) -> list[Failure]:
    failures: list[Failure] = []
    for year, key in dict.fromkeys((letter.year, letter.issuer_key) for letter in letters):
        new = [letter for letter in letters if (letter.year, letter.issuer_key) == (year, key)]
        upper = cascade.above(new[0])
        if upper is not None:
            there = Letter.objects.filter(year=year, issuer_key=key, ended=False).order_by("receiver_name")
            parts = cascade.given([*there, *new])
            failures += cascade.excesses(upper.issuer_name, upper.listed_targets, parts)
    for letter in letters:
        parts = cascade.given(cascade.below(letter))
        failures += cascade.excesses(letter.issuer_name, letter.listed_targets, parts)
    return failures


def rewrite(letter: Letter, given: Any, context: Any) -> None:
    """修改: only the draft's text."""
    _write(letter, given)
    _held_at(letter, given)


def issue(letter: Letter, given: Any, context: Any) -> None:
    """下达方签订."""
    letter.issued_on = context.day
    letter.issued_by = context.actor.name
    letter.returned = ""
    context.facts["edition"] = letter.edition


def sign(letter: Letter, given: Any, context: Any) -> None:
    """责任单位签订: now it binds both."""
    letter.signed_on = context.day
    letter.signed_by = context.actor.name
    letter.first_signed_on = letter.first_signed_on or context.day
    context.facts["edition"] = letter.edition
    context.afterwards.append(lambda: _print(letter))


def _print(letter: Letter) -> None:
    """The paper of the edition is set by the worker once the deed has committed."""
    from bihuan.capabilities.responsibility.letters.jobs import print_paper

    print_paper.defer(letter=str(letter.uid), edition=letter.edition)


def return_draft(letter: Letter, given: Any, context: Any) -> None:
    """退回修改: the unit says what cannot be borne; the draft goes back, unsigned."""
    letter.returned = given.reason
    letter.issued_on, letter.issued_by = None, ""


def revise(letter: Letter, given: Any, context: Any) -> None:
    """修订: the signed edition is kept, the new one begins without signatures, by today's heads."""
    before = {target["label"]: target for target in letter.targets}
    letter.former = [*letter.former, letter.edition_now()]
    letter.edition += 1
    _write(letter, given)
    letter.issued_on, letter.issued_by, letter.signed_on, letter.signed_by = None, "", None, ""
    same = {target["label"] for target in letter.targets if before.get(target["label"]) == target}
    _set_alarms(letter, {label: told for label, told in letter.alarms.items() if label in same})
    placing.seats_of_today(letter)
    context.facts["edition"] = letter.edition


def cancel_revision(letter: Letter, given: Any, context: Any) -> None:
    """撤销修订: the edition before holds on as it was signed."""
    *earlier, last = letter.former
    context.facts["cancelled_edition"] = letter.edition
    for name in ("targets", "measures", "rewards", "issued_by", "issuer_title", "issuer_post", "signed_by",
                 "receiver_title", "receiver_post", "edition"):  # fmt: skip
        setattr(letter, name, last[name])
    letter.issued_on = date.fromisoformat(last["issued_on"])
    letter.signed_on = date.fromisoformat(last["signed_on"])
    letter.former = earlier
    letter.returned = ""


def restate(letter: Letter, given: Any, context: Any) -> None:
    """更正上级目标: by the superior's own document; what was before stays among the editions."""
    letter.former = [*letter.former, letter.edition_now()]
    letter.edition += 1
    _write(letter, given)


def appraise(letter: Letter, given: Any, context: Any) -> None:
    """考核."""
    letter.merit = given.merit
    letter.appraised_on = context.day


def terminate(letter: Letter, given: Any, context: Any) -> None:
    letter.ended = True


def withdraw(letter: Letter, given: Any, context: Any) -> None:
    """撤回: counted nowhere, forgotten nowhere."""
    letter.ended = letter.withdrawn = True


def alarm(letter: Letter, given: Any, context: Any) -> None:
    """预警, by the system."""
    told = {"level": given.level, "used": given.used, "limit": given.limit, "on": given.as_of.isoformat()}
    _set_alarms(letter, {**letter.alarms, given.target: told})
    context.afterwards.append(lambda: _send(letter, given))


def _send(letter: Letter, given: Any) -> None:
    from bihuan.capabilities.responsibility.letters.alarms import send

    send(letter, given)


def _set_alarms(letter: Letter, alarms: dict[str, Any]) -> None:
    letter.alarms = alarms
    letter.alarm = max((gates.RANK[told["level"]] for told in alarms.values()), default=0)


def due_for_appraisal(letter: Letter, given: Any, context: Any) -> Deadline:
    """A signed letter is appraised within so many days after its year."""
    days = int(policies.recent("letter.appraisal_days", on=context.began(letter)).value)
    return counted(date(letter.year, 12, 31), days, "calendar", "年度结束后应在规定期限内考核")
