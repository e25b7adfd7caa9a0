"""A draw by lot: its frozen lists, its seed and its result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.capabilities.inspections.planning.draws.states import DrawState
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject


class Draw(Matter):
    """One draw (双随机), from frozen lists to inspections; bound whole by the record, so nothing is exchanged after.

    ``targets`` and ``officers`` are ``{"id", "name", …}`` in order of id; ``excluded`` whom the rules left out of either,
    with why; ``apart`` which officers keep away from which target. ``secret`` is the number chosen on freezing, kept out
    of sight until the lot is cast; ``conditions_digest`` fixes count, team and ``apart`` with the lists (empty under the
    first version of the rule); ``commitment`` its SM3, shown at once. ``follows`` is the number of the draw this one
    was made again of, ``again_because`` why.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a draw is about many objects
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField("名称", max_length=120)
    basis = models.CharField("抽查依据", max_length=400)
    count = models.SmallIntegerField("抽取对象数")
    team = models.SmallIntegerField("每组人数")
    rule_version = models.SmallIntegerField("抽取规则版本", default=1)
    targets = models.JSONField("抽查对象名单", default=list)
    officers = models.JSONField("检查人员名单", default=list)
    excluded = models.JSONField("排除", default=list)
    apart = models.JSONField("回避", default=dict)
    targets_digest = models.CharField("对象名单摘要", max_length=64)
    officers_digest = models.CharField("人员名单摘要", max_length=64)
    conditions_digest = models.CharField("抽取条件摘要", max_length=64, blank=True, default="")
    commitment = models.CharField("随机数承诺", max_length=64)
    secret = models.CharField("随机数", max_length=64)
    words = models.CharField("现场报数", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    result = models.JSONField("结果", default=list)
    drawn_at = models.DateTimeField("抽取时间", null=True, blank=True)
    inspections = models.JSONField("检查编号", default=list)
    follows = models.CharField("重抽自", max_length=24, blank=True)
    again_because = models.CharField("重抽理由", max_length=200, blank=True)

    def about(self) -> str:
        """What notices call the draw."""
        return self.title

    class Meta:
        indexes = [models.Index(fields=["agency", "state"], name="draw_by_unit")]
        constraints = [
            models.CheckConstraint(
                name="draw_state_known", condition=Q(state__in=[s.value for s in DrawState])
            ),
            models.CheckConstraint(
                name="draw_cast_has_its_seed",
                condition=Q(drawn_at=None, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
            ),
            models.UniqueConstraint(
                fields=["follows"], condition=~Q(follows=""), name="draw_made_again_once"
            ),
        ]  # fmt: skip
