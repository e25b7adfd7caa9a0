from django.db import migrations, models


class Migration(migrations.Migration):
    """What a draw is cast under is fixed with its lists; draws of the first rule have none."""

    dependencies = [("inspection_planning", "0003_whose_round")]

    operations = [
        migrations.AddField(
            "draw",
            "conditions_digest",
            models.CharField(blank=True, default="", max_length=64, verbose_name="抽取条件摘要"),
        ),
    ]
