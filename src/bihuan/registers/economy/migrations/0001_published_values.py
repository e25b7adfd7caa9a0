import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

STAYS = """
CREATE FUNCTION economy_value_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published number is appended to, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER economy_value_stays BEFORE UPDATE OR DELETE ON economy_publishedvalue
    FOR EACH ROW EXECUTE FUNCTION economy_value_stays();
"""


class Migration(migrations.Migration):
    """Published numbers of the economy, appended to and never changed."""

    initial = True

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="PublishedValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("indicator", models.CharField(max_length=24, verbose_name="指标")),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("own", "本区或所辖区划"),
                                    ("city", "全市"),
                                    ("province", "全省"),
                                    ("country", "全国"),
                                ],
                                default="own",
                                max_length=8,
                                verbose_name="范围",
                            ),
                        ),
                        ("period", models.CharField(max_length=20, verbose_name="时段")),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("number", models.SmallIntegerField(verbose_name="版本")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("provisional", "初步核算数"),
                                    ("published", "公布数"),
                                    ("final", "最终核实数"),
                                    ("revised", "普查修订数"),
                                ],
                                max_length=12,
                                verbose_name="口径",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=20, verbose_name="数值")),
                        ("source", models.CharField(max_length=200, verbose_name="来源文件")),
                        ("published_on", models.DateField(verbose_name="公布日期")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正原因")),
                        ("said_by", models.CharField(max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["indicator", "first"], name="published_by_indicator")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "place", "region", "first", "last", "number"),
                                name="published_version_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="published_above_nothing"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))),
                                name="published_of_some_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", "own"), ("region__isnull", False)),
                                    models.Q(
                                        models.Q(("place", "own"), _negated=True), ("region__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="published_of_one_place",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(STAYS),
    ]
