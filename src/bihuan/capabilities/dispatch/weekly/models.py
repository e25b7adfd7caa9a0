"""The weekly form of one unit and one week, each edition of it as it was filed, and the template it is made from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bihuan.capabilities.dispatch.weekly.layouts import Layout
from bihuan.capabilities.dispatch.weekly.states import FormState
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class FormTemplate(models.Model):
    """The form a district uses from a week on (its own choice); a later one ends it, no form changes its template."""

    title = models.CharField("表名", max_length=80)
    campaign = models.CharField("专项行动标签", max_length=60, blank=True)
    counts_from = models.DateField("累计数起算日")
    since = models.DateField("启用日期")
    layout = models.JSONField("栏目")
    set_by = models.CharField("设定人", max_length=120)
    set_at = models.DateTimeField("设定时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["since"], name="one_weekly_template_a_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def asks(self) -> Layout:
        return Layout.of(self.layout)


class Edition(models.Model):
    """What a filing says; the form carries the present one, :class:`FormEdition` every one there was.

    ``figures`` names the frozen figures, ``digest`` is SM3 over figures and words.
    """

    edition = models.SmallIntegerField("第几稿", default=0)
    figures = models.UUIDField(null=True)
    unit_name = models.CharField("单位（报送时名称）", max_length=100, blank=True)
    words = models.JSONField("研判", default=dict)
    stated = models.JSONField("自报数", default=dict)
    zeros = ArrayField(models.CharField(max_length=20), verbose_name="已确认为零", default=list)
    nil = models.BooleanField("零报告", default=False)
    nil_reason = models.CharField("零报告说明", max_length=500, blank=True)
    suspicions = models.JSONField("零数据提示", default=list)
    correction = models.CharField("更正理由", max_length=500, blank=True)
    digest = models.CharField("内容摘要（SM3）", max_length=64, blank=True)
    as_of = models.DateField("数据截至", null=True)
    filed_at = models.DateTimeField("报送时间", null=True)
    filed_by = models.CharField("填报人", max_length=60, blank=True)
    filed_post = models.CharField("填报人职务", max_length=160, blank=True)
    late = models.BooleanField("迟报", default=False)
    approved_at = models.DateTimeField("审定时间", null=True)
    approved_by = models.CharField("审定人", max_length=60, blank=True)
    approved_post = models.CharField("审定人职务", max_length=160, blank=True)
    opinion = models.CharField("审定意见", max_length=500, blank=True)

    class Meta:
        abstract = True


class WeeklyForm(Matter, Edition):
    """周调度表 of one lead department and week (M038); ``agency`` files it, ``due_on`` is the last day to do so."""

    object = models.ForeignKey(  # type: ignore[assignment]
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="填报单位"
    )
    period = models.CharField("周", max_length=10)
    week_from = models.DateField("周一")
    due_on = models.DateField("报送期限")
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="+")
    returned = models.CharField("退回理由", max_length=500, blank=True)
    sent_back = models.SmallIntegerField("退回次数", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "period"], name="one_weekly_form_a_unit_and_week"),
            models.CheckConstraint(
                name="weekly_state_known", condition=Q(state__in=[state.value for state in FormState])
            ),
            models.CheckConstraint(
                name="weekly_approved_is_filed",
                condition=~Q(state=FormState.APPROVED.value)
                | (Q(filed_at__isnull=False) & Q(approved_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(name="weekly_nil_says_why", condition=Q(nil=False) | ~Q(nil_reason="")),
        ]
        indexes = [
            models.Index(fields=["week_from", "agency"], name="weekly_by_week"),
            models.Index(fields=["agency", "-week_from"], name="weekly_by_unit"),
        ]

    def near(self) -> Q:
        """The committee office, which approves what the unit files."""
        return nearness.office_over(self.region_path)

    @property
    def week(self) -> Period:
        return Period.parse(self.period)

    @property
    def name(self) -> str:
        """The unit as it was called when it filed, as it is called now before that."""
        return self.unit_name or self.agency.name

    def about(self) -> str:
        return f"{self.name} {self.week.chinese()}周调度表"


class FormEdition(Edition):
    """One filing as it was signed. ``changes`` is what differs from the edition before."""

    form = models.ForeignKey(WeeklyForm, models.PROTECT, related_name="editions")
    changes = models.JSONField("与上一稿的差别", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "edition"], name="editions_of_a_weekly_form")]

    def __str__(self) -> str:
        return f"第{self.edition}稿"


class SettingChain(models.Model):
    """Where the record of the office's decisions about template and filers ends."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)
