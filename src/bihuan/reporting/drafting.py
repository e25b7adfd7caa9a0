"""Beginning a report and writing its texts. The figures are not drafted: they are asked whenever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Failure, Refused, Stale
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.numbering import matter_numbers
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency, Region, Regulation
from bihuan.kernel.territory.trees import in_force, require_district
from bihuan.reporting import half_year, regular
from bihuan.reporting.access import READERS, may_issue
from bihuan.reporting.briefing import Question
from bihuan.reporting.genres import genre_of
from bihuan.reporting.imprint import Holder, holder_of
from bihuan.reporting.models import Kind, Report
from bihuan.reporting.templating import shelf
from bihuan.reporting.templating.built_in import Template

LETTER = "R"
LONGEST = 4_000
MOST_ITEMS = 30
MOST_PIECES = 200


def checked_days(period: Period, as_of: date) -> None:
    """Refuse a cut-off before the period or in the future: such a report would count nothing or guess."""
    failures = []
    if as_of < period.first:
        failures.append(
            Failure(
                "report.as_of_before_period", f"截至日期不能早于{period.chinese()}的第一天，请改晚", "as_of"
            )
        )
    if as_of > clock.today():
        failures.append(
            Failure("report.as_of_in_future", "截至日期还没有到，请改为今天或更早的一天", "as_of")
        )
    Refused.unless(failures)


def begin(
    kind: str, period: Period, as_of: date, region: Region, actor: Actor, agency: Agency | None = None
) -> Report:
    """The report of a period and place, or of the trades a department regulates; a second beginning finds the first.

    Raises:
        Refused: the actor may not, the cut-off does not fit the period, or the department regulates no trade.
    """
    if not may_issue(actor, region.path, agency.pk if agency else None):
        raise Refused.because("report.not_yours", "起草报告须由安委办办理；您可以预览本单位范围内的报告。")
    if not period.regular:
        says = "报告按年、半年、季度、月或周起草，请改选时段"
        raise Refused.because("report.odd_period", says, "period")
    genre_of(kind).about(period)
    checked_days(period, as_of)
    sectors = _regulated(agency, period.last) if agency is not None else []
    with transaction.atomic():
        _alone(kind, period, region, agency)
        regular.expect(kind, period, region)
        found = Report.objects.filter(kind=kind, period=period.label, region=region, agency=agency).first()
        if found is not None:
            return found
        moment = clock.now()
        [no] = matter_numbers(require_district().code, LETTER, clock.day_of(moment).year, 1)
        return Report.objects.create(
            no=no, kind=kind, period=period.label, as_of=as_of, region=region, region_path=region.path,
            agency=agency, sector_paths=sectors, drafted_at=moment, changed_at=moment, drafted_by_name=actor.name,
            template=shelf.bound(kind),
        )  # fmt: skip


def _alone(kind: str, period: Period, region: Region, agency: Agency | None) -> None:
    """Hold this very report until the transaction ends: whoever comes second finds what the first began."""
    key = f"report/{kind}/{period.label}/{region.pk}/{agency.pk if agency else ''}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _regulated(agency: Agency, on: date) -> list[str]:
    """The trades a department answers for: without one its report would count the whole district as its own."""
    held = Regulation.objects.filter(in_force(on), agency=agency, lead=True).order_by("sector__path")
    paths = list(held.values_list("sector__path", flat=True))
    if not paths:
        says = f"没有登记{agency.name}监管的行业领域，数据无法归到该部门，请先在行业监管分工中登记。"
        raise Refused.because("report.no_trades", says, "agency")
    return paths


def write(
    report: Report, texts: Mapping[str, Any], as_of: date, digits: int, actor: Actor, version: int
) -> Report:
    """Keep what the clerk wrote; ``version`` is the one the clerk saw.

    Raises:
        Absent: the actor may not write it. Refused: a text is too long. Stale: somebody else wrote meanwhile.
    """
    if not may_issue(actor, report.region_path, report.agency_id):
        raise Absent(f"没有查到报告 {report.no}")
    period = Period.parse(report.period)
    checked_days(period, as_of)
    kept = _checked(texts)
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if locked.version != version:
            raise Stale
        locked.texts, locked.as_of, locked.digits = kept, as_of, digits
        locked.version += 1
        locked.changed_at = clock.now()
        locked.save(update_fields=["texts", "as_of", "digits", "version", "changed_at"])
    return locked


def take_newer(report: Report, actor: Actor, version: int) -> Report:
    """Follow the template now in use; the clerk's texts stay, those beside parts that are gone wait for the parts.

    Raises:
        Absent: not the actor's to write. Stale: somebody else wrote meanwhile.
    """
    if not may_issue(actor, report.region_path, report.agency_id):
        raise Absent(f"没有查到报告 {report.no}")
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if locked.version != version:
            raise Stale
        locked.template = shelf.bound(report.kind)
        locked.version += 1
        locked.changed_at = clock.now()
        locked.save(update_fields=["template", "version", "changed_at"])
    return locked


def _checked(texts: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    failures = []
    for name, content in texts.items():
        items = list(content.values()) if isinstance(content, dict) else content
        items = items if isinstance(items, list) else [items]
        most = MOST_PIECES if name in ("before", "after", "order", "out") else MOST_ITEMS
        longest = LONGEST if name not in ("before", "after") else LONGEST * 4
        if sum(map(len, items)) > longest or len(items) > most:
            message = f"文字过长，最多{LONGEST}字、{MOST_ITEMS}条，请精简"
            failures.append(Failure("report.text_too_long", message, name))
        kept[name] = content
    Refused.unless(failures)
    return kept


def holder_for(report: Report) -> Holder:
    return holder_of(report.region, report.agency, tuple(report.sector_paths))


def question_for(report: Report, holder: Holder) -> Question:
    """What a report asks."""
    return ask(Period.parse(report.period), report.as_of, holder, report.digits, report.kind)


def ask(
    period: Period, as_of: date, holder: Holder, digits: int = 1, kind: str = Kind.HALF_YEAR.value
) -> Question:
    return Question(period, as_of, holder.scope, holder.place, holder.whole, holder.agency, digits, kind)


def compose(report: Report) -> half_year.Composition:
    """The report as it would be printed now."""
    holder = holder_for(report)
    template = shelf.template_of(report.template, report.kind)
    texts = with_recipient(report.texts, holder, template)
    return half_year.compose(question_for(report, holder), texts, template)


def title_of(report: Report) -> str:
    """The title of a report in one line, by its own template."""
    template = shelf.template_of(report.template, report.kind)
    return half_year.title_of(template, question_for(report, holder_for(report))).replace("\n", "")


def with_recipient(
    texts: Mapping[str, Any], holder: Holder, template: Template | None = None
) -> dict[str, Any]:
    """The texts, addressed to whom the template says or such a report usually goes, until the clerk says otherwise.

    Words such as 〔各镇街〕 stay words until they are printed: the names of a district's units are many.
    """
    usual = template.recipients if template is not None and template.recipients else holder.recipient
    return {"recipients": usual, **texts}


def own_holder(actor: Actor) -> Holder | None:
    """The widest of the actor's places whose report they may preview; None for who reads no reports."""
    posts = [post for post in actor.scopes if post.role in READERS and post.region_path]
    if not posts:
        return None
    post = min(posts, key=lambda each: (bool(each.sector_paths), len(each.region_path)))
    region = Region.objects.filter(path=post.region_path).first()
    if region is None:
        return None
    if not post.sector_paths:
        return holder_of(region)
    if post.agency_id is not None and post.role in (Role.REGULATOR, Role.OFFICER):
        return holder_of(region, Agency.objects.get(pk=post.agency_id), post.sector_paths)
    own = Scope(regions=(region.path,), sectors=post.sector_paths)
    return replace(
        holder_of(region), place=f"{region.name}分管行业领域", scope=own, whole=False, agency=post.agency_id
    )
