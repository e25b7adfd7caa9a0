import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.responsibility.gaps.figures import GAPS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Gaps in responsibility: who settles one does not close it; what the nightly comparison found is kept."""

    initial = True

    replaces = [
        ("gaps", "0001_initial"),
        ("gaps", "0002_tally"),
        ("gaps", "0003_compared"),
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
                    name="Gap",
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
                            "cause",
                            models.CharField(
                                choices=[
                                    ("no_lead", "没有行业主管部门"),
                                    ("lead_vacant", "主管部门无人在岗"),
                                    ("no_territory", "没有属地负责人"),
                                    ("no_leader", "没有分管领导"),
                                    ("no_principal", "没有企业主要负责人"),
                                    ("no_zone", "不在任何责任区"),
                                    ("no_office", "安委办无人在岗"),
                                    ("two_leads", "两个牵头监管部门"),
                                    ("two_leaders", "两位分管领导"),
                                    ("two_claims", "两个单位都认领"),
                                    ("said", "其他盲区或争议"),
                                ],
                                max_length=16,
                                verbose_name="情形",
                            ),
                        ),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        ("subject_name", models.CharField(blank=True, max_length=120, verbose_name="对象")),
                        ("concerned", models.IntegerField(default=0, verbose_name="发现时涉及")),
                        (
                            "description",
                            models.CharField(blank=True, max_length=2000, verbose_name="情况说明"),
                        ),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("detected", models.BooleanField(default=False, verbose_name="比对发现")),
                        ("demand", models.CharField(blank=True, max_length=2000, verbose_name="要求")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="解决期限")),
                        ("how", models.CharField(blank=True, max_length=2000, verbose_name="怎样解决的")),
                        (
                            "settled_by",
                            models.CharField(blank=True, max_length=1000, verbose_name="落实的责任"),
                        ),
                        ("settled_on", models.DateField(blank=True, null=True, verbose_name="报告解决日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="核销日期")),
                        ("closed_by", models.CharField(blank=True, max_length=60, verbose_name="核销人")),
                        ("voided", models.BooleanField(default=False)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="落实单位",
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
                            models.Index(fields=["agency", "state"], name="gap_by_unit"),
                            models.Index(fields=["found_on", "uid"], name="gap_by_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["found", "under_way", "settled", "closed", "voided"])
                                ),
                                name="gap_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cause__in",
                                        [
                                            "no_lead",
                                            "lead_vacant",
                                            "no_territory",
                                            "no_leader",
                                            "no_principal",
                                            "no_zone",
                                            "no_office",
                                            "two_leads",
                                            "two_leaders",
                                            "two_claims",
                                            "said",
                                        ],
                                    )
                                ),
                                name="gap_cause_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["found", "under_way", "settled"]),
                                    models.Q(("cause", "said"), _negated=True),
                                ),
                                fields=("cause", "subject"),
                                name="one_open_gap_per_cause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("closed_on__isnull", False), models.Q(("how", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="gap_closed_with_its_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Compared",
                    fields=[
                        ("on", models.DateField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("lines", models.JSONField()),
                    ],
                ),
            ],
        ),
        migrations.RunSQL(guard("gaps_gap")),
        migrations.RunSQL("""
            ALTER TABLE gaps_gap ADD CONSTRAINT gap_closer_is_not_the_settler CHECK (
                state <> 'closed' OR hands->'accept' IS NULL OR hands->'settle' IS NULL
                OR hands->'accept' <> hands->'settle');
            """),
        migrations.RunSQL(tally.create_sql(GAPS)),
    ]
