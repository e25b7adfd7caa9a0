import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.tables import CreateTables

GRANTS = """
REVOKE UPDATE, DELETE ON reporting_issue, reporting_countedrecords FROM app;
"""
STAYS = """
CREATE FUNCTION reporting_template_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of a template stays as it was saved' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER reporting_template_version_stays BEFORE UPDATE OR DELETE ON reporting_templateversion
  FOR EACH ROW EXECUTE FUNCTION reporting_template_version_stays();
"""


class Migration(migrations.Migration):
    """Reports and their templates in versions: what was issued can be added to and read, never changed."""

    initial = True

    replaces = [
        ("reporting", "0001_initial"),
        ("reporting", "0002_packs"),
        ("reporting", "0003_templates_in_versions"),
        ("reporting", "0004_archives"),
    ]

    dependencies = [
        ("attachments", "0001_attachments"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Issue",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("ordinal", models.SmallIntegerField(verbose_name="第几次")),
                        ("mark", models.CharField(max_length=20, verbose_name="机关代字")),
                        ("year", models.SmallIntegerField()),
                        ("number", models.IntegerField()),
                        ("as_of", models.DateField(verbose_name="截至")),
                        ("texts", models.JSONField(default=dict)),
                        ("digits", models.SmallIntegerField(default=1)),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("page", models.TextField()),
                        ("rolls", models.JSONField(default=list)),
                        ("changes", models.JSONField(default=list)),
                        ("flags", models.JSONField(default=list)),
                        ("content_digest", models.BinaryField(max_length=32)),
                        ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                        ("issued_by_name", models.CharField(max_length=60, verbose_name="签发人")),
                        ("issued_by_post", models.CharField(max_length=160, verbose_name="签发人职务")),
                        ("seq", models.IntegerField()),
                        (
                            "docx",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issues",
                                to="reporting.report",
                            ),
                        ),
                        (
                            "figures_pdf",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签发稿",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "ordinal"), name="issues_of_a_report_in_order"
                            ),
                            models.UniqueConstraint(
                                fields=("mark", "year", "number"), name="one_paper_per_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("no", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("half-year", "半年推进落实报告"),
                                    ("annual", "年度工作总结"),
                                    ("speech", "会议发言材料"),
                                    ("monthly", "月调度材料"),
                                    ("quarterly", "季统筹计划"),
                                    ("bulletin", "形势通报"),
                                    ("legislature", "人大汇报材料"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        ("period", models.CharField(max_length=10, verbose_name="时段")),
                        ("as_of", models.DateField(verbose_name="截至")),
                        ("region_path", models.CharField(db_index=True, max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        (
                            "sector_paths",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("object", models.UUIDField(blank=True, null=True)),
                        ("texts", models.JSONField(default=dict, verbose_name="文字")),
                        ("digits", models.SmallIntegerField(default=1, verbose_name="整改率小数位")),
                        ("version", models.IntegerField(default=1)),
                        ("drafted_at", models.DateTimeField(verbose_name="起草时间")),
                        ("drafted_by_name", models.CharField(max_length=60, verbose_name="起草人")),
                        ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
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
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reporting.templateversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报告",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "period", "region", "agency"),
                                name="one_report_of_a_period",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digits__gte", 0), ("digits__lte", 2)),
                                name="report_digits_sensible",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Printout",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("proof", "送审稿"),
                                    ("issue", "签发稿"),
                                    ("three_lists", "三个清单"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("version", models.IntegerField(default=0)),
                        ("question", models.JSONField(default=dict)),
                        ("account", models.BigIntegerField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待排印"),
                                    ("working", "正在排印"),
                                    ("done", "已完成"),
                                    ("failed", "未能完成"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("reasons", models.JSONField(default=list)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("ordered_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "docx",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                        (
                            "issue",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reporting.issue",
                            ),
                        ),
                        (
                            "pdf",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="attachments.attachment",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="printouts",
                                to="reporting.report",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "排印",
                        "indexes": [models.Index(fields=["report", "ordered_at"], name="printout_of_report")],
                    },
                ),
                migrations.CreateModel(
                    name="CountedRecords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("figure", models.CharField(max_length=80)),
                        ("uids", models.BinaryField()),
                        (
                            "issue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="counted",
                                to="reporting.issue",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("issue", "figure"), name="counted_once_per_issue")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateShelf",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("half-year", "半年推进落实报告"),
                                    ("annual", "年度工作总结"),
                                    ("speech", "会议发言材料"),
                                    ("monthly", "月调度材料"),
                                    ("quarterly", "季统筹计划"),
                                    ("bulletin", "形势通报"),
                                    ("legislature", "人大汇报材料"),
                                ],
                                max_length=20,
                                unique=True,
                                verbose_name="种类",
                            ),
                        ),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        (
                            "in_use",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reporting.templateversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报告模板",
                    },
                ),
                migrations.CreateModel(
                    name="TemplateVersion",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("ordinal", models.IntegerField(verbose_name="第几版")),
                        ("built_in", models.BooleanField(default=False)),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("recipients", models.CharField(blank=True, max_length=200, verbose_name="主送机关")),
                        ("copies", models.CharField(blank=True, max_length=400, verbose_name="抄送")),
                        ("style", models.CharField(max_length=10, verbose_name="文体")),
                        ("body", models.TextField(verbose_name="正文")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="修改说明")),
                        ("digest", models.BinaryField(max_length=32, verbose_name="内容摘要")),
                        ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                        ("saved_by", models.CharField(blank=True, max_length=40)),
                        ("saved_by_name", models.CharField(max_length=60, verbose_name="保存人")),
                        (
                            "saved_by_post",
                            models.CharField(blank=True, max_length=160, verbose_name="保存人职务"),
                        ),
                        (
                            "shelf",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="reporting.templateshelf",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报告模板的版本",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shelf", "ordinal"), name="template_versions_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArchiveOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.SmallIntegerField(verbose_name="年份")),
                        ("loop", models.CharField(max_length=20, verbose_name="类别")),
                        ("no", models.CharField(max_length=24, verbose_name="编号")),
                        ("opened_at", models.DateTimeField(verbose_name="调阅时间")),
                        ("opened_by", models.CharField(max_length=60, verbose_name="调阅人")),
                        (
                            "opened_by_post",
                            models.CharField(blank=True, max_length=160, verbose_name="调阅人职务"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "档案调阅",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "year", "loop", "no"), name="archive_item_opened_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(GRANTS),
        migrations.RunSQL(STAYS),
    ]
