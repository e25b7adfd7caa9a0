import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.loops.guards import guard
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Weekly forms in editions that stay; who files one does not approve it."""

    initial = True

    dependencies = [
        ("loops", "0001_loops"),
        ("objects", "0001_objects"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="SettingChain",
                    fields=[
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                    ],
                ),
                migrations.CreateModel(
                    name="FormTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="表名")),
                        (
                            "campaign",
                            models.CharField(blank=True, max_length=60, verbose_name="专项行动标签"),
                        ),
                        ("counts_from", models.DateField(verbose_name="累计数起算日")),
                        ("since", models.DateField(verbose_name="启用日期")),
                        ("layout", models.JSONField(verbose_name="栏目")),
                        ("set_by", models.CharField(max_length=120, verbose_name="设定人")),
                        ("set_at", models.DateTimeField(verbose_name="设定时间")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("since",), name="one_weekly_template_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WeeklyForm",
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
                        ("edition", models.SmallIntegerField(default=0, verbose_name="第几稿")),
                        ("figures", models.UUIDField(null=True)),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=100, verbose_name="单位（报送时名称）"),
                        ),
                        ("words", models.JSONField(default=dict, verbose_name="研判")),
                        ("stated", models.JSONField(default=dict, verbose_name="自报数")),
                        (
                            "zeros",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                default=list,
                                size=None,
                                verbose_name="已确认为零",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "nil_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="零报告说明"),
                        ),
                        ("suspicions", models.JSONField(default=list, verbose_name="零数据提示")),
                        ("correction", models.CharField(blank=True, max_length=500, verbose_name="更正理由")),
                        (
                            "digest",
                            models.CharField(blank=True, max_length=64, verbose_name="内容摘要（SM3）"),
                        ),
                        ("as_of", models.DateField(null=True, verbose_name="数据截至")),
                        ("filed_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                        ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="填报人")),
                        (
                            "filed_post",
                            models.CharField(blank=True, max_length=160, verbose_name="填报人职务"),
                        ),
                        ("late", models.BooleanField(default=False, verbose_name="迟报")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                        ("approved_by", models.CharField(blank=True, max_length=60, verbose_name="审定人")),
                        (
                            "approved_post",
                            models.CharField(blank=True, max_length=160, verbose_name="审定人职务"),
                        ),
                        ("opinion", models.CharField(blank=True, max_length=500, verbose_name="审定意见")),
                        ("period", models.CharField(max_length=10, verbose_name="周")),
                        ("week_from", models.DateField(verbose_name="周一")),
                        ("due_on", models.DateField(verbose_name="报送期限")),
                        ("returned", models.CharField(blank=True, max_length=500, verbose_name="退回理由")),
                        ("sent_back", models.SmallIntegerField(default=0, verbose_name="退回次数")),
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
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="weekly.formtemplate",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["week_from", "agency"], name="weekly_by_week"),
                            models.Index(fields=["agency", "-week_from"], name="weekly_by_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "period"), name="one_weekly_form_a_unit_and_week"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "filed", "approved", "waived"])),
                                name="weekly_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("filed_at__isnull", False),
                                        ("approved_at__isnull", False),
                                        models.Q(("digest", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="weekly_approved_is_filed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(("nil_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="weekly_nil_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormEdition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.SmallIntegerField(default=0, verbose_name="第几稿")),
                        ("figures", models.UUIDField(null=True)),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=100, verbose_name="单位（报送时名称）"),
                        ),
                        ("words", models.JSONField(default=dict, verbose_name="研判")),
                        ("stated", models.JSONField(default=dict, verbose_name="自报数")),
                        (
                            "zeros",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                default=list,
                                size=None,
                                verbose_name="已确认为零",
                            ),
                        ),
                        ("nil", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "nil_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="零报告说明"),
                        ),
                        ("suspicions", models.JSONField(default=list, verbose_name="零数据提示")),
                        ("correction", models.CharField(blank=True, max_length=500, verbose_name="更正理由")),
                        (
                            "digest",
                            models.CharField(blank=True, max_length=64, verbose_name="内容摘要（SM3）"),
                        ),
                        ("as_of", models.DateField(null=True, verbose_name="数据截至")),
                        ("filed_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                        ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="填报人")),
                        (
                            "filed_post",
                            models.CharField(blank=True, max_length=160, verbose_name="填报人职务"),
                        ),
                        ("late", models.BooleanField(default=False, verbose_name="迟报")),
                        ("approved_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                        ("approved_by", models.CharField(blank=True, max_length=60, verbose_name="审定人")),
                        (
                            "approved_post",
                            models.CharField(blank=True, max_length=160, verbose_name="审定人职务"),
                        ),
                        ("opinion", models.CharField(blank=True, max_length=500, verbose_name="审定意见")),
                        ("changes", models.JSONField(default=list, verbose_name="与上一稿的差别")),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="weekly.weeklyform",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("form", "edition"), name="editions_of_a_weekly_form"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(guard("weekly_weeklyform")),
        migrations.RunSQL("""
            ALTER TABLE weekly_weeklyform ADD CONSTRAINT approver_is_not_the_filer CHECK (
                state <> 'approved' OR hands->'approve' IS NULL
                OR ((nil OR hands->'file' IS NULL OR hands->'approve' <> hands->'file')
                    AND (NOT nil OR hands->'approve' <> hands->'file_nil')));
            CREATE FUNCTION weekly_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND (NEW.form_id, NEW.edition, NEW.figures, NEW.words, NEW.stated, NEW.digest,
                    NEW.filed_at, NEW.filed_by, NEW.nil_reason, NEW.correction)
                    IS NOT DISTINCT FROM (OLD.form_id, OLD.edition, OLD.figures, OLD.words, OLD.stated, OLD.digest,
                    OLD.filed_at, OLD.filed_by, OLD.nil_reason, OLD.correction) AND OLD.approved_at IS NULL THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'what was filed stays as it was filed' USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER weekly_edition_stays BEFORE UPDATE OR DELETE ON weekly_formedition
                FOR EACH ROW EXECUTE FUNCTION weekly_edition_stays();
            """),
    ]
