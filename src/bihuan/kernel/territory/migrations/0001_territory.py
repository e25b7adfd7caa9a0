import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """The district's places, agencies and sectors, with the names they go by."""

    initial = True

    replaces = [
        ("territory", "0001_initial"),
        ("territory", "0002_standing_rejected"),
    ]

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("path", models.CharField(db_index=True, max_length=200)),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        ("name_key", models.CharField(db_index=True, max_length=100)),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("committee_office", "安委办"),
                                    ("leadership", "区委区政府"),
                                    ("department", "部门"),
                                    ("town_government", "镇街"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("files_ledger", models.BooleanField(default=True, verbose_name="按月报送隐患台账")),
                        ("order", models.IntegerField(default=0)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agencies",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位",
                    },
                ),
                migrations.CreateModel(
                    name="AgencyAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_key", models.CharField(db_index=True, max_length=100)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="territory.agency",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("path", models.CharField(db_index=True, max_length=200)),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        ("name_key", models.CharField(db_index=True, max_length=100)),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("city", "市"),
                                    ("district", "区县"),
                                    ("town", "镇街"),
                                    ("zone", "功能区"),
                                    ("village", "村社区"),
                                    ("grid_cell", "网格"),
                                ],
                                max_length=12,
                            ),
                        ),
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
                        ("order", models.IntegerField(default=0)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="territory.region",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("parent", "name"), name="region_once_under_parent"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="District",
                    fields=[
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=6, verbose_name="行政区划代码")),
                        ("demo", models.BooleanField(default=False)),
                        ("founded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "region",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, to="territory.region"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("id", 1)), name="one_district")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegionAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_key", models.CharField(max_length=100, unique=True)),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="territory.region",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RegionCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="territory.region",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Sector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("path", models.CharField(db_index=True, max_length=200)),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        ("name_key", models.CharField(db_index=True, max_length=100)),
                        ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("order", models.IntegerField(default=0)),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="territory.sector",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Regulation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lead", models.BooleanField(default=True)),
                        ("since", models.DateField(blank=True, null=True)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="regulations",
                                to="territory.agency",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="regulations",
                                to="territory.sector",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SectorAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_key", models.CharField(max_length=60, unique=True)),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="territory.sector",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
