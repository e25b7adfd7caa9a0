"""What this database is: a demo or a real district, and of which place. One row, written by the owner only."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    """The single row that says so. A demo stays a demo: a trigger refuses to change the mark."""

    id = models.SmallIntegerField("序号", primary_key=True, default=1)
    demo = models.BooleanField("演示")
    district_code = models.CharField("行政区划代码", max_length=12, default="")
    district_name = models.TextField("行政区名称", default="")
    made_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "本机安装"
        verbose_name_plural = "本机安装"
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="installation_is_single"),)

    def __str__(self) -> str:
        return self.district_name or "未命名的行政区"
