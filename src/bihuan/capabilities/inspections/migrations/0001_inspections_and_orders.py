import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.inspections.figures import INSPECTIONS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Inspections with their findings and answers; what they ordered to be put right is counted as it changes."""

    initial = True

    replaces = [
        ("inspections", "0001_inspections"),
        ("inspections", "0002_orders"),
    ]

    dependencies = [
        ("checklists", "0001_initial"),
        ("figures", "0001_initial"),
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Inspection",
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
                            "mode",
                            models.CharField(
                                choices=[
                                    ("open", "明查"),
                                    ("covert", "暗访"),
                                    ("four_no_two_straight", "四不两直"),
                                    ("four_strict_double", "四严双查"),
                                    ("open_face", "明面检查"),
                                    ("covert_survey", "暗访调查"),
                                    ("trade_self", "行业自查"),
                                    ("cross", "交叉互查"),
                                    ("special_spot", "专项抽查"),
                                    ("comprehensive", "综合督查"),
                                    ("fixed_patrol", "定点巡查"),
                                    ("zoned_audit", "划分稽查"),
                                    ("administrative", "行政监查"),
                                    ("outside_help", "外请助查"),
                                ],
                                max_length=30,
                                verbose_name="检查方式",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("enforcement", "执法检查"), ("supervision", "监督检查（不执法）")],
                                max_length=16,
                                verbose_name="检查性质",
                            ),
                        ),
                        ("planned_on", models.DateField(verbose_name="检查日期")),
                        ("content", models.CharField(max_length=500, verbose_name="检查内容")),
                        (
                            "officers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="检查人员",
                            ),
                        ),
                        (
                            "experts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="专家、机构",
                            ),
                        ),
                        (
                            "units",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="联合检查单位",
                            ),
                        ),
                        ("checklist", models.CharField(blank=True, max_length=80, verbose_name="检查表")),
                        (
                            "versions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="检查表版本",
                            ),
                        ),
                        ("campaign", models.CharField(blank=True, max_length=60, verbose_name="专项行动")),
                        ("origin", models.CharField(blank=True, max_length=24, verbose_name="来源编号")),
                        ("secret", models.BooleanField(default=False)),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="方案审批日期")),
                        ("noticed_on", models.DateField(blank=True, null=True, verbose_name="事先通知日期")),
                        ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="到场时间")),
                        ("arrived_on", models.DateField(blank=True, null=True, verbose_name="到场日期")),
                        (
                            "device_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="手机记录的到场时间"),
                        ),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="检查场所")),
                        ("position", models.CharField(blank=True, max_length=60, verbose_name="手机定位")),
                        ("finished_on", models.DateField(blank=True, null=True, verbose_name="检查完成日期")),
                        (
                            "party_name",
                            models.CharField(blank=True, max_length=60, verbose_name="现场负责人"),
                        ),
                        ("party_refused", models.BooleanField(default=False, verbose_name="拒绝签字")),
                        ("witness", models.CharField(blank=True, max_length=60, verbose_name="见证人")),
                        ("found_count", models.SmallIntegerField(default=0, verbose_name="发现问题")),
                        (
                            "failed_rechecks",
                            models.SmallIntegerField(default=0, verbose_name="复查不合格次数"),
                        ),
                        (
                            "rechecked_on",
                            models.DateField(blank=True, null=True, verbose_name="最近复查日期"),
                        ),
                        ("first_of_year", models.BooleanField(default=False)),
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "ordered_count",
                            models.SmallIntegerField(default=0, verbose_name="责令限期整改的问题"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["planned_on", "uid"], name="inspection_by_day"),
                            models.Index(fields=["finished_on", "uid"], name="inspection_by_end"),
                            models.Index(fields=["object", "finished_on"], name="inspection_by_object"),
                            models.Index(fields=["region_path"], name="inspection_by_place"),
                            models.Index(fields=["agency", "state"], name="inspection_by_unit"),
                            models.Index(
                                condition=models.Q(("duty_on__isnull", False)),
                                fields=["duty_on"],
                                name="inspection_duties",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["officers"], name="inspection_by_officer"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="inspection_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["prepared", "on_site", "rectifying", "closed", "cancelled"],
                                    )
                                ),
                                name="inspection_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("nature__in", ["enforcement", "supervision"])),
                                name="inspection_nature_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("secret", False), ("arrived_at", None), _connector="OR"),
                                name="inspection_secret_only_before_arrival",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("noticed_on", None),
                                    models.Q(
                                        (
                                            "mode__in",
                                            [
                                                "covert",
                                                "four_no_two_straight",
                                                "covert_survey",
                                                "zoned_audit",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_unannounced_without_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("finished_on__isnull", False),
                                        ("state__in", ["rectifying", "closed"]),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["rectifying", "closed"]), _negated=True),
                                        ("finished_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_finished_as_it_stands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finished_on", None),
                                    ("finished_on__gte", models.F("arrived_on")),
                                    _connector="OR",
                                ),
                                name="inspection_finished_after_arrival",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("party_refused", False),
                                    models.Q(("witness", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="inspection_refusal_has_witness",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.SmallIntegerField()),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("words", models.CharField(max_length=600)),
                        ("violated", models.CharField(blank=True, max_length=200)),
                        ("penalty", models.CharField(blank=True, max_length=120)),
                        (
                            "grade",
                            models.CharField(
                                choices=[("general", "一般"), ("major", "重大")],
                                default="general",
                                max_length=8,
                            ),
                        ),
                        ("criterion", models.CharField(blank=True, max_length=24)),
                        (
                            "handling",
                            models.CharField(
                                choices=[
                                    ("rectify", "限期整改"),
                                    ("at_once", "当场改正"),
                                    ("measure", "现场处理措施（暂时停产停业、停止使用、撤出人员）"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("measure", models.CharField(blank=True, max_length=200)),
                        ("due_on", models.DateField(null=True)),
                        ("photos", models.JSONField(default=list)),
                        ("hazard_no", models.CharField(blank=True, max_length=24)),
                        (
                            "met",
                            models.CharField(
                                choices=[("open", "未复查"), ("met", "已整改"), ("unmet", "未整改到位")],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        ("met_on", models.DateField(null=True)),
                        ("remark", models.CharField(blank=True, max_length=300)),
                        ("dropped", models.CharField(blank=True, max_length=200)),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="checklists.checklistitem",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspections.inspection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("inspection", "order"), name="inspection_finding_in_order"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dropped", "")),
                                fields=("inspection", "item"),
                                name="one_finding_an_item",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handling", "rectify"), _negated=True),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="ordered_finding_has_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExtensionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("former", models.DateField()),
                        ("until", models.DateField()),
                        ("reasons", models.CharField(max_length=500)),
                        ("safeguards", models.CharField(max_length=500)),
                        ("asked_by", models.CharField(max_length=60)),
                        ("asked_on", models.DateField()),
                        (
                            "reply",
                            models.CharField(
                                choices=[("asked", "待答复"), ("granted", "同意"), ("refused", "不同意")],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("replied_on", models.DateField(null=True)),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="inspections.inspection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("reply", "asked")),
                                fields=("inspection",),
                                name="one_extension_asked_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.SmallIntegerField()),
                        ("automatic", models.BooleanField(default=False)),
                        ("reason", models.CharField(max_length=500)),
                        ("findings", models.JSONField(default=list)),
                        ("proposed_by", models.CharField(max_length=60)),
                        ("proposed_on", models.DateField()),
                        ("case_no", models.CharField(blank=True, max_length=24)),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="inspections.inspection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("inspection", "seq"), name="proposal_in_order")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("outcome", models.CharField(max_length=4)),
                        ("note", models.CharField(blank=True, max_length=500)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("photos", models.JSONField(default=list)),
                        ("by", models.CharField(max_length=60)),
                        ("device_at", models.DateTimeField(null=True)),
                        ("at", models.DateTimeField()),
                        (
                            "inspection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="inspections.inspection",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="checklists.checklistitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("inspection", "item"), name="one_answer_an_item"),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["pass", "fail", "na"])),
                                name="answer_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "fail"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="failed_answer_has_note",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("inspections_inspection")),
        migrations.RunSQL(tally.create_sql(INSPECTIONS)),
    ]
