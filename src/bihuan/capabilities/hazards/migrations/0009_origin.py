from django.db import migrations, models


class Migration(migrations.Migration):
    """A hazard says which leader's visit found it."""

    dependencies = [("hazards", "0008_pair_codes")]

    operations = [
        migrations.AddField(
            "hazard",
            "origin",
            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
        ),
        migrations.AddIndex(
            "hazard",
            models.Index(
                condition=models.Q(("origin", ""), _negated=True), fields=["origin"], name="hazard_by_origin"
            ),
        ),
    ]
