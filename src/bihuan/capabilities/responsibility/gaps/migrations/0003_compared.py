from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep what the nightly comparison found."""

    dependencies = [("gaps", "0002_tally")]

    operations = [
        migrations.CreateModel(
            name="Compared",
            fields=[
                ("on", models.DateField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("lines", models.JSONField()),
            ],
        ),
    ]
