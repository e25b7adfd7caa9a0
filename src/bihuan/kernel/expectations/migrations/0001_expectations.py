import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """What is due from whom, by period, and whether it came."""

    initial = True

    replaces = [
        ("expectations", "0001_initial"),
        ("expectations", "0002_daily"),
        ("expectations", "0003_regulators"),
    ]

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Cadence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="事项")),
                        ("title", models.CharField(max_length=80, verbose_name="名称")),
                        (
                            "holders",
                            models.CharField(
                                choices=[
                                    ("one", "指定单位"),
                                    ("ledger_filers", "报送台账的单位"),
                                    ("regulators", "有行业监管职责的部门"),
                                    ("department", "部门"),
                                    ("town_government", "镇街"),
                                ],
                                max_length=20,
                                verbose_name="报送单位",
                            ),
                        ),
                        (
                            "frequency",
                            models.CharField(
                                choices=[
                                    ("day", "每日"),
                                    ("week", "每周"),
                                    ("month", "每月"),
                                    ("quarter", "每季度"),
                                ],
                                max_length=8,
                                verbose_name="频次",
                            ),
                        ),
                        ("days", models.SmallIntegerField(default=5, verbose_name="期限（日）")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("working", "工作日"),
                                    ("calendar", "自然日"),
                                    ("straight", "日（节假日不顺延）"),
                                ],
                                default="working",
                                max_length=8,
                                verbose_name="期限单位",
                            ),
                        ),
                        ("effective_from", models.DateField(verbose_name="起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holder__isnull", False), ("holders", "one")),
                                    models.Q(
                                        models.Q(("holders", "one"), _negated=True), ("holder__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="cadence_names_its_one_holder",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 0), ("days__lte", 366)),
                                name="cadence_days_sensible",
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "holders", "holder", "frequency", "effective_from"),
                                name="cadence_declared_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expectation",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="事项")),
                        ("title", models.CharField(max_length=80, verbose_name="名称")),
                        ("object", models.UUIDField(blank=True, null=True)),
                        ("period", models.CharField(max_length=10, verbose_name="时段")),
                        ("opens_on", models.DateField(verbose_name="起")),
                        ("due_on", models.DateField(verbose_name="期限")),
                        ("due_rule", models.CharField(blank=True, max_length=400, verbose_name="期限说明")),
                        ("provisional", models.BooleanField(default=False, verbose_name="期限待定")),
                        ("met_at", models.DateTimeField(blank=True, null=True, verbose_name="报送时间")),
                        ("met_by", models.UUIDField(blank=True, null=True)),
                        ("met_by_name", models.CharField(blank=True, max_length=120, verbose_name="报送人")),
                        ("nil", models.BooleanField(default=False, verbose_name="零报告")),
                        (
                            "nil_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="零报告说明"),
                        ),
                        ("waived_at", models.DateTimeField(blank=True, null=True, verbose_name="免报时间")),
                        (
                            "waived_by_name",
                            models.CharField(blank=True, max_length=120, verbose_name="批准人"),
                        ),
                        (
                            "waiver_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="免报理由"),
                        ),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                        (
                            "cadence",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expectations",
                                to="expectations.cadence",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expectations",
                                to="territory.agency",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["kind", "period"], name="expectation_by_period"),
                            models.Index(
                                condition=models.Q(("met_at__isnull", True), ("waived_at__isnull", True)),
                                fields=["holder", "due_on"],
                                name="expectation_unmet",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("holder", "kind", "object", "period"),
                                name="expected_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("nil", False),
                                    models.Q(
                                        ("met_at__isnull", False), models.Q(("nil_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="nil_filing_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("waived_at__isnull", True),
                                    models.Q(("waiver_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="waiver_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
