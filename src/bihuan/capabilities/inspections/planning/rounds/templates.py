"""The templates of rounds: those of the release, and a district's own, written through recorded deeds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from importlib import resources
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from bihuan.capabilities.inspections.planning import trail
from bihuan.capabilities.inspections.planning.models import RoundTemplate
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Sector

RELEASE = "随系统发布"
KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})
MOST = 30


def in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def templates(on: date | None = None) -> QuerySet[RoundTemplate]:
    """The templates of a day (today)."""
    return RoundTemplate.objects.filter(in_force(on or clock.today())).order_by("pk")


def template_of(code: str) -> RoundTemplate | None:
    """The template with this code, if it is in use today."""
    return templates().filter(code=code).first()


@transaction.atomic
def load_templates() -> int:
    """Write down the templates of the release that are not here yet; how many were new. Safe to repeat."""
    raw = resources.files(__package__).joinpath("templates.json").read_text(encoding="utf-8")
    paths = dict(Sector.objects.values_list("code", "path"))
    made = 0
    for one in json.loads(raw):
        _, new = RoundTemplate.objects.get_or_create(
            code=one["code"],
            defaults={
                "title": one["title"], "says": one["says"], "sections": one["sections"], "since": date(2020, 1, 1),
                "sectors": [paths[code] for code in one["sectors"] if code in paths], "window": one.get("window", ""),
                "ahead": one.get("ahead", 30), "made_by": RELEASE,
            },
        )  # fmt: skip
        made += new
    return made


def may_keep(actor: Actor) -> bool:
    return actor.all_seeing or bool(actor.roles & KEEPERS)


def sections_in(text: str) -> list[dict[str, str]]:
    """Sections as written, one a line: 名称｜查什么.

    Raises:
        Refused: none, too many, or one twice.
    """
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        title, _, what = line.replace("|", "｜").partition("｜")
        title = title.strip()[:40]
        if not title:
            continue
        if title in found:
            raise Refused.because("round.section_twice", f"环节“{title}”写了两次", "sections")
        found[title] = {"key": f"s{len(found) + 1}", "title": title, "what": what.strip()[:300]}
    if not 1 <= len(found) <= MOST:
        raise Refused.because(
            "round.sections", f"请写 1 至 {MOST} 个环节，一行一个，例如：食堂用气｜连接管、报警切断、瓶装气存放", "sections"
        )  # fmt: skip
    return list(found.values())


def write(given: Mapping[str, Any], actor: Actor) -> RoundTemplate:
    """A template of the district's own; with a key period's kind it is a pack (M121).

    Raises:
        Refused: not the actor's to write, no sections, or the title is taken.
    """
    if not may_keep(actor):
        raise Refused.because("round.template_not_yours", "巡查表由安委办、行业部门或镇街编制")
    sections = sections_in(given["sections"])
    failures = []
    if given["window"] and not 1 <= given["ahead"] <= 90:
        failures.append(Failure("round.ahead", "提前天数请填 1 至 90", "ahead"))
    if given["window"] and not given["sectors"]:
        failures.append(
            Failure("round.pack_without_register", "重点时段前必须查完的，请选择名册包括哪些行业", "sectors")
        )
    Refused.unless(failures)
    paths = list(Sector.objects.filter(pk__in=given["sectors"]).values_list("path", flat=True))
    with transaction.atomic():
        if templates().select_for_update().filter(title=given["title"].strip()).exists():
            raise Refused.because(
                "round.template_taken", "已有同名的巡查表，请先停用原来的或换个名称", "title"
            )
        own = RoundTemplate.objects.filter(code__startswith="local-").count()
        scope = next((one for one in actor.scopes if one.role in KEEPERS), None)
        row = RoundTemplate.objects.create(
            code=f"local-{own + 1}", title=given["title"].strip()[:80], says=given["says"].strip()[:200],
            sections=sections, window=given["window"], ahead=given["ahead"] or 30, sectors=paths,
            owner_id=scope.agency_id if scope else None, since=clock.today(), made_by=actor.name,
        )  # fmt: skip
        said = {"title": row.title, "sections": [one["title"] for one in sections], "window": row.window}
        trail.note(row, "template_written", actor, said)
    return row


def end(code: str, reason: str, actor: Actor) -> RoundTemplate:
    """No round sets out by it from tomorrow on; those under way go on.

    Raises:
        Refused: not the actor's, no reason, or ended before.
    """
    if not may_keep(actor):
        raise Refused.because("round.template_not_yours", "巡查表由安委办、行业部门或镇街编制")
    if not reason.strip():
        raise Refused.because("round.no_reason", "请写明停用的原因", "reason")
    with transaction.atomic():
        row = templates().select_for_update(of=("self",)).filter(code=code).first()
        if row is None or row.until is not None:
            raise Refused.because("round.template_ended", "这张巡查表已停用，不用再办")
        row.until = clock.today() + timedelta(days=1)
        row.save(update_fields=["until"])
        trail.note(row, "template_ended", actor, {"title": row.title, "reason": reason.strip()[:400]})
    return row


def key_of(sections: Sequence[Mapping[str, str]], said: str) -> str:
    """The key of the section meant by its title, as pages say it, or by its key; empty when there is none."""
    return next((one["key"] for one in sections if said in (one["title"], one["key"])), "")


def choices() -> Sequence[tuple[str, str]]:
    """The templates offered today."""
    return [(one.code, one.title) for one in templates()]
