from django.db import migrations, models


class Migration(migrations.Migration):
    """A daily penalty has a notice and hearing of its own; what a remedy takes back is refunded."""

    dependencies = [("enforcement", "0001_cases")]

    operations = [
        migrations.AddField(
            "case", "daily", models.JSONField(default=dict, verbose_name="按日连续处罚的告知和决定")
        ),
        migrations.AddField("case", "refunds", models.JSONField(default=list, verbose_name="退还的款项")),
    ]
