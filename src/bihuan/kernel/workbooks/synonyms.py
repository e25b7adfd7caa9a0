"""The table of headings grows with use: what a clerk teaches once is known for every later workbook."""

from __future__ import annotations

from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.workbooks.columns import Columns
from bihuan.kernel.workbooks.models import HeadingSynonym
from bihuan.kernel.workbooks.text import heading_key, heading_written

TEACHERS = frozenset({Role.OFFICE})


def extra_synonyms(kind: str) -> list[tuple[str, str]]:
    """(field, heading) rows that clerks added for workbooks of ``kind``."""
    return list(HeadingSynonym.objects.filter(kind=kind).order_by("id").values_list("field", "heading"))


def teach(columns: Columns, field: str, heading: str, actor: Actor) -> HeadingSynonym:
    """From now on ``heading`` means ``field`` in workbooks of this kind; a former meaning gives way.

    Raises:
        Refused: the actor may not, the column is unknown, or the heading is empty or too long.
    """
    if not (actor.is_system or actor.roles & TEACHERS):
        raise Refused.because("workbook.may_not_teach", "表头叫法由安委办工作人员添加，请与区安委办联系")
    known = {column.name for column in columns.columns} | {"no"}
    if field not in known:
        raise Refused.because("workbook.unknown_column", "没有这一列，请从列表中选择", "field")
    key = heading_key(heading)
    if not key or len(key) > 24:
        raise Refused.because("workbook.bad_heading", "请填写表头的文字，不超过 24 个字", "heading")
    synonym, _ = HeadingSynonym.objects.update_or_create(
        kind=columns.kind,
        heading_key=key,
        defaults={"field": field, "heading": heading_written(heading), "added_by": actor.name},
    )
    return synonym


def forget(kind: str, heading: str, actor: Actor) -> None:
    """Take a taught heading back."""
    if not (actor.is_system or actor.roles & TEACHERS):
        raise Refused.because("workbook.may_not_teach", "表头叫法由安委办工作人员管理，请与区安委办联系")
    HeadingSynonym.objects.filter(kind=kind, heading_key=heading_key(heading)).delete()
