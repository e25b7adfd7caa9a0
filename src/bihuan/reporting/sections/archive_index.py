"""工作档案目录: how many of each kind lie in the archive of a department's year, and each by number (M263)."""

from __future__ import annotations

from collections import Counter

from bihuan.kernel.documents import Heading, Paragraph, Run
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.reporting.archives import index
from bihuan.reporting.archives.catalogue import catalogue
from bihuan.reporting.briefing import Briefing
from bihuan.reporting.citing import Roll
from bihuan.reporting.models import Kind
from bihuan.reporting.sections import Part, Section
from bihuan.reporting.sentences import listed, say

PRINTED = 400


def compose(desk: Briefing) -> Part:
    """The index; only a department has one, and an empty archive is said to be empty."""
    asked = desk.question
    if asked.agency is None:
        return Part()
    agency = Agency.objects.get(pk=asked.agency)
    kept = [
        item for item in index.items(agency, asked.period, Actor.system("report")) if item.on <= asked.as_of
    ]
    heading = Heading(2, "工作档案目录")
    if not kept:
        return Part((heading, Paragraph(say("系统内没有本年度归入本部门的工作档案。"))))
    table = catalogue("工作档案目录", kept, PRINTED, f"注：只列前{PRINTED}件，其余见系统。")
    return Part((heading, Paragraph(_counts(desk, kept)), table))


SECTION = Section("archive-index", 90, compose, frozenset({Kind.LEGISLATURE.value}))


def _counts(desk: Briefing, kept: list[index.Item]) -> tuple[Run, ...]:
    """Each number is the length of a list whose rows are in the index below, and opens the archive itself."""
    asked = desk.question
    caption = f"{asked.period.chinese()}，{asked.until}，{asked.place}"

    def roll(name: str, label: str, of: list[index.Item]) -> Roll:
        keys = tuple(f"{item.loop} {item.no}" for item in of)
        return Roll(
            f"archive.{name}",
            label,
            "件",
            caption,
            keys,
            f"/archives/{asked.period.first.year}/{asked.agency}/",
        )

    by_kind = Counter(item.loop for item in kept)
    each = [
        say(
            "{label}{count}件",
            label=category.label,
            count=desk.cite.roll(
                roll(category.loop, f"{category.label}档案", [i for i in kept if i.loop == category.loop])
            ),
        )
        for category in index.CATEGORIES
        if by_kind[category.loop]
    ]
    return say(
        "{until}，本年度工作档案共{all}件，其中{each}，逐件列入目录，编号可在系统内打开。",
        until=asked.until, all=desk.cite.roll(roll("all", "工作档案", kept)), each=listed(each),
    )  # fmt: skip
