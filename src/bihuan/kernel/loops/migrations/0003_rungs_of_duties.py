from django.db import migrations, models


class Migration(migrations.Migration):
    """A rung may be climbed for a duty beside the deadline: both are told apart by the duty's name."""

    dependencies = [("loops", "0002_all_answers")]

    operations = [
        migrations.AddField(
            model_name="escalation",
            name="duty",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.RemoveConstraint(model_name="escalation", name="each_rung_climbed_once_per_deadline"),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("matter", "duty", "level", "deadline"), name="each_rung_climbed_once_per_deadline"
            ),
        ),
    ]
