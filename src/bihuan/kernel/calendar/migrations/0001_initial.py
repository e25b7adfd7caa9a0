from django.db import migrations, models

from bihuan.kernel.tables import CreateTables


class Migration(migrations.Migration):
    """Years of the calendar of working days."""

    initial = True

    dependencies = []

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "year",
                            models.SmallIntegerField(primary_key=True, serialize=False, verbose_name="年份"),
                        ),
                        ("off", models.JSONField(help_text='{"2027-01-01": "元旦"}', verbose_name="放假日")),
                        ("makeup", models.JSONField(help_text='["2027-02-20"]', verbose_name="调休上班日")),
                        ("source", models.CharField(max_length=200, verbose_name="依据")),
                        ("loaded_at", models.DateTimeField(verbose_name="载入时间")),
                        ("revision", models.PositiveIntegerField(verbose_name="版次")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (1949, 2199))),
                                name="calendar_year_is_plausible",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
