from django.db import migrations, models


class Migration(migrations.Migration):
    """A task says which meeting or visit it came out of."""

    dependencies = [("dispatch", "0002_tally")]

    operations = [
        migrations.AddField(
            "task",
            "origin",
            models.CharField(blank=True, default="", max_length=24, verbose_name="来源编号"),
        ),
        migrations.AddIndex(
            "task",
            models.Index(
                condition=models.Q(("origin", ""), _negated=True), fields=["origin"], name="task_by_origin"
            ),
        ),
    ]
