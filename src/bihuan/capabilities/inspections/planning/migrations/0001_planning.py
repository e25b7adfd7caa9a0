import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.figures import tally
from bihuan.kernel.figures.declarations import DateOf, Dim, Tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables

_DIMS = {"region": Dim("region_path"), "sector": Dim("sector_path"), "agency": Dim("agency_id", "bigint")}
LINES = Tally(
    name="plan_lines",
    model="inspection_planning.PlanLine",
    table="inspection_planning_planline",
    born=DateOf("due_on"),
    dates={"done": DateOf("done_on")},
    dims=_DIMS,
    where="counts",
)
KEYS = Tally(
    name="key_objects",
    model="inspection_planning.KeyQuarter",
    table="inspection_planning_keyquarter",
    born=DateOf("quarter"),
    dates={"inspected": DateOf("inspected_on")},
    dims=_DIMS,
)
# The framework adds an index for patterns to every unique text; numbers are only ever asked for whole.
NO_PATTERNS = (
    "DO $$ DECLARE i text; BEGIN SELECT indexname INTO i FROM pg_indexes"
    " WHERE tablename = 'TABLE_' AND indexname LIKE 'TABLE_\\_no\\_%\\_like';"
    " IF i IS NOT NULL THEN EXECUTE 'DROP INDEX ' || i; END IF; END $$"
)
GUARDED = ("inspection_planning_plan", "inspection_planning_draw", "inspection_planning_round")


class Migration(migrations.Migration):
    """Plans, draws and rounds move only by their record; planned and done, key objects and those inspected are counted as they change."""

    initial = True

    replaces = [
        ("inspection_planning", "0001_initial"),
        ("inspection_planning", "0002_guards_and_tallies"),
        ("inspection_planning", "0003_whose_round"),
        ("inspection_planning", "0004_conditions_of_a_draw"),
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
                    name="Plan",
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
                                    ("year", "年度计划"),
                                    ("quarter", "季度计划"),
                                    ("month", "月度计划"),
                                ],
                                max_length=8,
                                verbose_name="计划类型",
                            ),
                        ),
                        ("period", models.CharField(max_length=10, verbose_name="计划期间")),
                        ("title", models.CharField(max_length=120, verbose_name="名称")),
                        ("basis", models.CharField(max_length=400, verbose_name="编制依据")),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="行业领域",
                            ),
                        ),
                        ("months", models.SmallIntegerField(verbose_name="多久没查的列入（月）")),
                        ("most", models.SmallIntegerField(verbose_name="最多列入（家）")),
                        ("lines_count", models.IntegerField(default=0, verbose_name="列入对象")),
                        ("lines_digest", models.CharField(blank=True, max_length=64)),
                        ("submitted_on", models.DateField(blank=True, null=True, verbose_name="报审日期")),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                        ("approved_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                        ("closing", models.CharField(blank=True, max_length=1000, verbose_name="完成情况")),
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
                        "indexes": [models.Index(fields=["agency", "state"], name="plan_by_unit")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "submitted", "running", "ended", "cancelled"])
                                ),
                                name="plan_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["running", "ended"]), _negated=True),
                                    ("approved_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="plan_runs_approved",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("agency", "period", "title"),
                                name="plan_named_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("score", models.SmallIntegerField(default=0, verbose_name="分值")),
                        ("reasons", models.JSONField(default=list, verbose_name="列入理由")),
                        ("added_by_hand", models.BooleanField(default=False)),
                        ("due_on", models.DateField(verbose_name="应于")),
                        ("counts", models.BooleanField(default=False)),
                        ("inspection", models.CharField(blank=True, max_length=24, verbose_name="检查编号")),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                        (
                            "excused",
                            models.CharField(blank=True, max_length=200, verbose_name="不再检查的理由"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="inspection_planning.plan",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["object", "due_on"], name="plan_line_by_object"),
                            models.Index(
                                condition=models.Q(("inspection", ""), _negated=True),
                                fields=["inspection"],
                                name="plan_line_by_visit",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "object"), name="plan_names_an_object_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Programme",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.CharField(max_length=400, verbose_name="检查内容")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60, verbose_name="登记人")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("agency",),
                                name="one_programme_a_department",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                        ("title", models.CharField(max_length=80, verbose_name="名称")),
                        ("says", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("sections", models.JSONField(default=list, verbose_name="环节")),
                        ("window", models.CharField(blank=True, max_length=16, verbose_name="重点时段")),
                        ("ahead", models.SmallIntegerField(default=30, verbose_name="提前（天）")),
                        (
                            "sectors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "register",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("made_by", models.CharField(max_length=60, verbose_name="编制人")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Round",
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
                        ("title", models.CharField(max_length=120, verbose_name="名称")),
                        ("walkers", models.CharField(max_length=200, verbose_name="巡查人员")),
                        ("companions", models.CharField(blank=True, max_length=200, verbose_name="同行单位")),
                        ("began_on", models.DateField(verbose_name="出发日期")),
                        ("finished_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                        ("sections", models.JSONField(default=list, verbose_name="环节")),
                        ("results", models.JSONField(default=dict, verbose_name="结果")),
                        ("hazards", models.JSONField(default=list, verbose_name="发现隐患")),
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
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspection_planning.roundtemplate",
                            ),
                        ),
                        ("own", models.BooleanField(default=False, verbose_name="企业自行巡查")),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["region_path", "state"], name="round_by_place"),
                            models.Index(fields=["template", "object", "finished_on"], name="round_by_pack"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["under_way", "finished", "cancelled"])),
                                name="round_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "finished"), _negated=True),
                                    ("finished_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="round_finished_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draw",
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
                        ("title", models.CharField(max_length=120, verbose_name="名称")),
                        ("basis", models.CharField(max_length=400, verbose_name="抽查依据")),
                        ("count", models.SmallIntegerField(verbose_name="抽取对象数")),
                        ("team", models.SmallIntegerField(verbose_name="每组人数")),
                        ("rule_version", models.SmallIntegerField(default=1, verbose_name="抽取规则版本")),
                        ("targets", models.JSONField(default=list, verbose_name="抽查对象名单")),
                        ("officers", models.JSONField(default=list, verbose_name="检查人员名单")),
                        ("excluded", models.JSONField(default=list, verbose_name="排除")),
                        ("apart", models.JSONField(default=dict, verbose_name="回避")),
                        ("targets_digest", models.CharField(max_length=64, verbose_name="对象名单摘要")),
                        ("officers_digest", models.CharField(max_length=64, verbose_name="人员名单摘要")),
                        ("commitment", models.CharField(max_length=64, verbose_name="随机数承诺")),
                        ("secret", models.CharField(max_length=64, verbose_name="随机数")),
                        ("words", models.CharField(blank=True, max_length=60, verbose_name="现场报数")),
                        ("witness", models.CharField(blank=True, max_length=60, verbose_name="见证人")),
                        ("seed", models.CharField(blank=True, max_length=64, verbose_name="种子")),
                        ("result", models.JSONField(default=list, verbose_name="结果")),
                        ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="抽取时间")),
                        ("inspections", models.JSONField(default=list, verbose_name="检查编号")),
                        ("follows", models.CharField(blank=True, max_length=24, verbose_name="重抽自")),
                        (
                            "again_because",
                            models.CharField(blank=True, max_length=200, verbose_name="重抽理由"),
                        ),
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
                            "conditions_digest",
                            models.CharField(
                                blank=True, default="", max_length=64, verbose_name="抽取条件摘要"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["agency", "state"], name="draw_by_unit")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["frozen", "drawn", "arranged", "voided"])),
                                name="draw_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("drawn_at", None), ("seed", "")),
                                    models.Q(
                                        ("drawn_at__isnull", False), models.Q(("seed", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="draw_cast_has_its_seed",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("follows", ""), _negated=True),
                                fields=("follows",),
                                name="draw_made_again_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyQuarter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("quarter", models.DateField(verbose_name="季度首日")),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("why", models.CharField(max_length=200, verbose_name="重点理由")),
                        ("inspected_on", models.DateField(blank=True, null=True, verbose_name="检查日期")),
                        ("inspection", models.CharField(blank=True, max_length=24, verbose_name="检查编号")),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["quarter", "inspected_on"], name="key_quarter_open")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object", "quarter"), name="key_object_once_a_quarter"
                            )
                        ],
                    },
                ),
            ],
        ),
        *(migrations.RunSQL(guard(table)) for table in GUARDED),
        *(migrations.RunSQL(NO_PATTERNS.replace("TABLE_", table)) for table in GUARDED),
        *(migrations.RunSQL(tally.create_sql(kept)) for kept in (LINES, KEYS)),
    ]
