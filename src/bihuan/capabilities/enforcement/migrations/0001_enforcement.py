import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.enforcement.figures import DECIDED, OPENED
from bihuan.capabilities.enforcement.models import FACETS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Cases: who decides did not investigate; opened and decided are counted as they change."""

    initial = True

    replaces = [
        ("enforcement", "0001_cases"),
        ("enforcement", "0002_daily_notice_and_refunds"),
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
                    name="Case",
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
                            "party_kind",
                            models.CharField(
                                choices=[("entity", "单位"), ("person", "个人")],
                                max_length=8,
                                verbose_name="当事人类别",
                            ),
                        ),
                        ("party", models.CharField(max_length=120, verbose_name="当事人")),
                        (
                            "party_code",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="统一社会信用代码或身份证号"
                            ),
                        ),
                        ("party_address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                        (
                            "principal",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="法定代表人（主要负责人）"
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("inspection", "监督检查"),
                                    ("hazard", "隐患"),
                                    ("tip_off", "举报"),
                                    ("crackdown", "打非治违"),
                                    ("accident", "生产安全事故"),
                                    ("transfer_in", "其他机关移送"),
                                    ("assigned", "上级交办"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="案件来源",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
                        ),
                        (
                            "linked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "template",
                            models.CharField(
                                choices=[
                                    ("penalty", "行政处罚"),
                                    ("inspection", "监督检查发现的处罚"),
                                    ("permit", "许可监管（暂扣、吊销）"),
                                    ("accident", "生产安全事故处罚"),
                                    ("accountability", "责任追究"),
                                ],
                                max_length=16,
                                verbose_name="程序模板",
                            ),
                        ),
                        ("summary", models.BooleanField(default=False, verbose_name="简易程序")),
                        ("cause", models.CharField(max_length=120, verbose_name="案由")),
                        ("brief", models.CharField(max_length=2000, verbose_name="案情")),
                        ("acted_on", models.DateField(verbose_name="违法行为发生（终了）日期")),
                        (
                            "harmful",
                            models.BooleanField(default=False, verbose_name="涉及生命健康安全且有危害后果"),
                        ),
                        (
                            "absolute",
                            models.CharField(blank=True, max_length=24, verbose_name="四个一律情形"),
                        ),
                        ("officers", models.JSONField(default=list, verbose_name="执法人员")),
                        (
                            "investigators",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("proposed_on", models.DateField(verbose_name="提请立案日期")),
                        ("filed_on", models.DateField(blank=True, null=True, verbose_name="立案日期")),
                        ("decide_by", models.DateField(blank=True, null=True, verbose_name="办案期限")),
                        ("evidence", models.JSONField(default=list, verbose_name="证据")),
                        ("violations", models.JSONField(default=list, verbose_name="违法行为")),
                        ("finding", models.CharField(blank=True, max_length=2000, verbose_name="调查结论")),
                        ("proposal", models.JSONField(default=dict, verbose_name="拟处理意见")),
                        (
                            "ceiling_fen",
                            models.BigIntegerField(blank=True, null=True, verbose_name="已告知的罚款"),
                        ),
                        ("notice", models.JSONField(default=dict, verbose_name="告知")),
                        ("hearing", models.JSONField(default=dict, verbose_name="听证")),
                        ("review", models.JSONField(default=dict, verbose_name="审核")),
                        ("limit", models.JSONField(default=dict, verbose_name="办案期限的延长和中止")),
                        ("decision", models.JSONField(default=dict, verbose_name="决定")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("none", "未决定"),
                                    ("penalty", "行政处罚"),
                                    ("no_penalty", "不予行政处罚"),
                                    ("transferred", "移送"),
                                    ("withdrawn", "撤销案件"),
                                    ("revoked", "处罚决定被撤销"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="处理结果",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
                        ("measures", models.JSONField(default=list, verbose_name="处罚和措施")),
                        ("fine_fen", models.BigIntegerField(default=0, verbose_name="罚款")),
                        ("confiscation_fen", models.BigIntegerField(default=0, verbose_name="没收违法所得")),
                        ("paid_fen", models.BigIntegerField(default=0, verbose_name="已缴罚款")),
                        ("collected_on", models.DateField(blank=True, null=True, verbose_name="缴清日期")),
                        ("additional_fen", models.BigIntegerField(default=0, verbose_name="加处罚款")),
                        (
                            "additional_paid_fen",
                            models.BigIntegerField(default=0, verbose_name="已缴加处罚款"),
                        ),
                        ("daily_fen", models.BigIntegerField(default=0, verbose_name="按日连续处罚")),
                        (
                            "daily_paid_fen",
                            models.BigIntegerField(default=0, verbose_name="已缴按日连续处罚"),
                        ),
                        ("account", models.JSONField(default=dict, verbose_name="缴款")),
                        ("remedies", models.JSONField(default=list, verbose_name="复议和诉讼")),
                        ("enforcement", models.JSONField(default=dict, verbose_name="催告和强制执行")),
                        ("referral", models.JSONField(default=dict, verbose_name="移送")),
                        ("detained", models.SmallIntegerField(default=0, verbose_name="拘留人数")),
                        (
                            "partners",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("parts", models.JSONField(default=list, verbose_name="联合办案分工")),
                        ("recurrence", models.SmallIntegerField(default=0, verbose_name="此前同类违法次数")),
                        ("former", models.JSONField(default=list, verbose_name="此前案件")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="公示日期")),
                        (
                            "unpublished_on",
                            models.DateField(blank=True, null=True, verbose_name="撤回公示日期"),
                        ),
                        ("concluded_on", models.DateField(blank=True, null=True, verbose_name="结案日期")),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                        ("voided", models.BooleanField(default=False)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="办案机关",
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
                        ("daily", models.JSONField(default=dict, verbose_name="按日连续处罚的告知和决定")),
                        ("refunds", models.JSONField(default=list, verbose_name="退还的款项")),
                    ],
                    options={
                        "verbose_name": "执法案件",
                        "indexes": [
                            models.Index(fields=["agency", "state", "deadline"], name="case_by_agency"),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "investigating",
                                            "reviewing",
                                            "notified",
                                            "hearing",
                                            "heard",
                                            "decided",
                                            "executing",
                                            "concluded",
                                            "transferred",
                                        ],
                                    )
                                ),
                                fields=["deadline", "uid"],
                                name="case_open_by_deadline",
                            ),
                            models.Index(fields=["proposed_on", "uid"], name="case_by_proposal"),
                            models.Index(
                                condition=models.Q(("decided_on__isnull", False)),
                                fields=["decided_on", "uid"],
                                name="case_by_decision",
                            ),
                            models.Index(fields=["object", "-proposed_on"], name="case_by_object"),
                            models.Index(fields=["party", "proposed_on"], name="case_by_party"),
                            models.Index(fields=["region_path", "state"], name="case_by_place"),
                            models.Index(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=["origin"],
                                name="case_by_origin",
                            ),
                            models.Index(
                                condition=models.Q(("duty_on__isnull", False)),
                                fields=["duty_on", "uid"],
                                name="case_by_duty",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["partners"], name="case_by_partners"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="case_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "investigating",
                                            "reviewing",
                                            "notified",
                                            "hearing",
                                            "heard",
                                            "decided",
                                            "executing",
                                            "concluded",
                                            "archived",
                                            "transferred",
                                            "withdrawn",
                                            "not_opened",
                                        ],
                                    )
                                ),
                                name="case_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["decided", "executing", "concluded", "archived"]),
                                        _negated=True,
                                    ),
                                    ("decided_on__isnull", False),
                                    ("outcome__in", ["transferred", "withdrawn"]),
                                    _connector="OR",
                                ),
                                name="case_decided_when_executed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "executing"), _negated=True),
                                    ("served_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="case_served_when_executed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["concluded", "archived"]), _negated=True),
                                    ("concluded_on__isnull", False),
                                    ("outcome", "withdrawn"),
                                    _connector="OR",
                                ),
                                name="case_concluded_with_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fine_fen__gte", 0),
                                    ("paid_fen__gte", 0),
                                    ("paid_fen__lte", models.F("fine_fen")),
                                    ("additional_fen__gte", 0),
                                    ("additional_fen__lte", models.F("fine_fen")),
                                    ("additional_paid_fen__gte", 0),
                                    ("additional_paid_fen__lte", models.F("additional_fen")),
                                    ("daily_paid_fen__lte", models.F("daily_fen")),
                                ),
                                name="case_money_in_order",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("enforcement_case")),
        migrations.RunSQL("""
            ALTER TABLE enforcement_case ADD CONSTRAINT decider_is_no_investigator CHECK (
                hands->'decide' IS NULL OR NOT ((hands->>'decide')::bigint = ANY (investigators)));
            """),
        migrations.RunSQL(
            f"CREATE INDEX case_by_facets ON enforcement_case USING gin (({FACETS.sql()})) WITH (fastupdate = off)"
        ),
        migrations.RunSQL(tally.create_sql(OPENED)),
        migrations.RunSQL(tally.create_sql(DECIDED)),
    ]
