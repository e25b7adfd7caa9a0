from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that a job could not do are told until a later run does them."""

    dependencies = [("loops", "0005_marks_of_arrays")]

    operations = [
        migrations.CreateModel(
            name="Setback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=120)),
                ("says", models.CharField(max_length=400)),
                ("since", models.DateTimeField()),
                ("last", models.DateTimeField()),
                ("times", models.IntegerField(default=1)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("job", "about"), name="one_setback_per_row")],
            },
        ),
    ]
