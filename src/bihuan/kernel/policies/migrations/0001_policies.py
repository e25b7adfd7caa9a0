import django.db.models.deletion
from django.db import migrations, models

from bihuan.kernel.tables import CreateTables

ONE_CHOICE_A_DAY = """
ALTER TABLE policies_policy ADD CONSTRAINT policy_one_choice_a_day EXCLUDE USING gist (
    int8range(key_id, key_id, '[]') WITH &&,
    int8range(coalesce(region_id, 0), coalesce(region_id, 0), '[]') WITH &&,
    daterange(effective_from, effective_to, '[]') WITH &&
)
"""


class Migration(migrations.Migration):
    """Settings by day and place, each key with a chain in the record that says where it ends."""

    initial = True

    replaces = [
        ("policies", "0001_initial"),
        ("policies", "0002_on_record"),
    ]

    dependencies = [
        ("territory", "0001_territory"),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="PolicyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("entry_count", models.IntegerField(default=0)),
                        ("head", models.BinaryField(default=bytes)),
                    ],
                ),
                migrations.CreateModel(
                    name="Policy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.JSONField(verbose_name="取值")),
                        ("effective_from", models.DateField(verbose_name="施行日期")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("decided_by", models.CharField(max_length=60, verbose_name="决定人")),
                        ("decided_by_id", models.CharField(blank=True, max_length=40)),
                        ("decided_at", models.DateTimeField()),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policies",
                                to="territory.region",
                            ),
                        ),
                        (
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policies",
                                to="policies.policykey",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["key", "effective_from"], name="policies_po_key_id_115c7d_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="policy_period_runs_forward",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(ONE_CHOICE_A_DAY),
    ]
