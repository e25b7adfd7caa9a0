from dataclasses import replace

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.tipoffs.figures import BATCHES, ITEMS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables

FIRST = (
    replace(BATCHES, where="TRUE"),
    replace(
        ITEMS, dates={name: ITEMS.dates[name] for name in ("closed", "replied", "late")},
        sums={"timely": ITEMS.sums["timely"]}, where="TRUE",
    ),
)  # fmt: skip
"""The tallies of these tables; what is counted of later columns comes with them."""
RECEIPTS_STAY = """
CREATE FUNCTION tipoffs_receipt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a receipt is handed out once and stays' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER tipoffs_receipt_stays BEFORE UPDATE OR DELETE ON tipoffs_receipt
    FOR EACH ROW EXECUTE FUNCTION tipoffs_receipt_stays();
"""


class Migration(migrations.Migration):
    """Batches of reports by the public and their items; receipts stay, both are counted as they change."""

    initial = True

    replaces = [
        ("tipoffs", "0001_initial"),
        ("tipoffs", "0002_tally"),
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
                    name="Batch",
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
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "网上举报"),
                                    ("hotline", "12350热线"),
                                    ("letter", "来信"),
                                    ("visit", "来访"),
                                    ("agency", "其他部门移送"),
                                    ("city", "上级交办"),
                                ],
                                max_length=12,
                                verbose_name="来源",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="来文单位")),
                        ("origin_no", models.CharField(blank=True, max_length=40, verbose_name="来文编号")),
                        ("reply_by", models.DateField(blank=True, null=True, verbose_name="要求答复日期")),
                        ("anonymous", models.BooleanField(default=True, verbose_name="匿名")),
                        (
                            "reported_back_on",
                            models.DateField(blank=True, null=True, verbose_name="回报来文单位日期"),
                        ),
                        (
                            "reported_back",
                            models.CharField(blank=True, max_length=60, verbose_name="回报文号"),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
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
                            models.Index(fields=["received_on", "uid"], name="tipoff_batch_by_day"),
                            models.Index(fields=["state", "received_on"], name="tipoff_batch_by_state"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("origin_no", ""), _negated=True),
                                fields=("origin", "origin_no"),
                                name="one_batch_per_origin_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                                    models.Q(("closed_on__isnull", True), ("state", "open")),
                                    _connector="OR",
                                ),
                                name="tipoff_batch_closed_with_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                        ("ordinal", models.SmallIntegerField(verbose_name="件序")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "网上举报"),
                                    ("hotline", "12350热线"),
                                    ("letter", "来信"),
                                    ("visit", "来访"),
                                    ("agency", "其他部门移送"),
                                    ("city", "上级交办"),
                                ],
                                max_length=12,
                                verbose_name="来源",
                            ),
                        ),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="来文单位")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("hazard", "事故隐患"),
                                    ("illegal", "非法违法生产经营建设"),
                                    ("concealed", "瞒报谎报事故"),
                                    ("violation", "违章指挥、违规操作"),
                                    ("gas", "燃气安全"),
                                    ("fire", "消防安全"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="主题",
                            ),
                        ),
                        ("words", models.CharField(max_length=2000, verbose_name="反映内容")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                        ("lon_e6", models.IntegerField(blank=True, null=True, verbose_name="经度")),
                        ("lat_e6", models.IntegerField(blank=True, null=True, verbose_name="纬度")),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("due_on", models.DateField(verbose_name="办结期限")),
                        ("admitted_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                        ("referred_on", models.DateField(blank=True, null=True, verbose_name="转办日期")),
                        ("handle_by", models.DateField(blank=True, null=True, verbose_name="办理期限")),
                        ("company", models.CharField(blank=True, max_length=60, verbose_name="办理企业")),
                        ("demand", models.CharField(blank=True, max_length=1000, verbose_name="办理要求")),
                        (
                            "declined",
                            models.CharField(blank=True, max_length=1000, verbose_name="承办单位异议"),
                        ),
                        ("extension", models.JSONField(blank=True, null=True, verbose_name="延期申请")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("verified", "属实"),
                                    ("partly", "部分属实"),
                                    ("unverified", "不属实"),
                                ],
                                max_length=12,
                                verbose_name="核查结论",
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=2000, verbose_name="办理情况")),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="反馈日期")),
                        ("sent_back", models.SmallIntegerField(default=0, verbose_name="退回次数")),
                        ("reply", models.CharField(blank=True, max_length=2000, verbose_name="回复")),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                        (
                            "rejection",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_safety", "不属于安全生产举报事项"),
                                    ("no_clue", "没有具体对象和线索，无法核查"),
                                    ("done_before", "已经办结，没有新的事实"),
                                    ("in_court", "已进入诉讼、复议、仲裁程序"),
                                    ("other_place", "不在本行政区域"),
                                ],
                                max_length=12,
                                verbose_name="不予受理原因",
                            ),
                        ),
                        (
                            "transferred_to",
                            models.CharField(blank=True, max_length=60, verbose_name="移送单位"),
                        ),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="举报人撤回日期"),
                        ),
                        ("links", models.JSONField(default=list, verbose_name="转为")),
                        ("reward", models.JSONField(blank=True, null=True, verbose_name="奖励")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
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
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="tipoffs.batch",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="tipoffs.item",
                                verbose_name="并入",
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
                            "subject",
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
                            models.Index(fields=["received_on", "uid"], name="tipoff_item_by_day"),
                            models.Index(fields=["agency", "state"], name="tipoff_item_by_handler"),
                            models.Index(fields=["state", "deadline"], name="tipoff_item_by_state"),
                            models.Index(fields=["region_path", "received_on"], name="tipoff_item_by_town"),
                            models.Index(fields=["subject", "received_on"], name="tipoff_item_by_subject"),
                            models.Index(fields=["deadline", "uid"], name="tipoff_item_by_deadline"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="tipoff_item_search"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "ordinal"), name="tipoff_item_once_in_batch"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("state__in", ["settled", "rejected", "transferred"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ["settled", "rejected", "transferred"]),
                                            _negated=True,
                                        ),
                                        ("closed_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="tipoff_item_closed_with_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("replied_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="tipoff_item_closed_with_reply",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "merged"), _negated=True),
                                    ("merged_into__isnull", False),
                                    _connector="OR",
                                ),
                                name="tipoff_item_merged_with_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("object__isnull", True)),
                                name="tipoff_item_about_no_object",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lat_e6__isnull", True), ("lon_e6__isnull", True)),
                                    models.Q(("lat_e6__isnull", False), ("lon_e6__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tipoff_item_place_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.BinaryField(unique=True)),
                        ("made_at", models.DateTimeField()),
                        (
                            "batch",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt",
                                to="tipoffs.batch",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.RunSQL(guard("tipoffs_batch")),
        migrations.RunSQL(guard("tipoffs_item")),
        migrations.RunSQL(RECEIPTS_STAY),
        *(migrations.RunSQL(tally.create_sql(kept)) for kept in FIRST),
    ]
