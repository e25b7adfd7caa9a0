import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.search
import bihuan.kernel.uid
from bihuan.capabilities.accidents.figures import ACCIDENTS
from bihuan.kernel.figures import tally
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables

FACTS = (
    "uid", "accident_id", "no", "number", "cause", "known_at", "valid_from", "occurred_on", "branch", "type", "grade", "deaths",
    "missing", "serious", "poisoned", "slight", "loss_fen", "counted_deaths", "counted_serious", "evidence", "told_by",
    "recorded_at", "late",
)  # fmt: skip
KEEP_VERSIONS = f"""
CREATE FUNCTION accidents_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ({", ".join(f"NEW.{one}" for one in FACTS)})
        IS NOT DISTINCT FROM ({", ".join(f"OLD.{one}" for one in FACTS)})
        AND (OLD.valid_until IS NULL OR NEW.valid_until = OLD.valid_until) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a version of the facts is appended, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER accidents_version_stays BEFORE UPDATE OR DELETE ON accidents_accidentversion
    FOR EACH ROW EXECUTE FUNCTION accidents_version_stays();
"""
TABLES = ("accidents_accidentreturn", "accidents_riskforecast", "accidents_earlywarning")


class Migration(migrations.Migration):
    """Accidents by the versions of their facts, lessons and who heeds them, monthly forms, warnings; counted as they change."""

    initial = True

    replaces = [
        ("accidents", "0001_initial"),
        ("accidents", "0002_tally"),
        ("accidents", "0003_lessons"),
        ("accidents", "0004_monthly_forms_and_warnings"),
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
                    name="Accident",
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
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        (
                            "branch",
                            models.CharField(
                                choices=[
                                    ("industrial", "工矿商贸（不含建筑施工）"),
                                    ("construction", "建筑施工"),
                                    ("road", "道路交通"),
                                    ("fire", "火灾"),
                                    ("water", "水上交通"),
                                    ("railway", "铁路交通"),
                                    ("aviation", "民航"),
                                    ("farm_machinery", "农业机械"),
                                    ("fishing", "渔业船舶"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="事故统计行业",
                            ),
                        ),
                        (
                            "type",
                            models.CharField(blank=True, default="", max_length=10, verbose_name="事故类型"),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("general", "一般"),
                                    ("significant", "较大"),
                                    ("major", "重大"),
                                    ("exceptional", "特别重大"),
                                ],
                                max_length=16,
                                verbose_name="等级",
                            ),
                        ),
                        ("deaths", models.IntegerField(default=0, verbose_name="死亡")),
                        ("missing", models.IntegerField(default=0, verbose_name="失踪")),
                        ("serious", models.IntegerField(default=0, verbose_name="重伤")),
                        ("poisoned", models.IntegerField(default=0, verbose_name="急性工业中毒")),
                        ("slight", models.IntegerField(default=0, verbose_name="轻伤")),
                        ("loss_fen", models.BigIntegerField(default=0, verbose_name="直接经济损失")),
                        ("counted_deaths", models.IntegerField(default=0)),
                        ("counted_serious", models.IntegerField(default=0)),
                        ("unit", models.CharField(blank=True, max_length=120, verbose_name="事故发生单位")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="事故地点")),
                        ("summary", models.CharField(max_length=2000, verbose_name="简要经过")),
                        (
                            "measures",
                            models.CharField(blank=True, max_length=1000, verbose_name="已采取的措施"),
                        ),
                        ("occurred_at", models.DateTimeField(verbose_name="发生时间")),
                        (
                            "knew_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="单位负责人知悉时间"),
                        ),
                        (
                            "knew_who",
                            models.CharField(blank=True, max_length=60, verbose_name="知悉的单位负责人"),
                        ),
                        ("reported_at", models.DateTimeField(verbose_name="接报时间")),
                        (
                            "time_evidence",
                            models.CharField(blank=True, max_length=500, verbose_name="时间依据"),
                        ),
                        (
                            "late_minutes",
                            models.IntegerField(blank=True, null=True, verbose_name="迟报（分钟）"),
                        ),
                        ("verified_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                        ("confirmed", models.JSONField(default=dict)),
                        ("told", models.IntegerField(default=0, verbose_name="事实版本")),
                        ("onward", models.JSONField(default=list)),
                        ("team", models.JSONField(blank=True, null=True)),
                        ("extension_days", models.SmallIntegerField(default=0)),
                        ("appraisals", models.JSONField(default=list)),
                        ("documents", models.JSONField(default=list)),
                        ("report", models.JSONField(blank=True, null=True)),
                        ("recommendations", models.JSONField(default=list)),
                        ("sanctions", models.JSONField(default=list)),
                        ("proofs", models.JSONField(default=dict)),
                        ("offences", models.JSONField(default=list)),
                        ("reviews", models.JSONField(default=list)),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="批复日期")),
                        ("evaluated_on", models.DateField(blank=True, null=True, verbose_name="评估日期")),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="评估公开日期"),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="结案日期")),
                        ("dismissed", models.BooleanField(default=False)),
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
                        ("leaders", models.JSONField(default=list)),
                        (
                            "ledger",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="台账所载"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["object", "-occurred_on"], name="accident_by_object"),
                            models.Index(fields=["occurred_on", "uid"], name="accident_by_day"),
                            models.Index(fields=["region_path", "state"], name="accident_by_town"),
                            models.Index(fields=["deadline", "uid"], name="accident_by_deadline"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="accident_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "reported",
                                            "verified",
                                            "investigating",
                                            "awaiting_reply",
                                            "executing",
                                            "evaluated",
                                            "closed",
                                            "dismissed",
                                        ],
                                    )
                                ),
                                name="accident_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grade__in", ["general", "significant", "major", "exceptional"])
                                ),
                                name="accident_grade_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "branch__in",
                                        [
                                            "industrial",
                                            "construction",
                                            "road",
                                            "fire",
                                            "water",
                                            "railway",
                                            "aviation",
                                            "farm_machinery",
                                            "fishing",
                                            "other",
                                        ],
                                    )
                                ),
                                name="accident_branch_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deaths__gte", 0),
                                    ("loss_fen__gte", 0),
                                    ("missing__gte", 0),
                                    ("poisoned__gte", 0),
                                    ("serious__gte", 0),
                                    ("slight__gte", 0),
                                ),
                                name="accident_numbers_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reported_at__gte", models.F("occurred_at")),
                                    models.Q(
                                        ("knew_at", None),
                                        ("knew_at__gte", models.F("occurred_at")),
                                        _connector="OR",
                                    ),
                                ),
                                name="accident_times_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("closed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="accident_closed_with_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dismissed", True), ("state", "dismissed")),
                                    models.Q(
                                        models.Q(("state", "dismissed"), _negated=True), ("dismissed", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="accident_dismissed_as_it_stands",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccidentVersion",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        (
                            "branch",
                            models.CharField(
                                choices=[
                                    ("industrial", "工矿商贸（不含建筑施工）"),
                                    ("construction", "建筑施工"),
                                    ("road", "道路交通"),
                                    ("fire", "火灾"),
                                    ("water", "水上交通"),
                                    ("railway", "铁路交通"),
                                    ("aviation", "民航"),
                                    ("farm_machinery", "农业机械"),
                                    ("fishing", "渔业船舶"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="事故统计行业",
                            ),
                        ),
                        (
                            "type",
                            models.CharField(blank=True, default="", max_length=10, verbose_name="事故类型"),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("general", "一般"),
                                    ("significant", "较大"),
                                    ("major", "重大"),
                                    ("exceptional", "特别重大"),
                                ],
                                max_length=16,
                                verbose_name="等级",
                            ),
                        ),
                        ("deaths", models.IntegerField(default=0, verbose_name="死亡")),
                        ("missing", models.IntegerField(default=0, verbose_name="失踪")),
                        ("serious", models.IntegerField(default=0, verbose_name="重伤")),
                        ("poisoned", models.IntegerField(default=0, verbose_name="急性工业中毒")),
                        ("slight", models.IntegerField(default=0, verbose_name="轻伤")),
                        ("loss_fen", models.BigIntegerField(default=0, verbose_name="直接经济损失")),
                        ("counted_deaths", models.IntegerField(default=0)),
                        ("counted_serious", models.IntegerField(default=0)),
                        ("no", models.CharField(max_length=24, verbose_name="编号")),
                        ("number", models.SmallIntegerField(verbose_name="版本")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("first", "接报"),
                                    ("verified", "核实"),
                                    ("follow_up", "续报"),
                                    ("supplement", "补报"),
                                    ("investigated", "调查认定"),
                                    ("loss", "损失评估修订"),
                                    ("corrected", "更正"),
                                    ("ledger", "台账所载"),
                                ],
                                max_length=16,
                                verbose_name="由来",
                            ),
                        ),
                        ("known_at", models.DateTimeField(verbose_name="确认时间")),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        ("evidence", models.CharField(blank=True, max_length=500, verbose_name="依据")),
                        ("told_by", models.CharField(blank=True, max_length=60, verbose_name="报告人")),
                        ("recorded_at", models.DateTimeField()),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("unit", models.CharField(blank=True, max_length=120)),
                        ("late", models.BooleanField(default=False)),
                        (
                            "accident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="accidents.accident",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["occurred_on", "uid"], name="accident_version_by_day"),
                            models.Index(fields=["valid_from"], name="accident_version_from"),
                            models.Index(
                                condition=models.Q(("valid_until__isnull", False)),
                                fields=["valid_until"],
                                name="accident_version_until",
                            ),
                            models.Index(fields=["object"], name="accident_version_by_object"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("accident", "number"), name="accident_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until", None)),
                                fields=("accident",),
                                name="accident_one_version_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="accident_version_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                            "origin",
                            models.CharField(
                                choices=[("outside", "外地事故"), ("own", "本区事故")],
                                max_length=8,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "accident",
                            models.CharField(blank=True, default="", max_length=24, verbose_name="事故编号"),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="警示标题")),
                        ("occurred_on", models.DateField(verbose_name="事故日期")),
                        ("place", models.CharField(max_length=120, verbose_name="事故地点")),
                        (
                            "kind",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="事故类型"),
                        ),
                        ("deaths", models.IntegerField(default=0, verbose_name="死亡")),
                        ("missing", models.IntegerField(default=0, verbose_name="失踪")),
                        ("lesson", models.CharField(max_length=2000, verbose_name="事故教训")),
                        (
                            "requirement",
                            models.CharField(
                                blank=True, default="", max_length=2000, verbose_name="排查要求"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(blank=True, default="", max_length=120, verbose_name="通报渠道"),
                        ),
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
                            "towns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                        ("check_by", models.DateField(blank=True, null=True, verbose_name="排查期限")),
                        ("listed", models.IntegerField(default=0, verbose_name="排查对象")),
                        ("received", models.IntegerField(default=0, verbose_name="已签收")),
                        ("checked", models.IntegerField(default=0, verbose_name="已排查")),
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
                            models.Index(fields=["occurred_on", "uid"], name="lesson_by_day"),
                            models.Index(
                                condition=models.Q(("accident", ""), _negated=True),
                                fields=["accident"],
                                name="lesson_by_accident",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "checking", "closed", "withdrawn"])
                                ),
                                name="lesson_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "withdrawn"]),
                                    models.Q(("check_by__isnull", False), ("issued_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="lesson_issued_with_days",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("accident", ""), _negated=True),
                                fields=("accident",),
                                name="one_lesson_of_an_accident",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                        ("received_by", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="排查日期")),
                        ("checked_by", models.CharField(blank=True, max_length=60, verbose_name="排查人")),
                        ("problem", models.BooleanField(default=False, verbose_name="发现问题")),
                        ("finding", models.CharField(blank=True, max_length=500, verbose_name="排查情况")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="accidents.lesson",
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
                        "indexes": [models.Index(fields=["object"], name="lesson_check_by_object")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesson", "object"), name="lesson_lists_an_entity_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccidentReturn",
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
                        ("period", models.CharField(max_length=10, verbose_name="月份")),
                        ("month_from", models.DateField(verbose_name="月初")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=100, verbose_name="单位（报送时名称）"),
                        ),
                        ("edition", models.SmallIntegerField(default=0, verbose_name="第几稿")),
                        ("filed_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                        ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="填报人")),
                        (
                            "filed_post",
                            models.CharField(blank=True, max_length=160, verbose_name="填报人职务"),
                        ),
                        ("late", models.BooleanField(default=False, verbose_name="迟报")),
                        ("nil", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "nil_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="零报告说明"),
                        ),
                        ("correction", models.CharField(blank=True, max_length=500, verbose_name="更正理由")),
                        ("returned", models.CharField(blank=True, max_length=500, verbose_name="退回理由")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="备案时间")),
                        ("accepted_by", models.CharField(blank=True, max_length=60, verbose_name="备案人")),
                        (
                            "accepted_post",
                            models.CharField(blank=True, max_length=160, verbose_name="备案人职务"),
                        ),
                        ("opinion", models.CharField(blank=True, max_length=500, verbose_name="备案意见")),
                        ("lines", models.JSONField(default=list, verbose_name="逐起填报")),
                        (
                            "explanation",
                            models.CharField(blank=True, max_length=1000, verbose_name="差异说明"),
                        ),
                        ("agreed", models.JSONField(default=list, verbose_name="备案时的系统记录")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="填报单位",
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
                            models.Index(fields=["month_from", "agency"], name="accident_return_by_month")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "period"), name="one_accident_return_a_unit_and_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "filed", "accepted", "waived"])),
                                name="accident_return_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    models.Q(("filed_at__isnull", False), ("accepted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="accident_return_accepted_is_filed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(("nil_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="accident_return_nil_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EarlyWarning",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("weather", "气象信息"),
                                    ("forecast", "预警预测月报表"),
                                    ("experts", "专家会商研判"),
                                    ("monitoring", "监测监控"),
                                    ("accident", "事故、险情"),
                                    ("superior", "上级预警"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "source_words",
                            models.CharField(blank=True, max_length=200, verbose_name="来源说明"),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("blue", "蓝色预警"),
                                    ("yellow", "黄色预警"),
                                    ("orange", "橙色预警"),
                                    ("red", "红色预警"),
                                ],
                                max_length=8,
                                verbose_name="级别",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="预警事项")),
                        ("risk", models.CharField(max_length=2000, verbose_name="风险和影响")),
                        ("requirement", models.CharField(max_length=2000, verbose_name="防范要求")),
                        (
                            "towns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "units",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="预警自")),
                        ("last_day", models.DateField(verbose_name="至")),
                        ("acknowledge_by", models.DateField(verbose_name="签收期限")),
                        ("channel", models.CharField(max_length=120, verbose_name="发布渠道")),
                        ("audience", models.CharField(max_length=200, verbose_name="发布对象")),
                        ("acknowledged", models.JSONField(default=dict)),
                        ("actions", models.JSONField(default=list)),
                        ("issued_at", models.DateTimeField(verbose_name="发布时间")),
                        ("lifted_on", models.DateField(blank=True, null=True, verbose_name="解除日期")),
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
                        "indexes": [models.Index(fields=["first_day", "uid"], name="early_warning_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["active", "lifted", "withdrawn"])),
                                name="early_warning_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="early_warning_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "lifted"), _negated=True),
                                    ("lifted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="early_warning_lifted_with_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskForecast",
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
                        ("period", models.CharField(max_length=10, verbose_name="月份")),
                        ("month_from", models.DateField(verbose_name="月初")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=100, verbose_name="单位（报送时名称）"),
                        ),
                        ("edition", models.SmallIntegerField(default=0, verbose_name="第几稿")),
                        ("filed_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                        ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="填报人")),
                        (
                            "filed_post",
                            models.CharField(blank=True, max_length=160, verbose_name="填报人职务"),
                        ),
                        ("late", models.BooleanField(default=False, verbose_name="迟报")),
                        ("nil", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "nil_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="零报告说明"),
                        ),
                        ("correction", models.CharField(blank=True, max_length=500, verbose_name="更正理由")),
                        ("returned", models.CharField(blank=True, max_length=500, verbose_name="退回理由")),
                        ("accepted_at", models.DateTimeField(null=True, verbose_name="备案时间")),
                        ("accepted_by", models.CharField(blank=True, max_length=60, verbose_name="备案人")),
                        (
                            "accepted_post",
                            models.CharField(blank=True, max_length=160, verbose_name="备案人职务"),
                        ),
                        ("opinion", models.CharField(blank=True, max_length=500, verbose_name="备案意见")),
                        ("items", models.JSONField(default=list, verbose_name="预测事项")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                                verbose_name="填报单位",
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
                            models.Index(fields=["month_from", "agency"], name="risk_forecast_by_month")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "period"), name="one_risk_forecast_a_unit_and_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "filed", "accepted", "waived"])),
                                name="risk_forecast_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    models.Q(("filed_at__isnull", False), ("accepted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="risk_forecast_accepted_is_filed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(("nil_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="risk_forecast_nil_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("accidents_accident")),
        migrations.RunSQL(KEEP_VERSIONS),
        migrations.RunSQL(tally.create_sql(ACCIDENTS)),
        migrations.RunSQL(guard("accidents_lesson")),
        *(migrations.RunSQL(guard(table)) for table in TABLES),
    ]
