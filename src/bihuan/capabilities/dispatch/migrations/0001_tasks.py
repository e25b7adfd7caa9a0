import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.dispatch.figures import TASKS, UNANSWERED
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Tasks, counted as they change and sifted by one small index (``models.FACETS``)."""

    initial = True

    replaces = [
        ("dispatch", "0001_initial"),
        ("dispatch", "0002_tally"),
        ("dispatch", "0003_origin"),
        ("dispatch", "0004_facets"),
        ("dispatch", "0005_unanswered"),
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
                    name="Task",
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
                            "supporting",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="配合单位",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="任务")),
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
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        (
                            "leader_post",
                            models.BigIntegerField(blank=True, null=True, verbose_name="分管（督促）领导"),
                        ),
                        ("leader_name", models.CharField(blank=True, max_length=120)),
                        ("source_title", models.CharField(blank=True, max_length=120, verbose_name="来源")),
                        ("source_on", models.DateField(blank=True, null=True, verbose_name="来源日期")),
                        ("quote", models.CharField(blank=True, max_length=1000, verbose_name="原文")),
                        ("campaign", models.CharField(blank=True, max_length=60, verbose_name="专项行动")),
                        ("dispatched_on", models.DateField(verbose_name="交办日期")),
                        (
                            "responsible_person",
                            models.CharField(blank=True, max_length=60, verbose_name="责任人"),
                        ),
                        ("measures", models.CharField(blank=True, max_length=2000, verbose_name="落实措施")),
                        ("progress", models.CharField(blank=True, max_length=2000, verbose_name="最近进展")),
                        ("progress_on", models.DateField(blank=True, null=True, verbose_name="进展日期")),
                        ("finished_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                        (
                            "result",
                            models.CharField(blank=True, max_length=2000, verbose_name="完成情况和成效"),
                        ),
                        ("accepted_on", models.DateField(blank=True, null=True, verbose_name="验收日期")),
                        ("accepted_by", models.CharField(blank=True, max_length=60, verbose_name="验收人")),
                        ("sent_back", models.SmallIntegerField(default=0, verbose_name="退回次数")),
                        (
                            "declined",
                            models.CharField(
                                blank=True, max_length=2000, verbose_name="不属本单位职责的理由"
                            ),
                        ),
                        ("extension", models.JSONField(blank=True, null=True)),
                        (
                            "supervised_on",
                            models.DateField(blank=True, null=True, verbose_name="挂牌督办日期"),
                        ),
                        ("withdrawn", models.BooleanField(default=False)),
                        ("search", bihuan.kernel.search.PairCodesField(editable=False, null=True)),
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
                        (
                            "origin",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["agency", "state", "deadline"], name="task_by_unit"),
                            models.Index(
                                condition=models.Q(
                                    ("state__in", ["dispatched", "under_way", "awaiting_acceptance"])
                                ),
                                fields=["deadline", "uid"],
                                name="task_open_by_deadline",
                            ),
                            models.Index(fields=["dispatched_on", "uid"], name="task_by_dispatch"),
                            models.Index(fields=["region_path", "state"], name="task_by_place"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["supporting"], name="task_by_supporting"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="task_search"
                            ),
                            models.Index(
                                condition=models.Q(("origin", ""), _negated=True),
                                fields=["origin"],
                                name="task_by_origin",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "dispatched",
                                            "under_way",
                                            "awaiting_acceptance",
                                            "closed",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="task_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "implement",
                                            "inspect",
                                            "rectify",
                                            "enforce",
                                            "train",
                                            "drill",
                                            "report",
                                            "meeting",
                                            "prevent",
                                            "other",
                                        ],
                                    )
                                ),
                                name="task_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("accepted_on__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                        ("finished_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_closed_with_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_on", None),
                                    ("finished_on", None),
                                    ("accepted_on__gte", models.F("finished_on")),
                                    _connector="OR",
                                ),
                                name="task_accepted_after_finished",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("dispatch_task")),
        migrations.RunSQL("""
            ALTER TABLE dispatch_task ADD CONSTRAINT accepter_is_not_the_doer CHECK (
                state <> 'closed' OR hands->'accept' IS NULL OR hands->'complete' IS NULL
                OR hands->'accept' <> hands->'complete');
            """),
        migrations.RunSQL(tally.create_sql(TASKS)),
        migrations.RunSQL("""
            CREATE INDEX task_by_facets ON dispatch_task USING gin ((array_remove(ARRAY[
                'a' || agency_id::text,
                'r' || split_part(region_path, '.', 2),
                's' || split_part(sector_path, '.', 1),
                'l' || leader_post::text,
                'k' || kind::text,
                CASE WHEN state <> 'closed' THEN 't' || state::text END,
                CASE WHEN campaign <> '' THEN 'c' || campaign::text END
            ], NULL) || facet_marks('h', supporting))) WITH (fastupdate = off)
            """),
        migrations.RunSQL(tally.create_sql(UNANSWERED)),
    ]
