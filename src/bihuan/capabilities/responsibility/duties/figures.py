"""Coverage as figures: of all posts, units, enterprises that a check looks at, how many are as they should be, on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.responsibility.duties import coverage, enterprise, staffing
from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

SPELLS = Tally(
    name="coverage",
    model="duties.Spell",
    table="duties_spell",
    born=DateOf("since"),
    dates={"over": DateOf("until")},
    dims={
        "checked": Dim("check_name"),
        "region": Dim("region_path"),
        "agency": Dim("agency", "bigint"),
        "kind": Dim("level"),
    },
    sums={"passing": "passes::int"},
    standing=True,
)


def covering(check: str, prefix: str, labels: tuple[str, str, str], unit: str) -> None:
    """Three figures of a check: ``{prefix}``, ``{prefix}_covered`` and ``{prefix}_coverage``; ``labels`` in that order."""
    only = (("checked", check),)

    def on_the_day(period: Period, as_of: date) -> Q:
        return Q(check_name=check, since__lte=as_of) & (Q(until=None) | Q(until__gt=as_of))

    def covered(period: Period, as_of: date) -> Q:
        return on_the_day(period, as_of) & Q(passes=True)

    registry.register(
        Figure(
            prefix, labels[0], unit, "count", SPELLS, on_the_day,
            plus=Measure(only=only), minus=Measure(("over",), only=only),
        ),
        Figure(
            f"{prefix}_covered", labels[1], unit, "count", SPELLS, covered,
            plus=Measure(amount="passing", only=only), minus=Measure(("over",), amount="passing", only=only),
        ),
        Figure(
            f"{prefix}_coverage", labels[2], "%", "ratio", SPELLS, on_the_day, of=(f"{prefix}_covered", prefix),
        ),
    )  # fmt: skip


covering(coverage.POSTS, "duties.posts", ("应有安全职责的岗位", "已有安全职责的岗位", "岗位职责覆盖率"), "个")
covering(coverage.UNITS, "duties.units", ("应有安全职责的单位", "已有安全职责的单位", "单位职责覆盖率"), "个")
covering(
    enterprise.INNER,
    "enterprises.inner_posts",
    ("企业登记的岗位", "有责任清单的岗位", "企业岗位清单覆盖率"),
    "个",
)
covering(
    enterprise.ORGANISATION, "enterprises.organised", ("应有安全组织的企业", "安全组织齐全的企业", "企业安全组织齐全率"), "家"
)  # fmt: skip
covering(
    staffing.BODY,
    "staffing.units",
    ("应设安全监管机构的单位", "已设安全监管机构的单位", "安全监管机构设置率"),
    "个",
)

name_codes("kind", {level.value: level.label for level in Level})
