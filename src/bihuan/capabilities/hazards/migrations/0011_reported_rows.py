from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The few rows that every report lists by themselves: what came back, and majors by their day."""

    dependencies = [("hazards", "0010_tally_urged")]

    operations = [
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(fields=["found_on"], name="hazard_repeats", condition=Q(recurrence__gt=0)),
        ),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(
                fields=["rectify_by", "found_on", "uid"], name="hazard_majors",
                condition=Q(grade="major", voided=False),
            ),
        ),
    ]  # fmt: skip
