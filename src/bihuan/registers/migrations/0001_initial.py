import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION registers_keep_decisions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a decision on standing is never changed or deleted' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER registers_keep_decisions BEFORE UPDATE OR DELETE ON registers_standingdecision
    FOR EACH ROW EXECUTE FUNCTION registers_keep_decisions();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("objects", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                (
                    "object",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="enterprise",
                        serialize=False,
                        to="objects.supervisedobject",
                        verbose_name="监管对象",
                    ),
                ),
                (
                    "industry_code",
                    models.CharField(blank=True, max_length=5, verbose_name="国民经济行业代码"),
                ),
                (
                    "ownership",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("state", "国有"),
                            ("collective", "集体"),
                            ("private", "民营"),
                            ("foreign", "外资及港澳台资"),
                            ("mixed", "混合所有制"),
                            ("sole", "个体工商户"),
                        ],
                        max_length=12,
                        verbose_name="经济类型",
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("large", "大型"),
                            ("medium", "中型"),
                            ("small", "小型"),
                            ("micro", "微型"),
                            ("above", "规模以上"),
                        ],
                        max_length=12,
                        verbose_name="规模",
                    ),
                ),
                ("staff_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="从业人数")),
                ("principal_name", models.CharField(blank=True, max_length=60, verbose_name="主要负责人")),
                (
                    "principal_phone",
                    models.CharField(blank=True, max_length=30, verbose_name="主要负责人电话"),
                ),
                (
                    "safety_manager_name",
                    models.CharField(blank=True, max_length=60, verbose_name="安全管理人员"),
                ),
                (
                    "safety_manager_phone",
                    models.CharField(blank=True, max_length=30, verbose_name="安全管理人员电话"),
                ),
                ("business", models.CharField(blank=True, max_length=300, verbose_name="主要产品或经营范围")),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="StandingDecision",
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
                        choices=[("confirmed", "核实登记"), ("merged", "并入"), ("amended", "更正")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="理由")),
                ("decided_by", models.CharField(max_length=60, verbose_name="决定人")),
                ("decided_by_id", models.CharField(blank=True, max_length=40)),
                ("decided_by_post", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="objects.supervisedobject",
                    ),
                ),
                (
                    "into_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.region",
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="objects.supervisedobject",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="territory.region",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("into_region", None), ("object__isnull", False), ("region", None)),
                            models.Q(("into", None), ("object", None), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_decision_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("into__isnull", False), ("kind", "merged")),
                            models.Q(("into_region__isnull", False), ("kind", "merged")),
                            models.Q(
                                models.Q(("kind", "merged"), _negated=True),
                                ("into", None),
                                ("into_region", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_merger_names_its_target",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            KEEP,
            "DROP TRIGGER registers_keep_decisions ON registers_standingdecision; DROP FUNCTION registers_keep_decisions()",
        ),
    ]
