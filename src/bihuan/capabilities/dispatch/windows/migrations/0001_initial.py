import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Key windows of the year and what is held in them."""

    initial = True

    dependencies = [
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="KeyWindow",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        ("state", models.CharField(max_length=32, verbose_name="状态")),
                        ("version", models.IntegerField(default=1)),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("deadline_note", models.JSONField(blank=True, null=True)),
                        ("escalated", models.SmallIntegerField(default=0)),
                        ("duties", models.JSONField(blank=True, null=True)),
                        ("duty_on", models.DateField(blank=True, null=True)),
                        ("hands", models.JSONField(default=dict)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("new_year", "元旦"),
                                    ("spring_rush", "春运"),
                                    ("spring_festival", "春节"),
                                    ("fireworks", "烟花爆竹旺季"),
                                    ("resumption", "返城返岗、复工复产"),
                                    ("two_sessions", "全国两会"),
                                    ("tomb_sweeping", "清明"),
                                    ("labour_day", "五一"),
                                    ("flood_season", "汛期"),
                                    ("national_day", "国庆"),
                                    ("winter", "冬季"),
                                    ("year_end", "岁末年初"),
                                    ("event", "重大活动"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="时段",
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="年份")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("first_day", models.DateField(verbose_name="开始日期")),
                        ("last_day", models.DateField(verbose_name="结束日期")),
                        ("ahead", models.SmallIntegerField(default=0, verbose_name="提前布置（天）")),
                        (
                            "reporting",
                            models.CharField(
                                choices=[("nobody", "不要求"), ("towns", "镇街"), ("all", "镇街和部门")],
                                default="towns",
                                max_length=8,
                                verbose_name="日报单位",
                            ),
                        ),
                        ("forms", models.CharField(blank=True, max_length=500, verbose_name="日报内容")),
                        ("templates", models.JSONField(default=list)),
                        (
                            "units",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("enters_on", models.DateField(verbose_name="布置日期")),
                        ("entered_on", models.DateField(blank=True, null=True, verbose_name="进入日期")),
                        ("opened", models.JSONField(default=list)),
                        ("left_on", models.DateField(blank=True, null=True, verbose_name="总结日期")),
                        ("summary", models.JSONField(blank=True, null=True)),
                        ("opinion", models.CharField(blank=True, max_length=4000, verbose_name="总结意见")),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["first_day", "uid"], name="window_by_day"),
                            models.Index(
                                condition=models.Q(("state__in", ["planned", "open"])),
                                fields=["enters_on"],
                                name="window_to_turn",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "open", "closed", "cancelled"])),
                                name="window_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="window_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("enters_on__lte", models.F("first_day"))),
                                name="window_opens_in_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("left_on__isnull", False), ("summary__isnull", False)),
                                    _connector="OR",
                                ),
                                name="window_closed_with_summary",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("kind__in", ["event", "other"]), _negated=True),
                                ),
                                fields=("kind", "year"),
                                name="window_once_a_year",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        ("state", models.CharField(max_length=32, verbose_name="状态")),
                        ("version", models.IntegerField(default=1)),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("deadline_note", models.JSONField(blank=True, null=True)),
                        ("escalated", models.SmallIntegerField(default=0)),
                        ("duties", models.JSONField(blank=True, null=True)),
                        ("duty_on", models.DateField(blank=True, null=True)),
                        ("hands", models.JSONField(default=dict)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField()),
                        ("name", models.CharField(max_length=80, verbose_name="工程")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("construction", "工程建设"),
                                    ("relocation", "搬迁改线"),
                                    ("closure", "关停收尾"),
                                    ("pilot", "试点"),
                                    ("plan", "规划任务"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="类别",
                            ),
                        ),
                        ("urged_by", models.BigIntegerField(blank=True, null=True, verbose_name="督促单位")),
                        ("basis", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                        ("content", models.CharField(blank=True, max_length=2000, verbose_name="建设内容")),
                        ("milestones", models.JSONField(default=list, verbose_name="节点")),
                        ("planned_on", models.DateField(verbose_name="列入日期")),
                        ("late_from", models.DateField(blank=True, null=True)),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="竣工验收日期")),
                        ("result", models.CharField(blank=True, max_length=2000, verbose_name="完成情况")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="牵头单位",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["planned_on", "uid"], name="project_by_day"),
                            models.Index(
                                condition=models.Q(("state", "under_way")),
                                fields=["late_from"],
                                name="project_late",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["under_way", "awaiting_acceptance", "closed", "cancelled"])
                                ),
                                name="project_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("accepted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="project_closed_when_accepted",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("windows_keywindow")),
        migrations.RunSQL(guard("windows_project")),
    ]
