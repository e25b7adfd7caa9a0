import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.dispatch.campaigns.figures import ENLISTED, TARGETS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Campaigns, their names and targets; what they reach and the units they look at are counted as they change."""

    initial = True

    replaces = [
        ("campaigns", "0001_initial"),
        ("campaigns", "0002_tally"),
        ("campaigns", "0003_distinct_units"),
    ]

    dependencies = [
        ("figures", "0001_initial"),
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Campaign",
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
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("campaign", "专项行动"),
                                    ("set", "系列（一月一项、十项等）"),
                                    ("programme", "突出疑难问题专项"),
                                    ("problem", "疑难问题（属某一专项）"),
                                    ("plan", "规划、监管实施方案"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "superior",
                            models.CharField(blank=True, max_length=120, verbose_name="上级部署文件"),
                        ),
                        ("superior_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        (
                            "duties_served",
                            models.CharField(blank=True, max_length=1000, verbose_name="落实的职责"),
                        ),
                        (
                            "development",
                            models.CharField(blank=True, max_length=1000, verbose_name="服务的发展任务"),
                        ),
                        ("content", models.CharField(blank=True, max_length=2000, verbose_name="主要内容")),
                        ("first_day", models.DateField(blank=True, null=True, verbose_name="开始日期")),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                        (
                            "sector_paths",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="行业领域",
                            ),
                        ),
                        (
                            "region_paths",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="镇街",
                            ),
                        ),
                        (
                            "members",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="成员单位",
                            ),
                        ),
                        (
                            "filing",
                            models.CharField(
                                choices=[("never", "不要求"), ("week", "每周"), ("month", "每月")],
                                default="never",
                                max_length=8,
                                verbose_name="报送频次",
                            ),
                        ),
                        ("forms", models.CharField(blank=True, max_length=500, verbose_name="报送内容")),
                        (
                            "filing_days",
                            models.SmallIntegerField(default=2, verbose_name="报送期限（工作日）"),
                        ),
                        ("members_due", models.SmallIntegerField(default=0, verbose_name="应有项数")),
                        (
                            "set_rule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("monthly", "每月一项"),
                                    ("leads", "每项各有一个牵头单位"),
                                    ("deliverables", "每个单位完成若干项任务"),
                                ],
                                max_length=12,
                                verbose_name="构成要求",
                            ),
                        ),
                        ("in_place", models.JSONField(default=dict)),
                        ("drafted_on", models.DateField(verbose_name="拟定日期")),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束于")),
                        ("summary", models.CharField(blank=True, max_length=4000, verbose_name="总结")),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
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
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="campaigns.campaign",
                                verbose_name="所属系列或专项",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "deadline"], name="campaign_by_state"),
                            models.Index(fields=["drafted_on", "uid"], name="campaign_by_draft"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["members"], name="campaign_by_member"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["drafted", "under_way", "summing_up", "ended", "withdrawn"],
                                    )
                                ),
                                name="campaign_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ("drafted", "withdrawn")),
                                    models.Q(
                                        ("agency__isnull", False),
                                        ("first_day__isnull", False),
                                        ("last_day__isnull", False),
                                        models.Q(
                                            models.Q(("nature", "campaign"), _negated=True),
                                            models.Q(
                                                models.Q(("superior", ""), _negated=True),
                                                models.Q(("duties_served", ""), _negated=True),
                                                models.Q(("development", ""), _negated=True),
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="campaign_begins_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_day", None),
                                    ("last_day", None),
                                    ("last_day__gte", models.F("first_day")),
                                    _connector="OR",
                                ),
                                name="campaign_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("present", "现名"), ("former", "曾用名"), ("adopted", "归并名称")],
                                default="present",
                                max_length=8,
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="names",
                                to="campaigns.campaign",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "present")),
                                fields=("campaign",),
                                name="campaign_has_one_present_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("campaign_name", models.CharField(max_length=60)),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("registered_on", models.DateField(verbose_name="列入日期")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="检查日期")),
                        ("checked_by", models.CharField(blank=True, max_length=120, verbose_name="检查单位")),
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
                            "campaign",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="campaigns.campaign",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["registered_on", "id"], name="target_by_day"),
                            models.Index(fields=["object"], name="target_by_object"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "object"), name="target_registered_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("campaigns_campaign")),
        migrations.RunSQL("""
            ALTER TABLE campaigns_campaign ADD CONSTRAINT plan_reviewed_by_another CHECK (
                state IN ('drafted', 'withdrawn') OR hands->'approve' IS NULL OR hands->'draft' IS NULL
                OR hands->'approve' <> hands->'draft');
            """),
        migrations.RunSQL(tally.create_sql(TARGETS)),
        migrations.RunSQL(tally.create_sql(ENLISTED)),
    ]
