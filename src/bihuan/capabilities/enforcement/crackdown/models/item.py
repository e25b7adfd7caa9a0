"""One illegal act or place, from finding to consolidation; what comes back is the same row again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.capabilities.enforcement.crackdown.catalogue import Kind, TransportKind
from bihuan.capabilities.enforcement.crackdown.states import ItemState, PlaceType, Source, Way
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency, Region


def _pairs(states: type) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in states]  # type: ignore[attr-defined]


class Item(Matter):
    """One line of the standing register (M144).

    ``place`` is the node of the territory tree it lies at; ``object`` only where a registered enterprise is concerned.
    ``struck_on`` and ``banned_on`` are the first of their kind and stay when it comes back: ``reemergences`` counts how
    often it did, ``reemerged_on`` is the first time. ``quiet`` re-checks in a row since the last ban found nothing.
    ``case_no`` is the enforcement case it became, ``origin`` the matter it came out of. Fines are the case's alone.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # what is illegal is mostly in no register
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="牵头打击单位"
    )
    place = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name="所在镇街（村）"
    )
    kind = models.CharField("类别", max_length=12, choices=_pairs(Kind))
    code = models.CharField("违法情形", max_length=24)
    place_type = models.CharField("场所类型", max_length=16, choices=_pairs(PlaceType), blank=True)
    transport_kind = models.CharField(
        "非法运输情形", max_length=12, choices=_pairs(TransportKind), blank=True
    )
    rule = models.CharField("违反“七个一律”", max_length=12, blank=True)
    target = models.CharField("打治目标", max_length=12, blank=True)
    source = models.CharField("发现途径", max_length=12, choices=_pairs(Source))
    address = models.CharField("具体位置", max_length=200, blank=True)
    description = models.CharField("情况", max_length=2000)
    party = models.CharField("当事人", max_length=120, blank=True)
    plate = models.CharField("车牌号", max_length=12, blank=True)
    campaign = models.CharField("专项行动", max_length=60, blank=True)
    origin = models.CharField("来源编号", max_length=24, blank=True, default="")
    finder = models.BigIntegerField(null=True)
    finder_name = models.CharField("发现人", max_length=60, blank=True)
    found_on = models.DateField("发现日期")
    struck_on = models.DateField("首次打击日期", null=True, blank=True)
    measures = models.CharField("打击措施", max_length=2000, blank=True)
    detained_persons = models.SmallIntegerField("拘留人数", default=0)
    detained_vehicles = models.SmallIntegerField("扣留车辆", default=0)
    how_banned = models.CharField("取缔措施", max_length=2000, blank=True)
    banned_on = models.DateField("首次取缔日期", null=True, blank=True)
    quiet = models.SmallIntegerField("连续回查未反弹", default=0)
    rechecked_on = models.DateField("最近回查日期", null=True, blank=True)
    reemergences = models.SmallIntegerField("死灰复燃次数", default=0)
    reemerged_on = models.DateField("首次反弹日期", null=True, blank=True)
    consolidated_on = models.DateField("巩固日期", null=True, blank=True)
    settled_on = models.DateField("查处日期", null=True, blank=True)
    way = models.CharField("处理方式", max_length=12, choices=_pairs(Way), blank=True)
    police_on = models.DateField("移交公安日期", null=True, blank=True)
    police_act = models.CharField("移交的线索", max_length=12, blank=True)
    police_receipt = models.CharField("公安回执", max_length=60, blank=True)
    police_received_on = models.DateField("公安签收日期", null=True, blank=True)
    police_feedback = models.CharField("公安反馈", max_length=2000, blank=True)
    police_feedback_on = models.DateField("公安反馈日期", null=True, blank=True)
    case_no = models.CharField("执法案件", max_length=24, blank=True, default="")
    dismissed = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the item."""
        where = self.plate or self.address or self.party
        return f"{Kind(self.kind).label}（{where}）" if where else Kind(self.kind).label

    @property
    def has_place(self) -> bool:
        """Whether there is something to ban and to keep down; an act of a person or a vehicle is dealt with once."""
        return self.kind not in (Kind.PERSON, Kind.VEHICLE)

    class Meta:
        indexes = [
            models.Index(fields=["found_on", "uid"], name="crackdown_by_day"),
            models.Index(fields=["state", "deadline"], name="crackdown_by_deadline"),
            models.Index(fields=["region_path", "state"], name="crackdown_by_place"),
            models.Index(fields=["kind", "code", "found_on"], name="crackdown_by_code"),
            models.Index(
                fields=["police_on"],
                name="crackdown_police_waiting",
                condition=Q(police_on__isnull=False, police_feedback_on=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="crackdown_state_known", condition=Q(state__in=[one.value for one in ItemState])
            ),
            models.CheckConstraint(
                name="crackdown_kind_known", condition=Q(kind__in=[one.value for one in Kind])
            ),
            models.CheckConstraint(
                name="crackdown_banned_with_a_day",
                condition=~Q(state__in=[ItemState.BANNED.value, ItemState.CONSOLIDATED.value])
                | Q(banned_on__isnull=False, struck_on__isnull=False),
            ),
            models.CheckConstraint(
                name="crackdown_settled_with_a_way",
                condition=~Q(state=ItemState.SETTLED.value) | (Q(settled_on__isnull=False) & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="crackdown_feedback_after_passing",
                condition=Q(police_feedback_on=None) | Q(police_on__isnull=False),
            ),
        ]
