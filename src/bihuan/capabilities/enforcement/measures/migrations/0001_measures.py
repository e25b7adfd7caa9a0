import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.enforcement.measures.figures import FAILURES, MEASURES, STOPPED
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Compulsory measures and failures of supply: lifted only after acceptance by another hand; counted as they change."""

    initial = True

    replaces = [
        ("measures", "0001_initial"),
        ("measures", "0002_tally"),
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
                    name="Supplier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "supply",
                            models.CharField(
                                choices=[("power", "供电"), ("explosives", "民用爆炸物品")],
                                max_length=12,
                                verbose_name="供应什么",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("contact", models.CharField(max_length=60, verbose_name="联系人")),
                        ("phone", models.CharField(max_length=30, verbose_name="电话")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "answerable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="主管部门",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("supply__in", ["power", "explosives"])),
                                name="supplier_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="supplier_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("supply", "name"),
                                name="one_present_supplier_of_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                                    ("stop_production", "责令暂时停产停业"),
                                    ("stop_work", "责令停止施工"),
                                    ("stop_use", "责令停止使用"),
                                    ("suspension", "停产停业整顿"),
                                    ("immediate_closure", "立即停业整顿（人员密集场所）"),
                                    ("sealing", "查封"),
                                    ("seizing", "扣押"),
                                    ("closure", "关闭"),
                                    ("ban", "取缔"),
                                    ("cut_power", "停止供电"),
                                    ("cut_explosives", "停止供应民用爆炸物品"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "family",
                            models.CharField(
                                choices=[
                                    ("stop", "责令停产停业、停止施工、停止使用"),
                                    ("seizure", "查封扣押"),
                                    ("closure", "关闭取缔"),
                                    ("cutoff", "停止供电、停止供应民用爆炸物品"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("major_hazard", "重大事故隐患排除前或者排除过程中无法保证安全"),
                                    ("overdue", "责令限期整改，逾期未整改"),
                                    ("three_simultaneous", "“三同时”手续逾期未完善"),
                                    ("wages", "拖欠工资满两个月以上"),
                                    ("no_licence", "无证生产经营或者证照逾期未办"),
                                    ("no_conditions", "不具备安全生产条件"),
                                    ("repeated_penalties", "存在重大事故隐患且屡次受到行政处罚"),
                                    ("still_unfit", "经停产停业整顿仍不具备安全生产条件"),
                                    ("disobeyed", "拒不执行停产停业整顿决定"),
                                    ("illegal", "非法生产经营建设"),
                                    (
                                        "substandard",
                                        "不符合保障安全生产的国家标准或者行业标准的设施、设备、器材，或者违法生产、储存、使用、经营、运输的危险物品",
                                    ),
                                    ("weather", "恶劣天气，不能保证作业安全"),
                                ],
                                max_length=24,
                                verbose_name="情形",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=2000, verbose_name="事实和理由")),
                        ("scope", models.CharField(max_length=300, verbose_name="范围")),
                        ("told", models.BooleanField(default=False)),
                        ("proposed_on", models.DateField(verbose_name="提出日期")),
                        ("since", models.DateField(blank=True, null=True, verbose_name="开始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="期限")),
                        ("lifted_on", models.DateField(blank=True, null=True, verbose_name="解除日期")),
                        ("lifted_by", models.CharField(blank=True, max_length=60, verbose_name="解除人")),
                        ("officers", models.CharField(blank=True, max_length=200, verbose_name="执法人员")),
                        (
                            "origin",
                            models.CharField(
                                blank=True, default="", max_length=24, verbose_name="检查或案件编号"
                            ),
                        ),
                        ("origin_uid", models.UUIDField(blank=True, null=True)),
                        (
                            "hazard",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="隐患编号"),
                        ),
                        ("hazard_uid", models.UUIDField(blank=True, null=True)),
                        ("approved_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                        ("approved_by", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                        ("approval_no", models.CharField(blank=True, max_length=60, verbose_name="批准文号")),
                        ("voided", models.BooleanField(default=False)),
                        ("inspected_on", models.DateField(blank=True, null=True, verbose_name="检查日期")),
                        (
                            "delay_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="未当日决定的理由"),
                        ),
                        (
                            "months_unpaid",
                            models.SmallIntegerField(blank=True, null=True, verbose_name="拖欠工资月数"),
                        ),
                        ("demands", models.CharField(blank=True, max_length=2000, verbose_name="恢复的条件")),
                        ("done", models.CharField(blank=True, max_length=2000, verbose_name="整改情况")),
                        ("applied_on", models.DateField(blank=True, null=True, verbose_name="申请恢复日期")),
                        ("applied_by", models.CharField(blank=True, max_length=60, verbose_name="申请人")),
                        ("opinion", models.CharField(blank=True, max_length=2000, verbose_name="验收意见")),
                        ("sent_back", models.SmallIntegerField(default=0, verbose_name="验收不合格次数")),
                        ("broken", models.SmallIntegerField(default=0, verbose_name="违反次数")),
                        ("broken_on", models.DateField(blank=True, null=True, verbose_name="最近违反日期")),
                        (
                            "case_no",
                            models.CharField(
                                blank=True, default="", max_length=24, verbose_name="转入案件编号"
                            ),
                        ),
                        ("urgent", models.CharField(blank=True, max_length=500, verbose_name="紧急情况")),
                        (
                            "carried_out_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="实施时间"),
                        ),
                        ("inventory", models.JSONField(default=list)),
                        ("present", models.CharField(blank=True, max_length=120, verbose_name="到场人")),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="报告时间")),
                        ("extended_days", models.SmallIntegerField(default=0, verbose_name="延长日数")),
                        ("extended_on", models.DateField(blank=True, null=True, verbose_name="延长日期")),
                        ("tests", models.JSONField(default=list)),
                        (
                            "disposal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("confiscated", "没收"),
                                    ("destroyed", "销毁"),
                                    ("transferred", "移送有关机关"),
                                ],
                                max_length=12,
                                verbose_name="处理方式",
                            ),
                        ),
                        (
                            "disposal_no",
                            models.CharField(blank=True, max_length=60, verbose_name="处理依据文号"),
                        ),
                        ("received_by", models.CharField(blank=True, max_length=60, verbose_name="领取人")),
                        ("verified_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                        ("verified_by", models.CharField(blank=True, max_length=60, verbose_name="核实人")),
                        ("rechecks", models.JSONField(default=list)),
                        ("rechecked", models.SmallIntegerField(default=0, verbose_name="已复查次数")),
                        ("reopened", models.SmallIntegerField(default=0, verbose_name="死灰复燃次数")),
                        ("stop_uid", models.UUIDField(blank=True, null=True)),
                        ("stop_no", models.CharField(blank=True, max_length=24, verbose_name="停产决定编号")),
                        (
                            "disobeyed",
                            models.CharField(blank=True, max_length=2000, verbose_name="拒不执行的事实"),
                        ),
                        ("danger", models.CharField(blank=True, max_length=2000, verbose_name="现实危险")),
                        (
                            "safety",
                            models.CharField(blank=True, max_length=2000, verbose_name="保证安全的安排"),
                        ),
                        (
                            "notified_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="通知送达时间"),
                        ),
                        (
                            "starts_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="停止供应时间"),
                        ),
                        (
                            "emergency",
                            models.CharField(blank=True, max_length=500, verbose_name="不提前通知的紧急情形"),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="送达供应单位时间"),
                        ),
                        ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                        ("agreed", models.BooleanField(blank=True, null=True, verbose_name="同意执行")),
                        ("reply", models.CharField(blank=True, max_length=2000, verbose_name="答复内容")),
                        (
                            "handlers",
                            models.CharField(blank=True, max_length=400, verbose_name="供应单位经办人"),
                        ),
                        (
                            "stopped_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="实际停止供应时间"),
                        ),
                        ("supplied", models.SmallIntegerField(default=0, verbose_name="停供期内供应次数")),
                        (
                            "restored_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="恢复供应时间"),
                        ),
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
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="measures.supplier",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["in_force", "awaiting_acceptance"])),
                                fields=["object"],
                                name="measure_in_force",
                            ),
                            models.Index(fields=["object", "-proposed_on"], name="measure_of_object"),
                            models.Index(
                                condition=models.Q(
                                    ("state__in", ["proposed", "approved", "in_force", "awaiting_acceptance"])
                                ),
                                fields=["deadline", "uid"],
                                name="measure_open_by_deadline",
                            ),
                            models.Index(fields=["proposed_on", "uid"], name="measure_by_day"),
                            models.Index(fields=["region_path", "state"], name="measure_by_place"),
                            models.Index(fields=["agency", "state"], name="measure_by_agency"),
                            models.Index(
                                condition=models.Q(("supplier__isnull", False)),
                                fields=["supplier"],
                                name="measure_by_supplier",
                            ),
                            models.Index(
                                condition=models.Q(("duty_on__isnull", False)),
                                fields=["duty_on"],
                                name="measure_owing",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="measure_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "approved",
                                            "in_force",
                                            "awaiting_acceptance",
                                            "lifted",
                                            "settled",
                                            "turned_down",
                                            "withdrawn",
                                            "revoked",
                                        ],
                                    )
                                ),
                                name="measure_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "stop_production",
                                            "stop_work",
                                            "stop_use",
                                            "suspension",
                                            "immediate_closure",
                                            "sealing",
                                            "seizing",
                                            "closure",
                                            "ban",
                                            "cut_power",
                                            "cut_explosives",
                                        ],
                                    )
                                ),
                                name="measure_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("family__in", ["stop", "seizure", "closure", "cutoff"])),
                                name="measure_family_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["in_force", "awaiting_acceptance"]), _negated=True
                                    ),
                                    ("since__isnull", False),
                                    _connector="OR",
                                ),
                                name="measure_in_force_since",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "lifted"), _negated=True),
                                    ("lifted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="measure_lifted_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("extended_days__gte", 0), ("extended_days__lte", 30)),
                                name="measure_extended_once_by_thirty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplyFailure",
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
                        ("supplier_name", models.CharField(max_length=120, verbose_name="供应单位")),
                        ("supplied_at", models.DateTimeField(verbose_name="供应时间")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("seen", models.CharField(max_length=2000, verbose_name="发现情况")),
                        ("handlers", models.CharField(blank=True, max_length=400, verbose_name="责任人员")),
                        ("finding", models.CharField(blank=True, max_length=2000, verbose_name="核查情况")),
                        ("causes", models.CharField(blank=True, max_length=2000, verbose_name="原因")),
                        ("decision", models.CharField(blank=True, max_length=2000, verbose_name="处理决定")),
                        ("document_no", models.CharField(blank=True, max_length=60, verbose_name="处理文号")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                        ("dismissed", models.BooleanField(default=False)),
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
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="failures",
                                to="measures.measure",
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
                            models.Index(fields=["agency", "state"], name="supply_failure_by_agency"),
                            models.Index(fields=["measure"], name="supply_failure_of_measure"),
                            models.Index(fields=["found_on", "uid"], name="supply_failure_by_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["found", "explained", "closed", "dismissed"])
                                ),
                                name="supply_failure_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handlers", ""), _negated=True),
                                    ("state__in", ["found", "dismissed"]),
                                    _connector="OR",
                                ),
                                name="supply_failure_names_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        models.Q(("decision", ""), _negated=True),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="supply_failure_closed_with_decision",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("measures_measure")),
        migrations.RunSQL(guard("measures_supplyfailure")),
        migrations.RunSQL("""
            ALTER TABLE measures_measure ADD CONSTRAINT measure_accepter_is_not_the_applicant CHECK (
                hands->'accept' IS NULL OR ((hands->'apply_lifting' IS NULL OR hands->'accept' <> hands->'apply_lifting')
                AND (hands->'order' IS NULL OR hands->'accept' <> hands->'order')));
            ALTER TABLE measures_measure ADD CONSTRAINT measure_stop_lifted_only_by_acceptance CHECK (
                family <> 'stop' OR state <> 'lifted' OR hands->'accept' IS NOT NULL);
            """),
        migrations.RunSQL(tally.create_sql(MEASURES)),
        migrations.RunSQL(tally.create_sql(STOPPED)),
        migrations.RunSQL(tally.create_sql(FAILURES)),
    ]
