import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.dispatch.papers.figures import ITEMS, PAPERS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Papers from above and the items read out of them; counted as they change."""

    initial = True

    replaces = [
        ("papers", "0001_initial"),
        ("papers", "0002_tally"),
    ]

    dependencies = [
        ("dispatch", "0001_tasks"),
        ("figures", "0001_initial"),
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Paper",
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
                                    ("speech", "讲话"),
                                    ("notice", "通知"),
                                    ("superior", "上级文件"),
                                    ("rules", "制度文件"),
                                ],
                                max_length=12,
                                verbose_name="文件类型",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("issuer", models.CharField(max_length=80, verbose_name="发文（讲话）单位或人员")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("issued_on", models.DateField(verbose_name="文件日期")),
                        ("text", models.TextField(verbose_name="正文")),
                        ("digest", models.BinaryField(max_length=32, verbose_name="正文摘要")),
                        ("form", models.CharField(max_length=8, verbose_name="来自")),
                        ("received_on", models.DateField(verbose_name="登记日期")),
                        ("act_by", models.DateField(verbose_name="落实期限")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="本地落实日期")),
                        ("decomposed_on", models.DateField(blank=True, null=True, verbose_name="分解日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                        ("voided", models.BooleanField(default=False)),
                        ("proposed", models.SmallIntegerField(default=0, verbose_name="系统提取")),
                        ("accepted", models.SmallIntegerField(default=0, verbose_name="照提取采用")),
                        ("changed", models.SmallIntegerField(default=0, verbose_name="修改后采用")),
                        ("dropped", models.SmallIntegerField(default=0, verbose_name="不列为任务")),
                        ("added", models.SmallIntegerField(default=0, verbose_name="人工补充")),
                        ("kept", models.SmallIntegerField(default=0, verbose_name="列为任务")),
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
                            "superior",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="implementing",
                                to="papers.paper",
                                verbose_name="贯彻的上级文件",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["splitting", "answered"])),
                                fields=["deadline", "uid"],
                                name="paper_open_by_deadline",
                            ),
                            models.Index(fields=["received_on", "uid"], name="paper_by_receipt"),
                            models.Index(fields=["digest"], name="paper_by_digest"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="paper_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["splitting", "answered", "decomposed", "closed", "filed", "voided"],
                                    )
                                ),
                                name="paper_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["speech", "notice", "superior", "rules"])),
                                name="paper_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["decomposed", "closed"]), _negated=True),
                                    ("decomposed_on__isnull", False),
                                    ("closed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="paper_decomposed_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.SmallIntegerField(verbose_name="条目")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待核"),
                                    ("accepted", "照提取采用"),
                                    ("changed", "修改后采用"),
                                    ("split", "拆分而来"),
                                    ("added", "人工补充"),
                                    ("merged", "并入前一条"),
                                    ("dropped", "不列为任务"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("kept", models.BooleanField(default=True)),
                        (
                            "origin",
                            models.CharField(
                                choices=[("read", "系统提取"), ("clerk", "人工补充"), ("piece", "拆分而来")],
                                max_length=8,
                            ),
                        ),
                        ("read", models.JSONField(null=True)),
                        ("anchor", models.TextField(verbose_name="原文")),
                        ("start", models.IntegerField()),
                        ("end", models.IntegerField()),
                        ("summary", models.CharField(max_length=120, verbose_name="任务")),
                        (
                            "requirement",
                            models.CharField(blank=True, max_length=2000, verbose_name="具体要求"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("implement", "部署落实"),
                                    ("inspect", "检查排查"),
                                    ("rectify", "整治整改"),
                                    ("enforce", "执法打击"),
                                    ("train", "宣传培训"),
                                    ("drill", "应急演练"),
                                    ("report", "报送材料"),
                                    ("meeting", "会议调度"),
                                    ("prevent", "禁止防范"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="任务类型",
                            ),
                        ),
                        (
                            "leads",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("lead", models.BigIntegerField(null=True, verbose_name="牵头单位")),
                        (
                            "supporting",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="完成期限")),
                        ("leader_post", models.BigIntegerField(null=True)),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=400, verbose_name="不列为任务的理由"),
                        ),
                        ("reshaped", models.BooleanField(default=False)),
                        ("received_on", models.DateField()),
                        ("settled_on", models.DateField(null=True)),
                        ("paper_kind", models.CharField(max_length=12)),
                        ("region_path", models.CharField(max_length=200)),
                        ("voided", models.BooleanField(default=False)),
                        (
                            "into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="papers.proposal",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="papers.paper",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="papers.proposal",
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dispatch.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["start", "number"],
                        "indexes": [models.Index(fields=["received_on"], name="proposal_by_receipt")],
                        "constraints": [
                            models.UniqueConstraint(fields=("paper", "number"), name="item_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))), name="item_run_of_text"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_on", None),
                                    ("kept", False),
                                    models.Q(
                                        ("due_on__isnull", False), ("lead__isnull", False), ("leads__len", 1)
                                    ),
                                    _connector="OR",
                                ),
                                name="item_dispatched_with_one_lead_and_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("task", None),
                                    models.Q(("kept", True), ("settled_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="item_kept_becomes_a_task",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("papers_paper")),
        migrations.RunSQL(tally.create_sql(PAPERS)),
        migrations.RunSQL(tally.create_sql(ITEMS)),
    ]
