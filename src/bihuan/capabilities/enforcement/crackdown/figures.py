"""The figures of the crackdown (M145, M148, M151–M155), each declared once; all of them about items *found* in the period.

What was found not to be so is none. An item that came back is still one item, and told apart.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.capabilities.enforcement.crackdown.catalogue import (
    CODES,
    CRACK,
    FIX,
    RULES,
    Kind,
    full_label,
    numbered,
)
from bihuan.capabilities.enforcement.crackdown.states import PlaceType, Source
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import Counted, DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

ITEMS = Tally(
    name="crackdown",
    model="crackdown.Item",
    table="crackdown_item",
    born=DateOf("found_on"),
    dates={
        "struck": DateOf("struck_on"),
        "banned": DateOf("banned_on"),
        "reemerged": DateOf("reemerged_on"),
        "consolidated": DateOf("consolidated_on"),
        "settled": DateOf("settled_on"),
        "police": DateOf("police_on"),
        "answered": DateOf("police_feedback_on"),
    },
    dims={
        "region": Dim("region_path"),
        "agency": Dim("agency_id", "bigint"),
        "kind": Dim("kind"),
        "code": Dim("code"),
        "site": Dim("place_type"),
        "rule": Dim("rule"),
        "target": Dim("target"),
        "source": Dim("source", called="发现途径"),
        "campaign": Dim("campaign"),
    },
    sums={"persons": "detained_persons", "vehicles": "detained_vehicles"},
    where="NOT dismissed",
    narrow=True,
)


def found(period: Period, as_of: date) -> Q:
    """Found in the period and by the cut-off."""
    return Q(dismissed=False, found_on__gte=period.first, found_on__lte=min(period.last, as_of))


def _by(column: str) -> Counted:
    def counted(period: Period, as_of: date) -> Q:
        return found(period, as_of) & Q(**{f"{column}__lte": as_of})

    return counted


def _of(kind: Kind, column: str = "") -> Counted:
    def counted(period: Period, as_of: date) -> Q:
        return (_by(column) if column else found)(period, as_of) & Q(kind=kind.value)

    return counted


def _with(column: str) -> Counted:
    """Struck or settled by the cut-off, with something detained."""

    def counted(period: Period, as_of: date) -> Q:
        return found(period, as_of) & Q(struck_on__lte=as_of, **{f"{column}__gt": 0})

    return counted


registry.register(
    Figure("crackdown.found", "非法违法行为", "起", "count", ITEMS, found, plus=Measure()),
    Figure("crackdown.struck", "已打击", "起", "count", ITEMS, _by("struck_on"), plus=Measure(("struck",))),
    Figure("crackdown.banned", "已取缔", "处", "count", ITEMS, _by("banned_on"), plus=Measure(("banned",))),
    Figure(
        "crackdown.dens_banned", "取缔非法窝点", "处", "count", ITEMS, _of(Kind.DEN, "banned_on"),
        plus=Measure(("banned",), only=(("kind", "den"),)),
    ),
    Figure(
        "crackdown.mines_closed", "关闭取缔非法矿点", "处", "count", ITEMS, _of(Kind.MINE, "banned_on"),
        plus=Measure(("banned",), only=(("kind", "mine"),)),
    ),
    Figure(
        "crackdown.reemerged", "死灰复燃", "处", "count", ITEMS, _by("reemerged_on"), plus=Measure(("reemerged",)),
    ),
    Figure(
        "crackdown.consolidated", "已巩固", "处", "count", ITEMS, _by("consolidated_on"),
        plus=Measure(("consolidated",)),
    ),
    Figure("crackdown.settled", "查处办结", "起", "count", ITEMS, _by("settled_on"), plus=Measure(("settled",))),
    Figure(
        "crackdown.vehicles", "查处违法车辆", "辆", "count", ITEMS, _of(Kind.VEHICLE),
        plus=Measure(only=(("kind", "vehicle"),)),
    ),
    Figure(
        "crackdown.vehicles_detained", "扣留车辆", "辆", "total", ITEMS, _with("detained_vehicles"),
        plus=Measure(("struck",), amount="vehicles"), amount="detained_vehicles",
    ),
    Figure(
        "crackdown.persons_detained", "拘留人员", "人", "total", ITEMS, _with("detained_persons"),
        plus=Measure(("struck",), amount="persons"), amount="detained_persons",
    ),
    Figure(
        "crackdown.violations", "三违和岗位失责", "起", "count", ITEMS, _of(Kind.PERSON),
        plus=Measure(only=(("kind", "person"),)),
    ),
    Figure(
        "crackdown.fireworks", "烟花爆竹打非", "起", "count", ITEMS, _of(Kind.FIREWORKS),
        plus=Measure(only=(("kind", "fireworks"),)),
    ),
    Figure(
        "crackdown.chemical", "危化品打非", "起", "count", ITEMS, _of(Kind.CHEMICAL),
        plus=Measure(only=(("kind", "chemical"),)),
    ),
    Figure("crackdown.police", "移交公安线索", "条", "count", ITEMS, _by("police_on"), plus=Measure(("police",))),
    Figure(
        "crackdown.ban_rate", "取缔率", "%", "ratio", ITEMS, found, of=("crackdown.banned", "crackdown.found"),
    ),
)  # fmt: skip

name_codes("kind", {kind.value: kind.label for kind in Kind})
name_codes("code", {code: full_label(code) for code in CODES})
name_codes("site", {"": "不是场所", **{one.value: one.label for one in PlaceType}})
name_codes("rule", {"": "未注明", **dict(numbered([RULES]))})
name_codes("target", {"": "未注明", **dict(numbered([CRACK, FIX]))})
name_codes("source", {source.value: source.label for source in Source if source.value != "tip_off"})
