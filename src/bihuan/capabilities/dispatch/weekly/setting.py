"""What the committee office decides about the weekly form: the template from a week on, and which units file (dated).

Every decision is an entry of the record, in one chain of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Q

from bihuan.capabilities.dispatch.weekly.filing import KIND, TITLE
from bihuan.capabilities.dispatch.weekly.layouts import STANDARD, Layout
from bihuan.capabilities.dispatch.weekly.models import FormTemplate, SettingChain
from bihuan.kernel import clock, record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.expectations.cadences import declare, stop
from bihuan.kernel.expectations.models import Cadence, Frequency, Holders
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.policies import values as policies
from bihuan.kernel.record.heads import Row
from bihuan.kernel.territory.models import Agency, AgencyKind

RECORD_KIND = "weekly_setting"
NUMBER = "weekly/setting"
CHAIN = uuid5(UUID("6f3d3c52-8a55-5f0e-9b0d-6a3f0a2f7c11"), NUMBER)
FILING_KINDS = (AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT)


def filers(on: date) -> list[Agency]:
    """The units that file in the week of ``on``, in official order."""
    rows = Cadence.objects.filter(_in_force(on)).select_related("holder")
    units = [row.holder for row in rows if row.holder is not None]
    return sorted(units, key=lambda unit: (unit.order, unit.pk))


def lists(on: date) -> list[Cadence]:
    """Who files and since when, those in force first; what was called off before it began is not told."""
    rows = (
        Cadence.objects.filter(kind=KIND)
        .exclude(effective_to__lt=F("effective_from"))
        .select_related("holder")
    )
    return sorted(rows, key=lambda row: (row.effective_to is not None, row.holder.order, row.pk))  # type: ignore[union-attr]


def _in_force(on: date) -> Q:
    standing = Q(effective_to=None) | Q(effective_to__gte=on)
    return Q(kind=KIND, effective_from__lte=on) & standing


def adopt(
    actor: Actor,
    *,
    since: date,
    title: str,
    counts_from: date,
    campaign: str = "",
    layout: Layout = STANDARD,
) -> FormTemplate:
    """Use a form from ``since`` on; forms that are open keep theirs.

    Raises:
        Refused: not the committee office, a form without rows, or another one begins on the same day.
    """
    _office_only(actor)
    failures = []
    if not layout.rows:
        failures.append(Failure("weekly.no_rows", "至少选一行数据，周调度表不能全靠手填", "rows"))
    if counts_from > since:
        failures.append(
            Failure("weekly.counts_from_after", "累计起算日不能晚于启用日期，请改早", "counts_from")
        )
    if FormTemplate.objects.filter(since=since).exists():
        failures.append(Failure("weekly.template_that_day", f"{since} 已经启用了一份表，请换一天", "since"))
    Refused.unless(failures)
    with transaction.atomic():
        made = FormTemplate.objects.create(
            title=title, campaign=campaign, counts_from=counts_from, since=since, layout=layout.json(),
            set_by=f"{actor.post} {actor.name}".strip()[:120], set_at=clock.now(),
        )  # fmt: skip
        rows = [row.label for _, row in layout.rows]
        said = {"title": title, "campaign": campaign, "since": since.isoformat(), "rows": rows}
        _note(actor, "adopt", {**said, "counts_from": counts_from.isoformat()})
    return made


def name_filer(unit: Agency, since: date, actor: Actor) -> Cadence:
    """A unit files from the week of ``since`` on; repeated, nothing changes.

    Raises:
        Refused: not the committee office, or no unit that supervises.
    """
    _office_only(actor)
    if unit.kind not in FILING_KINDS:
        raise Refused.because("weekly.no_filer", f"{unit.name}不是部门或镇街，不填报周调度表", "unit")
    days = int(policies.value("weekly.due_days", on=since).value)
    with transaction.atomic():
        rows = Cadence.objects.select_for_update().filter(kind=KIND, holder=unit).order_by("effective_from")
        running = list(rows.filter(Q(effective_to=None) | Q(effective_to__gte=since)))
        known = next((row for row in running if row.effective_from <= since), None)
        if known is not None and known.effective_to is None:
            return known
        stop(KIND, since - timedelta(days=1), holder=unit)
        made = declare(KIND, TITLE, Frequency.WEEK, since=since, holders=Holders.ONE, holder=unit, days=days)
        _note(actor, "name_filer", {"unit": unit.name, "agency": unit.pk, "since": since.isoformat()})
    return made


def release_filer(unit: Agency, last: date, reason: str, actor: Actor) -> None:
    """A unit files no more after the week of ``last``; what it filed and what it owes stays.

    Raises:
        Refused: not the committee office, no reason, or the unit does not file.
    """
    _office_only(actor)
    if not reason.strip():
        raise Refused.because("weekly.release_without_reason", "请写明不再填报的理由", "reason")
    with transaction.atomic():
        here = Cadence.objects.select_for_update().filter(_in_force(last), holder=unit)
        if not here:
            raise Refused.because("weekly.not_a_filer", f"{unit.name}在 {last} 不在填报单位名单中", "unit")
        stop(KIND, Period.week_of(last).last, holder=unit)
        said = {"unit": unit.name, "agency": unit.pk, "last": last.isoformat(), "reason": reason.strip()}
        _note(actor, "release_filer", said)


def _office_only(actor: Actor) -> None:
    if not (actor.is_system or actor.holds(Role.OFFICE)):
        raise Refused.because("weekly.not_yours_to_set", "周调度表的栏目和填报单位由安委办设定")


def _note(actor: Actor, verb: str, payload: Mapping[str, Any]) -> None:
    """Append to the chain; its row is locked, so that two at once follow each other."""
    SettingChain.objects.get_or_create(id=1)
    chain = SettingChain.objects.select_for_update().get(id=1)
    moment = clock.now()
    entry = record.NewEntry(
        matter=CHAIN, seq=chain.entry_count + 1,
        previous=bytes(chain.head) if chain.entry_count else record.genesis(CHAIN),
        kind=RECORD_KIND, matter_no=NUMBER, verb=verb, from_state="", to_state="", actor_id=actor.ref,
        actor_name=actor.name, actor_post=actor.post, happened_at=moment, recorded_at=moment, payload=dict(payload),
    )  # fmt: skip
    [chain.head] = record.append([entry])
    chain.entry_count += 1
    chain.save(update_fields=["head", "entry_count"])


def ends() -> Iterator[Row]:
    """Where the chain of these decisions says it ends."""
    for row in SettingChain.objects.filter(entry_count__gt=0):
        yield CHAIN, NUMBER, row.entry_count, bytes(row.head), None
