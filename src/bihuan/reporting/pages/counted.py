"""``/reports/counted/<name>/``: exactly the rows of a counted list that a report cites beside its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents.access import visible_accidents
from bihuan.capabilities.accidents.models import LessonCheck
from bihuan.capabilities.dispatch.access import visible_tasks
from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.tipoffs.access import visible_items
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, Region, Regulation
from bihuan.kernel.territory.trees import require_district
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.matters.pages import pages_of
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import drafting
from bihuan.reporting.access import READERS
from bihuan.reporting.briefing import Briefing, Question
from bihuan.reporting.citing import Roll
from bihuan.reporting.genres import genre_of
from bihuan.reporting.half_year import KIND
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.pages.reports import HOME
from bihuan.reporting.templating.sections import offered

SHOWN = 500
UNITS = "hazards.repeat_units"
UNANSWERED = "accidents.unanswered"
WEEK = re.compile(r"[0-9]{4}W[0-9]{2}")
FILING_COLUMNS = (
    parts.Column("单位", "title"), parts.Column("月份"), parts.Column("期限", "day"), parts.Column("情况"),
)  # fmt: skip


@require_GET
@only_for(READERS)
def counted_page(request: HttpRequest, name: str) -> HttpResponse:
    """The list as it stands now, of what the asker may see."""
    actor = actor_for(request)
    question = _question(request, actor)
    roll = _roll(name, question)
    ledger = _ledger(roll, question, actor)
    more = f"，本页列前 {SHOWN} 条" if roll.count > SHOWN else ""
    context = {
        "crumbs": [HOME, parts.Link(roll.label, "")], "heading": f"{roll.label}：{roll.count:,} {roll.unit}",
        "lead": f"{roll.caption}。", "ledger": ledger, "count_words": f"共 {roll.count:,} {roll.unit}{more}",
        "empty": parts.Empty("这个数是 0，没有记录。", "", "/reports/", "回到报表"),
    }  # fmt: skip
    return render(request, "list.html", context)


def _question(request: HttpRequest, actor: Actor) -> Question:
    """The question of the report the link stands in, if the asker may read such a report.

    Raises:
        Absent: a place or agency outside the asker's jurisdiction. Refused: a day that is none.
    """
    given = request.GET
    period = Period.parse(given.get("period", ""))
    try:
        as_of = date.fromisoformat(given.get("as_of", "") or min(period.last, clock.today()).isoformat())
    except ValueError:
        message = f"截至日期“{given['as_of']}”不是日期，请写成 2023-06-30 这样的形式"
        raise Refused.because("report.bad_day", message, "as_of") from None
    path = given.get("region", "") or require_district().region.path
    region = Region.objects.filter(path=path).first()
    chosen = given.get("agency", "")
    agency = (
        Agency.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    )
    sectors = tuple(given.getlist("sector"))
    if region is None or not may_ask(actor, region.path, agency.pk if agency else None, sectors):
        raise Absent("没有查到这份清单")
    kind = genre_of(given.get("kind", KIND)).kind
    return drafting.ask(period, as_of, holder_of(region, agency, sectors), kind=kind)


def may_ask(actor: Actor, region: str, agency: int | None, sectors: tuple[str, ...]) -> bool:
    """Whether the asker reads reports of that place, or of that agency's own trades; an address without its trades would
    count everybody's."""
    if actor.covers(READERS, region, "", None, None):
        return True
    regulated = Regulation.objects.filter(agency=agency).values_list("sector__path", flat=True)
    return any(
        post.role in READERS
        and post.agency_id == agency is not None
        and region.startswith(post.region_path)
        and sectors
        and all(path.startswith(post.sector_paths or tuple(regulated)) for path in sectors)
        for post in actor.scopes
    )


def _roll(name: str, question: Question) -> Roll:
    """The list as the sections of the kind tell it, else as any other that a template may have placed there."""
    desk = Briefing(question)
    for section in offered(question.kind):
        try:
            section.compose(desk)
        except Refused:
            continue  # a section that cannot be told hides no other one's list
        roll = next((roll for roll in desk.rolls.values() if roll.name == name), None)
        if roll is not None:
            return roll
    raise Absent("没有查到这份清单，它所依据的记录可能已经变动")


def _ledger(roll: Roll, question: Question, actor: Actor) -> parts.Ledger:
    keys = roll.keys[:SHOWN]
    if roll.name.startswith("filings."):
        return parts.Ledger(FILING_COLUMNS, _filings(keys, question.as_of), roll.label)
    if roll.name.startswith("weekly."):
        return parts.Ledger((parts.Column(roll.label, "title"),), [_named(key) for key in keys], roll.label)
    if roll.name == UNITS or roll.name.startswith("objects."):
        objects = visible_objects(actor).filter(pk__in=keys).order_by("name_pinyin", "uid")
        rows = [parts.Row((each.name,), href=f"/enterprises/{each.pk}/") for each in objects]
        return parts.Ledger((parts.Column("单位", "title"),), rows, roll.label)
    if roll.name.startswith("tasks."):
        tasks = pages_of("tasks")
        assert tasks is not None
        due = tasks.listed(visible_tasks(actor).filter(pk__in=keys)).order_by("due_on", "uid")
        return parts.Ledger(tasks.columns, [tasks.row(task) for task in due], roll.label)
    if roll.name.startswith("tipoffs."):
        items = pages_of("tipoffs")
        assert items is not None
        waiting = items.listed(visible_items(actor).filter(pk__in=keys)).order_by("received_on", "uid")
        return parts.Ledger(items.columns, [items.row(item) for item in waiting], roll.label)
    if roll.name.startswith(("accidents.", "lessons.")):
        return _after_accidents(roll, keys, actor)
    pages = pages_of("hazards")
    assert pages is not None
    hazards = pages.listed(visible_hazards(actor).filter(pk__in=keys)).order_by(
        "rectify_by", "found_on", "uid"
    )
    return parts.Ledger(pages.columns, [pages.row(hazard) for hazard in hazards], roll.label)


def _after_accidents(roll: Roll, keys: Sequence[str], actor: Actor) -> parts.Ledger:
    """Accidents, what their reports demand, or the entities that a warning lists."""
    if roll.name == UNANSWERED:
        pages = pages_of("accidents")
        assert pages is not None
        rows = pages.listed(visible_accidents(actor).filter(pk__in=keys)).order_by("occurred_on", "uid")
        return parts.Ledger(pages.columns, [pages.row(row) for row in rows], roll.label)
    if roll.name.startswith("lessons."):
        checks = LessonCheck.objects.filter(pk__in=keys, object__in=visible_objects(actor).values("pk"))
        listed = checks.select_related("object", "lesson").order_by(
            "lesson__issued_on", "object__name_pinyin", "pk"
        )
        columns = parts.Column("单位", "title"), parts.Column("事故警示"), parts.Column("排查期限", "day")
        lines = [
            parts.Row(
                (one.object.name, one.lesson.title, one.lesson.check_by), href=f"/lessons/{one.lesson.no}/"
            )
            for one in listed
        ]
        return parts.Ledger(columns, lines, roll.label)
    places = [key.rsplit(" ", 1) for key in keys]
    known = (
        visible_accidents(actor).filter(no__in={no for no, _ in places}).values_list("no", "recommendations")
    )
    demanded = dict(known)
    columns = parts.Column("措施", "title"), parts.Column("落实单位"), parts.Column("期限")
    lines = [
        parts.Row((line["what"], line["unit"], line["due_on"]), href=f"/accidents/{no}/", sub=no)
        for no, place in places
        if no in demanded
        for line in demanded[no][int(place) - 1 : int(place)]
    ]
    return parts.Ledger(columns, lines, roll.label)


def _named(key: str) -> parts.Row:
    """A week that was dispatched, or a unit that files."""
    if WEEK.fullmatch(key):
        return parts.Row((Period.parse(key).chinese(),), href=f"/weekly/?week={key}")
    return parts.Row((key,))


def _filings(keys: Sequence[str], on: date) -> list[parts.Row]:
    rows = (
        Expectation.objects.filter(pk__in=keys)
        .select_related("holder")
        .order_by("holder__order", "holder_id", "period")
    )
    return [
        parts.Row(
            (row.holder.name, Period.parse(row.period).chinese(), row.due_on, row.standing(on).label),
            href=f"/filings/{row.pk}/",
        )
        for row in rows
    ]
