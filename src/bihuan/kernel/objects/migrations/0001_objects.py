import django.db.models.deletion
from django.db import migrations, models

import bihuan.kernel.uid
from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Supervised objects; a name that turned out to be nothing is kept as such, not deleted."""

    initial = True

    replaces = [
        ("objects", "0001_initial"),
        ("objects", "0002_standing_rejected"),
    ]

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="SupervisedObject",
                    fields=[
                        (
                            "uid",
                            models.UUIDField(
                                default=bihuan.kernel.uid.uuid7, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业"),
                                    ("project", "在建工程"),
                                    ("building", "建筑"),
                                    ("place", "场所"),
                                    ("facility", "设施设备"),
                                ],
                                default="enterprise",
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_key", models.CharField(db_index=True, max_length=120)),
                        ("name_pinyin", models.CharField(blank=True, max_length=240)),
                        (
                            "credit_code",
                            models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                        ),
                        ("region_path", models.CharField(max_length=200)),
                        ("sector_path", models.CharField(blank=True, max_length=200)),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("confirmed", "已核实"),
                                    ("pending", "待核实"),
                                    ("merged", "已并入"),
                                    ("rejected", "不予登记"),
                                ],
                                default="confirmed",
                                max_length=12,
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                        ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                        ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                        ("since", models.DateField(blank=True, null=True, verbose_name="成立")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="注销")),
                        ("named_by", models.CharField(blank=True, max_length=120, verbose_name="来源")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervised_objects",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absorbed",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervised_objects",
                                to="territory.region",
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers_for",
                                to="objects.supervisedobject",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervised_objects",
                                to="territory.sector",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["region_path", "name_pinyin"], name="objects_sup_region__5ec62a_idx"
                            ),
                            models.Index(
                                condition=models.Q(("standing", "pending")),
                                fields=["standing"],
                                name="objects_pending",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("credit_code", ""), _negated=True),
                                fields=("credit_code",),
                                name="one_object_per_credit_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ObjectAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_key", models.CharField(db_index=True, max_length=120)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="objects.supervisedobject",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
