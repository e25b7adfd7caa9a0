import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.dispatch.meetings.figures import DECISIONS, MEETINGS, VISITS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Meetings with their decisions, leaders' visits with their findings; counted as they change."""

    initial = True

    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_tally"),
    ]

    dependencies = [
        ("dispatch", "0001_tasks"),
        ("figures", "0001_initial"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Meeting",
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
                        ("title", models.CharField(max_length=120, verbose_name="会议名称")),
                        (
                            "body",
                            models.CharField(
                                choices=[
                                    ("party_standing", "区委常委会"),
                                    ("government_standing", "区政府常务会"),
                                    ("head_office", "区长办公会"),
                                    ("committee", "区安委会"),
                                    ("committee_office", "区安委办"),
                                    ("specialist", "专业委员会"),
                                    ("government", "区委、区政府"),
                                    ("other_body", "其他机构"),
                                ],
                                max_length=20,
                                verbose_name="会议层级",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("annual", "年初安全生产工作会议"),
                                    ("plenary", "全体会议"),
                                    ("special_meeting", "专题会"),
                                    ("session", "常委会（常务会、办公会）"),
                                    ("joint_meeting", "联席会议"),
                                    ("regular", "成员单位例会"),
                                    ("dispatch_meeting", "调度会"),
                                    ("video", "电视电话会"),
                                    ("site", "现场会"),
                                    ("other_meeting", "其他会议"),
                                ],
                                max_length=20,
                                verbose_name="会议类型",
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="召开日期")),
                        ("took_place", models.BooleanField(default=False)),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        ("chair_post", models.BigIntegerField(blank=True, null=True)),
                        ("chair_name", models.CharField(blank=True, max_length=120, verbose_name="主持人")),
                        ("agenda", models.CharField(blank=True, max_length=2000, verbose_name="议程")),
                        (
                            "invited",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="参会单位",
                            ),
                        ),
                        (
                            "absent",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="缺席单位",
                            ),
                        ),
                        (
                            "substitutes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="派人代会单位",
                            ),
                        ),
                        (
                            "summoned",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=36),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="通知到会的企业",
                            ),
                        ),
                        (
                            "summoned_absent",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=36),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="未到会的企业",
                            ),
                        ),
                        ("task_no", models.CharField(blank=True, max_length=24, verbose_name="关联任务")),
                        ("minuted_on", models.DateField(blank=True, null=True, verbose_name="印发日期")),
                        ("document_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("minutes", models.CharField(blank=True, max_length=8000, verbose_name="纪要正文")),
                        ("deploy_by", models.DateField(blank=True, null=True, verbose_name="部署报送期限")),
                        ("demand", models.CharField(blank=True, max_length=2000, verbose_name="部署要求")),
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
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["held_on", "uid"], name="meeting_by_day"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["invited"], name="meeting_by_invited"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["summoned"], name="meeting_by_summoned"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="meeting_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "held", "minuted", "cancelled"])
                                ),
                                name="meeting_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "body__in",
                                        [
                                            "party_standing",
                                            "government_standing",
                                            "head_office",
                                            "committee",
                                            "committee_office",
                                            "specialist",
                                            "government",
                                            "other_body",
                                        ],
                                    )
                                ),
                                name="meeting_body_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "annual",
                                            "plenary",
                                            "special_meeting",
                                            "session",
                                            "joint_meeting",
                                            "regular",
                                            "dispatch_meeting",
                                            "video",
                                            "site",
                                            "other_meeting",
                                        ],
                                    )
                                ),
                                name="meeting_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["held", "minuted"]), ("took_place", True)),
                                    models.Q(
                                        models.Q(("state__in", ["held", "minuted"]), _negated=True),
                                        ("took_place", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="meeting_took_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minuted_on", None),
                                    ("minuted_on__gte", models.F("held_on")),
                                    _connector="OR",
                                ),
                                name="meeting_minuted_after_held",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deployment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("deployed_on", models.DateField()),
                        ("words", models.CharField(max_length=2000)),
                        ("filed_on", models.DateField()),
                        ("filed_by", models.CharField(max_length=60)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deployments",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("meeting", "agency"), name="deployed_once_a_unit")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.SmallIntegerField()),
                        ("words", models.CharField(max_length=120)),
                        ("difficulty", models.BooleanField(default=False)),
                        (
                            "raised_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "task",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="dispatch.task",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="meetings.meeting",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "order"), name="decision_once_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                        ("leader_post", models.BigIntegerField()),
                        ("leader_name", models.CharField(max_length=120, verbose_name="领导")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("supervision", "督导检查"), ("led_inspection", "带队排查")],
                                max_length=16,
                                verbose_name="类型",
                            ),
                        ),
                        ("visited_on", models.DateField(verbose_name="日期")),
                        (
                            "visited",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=36),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="到的企业、场所",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        ("companions", models.CharField(blank=True, max_length=300, verbose_name="陪同人员")),
                        ("situation", models.CharField(max_length=2000, verbose_name="检查情况")),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="领导确认日期"),
                        ),
                        ("voided", models.BooleanField(default=False)),
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="受督导单位",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["visited_on", "uid"], name="visit_by_day"),
                            models.Index(fields=["leader_post", "visited_on"], name="visit_by_leader"),
                            models.Index(fields=["region_path"], name="visit_by_place"),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["visited"], name="visit_by_visited"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["search"], name="visit_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["recorded", "confirmed", "voided"])),
                                name="visit_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["supervision", "led_inspection"])),
                                name="visit_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="visit_confirmed_with_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "voided"), ("voided", True)),
                                    models.Q(models.Q(("state", "voided"), _negated=True), ("voided", False)),
                                    _connector="OR",
                                ),
                                name="visit_voided_as_it_stands",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.SmallIntegerField()),
                        ("words", models.CharField(max_length=200)),
                        ("hazard_no", models.CharField(blank=True, max_length=24)),
                        (
                            "task",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finding",
                                to="dispatch.task",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="meetings.visit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("visit", "order"), name="finding_once_in_order"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(models.Q(("hazard_no", ""), _negated=True), ("task", None)),
                                    models.Q(("hazard_no", ""), ("task__isnull", False)),
                                    _connector="OR",
                                ),
                                name="finding_is_hazard_or_task",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("meetings_meeting")),
        migrations.RunSQL(guard("meetings_visit")),
        *(migrations.RunSQL(tally.create_sql(kept)) for kept in (MEETINGS, VISITS, DECISIONS)),
    ]
