import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

ONE_AT_A_TIME = """
ALTER TABLE checklists_checklistversion ADD CONSTRAINT one_version_at_a_time EXCLUDE USING gist (
  int8range(checklist_id, checklist_id, '[]') WITH &&, int4range(shipped::int, shipped::int, '[]') WITH &&,
  daterange(effective_from, effective_to, '[]') WITH &&
);
"""


class Migration(migrations.Migration):
    """Checklists in versions, one in force at a time."""

    initial = True

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Checklist",
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
                        (
                            "sector",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.sector",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ChecklistVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        ("shipped", models.BooleanField(default=False)),
                        ("effective_from", models.DateField(verbose_name="启用")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="停用")),
                        ("source", models.CharField(max_length=400, verbose_name="来源")),
                        (
                            "mark",
                            models.CharField(
                                choices=[
                                    ("V1", "已核对原文"),
                                    ("V2", "据二手材料，未见原件"),
                                    ("K", "待核对"),
                                ],
                                max_length=2,
                                verbose_name="核对情况",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("made_by", models.CharField(max_length=60, verbose_name="编制人")),
                        ("made_at", models.DateTimeField()),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="checklists.checklist",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("checklist", "number"), name="checklist_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="checklist_version_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("key", models.CharField(max_length=20)),
                        ("group", models.CharField(max_length=40, verbose_name="类别")),
                        ("scope", models.CharField(blank=True, max_length=40)),
                        ("content", models.CharField(max_length=200, verbose_name="检查内容")),
                        ("method", models.CharField(max_length=400, verbose_name="检查方法")),
                        ("violation", models.CharField(max_length=600, verbose_name="违法情形")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="检查依据")),
                        ("penalty", models.CharField(blank=True, max_length=120, verbose_name="处罚依据")),
                        ("criterion", models.CharField(blank=True, max_length=24)),
                        (
                            "mark",
                            models.CharField(
                                choices=[
                                    ("V1", "已核对原文"),
                                    ("V2", "据二手材料，未见原件"),
                                    ("K", "待核对"),
                                ],
                                max_length=2,
                                verbose_name="核对情况",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="checklists.checklistversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "key"), name="checklist_item_once"),
                            models.UniqueConstraint(fields=("version", "order"), name="checklist_item_order"),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(ONE_AT_A_TIME),
    ]
