import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Officers' certificates, advisors and recusals."""

    initial = True

    dependencies = [
        ("objects", "0001_objects"),
        ("people", "0001_initial"),
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Advisor",
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
                                    ("expert", "专家"),
                                    ("evaluation", "安全评价机构"),
                                    ("testing", "检测检验机构"),
                                    ("training", "安全培训机构"),
                                    ("service", "安全技术服务机构"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        ("speciality", models.CharField(max_length=200, verbose_name="专业、业务范围")),
                        (
                            "qualification",
                            models.CharField(blank=True, max_length=120, verbose_name="职称、资质证书编号"),
                        ),
                        ("since", models.DateField(verbose_name="有效期起")),
                        ("until", models.DateField(verbose_name="有效期至")),
                        ("revoked_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "revoked_for",
                            models.CharField(blank=True, max_length=200, verbose_name="停用原因"),
                        ),
                        ("said_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="advisor_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
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
                                    ("enforcement", "行政执法证"),
                                    ("comprehensive", "应急管理综合行政执法证"),
                                    ("supervision", "行政执法监督证"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("no", models.CharField(max_length=40, verbose_name="证号")),
                        (
                            "scope",
                            models.CharField(blank=True, max_length=200, verbose_name="执法类别、区域"),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                        ("since", models.DateField(verbose_name="有效期起")),
                        ("until", models.DateField(verbose_name="有效期至")),
                        ("revoked_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "revoked_for",
                            models.CharField(blank=True, max_length=200, verbose_name="停用原因"),
                        ),
                        ("said_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["person", "until"], name="certificate_of_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))),
                                name="certificate_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_on", None)),
                                fields=("kind", "no", "since"),
                                name="certificate_told_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Engagement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=500, verbose_name="委托事项")),
                        ("fee_fen", models.BigIntegerField(default=0, verbose_name="费用")),
                        ("begun_on", models.DateField(verbose_name="委托日期")),
                        ("due_on", models.DateField(verbose_name="应完成日期")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                        ("result", models.CharField(blank=True, max_length=2000, verbose_name="结果")),
                        ("findings", models.JSONField(default=list)),
                        ("said_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "advisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="engagements",
                                to="officers.advisor",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "object",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on", None),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("ended_on__gte", models.F("begun_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="engagement_ends_with_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee_fen__gte", 0)), name="engagement_fee_known"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recusal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="回避事由")),
                        ("since", models.DateField(verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("said_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recusals",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["object"], name="recusal_by_object")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("person", "object"),
                                name="one_open_recusal",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
