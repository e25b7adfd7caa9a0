import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was drawn for a spot check, so that owed and done can be told apart."""

    dependencies = [("hazards", "0006_many_at_once"), ("territory", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SpotDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.CharField(max_length=7)),
                ("drawn_on", models.DateField()),
                ("due_on", models.DateField()),
                ("share", models.SmallIntegerField()),
                ("among", models.IntegerField()),
                ("settled", models.BooleanField(default=False)),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="hazards.hazard",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.agency"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["month", "unit"], name="spot_draw_by_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("hazard", "month"), name="drawn_once_a_month")
                ],
            },
        ),
    ]
